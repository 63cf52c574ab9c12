import { createHash } from "node:crypto";
import { openStream, sealedSize, sealStream } from "@/platform/sealed-stream";
import type { Keyring } from "@/platform/secrets";
import type { Storage } from "@/platform/storage/storage";

export type VaultDeps = { storage: Storage; keyring: Keyring };

/** Where sealed bytes are, and under which key; `sha256` and `sizeBytes` are those of the plaintext. */
export type SealedObject = {
  workspaceId: string;
  keyId: string;
  wrappedKey: Buffer;
  sha256: string;
  sizeBytes: number;
};

/** By key and hash: what stands there is of these bytes and under this key, whoever wrote it first. */
export const placeOf = ({ workspaceId, keyId, sha256 }: Pick<SealedObject, "workspaceId" | "keyId" | "sha256">) =>
  `objects/${workspaceId}/${keyId}/${sha256}`;

const keyFor =
  ({ keyring }: VaultDeps, { wrappedKey, workspaceId, sha256 }: SealedObject) =>
  (salt: Uint8Array) =>
    keyring.streamKey(wrappedKey, salt, ["asset", workspaceId, sha256]);

/** Seals bytes and keeps them. Where they aren't those of the hash, nothing is kept. */
export async function keep(deps: VaultDeps, object: SealedObject, bytes: AsyncIterable<Uint8Array>) {
  const sealed = sealStream(keyFor(deps, object), onlyOf(object, bytes));
  await deps.storage.put(placeOf(object), sealedSize(object.sizeBytes), sealed);
}

/** What was staged can be sent again while it is read for the second time. */
async function* onlyOf({ sha256 }: SealedObject, bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash("sha256");
  let held: Uint8Array | undefined;
  for await (const piece of bytes) {
    if (held) yield held;
    hash.update(piece);
    held = piece;
  }
  if (hash.digest("hex") !== sha256) throw new Error("The staged bytes have changed since they were looked at");
  if (held) yield held;
}

/** The plaintext from `start` up to, and without, `end`. @throws SealError, StorageError */
export const openSealed = (deps: VaultDeps, object: SealedObject, range: { start?: number; end?: number } = {}) =>
  openStream(
    keyFor(deps, object),
    {
      name: placeOf(object),
      sizeBytes: object.sizeBytes,
      read: (start, end) => deps.storage.read(placeOf(object), start, end),
    },
    range,
  );
