import type { PersonTx, ScopedTx } from "@/db/client";
import { claimKey, findKey, keepAnswer } from "@/db/idempotency";
import { AppError } from "@/platform/errors";

export type IdempotentRequest = { key: string /** Of operation, path and body. */; fingerprint: string };

/**
 * Does the work once for a key. The key is claimed in the transaction of the work,
 * so that a crash undoes both, and whoever races waits until the first has committed.
 *
 * @throws AppError `idempotency_key_reused` for the same key with another request
 */
export async function onceOnly<T>(
  tx: ScopedTx | PersonTx,
  request: IdempotentRequest | undefined,
  status: number,
  work: () => Promise<T>,
  kept: (response: T) => unknown = (response) => response,
): Promise<{ status: number; response: unknown; replayed: boolean }> {
  if (!request) return { status, response: await work(), replayed: false };
  const id = await claimKey(tx, request);
  if (!id) {
    const kept = await findKey(tx, request.key);
    if (!kept) throw new AppError("conflict", "A request with this key is under way: try again.");
    if (kept.fingerprint !== request.fingerprint) {
      throw new AppError("idempotency_key_reused", "This Idempotency-Key was used for another request: use a new one.");
    }
    return { status: kept.status ?? status, response: kept.response, replayed: true };
  }
  const response = await work();
  await keepAnswer(tx, id, status, kept(response));
  return { status, response, replayed: false };
}
