import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { personas } from "@/db/schema/personas";

type Tx = WorkspaceTx;
export type PersonaRow = typeof personas.$inferSelect;
type Content = Partial<Pick<PersonaRow, "name" | "attributes">>;

const live = isNull(personas.removedAt);

export async function findPersona(tx: Tx, id: string): Promise<PersonaRow | undefined> {
  const rows = await tx
    .select()
    .from(personas)
    .where(and(eq(personas.id, id), live));
  return rows[0];
}

/** Whatever its case. */
export async function findPersonaNamed(tx: Tx, name: string): Promise<PersonaRow | undefined> {
  const rows = await tx
    .select()
    .from(personas)
    .where(
      and(
        eq(personas.workspaceId, sql`(select app.workspace_id())`),
        sql`lower(${personas.name}) = lower(${name})`,
        live,
      ),
    );
  return rows[0];
}

export async function lockPersona(tx: Tx, id: string): Promise<PersonaRow | undefined> {
  const rows = await tx
    .select()
    .from(personas)
    .where(and(eq(personas.id, id), live))
    .for("update");
  return rows[0];
}

export const findPersonas = (tx: Tx, ids: string[]): Promise<PersonaRow[]> =>
  tx.select().from(personas).where(inArray(personas.id, ids));

export async function insertPersona(tx: Tx, row: Required<Content> & { createdBy: string }): Promise<PersonaRow> {
  const rows = await tx.insert(personas).values(row).returning();
  return rows[0]!;
}

export async function updatePersona(tx: Tx, id: string, change: Content): Promise<PersonaRow> {
  // Two changes in one millisecond are two times, so that a stale base is always told.
  const updatedAt = sql`greatest(now(), ${personas.updatedAt} + interval '1 ms')`;
  const rows = await tx
    .update(personas)
    .set({ ...change, updatedAt })
    .where(eq(personas.id, id))
    .returning();
  return rows[0]!;
}

export async function removePersona(tx: Tx, id: string) {
  const rows = await tx
    .update(personas)
    .set({ removedAt: sql`now()` })
    .where(and(eq(personas.id, id), live))
    .returning({ id: personas.id });
  return rows.length > 0;
}

type List = {
  sort: { column: "name" | "createdAt"; descending: boolean };
  after: { value: string; id: string } | undefined;
  count: number;
};

export function listPersonas(tx: Tx, { sort, after, count }: List) {
  const position = { column: personas[sort.column], id: personas.id, descending: sort.descending, after };
  const { beyond, order } = keyset(position);
  return tx
    .select()
    .from(personas)
    .where(and(eq(personas.workspaceId, sql`(select app.workspace_id())`), live, beyond))
    .orderBy(...order)
    .limit(count);
}
