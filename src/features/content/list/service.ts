import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { beyondEveryTime, decodeCursor, toPage } from "@/http/cursor";
import type { ListContent, SortColumn } from "../contract";
import { presentItem } from "../present";
import type { ShownRow } from "../queries";
import * as queries from "./queries";

export async function listContent(
  tx: WorkspaceTx,
  { sort, limit, cursor, archived, overdue, tag, ...filter }: z.output<typeof ListContent>,
  now: Date,
) {
  const descending = sort.startsWith("-");
  const column = (descending ? sort.slice(1) : sort) as SortColumn;
  const rows = await queries.listItems(tx, {
    ...filter,
    tags: tag,
    overdueAt: overdue === "true" ? now.toISOString() : undefined,
    archived: archived === "true",
    sort: { column, descending },
    after: decodeCursor(cursor, sort),
    count: limit + 1,
  });
  return toPage(rows.map(presentItem), limit, sort, (row) => sortValue(row, column, sort));
}

const sortValue = (row: ShownRow, column: SortColumn, sort: string) =>
  column === "title" ? row.title : (row[column]?.toISOString() ?? beyondEveryTime(sort));
