import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { chainEnds, record } from "@/features/audit";
import { workspaceKey } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import { AppError, type Issue } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { type Reachable, requireReachable } from "@/platform/outbound-address";
import type { Keyring } from "@/platform/secrets";
import { type CreateForwardingDestination, MOST_DESTINATIONS, type UpdateForwardingDestination } from "./contract";
import { type Credentials, hintOf, sealCredentials } from "./credentials";
import { canAdminister, whenToSend } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Id = { id: string };
type Sealing = { keyring: Keyring; isAllowed: Reachable };

const noSuchDestination = () => new AppError("not_found", "There is no such destination in this workspace.");

function requireAdmin(actor: Actor) {
  if (!canAdminister(actor))
    throw new AppError("forbidden", "Only Admins have the audit log sent on: ask one of your workspace.", {
      reason: "needs_admin",
    });
}

const tell = (tx: Tx, actor: Actor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `forwarding.${verb}`, subjectType: "forwarding_destination", subjectId, detail });

type Ends = Awaited<ReturnType<typeof chainEnds>>;
function present(
  {
    sealedSecret,
    claimedBy,
    claimedUntil,
    pendingThrough,
    testAskedAt,
    testedAt,
    testError,
    nextAt,
    ...row
  }: queries.DestinationRow,
  { gone, sealed }: Ends,
) {
  return {
    ...row,
    behind: Math.max(0, sealed - Math.max(row.sentSequence, gone)),
    nextAt: row.status === "Enabled" && row.failures > 0 ? nextAt : null,
    test: { askedAt: testAskedAt, testedAt, error: testError },
  };
}

export async function listForwardingDestinations(tx: Tx, actor: Actor) {
  requireAdmin(actor);
  const ends = await chainEnds(tx);
  return { items: (await queries.listDestinations(tx)).map((row) => present(row, ends)) };
}

export async function getForwardingDestination(tx: Tx, actor: Actor, { id }: Id) {
  requireAdmin(actor);
  const row = await queries.findDestination(tx, id);
  if (!row) throw noSuchDestination();
  return present(row, await chainEnds(tx));
}

type New = { input: z.output<typeof CreateForwardingDestination>; now: Date } & Sealing;

export async function createForwardingDestination(tx: Tx, actor: Actor, { input, keyring, isAllowed, now }: New) {
  requireAdmin(actor);
  if (input.url !== undefined) requireReachable(input.url, isAllowed);
  if ((await queries.countDestinations(tx)) >= MOST_DESTINATIONS)
    throw new AppError("too_many", `A workspace has at most ${MOST_DESTINATIONS} destinations: remove one first.`);
  const id = newId();
  const { workspaceId } = actor;
  const ends = await chainEnds(tx);
  const [credentials, place] = placed(input);
  const row = await queries.insertDestination(tx, {
    id,
    name: input.name,
    kind: input.kind,
    ...place,
    sealedSecret: sealCredentials(keyring, await workspaceKey(tx), { workspaceId, id }, credentials),
    hint: hintOf(credentials),
    sentSequence: input.from === "Now" ? ends.sealed : 0,
    createdBy: actor.userId,
  });
  tell(tx, actor, "destination_created", id, { kind: row.kind, from: input.from });
  await sendSoon(tx, row, now);
  return present(row, ends);
}

function placed(
  input: New["input"],
): [Credentials, Pick<queries.DestinationRow, "url" | "region" | "bucket" | "prefix">] {
  if (input.kind !== "Bucket")
    return [{ token: input.token }, { url: input.url, region: null, bucket: null, prefix: null }];
  const { accessKeyId, secretAccessKey, url = null, region, bucket, prefix = null } = input;
  return [
    { accessKeyId, secretAccessKey },
    { url, region, bucket, prefix },
  ];
}

/** Begins as soon as something is to be sent, or, where a job of this destination runs, when that one is done. */
async function sendSoon(tx: Tx, { id, kind }: Pick<queries.DestinationRow, "id" | "kind">, now: Date) {
  const runAt = whenToSend(kind, now);
  // Of one time there is one job; one key for all would put it off as long as rows keep coming.
  const jobKey = kind === "Bucket" ? `forwarding.send:${id}:${runAt.getTime()}` : `forwarding.send:${id}`;
  await enqueue(tx, { task: "forwarding.send", payload: { destinationId: id }, jobKey, runAt });
}

