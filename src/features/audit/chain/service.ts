import { createHmac } from "node:crypto";
import type { WorkspaceTx } from "@/db/client";
import type { Actor, SystemActor } from "@/platform/actor";
import type { Anchor, Anchors } from "@/platform/anchors";
import { AppError } from "@/platform/errors";
import { type Keyring, sameToken } from "@/platform/secrets";
import { canRead } from "../policy";
import { record } from "../service";
import { GENESIS, sealHash, sealHashOrNull } from "./hash";
import * as queries from "./queries";

export type ChainDeps = { anchors: Anchors; keyring: Keyring };

/** Rows that are sealed by one statement. */
const BATCH = 5_000;
/** Rows that are read at once when the chain is verified, and in one call. */
const STEP = 5_000;
const MOST_ROWS = 250_000;
const MOST_FAULTS = 100;
const LATE_MS = 3_600_000;

export type Head = { workspaceId: string; sequence: number; hash: string; sealedAt: Date };

/**
 * Chains all the rows that wait, in one transaction: those of a batch that came later would be too old for the next.
 * Whoever comes at the same time waits, and then finds what is left.
 * @returns the head after it; null where there is no seal at all
 */
export async function sealWaiting(tx: WorkspaceTx, { workspaceId }: SystemActor): Promise<Head | null> {
  const sealedAt = await queries.holdChain(tx);
  const last = await queries.lastSeal(tx);
  const start = last ?? (await queries.lastCheckpoint(tx));
  let [previous, sequence] = [start?.hash ?? GENESIS, start?.sequence ?? 0];
  // Nothing before the last one of a batch waits any more: looking there again took longer with each batch.
  let from: Date | undefined;
  for (let full = true; full; ) {
    const rows = await queries.waitingRows(tx, { after: last?.sealedAt, from }, BATCH);
    const seals = rows.map(({ kind, row }) => {
      sequence += 1;
      previous = sealHash(previous, { sequence, kind, sealedAt }, row);
      return { sequence, kind, rowId: row.id, sealedAt, hash: previous };
    });
    if (seals.length > 0) await queries.insertSeals(tx, seals);
    full = seals.length === BATCH;
    from = rows.at(-1)?.row.at;
  }
  if (sequence > (start?.sequence ?? 0)) return { workspaceId, sequence, hash: previous, sealedAt };
  return last ?? null;
}

/** What is written down of a head, outside of the database. */
export const anchorOf = ({ keyring }: ChainDeps, { workspaceId, sequence, hash, sealedAt }: Head): Anchor => {
  const said = { workspaceId, sequence, hash, at: sealedAt.toISOString() };
  return { ...said, proof: proofsOf(keyring, said)[0]! };
};

/** Whether the chain still has what was written down of it, or has let it go as old. */
export async function isInChain(tx: WorkspaceTx, { sequence, hash }: Anchor): Promise<boolean> {
  const seal = await queries.sealAt(tx, sequence);
  if (seal) return seal.hash === hash;
  return sequence <= ((await queries.lastCheckpoint(tx))?.sequence ?? 0);
}

const proofsOf = (keyring: Keyring, { workspaceId, sequence, hash, at }: Omit<Anchor, "proof">) =>
  keyring.tokenKeys("audit anchor").map((key) =>
    createHmac("sha256", key)
      .update(JSON.stringify([workspaceId, sequence, hash, at]))
      .digest("hex"),
  );

type Checkpoint = { sequence: number; hash: string; before: Date; proof: string | null; beforeProofs: boolean };

/** By a key that the database does not have: whoever owns it can't make up that rows went as old. */
const checkpointProofs = (
  keyring: Keyring,
  workspaceId: string,
  { sequence, hash, before }: Pick<Checkpoint, "sequence" | "hash" | "before">,
) =>
  keyring.tokenKeys("audit checkpoint").map((key) =>
    createHmac("sha256", key)
      .update(JSON.stringify([workspaceId, sequence, hash, before]))
      .digest("hex"),
  );

const isProven = (keyring: Keyring, workspaceId: string, { proof, ...said }: Checkpoint) =>
  checkpointProofs(keyring, workspaceId, said).some((known) => sameToken(known, proof ?? ""));

/**
 * One that was there when proofs came: it is told as unproven and is no fault. Nobody who only inserts or changes rows can
 * have another taken for one, and none comes after one with a proof.
 */
