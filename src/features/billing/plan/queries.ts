import { sql } from "drizzle-orm";
import type { PersonTx, WorkspaceTx } from "@/db/client";
import type { TierName } from "../tiers";

type Tx = WorkspaceTx;

/** What is used of a plan, as `app.plan_usage` counts it. */
export type Usage = {
  tier: TierName;
  members: number;
  /** Invitations that are open: each has a seat. */
  invited: number;
  channels: number;
  /** Channels that were there before the one that was asked about. */
  channelsAhead: number;
  storageBytes: number;
  workspaces: number;
  /** Workspaces that the account has paid for longer than for this one. */
  ahead: number;
};

/** @param hold whether this transaction holds the workspace's subscription from here on, where those meet who want the last place */
export async function usage(tx: Tx, { hold, channelId }: { hold: boolean; channelId?: string }): Promise<Usage> {
  const { rows } = await tx.execute<{ told: Usage }>(
    sql`select app.plan_usage(${hold}::boolean, ${channelId ?? null}::uuid) as told`,
  );
  return rows[0]!.told;
}

export async function holdOwnAccount(tx: PersonTx | Tx) {
  const { rows } = await tx.execute<{ told: Pick<Usage, "tier" | "workspaces"> }>(
    sql`select app.hold_own_account() as told`,
  );
  return rows[0]!.told;
}

export const openSubscription = (tx: Tx) => tx.execute(sql`select app.open_subscription()`);

export async function takeOver(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ taken: boolean }>(sql`select app.take_over_billing() as taken`);
  return rows[0]!.taken;
}

export async function setPooling(tx: Tx, pooling: boolean): Promise<boolean> {
  const { rows } = await tx.execute<{ done: boolean }>(sql`select app.set_pooling(${pooling}) as done`);
  return rows[0]!.done;
}

export const ACCOUNT_STATUSES = ["Active", "Trialing", "PastDue", "Unpaid", "Canceled"] as const;

/** Times as the database writes them in JSON. */
export type AccountRow = {
  id: string;
  provider: "Manual" | "Stripe";
  status: (typeof ACCOUNT_STATUSES)[number];
  isPayer: boolean;
  /** Of the workspace. */
  slug: string;
  payerName: string;
  /** Told to themselves. */
  payerEmail: string | null;
  /** Whether whoever owns the workspace pays for it. */
  ownerPays: boolean;
  isOwner: boolean;
  periodEndsAt: string | null;
  trialEndsAt: string | null;
  graceEndsAt: string | null;
  cancelAt: string | null;
  pooling: boolean;
  poolingNext: boolean;
  /** The first day of the month from which `poolingNext` holds. */
  poolingFrom: string | null;
  /** Told to the one who pays, and to jobs. */
  customerId: string | null;
  subscriptionId: string | null;
  now: string;
};

/** Undefined where nothing was booked for the workspace as yet. */
export async function account(tx: Tx): Promise<AccountRow | undefined> {
  const { rows } = await tx.execute<{ told: AccountRow | null }>(sql`select app.billing_account() as told`);
  return rows[0]!.told ?? undefined;
}
