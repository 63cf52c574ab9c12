import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { AppError } from "@/platform/errors";

type Keyset = {
  column: PgColumn;
  id: PgColumn;
  descending: boolean;
  /** The last row of the page before, as the cursor told it. */
  after: { value: string; id: string } | undefined;
};

/**
 * The rows after a position, ordered by one column and, where that is equal, by the id.
 * @throws AppError `invalid_cursor` for a position whose value is no time, in a column of times
 */
export function keyset({ column, id, descending, after }: Keyset): { beyond: SQL | undefined; order: [SQL, SQL] } {
  const direction = descending ? sql`desc` : sql`asc`;
  const order: [SQL, SQL] = [sql`${column} ${direction}`, sql`${id} ${direction}`];
  if (!after) return { beyond: undefined, order };
  const isTime = column.dataType === "date";
  if (isTime && !isTimestamp(after.value)) {
    throw new AppError("invalid_cursor", "This cursor does not belong to this list: start again without one.");
  }
  const value = isTime ? sql`${after.value}::timestamptz` : sql`${after.value}::text`;
  return { beyond: sql`(${column}, ${id}) ${descending ? sql`<` : sql`>`} (${value}, ${after.id}::uuid)`, order };
}

/** As `Date.toISOString` writes it for the years 0 to 9999. */
const isTimestamp = (text: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