const isOfBeforeProofs = async (tx: WorkspaceTx, { sequence, proof, beforeProofs }: Checkpoint) =>
  beforeProofs && proof === null && !(await queries.provenBefore(tx, sequence));

export type FaultKind =
  | "Changed"
  | "Removed"
  | "SealRemoved"
  | "Inserted"
  | "Rewritten"
  | "Truncated"
  | "Anchor"
  | "Checkpoint";
export type Fault = { kind: FaultKind; sequence: number | null; rowId: string | null };

/**
 * Makes each hash of the chain anew, from a seal on, and compares: with the seals, with what was written down outside
 * of the database, and with rows that no seal has. One call looks at 250,000 rows at most; `next` is where to go on.
 *
 * Found are rows that were changed, removed, put in another order or put in between, and a chain that was cut or made
 * anew as a whole. What can't be found: a row that was changed before it was sealed, a second after it was written.
 */
export async function verifyChain(
  tx: WorkspaceTx,
  actor: Actor | SystemActor,
  { anchors, keyring }: ChainDeps,
  from = 0,
) {
  const checkpoint = await queries.lastCheckpoint(tx);
  const known = (await anchors.list(actor.workspaceId)).filter(
    ({ sequence }) => sequence >= (checkpoint?.sequence ?? 0),
  );
  const walk = newWalk(known, keyring);
  const proven = checkpoint !== undefined && isProven(keyring, actor.workspaceId, checkpoint);
  if (checkpoint && !proven && !(await isOfBeforeProofs(tx, checkpoint)))
    walk.faults.push({ kind: "Checkpoint", sequence: checkpoint.sequence, rowId: null });
  await begin(tx, walk, checkpoint, from);
  const start = walk.sequence;
  for (let rows = await queries.sealedAfter(tx, start, STEP); rows.length > 0; ) {
    for (const { seal, event, change } of rows) look(walk, seal, event ?? change);
    if (rows.length < STEP || walk.sequence - start >= MOST_ROWS) break;
    rows = await queries.sealedAfter(tx, walk.sequence, STEP);
  }
  const last = await queries.lastSeal(tx);
  const finished = !last || last.sequence <= walk.sequence;
  if (finished) await end(tx, walk, last);
  const waiting = finished ? await queries.countWaiting(tx, last?.sealedAt) : 0;
  walk.faults.sort((a, b) => (a.sequence ?? Number.MAX_SAFE_INTEGER) - (b.sequence ?? Number.MAX_SAFE_INTEGER));
  return {
    status: walk.faults.length > 0 ? ("Broken" as const) : ("Intact" as const),
    sequence: last?.sequence ?? checkpoint?.sequence ?? 0,
    hash: last?.hash ?? checkpoint?.hash ?? GENESIS,
    checked: walk.checked,
    waiting,
    anchors: known.length,
    anchoredTo: known.at(-1)?.sequence ?? null,
    checkpoint: checkpoint ? { ...checkpoint, proven } : null,
    faultCount: walk.faults.length,
    firstBroken: walk.faults[0] ?? null,
    faults: walk.faults.slice(0, MOST_FAULTS),
    next: finished ? null : walk.sequence,
  };
}

type Walk = ReturnType<typeof newWalk>;

function newWalk(known: Anchor[], keyring: Keyring) {
  const faults: Fault[] = [];
  const anchored = new Map<number, Anchor[]>();
  for (const anchor of known) {
    if (proofsOf(keyring, anchor).some((proof) => sameToken(proof, anchor.proof)))
      anchored.set(anchor.sequence, [...(anchored.get(anchor.sequence) ?? []), anchor]);
    else faults.push({ kind: "Anchor", sequence: anchor.sequence, rowId: null });
  }
  return {
    faults,
    anchored,
    checked: 0,
    sequence: 0,
    /** The stored hash of the seal before; null where that seal is not there. */
    previous: GENESIS as string | null,
    previousAt: null as Date | null,
    /** When the sealing before this one was: what it could not see had not been written yet. */
    seenAt: null as Date | null,
  };
}

