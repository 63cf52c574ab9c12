import type pg from "pg";
import type { PersonTx } from "@/db/client";
import { withShreddingLock } from "@/db/shredding-lock";
import { constraintOf } from "@/http/problem";
import type { Person } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { Erased, Ledger } from "@/platform/ledger";
import type { Shredding, Subject } from "@/platform/shredding";
import type { Storage } from "@/platform/storage/storage";
import * as queries from "./queries";
import { removeFiles } from "./workspace/files";
import { wipe as wipeWorkspace } from "./workspace/queries";

const DAY_MS = 86_400_000;

/** @param graceDays days until it is done, in which it can be taken back */
/** @throws AppError `forbidden` for a session of a workspace's own host, which sees no other workspace of the person */
export async function requireWhole(tx: PersonTx) {
  if (await queries.isBound(tx))
    throw new AppError("forbidden", "You signed in at a workspace's own address: sign in at ours to do this.");
}

export async function askErasure(tx: PersonTx, person: Person, { now, graceDays }: { now: Date; graceDays: number }) {
  await requireWhole(tx);
  const owned = (await queries.listOwnWorkspaces(tx)).filter(({ ownerId }) => ownerId === person.userId);
  if (owned.length > 0) {
    const names = owned.map(({ name }) => name).join(", ");
    throw new AppError("owns_workspaces", `You own ${names}: hand each over to another Admin first, and ask again.`, {
      extensions: { workspaces: owned.map(({ id, name, slug }) => ({ id, name, slug })) },
    });
  }
  return queries.insertErasure(tx, new Date(now.getTime() + graceDays * DAY_MS)).catch((raised: unknown) => {
    if (constraintOf(raised) !== "privacy_erasures_one") throw raised;
    throw new AppError("erasure_waiting", "You have asked for this already: wait for it, or take it back.", {
      cause: raised,
    });
  });
}

export const listErasures = async (tx: PersonTx) => ({ items: await queries.listErasures(tx) });

export async function undoErasure(tx: PersonTx, now: Date) {
  await requireWhole(tx);
  const undone = await queries.undoErasure(tx, now);
  if (!undone) throw new AppError("not_found", "Nothing waits to be erased.");
  return undone;
}

type Document = { document: "Terms" | "Privacy"; version: string };

/**
 * What somebody agreed to; `missing` is what stands there now and was agreed to in no language, `changed` what was in another
 * version.
 * @param current of each document, the version of each language
 */
export async function getConsents(tx: PersonTx, current: Document[]) {
  const given = await queries.listConsents(tx);
  const of = (document: string) => given.filter((one) => one.document === document);
  const isAgreedTo = ({ document, version }: Document) => of(document).some((one) => one.version === version);
  const agreed = new Set(current.filter(isAgreedTo).map(({ document }) => document));
  const missing = [...new Set(current.map(({ document }) => document))].filter((document) => !agreed.has(document));
  return { items: given, missing, changed: missing.filter((document) => of(document).length > 0) };
}

/** Nobody agrees to a text that they have not seen: each is named by its version. */
export async function giveConsents(tx: PersonTx, given: Document[], current: Document[]) {
  const stale = given.find(
    (one) => !current.some((now) => now.document === one.document && now.version === one.version),
  );
  if (stale)
    throw new AppError("document_changed", "This text was changed meanwhile: read it anew, and agree to that.");
  await queries.insertConsents(tx, given);
  return getConsents(tx, current);
}

type Worker = Pick<pg.Pool, "query">;
type Files = Pick<Storage, "removeBelow">;
type Done = { people: number; workspaces: number };
/** Beside the database: what was erased is gone from there as well. */
type Beside = { erasures: Pick<Ledger, "list">; storage: Files; shredding: Shredding };

/**
 * After a restore: whoever and whatever was erased since the backup is erased again. Answers how many there were.
 * @param worker one connection, of which a lock is asked
 */
export async function eraseAgain(worker: Worker, beside: Beside): Promise<Done> {
  return eraseAll(worker, beside, goneBy(await beside.erasures.list()));
}

/** The same ahead of each start, for those alone whom the database has again: it costs one question where it has nobody. */
export async function eraseWhoCameBack(worker: Worker, beside: Beside): Promise<Done> {
  const gone = goneBy(await beside.erasures.list());
  if (gone.people.length + gone.workspaces.length === 0) return { people: 0, workspaces: 0 };
  return eraseAll(worker, beside, await queries.findBack(worker, gone));
}

function goneBy(entries: Erased[]): queries.Gone {
  const people = new Set(entries.flatMap((entry) => ("userId" in entry ? [entry.userId] : [])));
  const workspaces = new Set(entries.flatMap((entry) => ("workspaceId" in entry ? [entry.workspaceId] : [])));
  return { people: [...people], workspaces: [...workspaces] };
}

async function eraseAll(
  worker: Worker,
  { storage, shredding }: Beside,
  { people, workspaces }: queries.Gone,
): Promise<Done> {
  const count = { people: 0, workspaces: 0 };
  for (const userId of people) if (await queries.wipe(worker, userId)) count.people += 1;
  for (const workspaceId of workspaces) {
    // Ahead of the rows: while those are there, a start that was cut off is gone on with.
    await removeFiles(storage, workspaceId);
    if (await wipeWorkspace(worker, workspaceId)) count.workspaces += 1;
  }
  if (people.length + workspaces.length === 0) return count;
  // Whoever is back by a backup of before may be so by keys of before as well.
  await withShreddingLock(worker, async () => {
    const keys = await shredding.load();
    const theirs = [
      ...people.map((id): Subject => `person:${id}`),
      ...workspaces.map((id): Subject => `workspace:${id}`),
    ];
    if (keys.destroy(theirs) > 0) await keys.save();
  });
  return count;
}
