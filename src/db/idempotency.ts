import { and, eq } from "drizzle-orm";
import type { Database, PersonTx, WorkspaceTx } from "./client";
import { idempotencyKeys } from "./schema/http";

type Tx = WorkspaceTx | PersonTx;

/** The id of the new row; undefined where the key is taken. Waits for whoever is claiming it. */
export async function claimKey(tx: Tx, row: { key: string; fingerprint: string }) {
  const rows = await tx.insert(idempotencyKeys).values(row).onConflictDoNothing().returning({ id: idempotencyKeys.id });
  return rows[0]?.id;
}

export async function findKey(tx: Tx, key: string) {
  const rows = await tx
    .select({
      fingerprint: idempotencyKeys.fingerprint,
      status: idempotencyKeys.status,
      response: idempotencyKeys.response,
    })
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.key, key)));
  return rows[0];
}

export const keepAnswer = (tx: Tx, id: string, status: number, response: unknown) =>
  tx.update(idempotencyKeys).set({ status, response }).where(eq(idempotencyKeys.id, id));

/** Forgets the keys that are older than 24 hours, of everybody. */
export const purgeKeys = ({ pool }: Database) => pool.query("select app.purge_idempotency_keys()");
