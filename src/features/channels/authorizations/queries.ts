import { and, eq, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { channelsAuthorizations } from "@/db/schema/channels";

type Tx = WorkspaceTx;
const a = channelsAuthorizations;

/** In the place of one that was begun before. */
export const keepState = (tx: Tx, network: string, stateHash: Buffer, expiresAt: Date) =>
  tx
    .insert(a)
    .values({ network, stateHash, expiresAt })
    .onConflictDoUpdate({ target: [a.workspaceId, a.createdBy, a.network], set: { stateHash, expiresAt } });

/** Uses it up, and answers of which network it is; the policies let whoever began it alone. */
export async function takeState(tx: Tx, stateHash: Buffer, now: Date): Promise<string | undefined> {
  const rows = await tx
    .update(a)
    .set({ stateHash: null })
    .where(and(eq(a.stateHash, stateHash), sql`${a.expiresAt} > ${now.toISOString()}::timestamptz`))
    .returning({ network: a.network });
  return rows[0]?.network;
}
