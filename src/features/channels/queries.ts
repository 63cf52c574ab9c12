import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { channelCredentials, channels } from "@/db/schema/channels";

type Tx = WorkspaceTx;

export type ChannelRow = typeof channels.$inferSelect;

type ListFilter = {
  network: string | undefined;
  after: { value: string; id: string } | undefined;
  count: number;
};

export const listChannels = (tx: Tx, { network, after, count }: ListFilter) =>
  tx
    .select()
    .from(channels)
    .where(
      and(
        isNull(channels.removedAt),
        network ? eq(channels.network, network) : undefined,
        after && sql`(${channels.createdAt}, ${channels.id}) > (${after.value}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(channels.createdAt, channels.id)
    .limit(count);

export async function findChannel(tx: Tx, id: string): Promise<ChannelRow | undefined> {
  const rows = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.id, id), isNull(channels.removedAt)));
  return rows[0];
}

/** Also those that were disconnected: what went out on them still names them. */
export const findChannels = (tx: Tx, ids: string[]): Promise<ChannelRow[]> =>
  tx.select().from(channels).where(inArray(channels.id, ids));

/** With the time of the transaction by the database's clock, the one that jobs are started by. */
export async function lockChannel(tx: Tx, id: string): Promise<(ChannelRow & { now: Date }) | undefined> {
  const rows = await tx
    .select({ row: channels, now: sql<string>`now()` })
    .from(channels)
    .where(eq(channels.id, id))
    .for("update");
  return rows[0] && { ...rows[0].row, now: new Date(rows[0].now) };
}

/** The channel of an account, be it live or disconnected. */
export async function lockAccount(tx: Tx, network: string, remoteAccount: string): Promise<ChannelRow | undefined> {
  const rows = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.network, network), eq(channels.remoteAccount, remoteAccount)))
    .orderBy(desc(sql`${channels.removedAt} is null`), desc(channels.createdAt))
    .limit(1)
    .for("update");
  return rows[0];
}

/** Undefined where somebody else has just connected the same account; waits for them to commit. */
export async function insertChannel(tx: Tx, row: typeof channels.$inferInsert): Promise<ChannelRow | undefined> {
  const rows = await tx.insert(channels).values(row).onConflictDoNothing().returning();
  return rows[0];
}

type Change = Partial<Pick<ChannelRow, "name" | "status" | "healthMessage" | "accessToldDays">> & {
  /** It was tried just now. */
  checked?: true;
  /** Whether it is disconnected. */
  removed?: boolean;
};

export async function updateChannel(tx: Tx, id: string, { checked, removed, ...change }: Change): Promise<ChannelRow> {
  const rows = await tx
    .update(channels)
    .set({
      ...change,
      updatedAt: sql`now()`,
      ...(checked && { checkedAt: sql`now()` }),
      ...(removed !== undefined && { removedAt: removed ? sql`now()` : null }),
    })
    .where(eq(channels.id, id))
    .returning();
  return rows[0]!;
}

/** Answers the row with the database's time as its last change. An end that is the same is no new one. */
export async function updateAccess(tx: Tx, id: string, endsAt: Date | null): Promise<ChannelRow> {
  const told = sql`case when ${channels.accessEndsAt} is not distinct from ${endsAt?.toISOString() ?? null}::timestamptz then ${channels.accessToldDays} end`;
  const rows = await tx
    .update(channels)
    .set({ accessEndsAt: endsAt, accessToldDays: told, updatedAt: sql`now()` })
    .where(eq(channels.id, id))
    .returning();
  return rows[0]!;
}

export async function findSealed(tx: Tx, channelId: string): Promise<Buffer | undefined> {
  const rows = await tx
    .select({ sealed: channelCredentials.sealed })
    .from(channelCredentials)
    .where(eq(channelCredentials.channelId, channelId));
  return rows[0]?.sealed;
}

export const insertSealed = (tx: Tx, channelId: string, sealed: Buffer) =>
  tx.insert(channelCredentials).values({ channelId, sealed });

/** With `before`, only where it still says that. Answers whether there was such a row. */
export async function updateSealed(tx: Tx, channelId: string, sealed: Buffer, before?: Buffer): Promise<boolean> {
  const rows = await tx
    .update(channelCredentials)
    .set({ sealed, updatedAt: sql`now()` })
    .where(
      and(
        eq(channelCredentials.channelId, channelId),
        before === undefined ? undefined : eq(channelCredentials.sealed, before),
      ),
    )
    .returning({ channelId: channelCredentials.channelId });
  return rows.length > 0;
}
