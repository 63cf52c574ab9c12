import { and, eq, lte, sql } from "drizzle-orm";
import type pg from "pg";
import type { Database, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { billingLedger } from "@/db/schema/billing";
import type { TierName } from "./tiers";

type Tx = WorkspaceTx;

/** As the database's functions tell them. */
export type Credits = {
  included: number;
  used: number;
  reserved: number;
  toppedUp: number;
  remaining: number;
  /** Whether what is included is shared with other workspaces. */
  pooled: boolean;
};

export async function reserve(tx: Tx, credits: number, seconds: number) {
  const { rows } = await tx.execute<{ told: Credits & { reservationId: string | null } }>(
    sql`select app.reserve_credits(${credits}::int, ${seconds}::int) as told`,
  );
  return rows[0]!.told;
}

export async function settle(tx: Tx, reservationId: string, used: number) {
  const { rows } = await tx.execute<{ told: Credits & { closed: boolean } }>(
    sql`select app.settle_credits(${reservationId}::uuid, ${used}::int) as told`,
  );
  return rows[0]!.told;
}

export async function balance(tx: Tx) {
  const { rows } = await tx.execute<{ told: Credits & { tier: TierName } }>(sql`select app.credit_balance() as told`);
  return rows[0]!.told;
}

type List = { until: string | undefined; after: { value: string; id: string } | undefined; count: number };

export function listLedger(tx: Tx, { until, after, count }: List) {
  const { beyond, order } = keyset({ column: billingLedger.at, id: billingLedger.id, descending: true, after });
  return tx
    .select()
    .from(billingLedger)
    .where(
      and(
        eq(billingLedger.workspaceId, sql`(select app.workspace_id())`),
        until === undefined ? undefined : lte(billingLedger.at, sql`${until}::timestamptz`),
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(count);
}

/** Of all workspaces. Answers how many reservations had gone stale. */
export async function lapse({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ count: string }>("select app.lapse_reservations() as count");
  return Number(rows[0]!.count);
}

/** By the worker's log-in, which is the operator's. Undefined where there is no such workspace. */
type Operator = Pick<pg.Pool, "query">;

export async function topUp(operator: Operator, workspaceId: string, credits: number, note: string | null) {
  const { rows } = await operator.query<{ told: Credits | null }>("select app.top_up_credits($1, $2, $3) as told", [
    workspaceId,
    credits,
    note,
  ]);
  return rows[0]!.told ?? undefined;
}

export async function setTier(operator: Operator, workspaceId: string, tier: TierName | null) {
  const { rows } = await operator.query<{ told: (Credits & { tier: TierName }) | null }>(
    "select app.set_tier($1, $2) as told",
    [workspaceId, tier],
  );
  return rows[0]!.told ?? undefined;
}

export async function setDefaults(
  operator: Operator,
  { defaultTier, graceDays }: { defaultTier: TierName; graceDays: number },
) {
  await operator.query("select app.set_billing_defaults($1, $2)", [defaultTier, graceDays]);
}
