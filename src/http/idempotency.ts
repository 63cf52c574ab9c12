import type { PersonTx, ScopedTx } from "@/db/client";
import { claimKey, findKey, keepAnswer } from "@/db/idempotency";
import { AppError, ERROR_STATUS, type ErrorCode } from "@/platform/errors";

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

type Claimed = { keyId: string | undefined } | { replay: { status: number; response: unknown; replayed: true } };

/**
 * For work of two transactions with something slow between them: the key is claimed in the first and answered in the last
 * (`keepResponse`). Who repeats the request meanwhile is told that it is under way.
 *
 * @throws AppError as `onceOnly` does, and the refusal that the first request met
 */
export async function claimRequest(tx: ScopedTx, request: IdempotentRequest | undefined): Promise<Claimed> {
  if (!request) return { keyId: undefined };
  const keyId = await claimKey(tx, request);
  if (keyId) return { keyId };
  const kept = await findKey(tx, request.key);
  if (kept && kept.fingerprint !== request.fingerprint) {
    throw new AppError("idempotency_key_reused", "This Idempotency-Key was used for another request: use a new one.");
  }
  if (!kept || kept.status === null) {
    throw new AppError("conflict", "A request with this key is under way, or was cut off: try again with a new key.");
  }
  const { refused } = (kept.response ?? {}) as { refused?: { code: ErrorCode; message: string } };
  if (refused) throw new AppError(refused.code, refused.message);
  return { replay: { status: kept.status, response: kept.response, replayed: true } };
}

export async function keepResponse(tx: ScopedTx, keyId: string | undefined, response: unknown) {
  if (!keyId) return;
  if (!(response instanceof AppError)) return void (await keepAnswer(tx, keyId, 200, response));
  const { code, message } = response;
  await keepAnswer(tx, keyId, ERROR_STATUS[code], { refused: { code, message } });
}
