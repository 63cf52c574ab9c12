import { LRUCache } from "lru-cache";
import type { WorkspaceTx } from "@/db/client";
import { findVersion } from "@/features/content";
import { anchorsInto, type Anchored as Place } from "@/platform/text-anchor";
import type { ThreadRow } from "./queries";

type Item = { id: string; workspaceId: string; currentVersionNumber: number };
/** Where a thread's passage stands now; null for a thread on the item as a whole. */
export type Anchored = Place | null;
type Passage = { field: "title" | "body"; start: number; end: number; quote: string };
type Version = NonNullable<Awaited<ReturnType<typeof findVersion>>>;

/**
 * The characters, of both versions, that are compared for one answer: about half a second's work. The first comparison
 * is made however long they are.
 */
const MAX_COMPARED = 1_000_000;

/** Where a thread's passage stands in a version: neither of them ever changes. */
const known = new LRUCache<string, Place>({ max: 50_000 });
const keyOf = (item: Item, thread: ThreadRow) =>
  `${item.workspaceId}/${thread.id}/${thread.versionNumber}/${item.currentVersionNumber}`;

export function passageOf({ anchorField, anchorStart, anchorEnd, anchorQuote }: ThreadRow): Passage | null {
  if (anchorField === null || anchorStart === null || anchorEnd === null || anchorQuote === null) return null;
  return { field: anchorField, start: anchorStart, end: anchorEnd, quote: anchorQuote };
}

/**
 * Where the passages of an item's threads stand in its current version, thread by thread. Answers fewer than were asked
 * for where more would take too long. A version that whoever asks may not read tells nothing.
 */
export async function resolveAnchors(tx: WorkspaceTx, item: Item, threads: ThreadRow[]): Promise<Anchored[]> {
  const compare = comparisons(tx, item);
  const resolved: Anchored[] = [];
  for (const thread of threads) {
    const passage = passageOf(thread);
    let anchored = passage && (known.get(keyOf(item, thread)) ?? atOnce(item, thread, passage));
    if (passage && !anchored) {
      const anchorIn = await compare(thread.versionNumber, passage.field);
      if (!anchorIn) break;
      anchored = anchorIn(passage);
      known.set(keyOf(item, thread), anchored);
    }
    resolved.push(anchored ?? null);
  }
  return resolved;
}

const atOnce = (item: Item, thread: ThreadRow, { start, end }: Passage): Place | undefined =>
  thread.versionNumber === item.currentVersionNumber ? { state: "Exact", start, end } : undefined;

/** Each pair of texts is read and compared once; undefined where the share of this answer is used up. */
function comparisons(tx: WorkspaceTx, item: Item) {
  const made = new Map<string, ReturnType<typeof anchorsInto>>();
  let current: Version | undefined;
  let compared = 0;
  return async (versionNumber: number, field: Passage["field"]) => {
    const key = `${versionNumber}/${field}`;
    const before = made.get(key);
    if (before) return before;
    current ??= await findVersion(tx, item.id, item.currentVersionNumber);
    const version = await findVersion(tx, item.id, versionNumber);
    const anchorIn = version && current ? anchorsInto(version[field], current[field]) : () => ORPHAN;
    compared += (version?.[field].length ?? 0) + (current?.[field].length ?? 0);
    if (made.size > 0 && compared > MAX_COMPARED) return undefined;
    made.set(key, anchorIn);
    return anchorIn;
  };
}
const ORPHAN: Place = { state: "Orphaned" };
