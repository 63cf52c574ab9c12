import type { Keyring } from "@/platform/secrets";

/** Seals a value with a data key of its own, which travels with it: a byte that tells its length, the wrapped key, the sealed value. */
export function sealAlone(keyring: Keyring, value: Uint8Array, purpose: readonly string[]): Buffer {
  const wrapped = keyring.newWorkspaceKey();
  return Buffer.concat([Buffer.from([wrapped.length]), wrapped, keyring.seal(wrapped, value, purpose)]);
}

/** @throws SealError where it was changed, or belongs to another purpose */
export function openAlone(keyring: Keyring, sealed: Buffer, purpose: readonly string[]): Buffer {
  const wrappedBytes = sealed[0] ?? 0;
  return keyring.open(sealed.subarray(1, 1 + wrappedBytes), sealed.subarray(1 + wrappedBytes), purpose);
}
