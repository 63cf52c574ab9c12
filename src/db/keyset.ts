import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

type Keyset = {
  column: PgColumn;
  id: PgColumn;
  descending: boolean;
  /** The last row of the page before, as the cursor told it. */
  after: { value: string; id: string } | undefined;
};

/** The rows after a position, ordered by one column and, where that is equal, by the id. */
export function keyset({ column, id, descending, after }: Keyset): { beyond: SQL | undefined; order: [SQL, SQL] } {
  const direction = descending ? sql`desc` : sql`asc`;
  const order: [SQL, SQL] = [sql`${column} ${direction}`, sql`${id} ${direction}`];
  if (!after) return { beyond: undefined, order };
  const value = column.dataType === "date" ? sql`${after.value}::timestamptz` : sql`${after.value}::text`;
  return { beyond: sql`(${column}, ${id}) ${descending ? sql`<` : sql`>`} (${value}, ${after.id}::uuid)`, order };
}
