import { gzipSync } from "node:zlib";
import type { SealedLine } from "@/features/audit";

type Kind = "Bucket" | "Splunk" | "JsonLines";

/**
 * What one batch holds at most. HTTP Event Collectors have taken requests of 1 MB since their first version
 * (https://docs.splunk.com/Documentation/Splunk/latest/Admin/Limitsconf, `max_content_length`, read 2026-11-28).
 */
const MOST: Record<Kind, { rows: number; bytes: number }> = {
  Bucket: { rows: 5_000, bytes: 16_000_000 },
  Splunk: { rows: 500, bytes: 800_000 },
  JsonLines: { rows: 500, bytes: 800_000 },
};
export const mostRows = (kind: Kind) => MOST[kind].rows;

export type Batch = { from: number; through: number; text: string; key: string };

const wholeLine = (workspaceId: string, { row, sequence, kind, sealedAt, previous, hash }: SealedLine) => ({
  workspaceId,
  sequence,
  kind,
  sealedAt,
  previous,
  hash,
  row,
});

/** In the form of the HTTP Event Collector: one object for each event, one after another, times in seconds. */
function splunkEvent(event: ReturnType<typeof wholeLine>) {
  const time = (event.row?.at ?? event.sealedAt).getTime() / 1000;
  return { time, source: "contentos", sourcetype: "contentos:audit", event };
}

/**
 * The lines that go together: always at least one. With `through`, those of a batch that was begun before, so that it is
 * the same again, to the byte.
 * @param lines in order, not empty
 */
export function batchOf(kind: Kind, workspaceId: string, prefix: string | null, lines: SealedLine[], through?: number) {
  const chosen: string[] = [];
  let bytes = 0;
  let last = lines[0]!;
  for (const one of lines) {
    if (through !== undefined && one.sequence > through) break;
    const whole = wholeLine(workspaceId, one);
    const text = `${JSON.stringify(kind === "Splunk" ? splunkEvent(whole) : whole)}\n`;
    bytes += Buffer.byteLength(text);
    if (chosen.length > 0 && through === undefined && bytes > MOST[kind].bytes) break;
    chosen.push(text);
    last = one;
  }
  const first = lines[0]!;
  const batch = { from: first.sequence, through: last.sequence, text: chosen.join("") };
  return { ...batch, key: keyOf(workspaceId, prefix, first, batch.through) } satisfies Batch;
}

const padded = (sequence: number) => String(sequence).padStart(12, "0");

/** By time and place in the chain: objects sort as the log does, and a repeated write is the same object. */
function keyOf(workspaceId: string, prefix: string | null, { sequence, sealedAt }: SealedLine, through: number) {
  const at = sealedAt.toISOString();
  const name = `${at.replace(/[-:]/g, "").slice(0, 15)}Z-${padded(sequence)}-${padded(through)}.jsonl.gz`;
  return [...(prefix ? [prefix] : []), workspaceId, ...at.slice(0, 10).split("-"), name].join("/");
}

/** Node writes no time into a gzip header, so that the same text is the same bytes. */
export const packed = (text: string): Buffer => gzipSync(text);
