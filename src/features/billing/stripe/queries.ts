import { sql } from "drizzle-orm";
import type { Database, WorkspaceTx } from "@/db/client";
import type { StripeState } from "./client";

type Tx = WorkspaceTx;

export type StripeEvent = {
  id: string;
  type: string;
  createdAt: Date;
  customerId: string | null;
  /** Of a checkout that pays once. */
  sessionId: string | null;
};

/** Its signature was checked. Known: it was taken in before. Ignored: it is about nobody here. */
export async function receiveEvent({ pool }: Database, event: StripeEvent): Promise<"Taken" | "Known" | "Ignored"> {
  const { rows } = await pool.query<{ taken: "Taken" | "Known" | "Ignored" }>(
    "select app.receive_stripe_event($1, $2, $3, $4, $5) as taken",
    [event.id, event.type, event.createdAt, event.customerId, event.sessionId],
  );
  return rows[0]!.taken;
}

/** @param askedAt the database's time, from before Stripe was asked */
export async function applyState(tx: Tx, askedAt: string, state: StripeState): Promise<boolean> {
  const { rows } = await tx.execute<{ changed: boolean }>(
    sql`select app.apply_stripe_state(${askedAt}::timestamptz, ${JSON.stringify(state ?? {})}::jsonb) as changed`,
  );
  return rows[0]!.changed;
}

export async function bookPurchase(tx: Tx, workspaceId: string, sessionId: string, credits: number): Promise<boolean> {
  const { rows } = await tx.execute<{ booked: boolean }>(
    sql`select app.book_purchase(${workspaceId}::uuid, ${sessionId}, ${credits}::int) as booked`,
  );
  return rows[0]!.booked;
}

export async function setCustomer(tx: Tx, customerId: string): Promise<string> {
  const { rows } = await tx.execute<{ id: string }>(sql`select app.set_stripe_customer(${customerId}) as id`);
  return rows[0]!.id;
}

export async function tend({ pool }: Database): Promise<void> {
  await pool.query("select app.tend_billing()");
}