/** With what was sealed, in the same transaction. */
export async function wakeForwarding(tx: Tx, now: Date) {
  for (const destination of await queries.enabledDestinations(tx)) await sendSoon(tx, destination, now);
}

async function lockForAdmin(tx: Tx, actor: Actor, id: string) {
  requireAdmin(actor);
  const row = await queries.lockDestination(tx, id);
  if (!row) throw noSuchDestination();
  return row;
}

type Change = z.output<typeof UpdateForwardingDestination>;
type Update = Id & { change: Change; now: Date } & Sealing;

export async function updateForwardingDestination(
  tx: Tx,
  actor: Actor,
  { id, change, keyring, isAllowed, now }: Update,
) {
  const before = await lockForAdmin(tx, actor, id);
  const credentials = requireFitting(before, change);
  const { enabled, name, url, region, bucket, prefix } = change;
  if (url !== undefined) requireReachable(url, isAllowed);
  const turns = enabled !== undefined && enabled !== (before.status === "Enabled");
  const [row] = await queries.changeDestination(tx, id, {
    ...(name !== undefined && { name }),
    ...(url !== undefined && { url }),
    ...(region !== undefined && { region }),
    ...(bucket !== undefined && { bucket }),
    ...(prefix !== undefined && { prefix }),
    ...(credentials && {
      sealedSecret: sealCredentials(keyring, await workspaceKey(tx), before, credentials),
      hint: hintOf(credentials),
    }),
    ...(turns && !enabled && { status: "Paused", pauseReason: "Manual", pausedAt: now }),
    ...(turns && enabled && { status: "Enabled", pauseReason: null, pausedAt: null }),
    // What was wrong may be right now.
    ...(enabled !== false && { failures: 0, failingSince: null, lastError: null, nextAt: now }),
  });
  const changed = Object.keys(change).filter((field) => change[field as keyof Change] !== undefined);
  tell(tx, actor, "destination_changed", id, { changed, ...(turns && { enabled }) });
  if (row!.status === "Enabled") await sendSoon(tx, row!, now);
  return present(row!, await chainEnds(tx));
}

const OF_A_BUCKET = ["region", "bucket", "prefix", "accessKeyId", "secretAccessKey"] as const;

/** New credentials, where they were given. Another address needs them anew: else whoever may change it could learn the old ones. */
function requireFitting({ kind, url, region, bucket }: queries.DestinationRow, change: Change): Credentials | null {
  const issues: Issue[] = [];
  const isBucket = kind === "Bucket";
  for (const field of isBucket ? (["token"] as const) : OF_A_BUCKET)
    if (change[field] !== undefined)
      issues.push({ path: field, message: "This field is not known here.", rule: "unknown_field" });
  const moves =
    (change.url !== undefined && change.url !== url) ||
    (change.bucket !== undefined && change.bucket !== bucket) ||
    (change.region !== undefined && change.region !== region);
  const wanted = isBucket ? (["accessKeyId", "secretAccessKey"] as const) : (["token"] as const);
  const given = wanted.filter((field) => change[field] !== undefined);
  if (given.length < wanted.length && (moves || given.length > 0))
    for (const path of wanted.filter((field) => change[field] === undefined))
      issues.push({ path, message: "Give this anew, together with what goes with it.", rule: "required" });
  if (issues.length > 0)
    throw new AppError("invalid_request", "Credentials go with their place, and are given anew with another.", {
      issues,
    });
  if (given.length === 0) return null;
  if (!isBucket) return { token: change.token! };
  return { accessKeyId: change.accessKeyId!, secretAccessKey: change.secretAccessKey! };
}

/** The secret goes with it. What was sent stays where it is. */
export async function removeForwardingDestination(tx: Tx, actor: Actor, { id, now }: Id & { now: Date }) {
  await lockForAdmin(tx, actor, id);
  await queries.changeDestination(tx, id, { removedAt: now, sealedSecret: Buffer.alloc(0), hint: "" });
  tell(tx, actor, "destination_removed", id);
}

export async function testForwardingDestination(tx: Tx, actor: Actor, { id, now }: Id & { now: Date }) {
  await lockForAdmin(tx, actor, id);
  const [row] = await queries.changeDestination(tx, id, { testAskedAt: now, testedAt: null, testError: null });
  tell(tx, actor, "destination_tested", id);
  const jobKey = `forwarding.test:${id}`;
  await enqueue(tx, { task: "forwarding.test", payload: { destinationId: id }, jobKey, maxAttempts: 3 });
  return present(row!, await chainEnds(tx));
}