async function begin(
  tx: WorkspaceTx,
  walk: Walk,
  checkpoint: Awaited<ReturnType<typeof queries.lastCheckpoint>>,
  from: number,
) {
  if (checkpoint) {
    walk.sequence = checkpoint.sequence;
    walk.previous = checkpoint.hash;
    compareAnchors(walk, checkpoint.sequence, checkpoint.hash);
    if (!(await queries.toldOfRetiring(tx, checkpoint.sequence, checkpoint.hash)))
      walk.faults.push({ kind: "Removed", sequence: checkpoint.sequence, rowId: null });
  }
  if (from <= walk.sequence) return;
  const seal = await queries.sealAt(tx, from);
  if (!seal) throw new AppError("not_found", "There is no seal of that number in this workspace's log.");
  walk.sequence = from;
  walk.previous = seal.hash;
  walk.previousAt = seal.sealedAt;
}

function look(walk: Walk, seal: queries.SealRow, row: { id: string; at: Date } | null) {
  const { sequence, kind, hash, sealedAt, rowId } = seal;
  const fault = (what: FaultKind, at = sequence, id: string | null = rowId) =>
    walk.faults.push({ kind: what, sequence: at, rowId: id });
  if (sequence !== walk.sequence + 1) {
    fault("SealRemoved", walk.sequence + 1, null);
    walk.previous = null;
  }
  if (walk.previousAt?.getTime() !== sealedAt.getTime()) walk.seenAt = walk.previousAt;
  if (!row) fault("Removed");
  else if (walk.previous !== null && sealHashOrNull(walk.previous, { sequence, kind, sealedAt }, row) !== hash)
    fault("Changed");
  else if (walk.seenAt && row.at.getTime() < walk.seenAt.getTime() - LATE_MS) fault("Inserted");
  compareAnchors(walk, sequence, hash);
  walk.sequence = sequence;
  walk.previous = hash;
  walk.previousAt = sealedAt;
  walk.checked += 1;
}

function compareAnchors({ anchored, faults }: Walk, sequence: number, hash: string) {
  if (anchored.get(sequence)?.some((anchor) => anchor.hash !== hash))
    faults.push({ kind: "Rewritten", sequence, rowId: null });
}

async function end(tx: WorkspaceTx, walk: Walk, last: queries.SealRow | undefined) {
  const beyond = [...walk.anchored.keys()].some((sequence) => sequence > walk.sequence);
  if (beyond) walk.faults.push({ kind: "Truncated", sequence: walk.sequence + 1, rowId: null });
  if (!last) return;
  for (const { id } of await queries.strayRows(tx, last.sealedAt, MOST_FAULTS))
    walk.faults.push({ kind: "Inserted", sequence: null, rowId: id });
}

export async function verifyAudit(tx: WorkspaceTx, actor: Actor, deps: ChainDeps, from: number | undefined) {
  if (!canRead(actor))
    throw new AppError("forbidden", "Only Admins verify the audit log: ask one of your workspace.", {
      reason: "needs_admin",
    });
  const found = await verifyChain(tx, actor, deps, from);
  const { status, sequence, checked, faultCount } = found;
  const detail = { status, sequence, checked, faultCount };
  record(tx, actor, { action: "audit.verified", subjectType: "workspace", subjectId: actor.workspaceId, detail });
  return found;
}

/** Lets the oldest rows go, and says so in the log itself. Answers whether there may be more. */
export async function retireRows(tx: WorkspaceTx, actor: SystemActor, keyring: Keyring, before: Date, limit = 10_000) {
  await queries.holdChain(tx);
  const last = await queries.lastOfOld(tx, before, limit);
  if (!last) return false;
  const proof = checkpointProofs(keyring, actor.workspaceId, { ...last, before })[0]!;
  if (!(await queries.retire(tx, before, last.sequence, proof))) return false;
  const { sequence, hash, rows } = (await queries.lastCheckpoint(tx))!;
  const detail = { sequence, hash, rows, before: before.toISOString() };
  record(tx, actor, { action: "audit.retired", subjectType: "workspace", subjectId: actor.workspaceId, detail });
  return rows === limit;
}

export async function headOf(tx: WorkspaceTx, actor: Actor): Promise<Head> {
  if (!canRead(actor))
    throw new AppError("forbidden", "Only Admins take the audit log's head: ask one of your workspace.", {
      reason: "needs_admin",
    });
  const { workspaceId } = actor;
  const last = await queries.lastSeal(tx);
  if (last) return last;
  const checkpoint = await queries.lastCheckpoint(tx);
  if (checkpoint) return { workspaceId, sequence: checkpoint.sequence, hash: checkpoint.hash, sealedAt: checkpoint.at };
  throw new AppError("not_found", "Nothing is sealed yet: ask again in a second.");
}
