import { and, eq, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { channels, channelsWanted } from "@/db/schema/channels";

type Tx = WorkspaceTx;

/** A network with an account that is connected is wanted no more, and again when that account is gone. */
export const listWanted = (tx: Tx) =>
  tx
    .select({ network: channelsWanted.network, createdAt: channelsWanted.createdAt })
    .from(channelsWanted)
    .where(
      and(
        isNull(channelsWanted.removedAt),
        sql`not exists (select from ${channels} where ${channels.workspaceId} = ${channelsWanted.workspaceId}
          and ${channels.network} = ${channelsWanted.network} and ${channels.removedAt} is null)`,
      ),
    )
    .orderBy(channelsWanted.network);

export async function insertWanted(tx: Tx, networks: string[]) {
  if (networks.length === 0) return;
  await tx
    .insert(channelsWanted)
    .values(networks.map((network) => ({ network })))
    .onConflictDoUpdate({ target: [channelsWanted.workspaceId, channelsWanted.network], set: { removedAt: null } });
}

export async function removeWanted(tx: Tx, network: string): Promise<boolean> {
  const found = await tx
    .update(channelsWanted)
    .set({ removedAt: sql`now()` })
    .where(and(eq(channelsWanted.network, network), isNull(channelsWanted.removedAt)))
    .returning({ network: channelsWanted.network });
  return found.length > 0;
}
