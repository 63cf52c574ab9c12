import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { decodeCursor, encodeCursor } from "@/http/cursor";
import { AppError } from "@/platform/errors";
import type { Search } from "./contract";
import { highlight, marksOf, snippet } from "./highlight";
import * as queries from "./queries";
import { partsOf } from "./words";

/** What every member may read is found by every member: the database asks within the workspace that was entered. */
export async function search(
  tx: WorkspaceTx,
  { q, kinds, archived, limit, cursor, ...filter }: z.output<typeof Search>,
) {
  const parts = partsOf(q);
  const rows = await queries.findPage(tx, {
    ...filter,
    texts: parts.map(({ text }) => text),
    kinds: parts.map(({ kind }) => kind),
    of: kinds,
    archived: archived === "true",
    after: positionOf(cursor),
    count: limit + 1,
  });
  const hits = rows.filter(isHit);
  const items = hits.slice(0, limit).map(({ text, stems, total, ...hit }) => {
    const marks = marksOf(parts, stems);
    return { ...hit, highlights: { title: highlight(hit.title, marks), text: snippet(text, marks) } };
  });
  const last = hits.length > limit ? items.at(-1) : undefined;
  return { items, total: rows[0]?.total ?? 0, nextCursor: last ? cursorOf(last) : null };
}

type Found = { [K in keyof queries.Row]: NonNullable<queries.Row[K]> };
type Hit = Found & Pick<queries.Row, "contentItemId" | "threadId" | "status" | "authorId" | "archivedAt">;
const isHit = (row: queries.Row): row is Hit => row.id !== null;

const SORT = "score";
const cursorOf = ({ score, updatedAt, id }: Pick<Hit, "score" | "updatedAt" | "id">) =>
  encodeCursor({ sort: SORT, value: `${score} ${updatedAt.toISOString()}`, id });

function positionOf(cursor: string | undefined): queries.Position | undefined {
  const position = decodeCursor(cursor, SORT);
  if (!position) return undefined;
  const [, score, updatedAt] = /^([1-4]) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/.exec(position.value) ?? [];
  if (!score || !updatedAt || Number.isNaN(Date.parse(updatedAt)))
    throw new AppError("invalid_cursor", "This cursor does not belong to this list: start again without one.");
  return { score: Number(score), updatedAt, id: position.id };
}
