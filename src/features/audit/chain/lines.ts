import type { WorkspaceTx } from "@/db/client";
import { GENESIS } from "./hash";
import * as queries from "./queries";

/** One sealed row with all that its hash is made of (`hash.ts`), so that whoever has it can make the hash anew. */
export type SealedLine = {
  sequence: number;
  kind: "Event" | "Change";
  sealedAt: Date;
  /** The hash of the seal before; null where neither that one nor a checkpoint at its place is there. */
  previous: string | null;
  hash: string;
  /** Null where somebody took it away past us. */
  row: { at: Date } | null;
};

/** Sealed rows after a place in the chain, in order. */
export async function sealedLines(tx: WorkspaceTx, after: number, limit: number): Promise<SealedLine[]> {
  const found = await queries.sealedAfter(tx, after, limit);
  const [first] = found;
  if (!first) return [];
  let before = first.seal.sequence - 1;
  let previous = await hashAt(tx, before);
  return found.map(({ seal: { sequence, kind, sealedAt, hash }, event, change }) => {
    const line = { sequence, kind, sealedAt, previous: sequence === before + 1 ? previous : null, hash };
    [before, previous] = [sequence, hash];
    return { ...line, row: event ?? change };
  });
}

async function hashAt(tx: WorkspaceTx, sequence: number): Promise<string | null> {
  if (sequence === 0) return GENESIS;
  const seal = await queries.sealAt(tx, sequence);
  if (seal) return seal.hash;
  const checkpoint = await queries.lastCheckpoint(tx);
  return checkpoint?.sequence === sequence ? checkpoint.hash : null;
}

/** Up to where rows have gone as old, and up to where they are sealed. */
export async function chainEnds(tx: WorkspaceTx): Promise<{ gone: number; sealed: number }> {
  const gone = (await queries.lastCheckpoint(tx))?.sequence ?? 0;
  return { gone, sealed: (await queries.lastSeal(tx))?.sequence ?? gone };
}
