import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import {
  transferEntries,
  transferExports,
  transferImports,
  transferOrigins,
  transferOutcomes,
} from "@/db/schema/transfer";

type Tx = WorkspaceTx;
export type ImportRow = typeof transferImports.$inferSelect;
export type ExportRow = typeof transferExports.$inferSelect;
export type OutcomeRow = typeof transferOutcomes.$inferSelect;
export type EntryRow = typeof transferEntries.$inferSelect;
export type OriginRow = typeof transferOrigins.$inferSelect;
type Position = { after: { value: string; id: string } | undefined; count: number };

const here = sql`(select app.workspace_id())`;

export async function insertImport(
  tx: Tx,
  row: Pick<ImportRow, "id" | "fileName" | "assetId" | "options" | "createdBy">,
): Promise<ImportRow> {
  return (await tx.insert(transferImports).values(row).returning())[0]!;
}

export const findImport = async (tx: Tx, id: string): Promise<ImportRow | undefined> =>
  (await tx.select().from(transferImports).where(eq(transferImports.id, id)))[0];

/** Held until the end of the transaction, so that it is counted and canceled in turn. */
export const lockImport = async (tx: Tx, id: string): Promise<ImportRow | undefined> =>
  (await tx.select().from(transferImports).where(eq(transferImports.id, id)).for("update"))[0];

export const findOpenImport = async (tx: Tx): Promise<ImportRow | undefined> =>
  (
    await tx
      .select()
      .from(transferImports)
      .where(and(eq(transferImports.workspaceId, here), inArray(transferImports.status, ["Queued", "Running"])))
  )[0];

export async function updateImport(tx: Tx, id: string, change: Partial<ImportRow>): Promise<ImportRow> {
  return (await tx.update(transferImports).set(change).where(eq(transferImports.id, id)).returning())[0]!;
}

export function listImports(tx: Tx, { after, count }: Position): Promise<ImportRow[]> {
  const place = { column: transferImports.createdAt, id: transferImports.id, descending: true, after };
  const { beyond, order } = keyset(place);
  return tx
    .select()
    .from(transferImports)
    .where(and(eq(transferImports.workspaceId, here), beyond))
    .orderBy(...order)
    .limit(count);
}

const COUNTERS = {
  Imported: "imported",
  Updated: "updated",
  Unchanged: "unchanged",
  Conflict: "conflicts",
  Skipped: "skipped",
  Failed: "failed",
} as const;

/** What became of an entry, and one more of its kind in the import's counts. */
export async function insertOutcome(tx: Tx, row: Omit<OutcomeRow, "workspaceId">) {
  const counter = COUNTERS[row.outcome];
  await tx.insert(transferOutcomes).values(row);
  await tx
    .update(transferImports)
    .set({ [counter]: sql`${transferImports[counter]} + 1` })
    .where(eq(transferImports.id, row.importId));
}

export const hasOutcome = async (tx: Tx, importId: string, position: number): Promise<boolean> =>
  (
    await tx
      .select({ position: transferOutcomes.position })
      .from(transferOutcomes)
      .where(and(eq(transferOutcomes.importId, importId), eq(transferOutcomes.position, position)))
  ).length > 0;

export const listOutcomes = (
  tx: Tx,
  {
    importId,
    outcome,
    after,
    count,
  }: { importId: string; outcome?: OutcomeRow["outcome"] | undefined; after: number; count: number },
): Promise<OutcomeRow[]> =>
  tx
    .select()
    .from(transferOutcomes)
    .where(
      and(
        eq(transferOutcomes.workspaceId, here),
        eq(transferOutcomes.importId, importId),
        outcome && eq(transferOutcomes.outcome, outcome),
        sql`${transferOutcomes.position} > ${after}`,
      ),
    )
    .orderBy(asc(transferOutcomes.position))
    .limit(count);

/** Locked, so that two imports of one source take an entry in turn. */
export const lockEntry = async (tx: Tx, source: string, key: string): Promise<EntryRow | undefined> =>
  (
    await tx
      .select()
      .from(transferEntries)
      .where(and(eq(transferEntries.source, source), eq(transferEntries.key, key)))
      .for("update")
  )[0];

/** The same bytes under the same name, brought in as another source. */
export const findTwin = async (tx: Tx, source: string, key: string, rawHash: string): Promise<EntryRow | undefined> =>
  (
    await tx
      .select()
      .from(transferEntries)
      .where(
        and(
          eq(transferEntries.workspaceId, here),
          eq(transferEntries.rawHash, rawHash),
          eq(transferEntries.key, key),
          ne(transferEntries.source, source),
        ),
      )
      .limit(1)
  )[0];

/** Which item each key of a source became. */
export async function itemsOfSource(tx: Tx, source: string): Promise<Map<string, string>> {
  const rows = await tx
    .select({ key: transferEntries.key, contentItemId: transferEntries.contentItemId })
    .from(transferEntries)
    .where(and(eq(transferEntries.workspaceId, here), eq(transferEntries.source, source)));
  return new Map(rows.map(({ key, contentItemId }) => [key, contentItemId]));
}

/** An item's memory, the latest first: of several, what an export goes by is the one that still has its bytes. */
export const entriesOfItem = (tx: Tx, contentItemId: string): Promise<EntryRow[]> =>
  tx
    .select()
    .from(transferEntries)
    .where(eq(transferEntries.contentItemId, contentItemId))
    .orderBy(desc(transferEntries.updatedAt), asc(transferEntries.source), asc(transferEntries.key));

export type NewEntry = Omit<EntryRow, "workspaceId" | "importedAt" | "updatedAt">;
export const insertEntry = (tx: Tx, row: NewEntry) => tx.insert(transferEntries).values(row);

export const insertEntryUnlessKnown = (tx: Tx, row: NewEntry) =>
  tx.insert(transferEntries).values(row).onConflictDoNothing();

export const updateEntry = (
  tx: Tx,
  source: string,
  key: string,
  change: Pick<EntryRow, "rawHash" | "versionNumber" | "exportedHash" | "original" | "provenance">,
) =>
  tx
    .update(transferEntries)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(eq(transferEntries.source, source), eq(transferEntries.key, key)));

export const insertOrigin = (tx: Tx, row: Omit<OriginRow, "workspaceId">) =>
  tx.insert(transferOrigins).values(row).onConflictDoNothing();

export async function originsOf(tx: Tx, subjectIds: string[]): Promise<Map<string, OriginRow>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await tx.select().from(transferOrigins).where(inArray(transferOrigins.subjectId, subjectIds));
  return new Map(rows.map((row) => [`${row.subjectType} ${row.subjectId}`, row]));
}

export async function insertExport(tx: Tx, row: Pick<ExportRow, "id" | "filter" | "createdBy">): Promise<ExportRow> {
  return (await tx.insert(transferExports).values(row).returning())[0]!;
}

export const findExport = async (tx: Tx, id: string): Promise<ExportRow | undefined> =>
  (await tx.select().from(transferExports).where(eq(transferExports.id, id)))[0];

export const updateExport = (tx: Tx, id: string, change: Partial<ExportRow>) =>
  tx.update(transferExports).set(change).where(eq(transferExports.id, id));

export function listExports(tx: Tx, { after, count }: Position): Promise<ExportRow[]> {
  const place = { column: transferExports.createdAt, id: transferExports.id, descending: true, after };
  const { beyond, order } = keyset(place);
  return tx
    .select()
    .from(transferExports)
    .where(and(eq(transferExports.workspaceId, here), beyond))
    .orderBy(...order)
    .limit(count);
}
