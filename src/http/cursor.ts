import { isUuid } from "@/platform/actor";
import { AppError } from "@/platform/errors";

/** Where a page ended: the sort it was in, its last row's sort value and id. Opaque to clients, and no secret. */
export type Position = { sort: string; value: string; id: string };

export const encodeCursor = ({ sort, value, id }: Position) =>
  Buffer.from(JSON.stringify([sort, value, id])).toString("base64url");

/** Columns of times are named for it; a value that is no time would fail in the database. */
const BY_TIME = /(^-?at|At|Time)$/;
const isTimestamp = (text: string) =>
  /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** What has no due date comes last in either direction, as if it were due beyond every time. */
export const beyondEveryTime = (sort: string) => (sort.startsWith("-") ? "-infinity" : "infinity");
const mayLackTime = (sort: string) => /^-?dueAt$/.test(sort);

const isValueOf = (sort: string, text: string) =>
  !BY_TIME.test(sort) || isTimestamp(text) || (mayLackTime(sort) && text === beyondEveryTime(sort));

/** @throws AppError `invalid_cursor` for what `encodeCursor` did not make, or made for another sort */
export function decodeCursor(cursor: string | undefined, sort: string): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(parts) &&
      parts.length === 3 &&
      parts.every((part) => typeof part === "string" && !part.includes("\0")) &&
      parts[0] === sort
    ) {
      const [, value, id] = parts as [string, string, string];
      if (isUuid(id) && isValueOf(sort, value)) return { sort, value, id };
    }
  } catch {
    // Told below, as any other cursor that isn't ours.
  }
  throw new AppError("invalid_cursor", "This cursor does not belong to this list: start again without one.");
}

/** Cuts the row that was read beyond the page, and says where the next one starts. */
export function toPage<T extends { id: string }>(
  rows: T[],
  limit: number,
  sort: string,
  sortValue: (row: T) => string,
) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last ? encodeCursor({ sort, value: sortValue(last), id: last.id }) : null,
  };
}
