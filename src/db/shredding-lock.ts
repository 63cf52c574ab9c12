import type pg from "pg";
import { SHREDDING_LOCK } from "@/platform/shredding";

type Client = Pick<pg.ClientBase, "query">;

/**
 * For a backup or a restore, which wait for an erasure that is under way. By the session, and ahead of the transaction:
 * a snapshot that was taken before the wait would have who was erased meanwhile.
 */
export async function withShreddingLock<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("select pg_advisory_lock($1)", [SHREDDING_LOCK]);
  try {
    return await work();
  } finally {
    await client.query("select pg_advisory_unlock($1)", [SHREDDING_LOCK]).catch(() => {});
  }
}

/** For an erasure, until its transaction ends: false while a backup is made, which would have half of it. */
export async function tryShreddingLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>("select pg_try_advisory_xact_lock($1) as free", [
    SHREDDING_LOCK,
  ]);
  return rows[0]!.free;
}
