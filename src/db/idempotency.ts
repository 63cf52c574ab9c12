import { eq } from "drizzle-orm";
import type { Database, PersonTx, ScopedTx } from "./client";
import { idempotencyKeys } from "./schema/http";
import { reviewIdempotencyKeys } from "./schema/review";
import { isOfGuest } from "./scope-context";

type Tx = ScopedTx | PersonTx;

/** A client's keys are kept apart from those of people who sign in. */
const keysOf = (tx: Tx) => (isOfGuest(tx) ? reviewIdempotencyKeys : idempotencyKeys);

/** The id of the new row; undefined where the key is taken. Waits for whoever is claiming it. */
export async function claimKey(tx: Tx, row: { key: string; fingerprint: string }) {
  const keys = keysOf(tx);
  const rows = await tx.insert(keys).values(row).onConflictDoNothing().returning({ id: keys.id });
  return rows[0]?.id;
}

export async function findKey(tx: Tx, key: string) {
  const keys = keysOf(tx);
  const rows = await tx
    .select({ fingerprint: keys.fingerprint, status: keys.status, response: keys.response })
    .from(keys)
    .where(eq(keys.key, key));
  return rows[0];
}

export function keepAnswer(tx: Tx, id: string, status: number, response: unknown) {
  const keys = keysOf(tx);
  return tx.update(keys).set({ status, response }).where(eq(keys.id, id));
}

/** Forgets the keys that are older than 24 hours, of everybody. */
export const purgeKeys = ({ pool }: Database) => pool.query("select app.purge_idempotency_keys()");
