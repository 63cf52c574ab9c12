import type { WorkspaceTx } from "@/db/client";
import {
  archiveContent,
  findItem,
  findVersion,
  getContent,
  hashOf,
  labelVersion,
  moveIn,
  saveVersion,
} from "@/features/content";
import { tagsNamed } from "@/features/planning";
import type { Actor } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { AppError } from "@/platform/errors";
import { saidOf } from "./exported-item";
import type { LineOf } from "./manifest";
import { fingerprint } from "./markdown-file";
import { addBrief, assigneeByEmail, campaignIdOf } from "./moved-words";
import * as queries from "./queries";
import { type Outcome, standingAgainst } from "./taking-in";
import { addThreads } from "./threads";

type Tx = WorkspaceTx;

/** An item of an archive with all that follows it there. */
export type Moved = {
  item: LineOf<"item">;
  versions: LineOf<"version">[];
  threads: LineOf<"thread">[];
  memories: LineOf<"memory">[];
  /** Its file in the archive, where that is to be given back as it is. */
  original: Buffer | null;
};

/** What items of archives are remembered by: their ids are theirs everywhere. */
export const ARCHIVES = "ContentOS";

const hashOfMoved = ({ item, versions, threads, memories }: Moved) =>
  canonicalHash({ item, versions, threads, memories });

/** One item of an archive, in a transaction of its own, with its id, its versions and their numbers. */
export async function takeMoved(tx: Tx, actor: Actor, moved: Moved, dryRun: boolean): Promise<Outcome> {
  const { id } = moved.item;
  requireWhole(moved);
  const rawHash = hashOfMoved(moved);
  const known = await queries.lockEntry(tx, ARCHIVES, id);
  const told = { message: null, notes: [], contentItemId: id };
  if (known?.rawHash === rawHash) return { ...told, outcome: "Unchanged" };
  const there = await findItem(tx, id);
  if (dryRun) return { ...told, outcome: there ? "Updated" : "Imported", contentItemId: null };
  if (!there) return create(tx, actor, moved, rawHash);
  if (there.currentContentHash === moved.versions.at(-1)!.contentHash)
    return { ...told, outcome: "Unchanged", message: "What it says is here already." };
  if (!known)
    return {
      ...told,
      outcome: "Conflict",
      message: "This item is of this workspace, and says something else: nothing was overwritten.",
    };
  return update(tx, actor, moved, known, rawHash);
}

/** What was changed on the way is not taken for what it was: numbers without gaps, and hashes that are right. */
function requireWhole({ item, versions }: Moved) {
  const wrong = versions.find((version, at) => version.number !== at + 1 || version.contentHash !== hashOf(version));
  if (versions.length === 0 || wrong)
    throw new AppError(
      "invalid_request",
      `The versions of ${item.id} are not whole: the archive was changed, or cut off.`,
    );
}

async function create(tx: Tx, actor: Actor, moved: Moved, rawHash: string): Promise<Outcome> {
  const { item, versions } = moved;
  const tags = await tagsNamed(tx, actor, item.tags);
  const assigneeId = await assigneeByEmail(tx, item.assignee);
  await moveIn(tx, actor, {
    id: item.id,
    assigneeId,
    dueAt: item.dueAt ? new Date(item.dueAt) : null,
    campaignId: await campaignIdOf(tx, item.campaign),
    tagIds: tags.map(({ id }) => id),
    versions,
  });
  await queries.insertOrigin(tx, originOf("Item", item.id, { author: item.author, at: item.createdAt }));
  for (const version of versions) {
    const row = (await findVersion(tx, item.id, version.number))!;
    await queries.insertOrigin(tx, originOf("Version", row.id, version));
    const { number: versionNumber, labels } = version;
    if (labels.length > 0) await labelVersion(tx, actor, { id: item.id, versionNumber, labels });
  }
  const notes = item.brief ? await addBrief(tx, actor, item.id, item.brief) : [];
  notes.push(...(await addThreads(tx, actor, item.id, moved.threads)).notes);
  await remember(tx, moved, rawHash, assigneeId === null);
  if (item.archived) await archiveContent(tx, actor, { id: item.id });
  return { outcome: "Imported", message: null, notes, contentItemId: item.id };
}

type Told = { author: LineOf<"item">["author"]; at: string | null };
const originOf = (subjectType: queries.OriginRow["subjectType"], subjectId: string, { author, at }: Told) => ({
  subjectType,
  subjectId,
  authorName: author?.name ?? null,
  authorEmail: author?.email ?? null,
  at: at ? new Date(at) : null,
  prefix: null,
});

/** That it moved here, and what it was remembered by where it came from. */
async function remember(tx: Tx, { item, memories, original, versions }: Moved, rawHash: string, unassigned: boolean) {
  const contentItemId = item.id;
  const { status, publishedAt, assignee } = item;
  const provenance = { status, publishedAt, ...(unassigned && { assignee }) };
  const exportedHash = saidHash(item, versions.at(-1)!);
  const versionNumber = versions.length;
  const own = { source: ARCHIVES, key: item.id, format: ARCHIVES, rawHash, versionNumber, exportedHash, provenance };
  await queries.insertEntry(tx, { ...own, contentItemId, original: null });
  for (const { original: mine, ...memory } of memories)
    await queries.insertEntryUnlessKnown(tx, { ...memory, contentItemId, original: mine ? original : null });
}

const saidHash = ({ tags }: LineOf<"item">, { title, body, metadata }: LineOf<"version">) =>
  fingerprint({ title, body, metadata, tags });

/** It moved here before, and went on where it came from: its latest version comes, unless this one went on as well. */
async function update(tx: Tx, actor: Actor, moved: Moved, known: queries.EntryRow, rawHash: string): Promise<Outcome> {
  const { item, versions } = moved;
  const here = await getContent(tx, item.id);
  const standing = standingAgainst(here, fingerprint(saidOf(here)) === known.exportedHash);
  if (standing) return { outcome: "Conflict", message: standing, notes: [], contentItemId: item.id };
  const latest = versions.at(-1)!;
  const { title, body, metadata } = latest;
  const { versionNumber } = await saveVersion(tx, actor, {
    id: item.id,
    title,
    body,
    metadata,
    baseVersion: here.currentVersion.versionNumber,
    onConflict: "refuse",
  });
  const exportedHash = fingerprint({ title, body, metadata, tags: here.tags.map(({ name }) => name) });
  const { original, provenance } = known;
  await queries.updateEntry(tx, ARCHIVES, item.id, { rawHash, versionNumber, exportedHash, original, provenance });
  const notes = ["The versions between are in the archive only."];
  return { outcome: "Updated", message: null, notes, contentItemId: item.id };
}
