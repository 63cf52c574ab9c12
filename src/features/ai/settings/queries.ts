import { eq, getTableColumns, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { aiSettings } from "@/db/schema/ai";
import { statement } from "@/db/statement";

type Tx = WorkspaceTx;

/** All but the sealed keys, which no role reads. */
const { sealedKey: _sealed, fallbackSealedKey: _fallback, ...shown } = getTableColumns(aiSettings);

export type SettingsRow = Omit<typeof aiSettings.$inferSelect, "sealedKey" | "fallbackSealedKey">;
export type SettingsChange = Partial<typeof aiSettings.$inferInsert>;

export const findSettings = async (tx: Tx): Promise<SettingsRow | undefined> =>
  (await tx.select(shown).from(aiSettings))[0];

/** A changed row is later than it was, even within a millisecond, so that a stale base is always told. */
export async function saveSettings(tx: Tx, change: SettingsChange & { updatedBy: string }): Promise<SettingsRow> {
  const rows = await tx
    .insert(aiSettings)
    .values(change)
    .onConflictDoUpdate({
      target: aiSettings.workspaceId,
      set: { ...change, updatedAt: sql`greatest(now(), ${aiSettings.updatedAt} + interval '1 ms')` },
    })
    .returning(shown);
  return rows[0]!;
}

/** What opens with the deployment's secret; undefined where the workspace has no key of its own. */
export async function findSealedKey(tx: Tx, which: "First" | "Fallback") {
  const from = which === "First" ? sql`app.ai_key()` : sql`app.ai_fallback_key()`;
  const { rows } = await tx.execute<{ wrapped_key: Buffer; sealed_key: Buffer }>(
    sql`select wrapped_key, sealed_key from ${from}`,
  );
  return rows[0] && { wrappedKey: rows[0].wrapped_key, sealedKey: rows[0].sealed_key };
}

/** A minute later, since who writes saves again and again; after what people wait for. One job a workspace. */
const enqueueWhereWanted = statement("search_embed", (db) => ({
  prepare: (name: string) =>
    db
      .select({
        job: sql`app.enqueue_job('search.embed', '{}', now() + interval '1 minute', 'search.embed', 5, 10)`,
      })
      .from(aiSettings)
      .where(eq(aiSettings.findByMeaning, true))
      .prepare(name),
}));

/**
 * Lets what is lacking be looked at, in the name of who saved or asked for it; nothing where no Admin has asked for it.
 * Travels with the next statement, or with the commit.
 */
export const embedSoon = (tx: WorkspaceTx) => enqueueWhereWanted.later(tx);
