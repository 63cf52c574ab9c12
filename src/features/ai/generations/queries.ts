import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { aiGenerations } from "@/db/schema/ai";

type Tx = WorkspaceTx;
const g = aiGenerations;

export type GenerationRow = Omit<typeof aiGenerations.$inferSelect, "status"> & {
  status: (typeof aiGenerations.$inferSelect)["status"] | "Lost";
};
export type NewGeneration = Pick<
  typeof aiGenerations.$inferInsert,
  | "id"
  | "operation"
  | "contentItemId"
  | "versionNumber"
  | "channelId"
  | "personaId"
  | "prompt"
  | "ownKey"
  | "reservationId"
  | "createdBy"
>;

/** Longer than any call takes: what still runs by then is in no process any more. */
const running = sql`${g.status} = 'Running' and ${g.createdAt} > now() - interval '5 minutes'`;
/** What nobody came back for is told as lost; the ledger has its credits back by then. */
const status = sql<
  GenerationRow["status"]
>`case when ${g.status} = 'Running' and not (${running}) then 'Lost' else ${g.status} end`;
const shown = { ...getTableColumns(g), status };

const inScope = eq(g.workspaceId, sql`(select app.workspace_id())`);

export const insertGeneration = (tx: Tx, row: NewGeneration) => tx.insert(aiGenerations).values(row);

type Ending = Partial<
  Pick<
    typeof aiGenerations.$inferInsert,
    | "model"
    | "status"
    | "errorCode"
    | "tries"
    | "inputTokens"
    | "outputTokens"
    | "costMicros"
    | "credits"
    | "latencyMs"
    | "endpointHost"
    | "ownKey"
    | "result"
  >
>;

export const endGeneration = (tx: Tx, id: string, ending: Ending) =>
  tx
    .update(aiGenerations)
    .set({ ...ending, endedAt: sql`clock_timestamp()` })
    .where(and(inScope, eq(g.id, id)));

export async function findGeneration(tx: Tx, id: string): Promise<GenerationRow | undefined> {
  const rows = await tx
    .select(shown)
    .from(aiGenerations)
    .where(and(inScope, eq(g.id, id)));
  return rows[0];
}

export const judge = (tx: Tx, id: string, feedback: "Used" | "Edited" | "Dropped", by: string) =>
  tx
    .update(aiGenerations)
    .set({ feedback, feedbackBy: by, feedbackAt: sql`now()` })
    .where(and(inScope, eq(g.id, id)));

type List = {
  contentItemId: string | undefined;
  operation: string | undefined;
  after: { value: string; id: string } | undefined;
  count: number;
};

export function listGenerations(tx: Tx, { contentItemId, operation, after, count }: List): Promise<GenerationRow[]> {
  const { beyond, order } = keyset({ column: g.createdAt, id: g.id, descending: true, after });
  return tx
    .select(shown)
    .from(aiGenerations)
    .where(
      and(
        inScope,
        contentItemId ? eq(g.contentItemId, contentItemId) : undefined,
        operation ? eq(g.operation, operation) : undefined,
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(count);
}

export type Load = { lastMinute: number; running: number; tokensToday: number; creditsToday: number };

/** What the workspace has asked for lately. Whoever asks next waits until this transaction is over, so that none is counted too late. */
export async function holdLoad(tx: Tx): Promise<Load> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('ai ' || app.workspace_id(), 0))`);
  const today = sql`${g.createdAt} >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`;
  const rows = await tx
    .select({
      lastMinute: sql<number>`(count(*) filter (where ${g.createdAt} > now() - interval '1 minute'))::int`,
      running: sql<number>`(count(*) filter (where ${running}))::int`,
      tokensToday: sql<number>`coalesce(sum(${g.inputTokens} + ${g.outputTokens}) filter (where ${today}), 0)::float8`,
      creditsToday: sql<number>`coalesce(sum(${g.credits}) filter (where ${today}), 0)::float8`,
    })
    .from(aiGenerations)
    .where(
      and(
        inScope,
        sql`${g.createdAt} > least(date_trunc('day', now() at time zone 'UTC') at time zone 'UTC', now() - interval '5 minutes')`,
      ),
    );
  return rows[0]!;
}
