import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import type { planningCampaigns, planningTags, planningTemplates, planningViews } from "@/db/schema/planning";

type Tx = WorkspaceTx;
type Kept = typeof planningTags | typeof planningCampaigns | typeof planningTemplates | typeof planningViews;

export const inScope = (table: Kept) => sql`${table.workspaceId} = (select app.workspace_id())`;

export type Position = {
  sort: { column: "name" | "createdAt"; descending: boolean };
  after: { value: string; id: string } | undefined;
  count: number;
};

/** Where a page of named things begins, and how it is ordered. */
export const pageOf = (table: Kept, { sort, after }: Position) =>
  keyset({ column: table[sort.column], id: table.id, descending: sort.descending, after });

/** What is done alike with each of the room's tables. Removed rows are as good as none. */
export function keep<T extends Kept>(given: T) {
  type Row = T["$inferSelect"];
  // The columns that all have; Drizzle's types don't follow a type parameter.
  const table = given as unknown as typeof planningTags;
  const live = isNull(table.removedAt);
  const rows = (found: unknown) => found as Row[];
  return {
    /** `for update` for whoever changes it, `for share` for whoever uses it: it stays until they have committed. */
    async lock(tx: Tx, ids: string[], strength: "update" | "share" = "update"): Promise<Row[]> {
      const some = and(inScope(table), inArray(table.id, ids), live);
      return rows(await tx.select().from(table).where(some).orderBy(table.id).for(strength));
    },
    async see(tx: Tx, id: string): Promise<Row[]> {
      return rows(
        await tx
          .select()
          .from(table)
          .where(and(inScope(table), eq(table.id, id), live)),
      );
    },
    /** Whatever their case. */
    async named(tx: Tx, names: string[]): Promise<Row[]> {
      const lower = names.map((name) => name.toLowerCase());
      const some = and(inScope(table), inArray(sql`lower(${table.name})`, lower), live);
      return names.length === 0 ? [] : rows(await tx.select().from(table).where(some).orderBy(table.id));
    },
    async insert(tx: Tx, row: T["$inferInsert"]): Promise<Row> {
      return rows(
        await tx
          .insert(table)
          .values(row as never)
          .returning(),
      )[0]!;
    },
    async update(tx: Tx, id: string, change: Partial<T["$inferInsert"]>): Promise<Row> {
      // Two changes in one millisecond are two times, so that a stale base is always told.
      const updatedAt = sql`greatest(now(), ${table.updatedAt} + interval '1 ms')`;
      const changed = { ...(change as object), updatedAt };
      return rows(
        await tx
          .update(table)
          .set(changed)
          .where(and(inScope(table), eq(table.id, id)))
          .returning(),
      )[0]!;
    },
    async remove(tx: Tx, id: string): Promise<boolean> {
      const gone = tx.update(table).set({ removedAt: sql`now()` });
      const found = await gone.where(and(inScope(table), eq(table.id, id), live)).returning({ id: table.id });
      return found.length > 0;
    },
    live: (more?: SQL) => and(inScope(table), live, more),
  };
}
