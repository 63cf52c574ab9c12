import { createReadStream } from "node:fs";
import { openStream, sealedSize, sealStream } from "@/platform/sealed-stream";
import type { Keyring } from "@/platform/secrets";
import type { Storage } from "@/platform/storage/storage";
import type { Archive } from "./exporting";

/*
 * Archives of exports lie in the storage as files of the library do, sealed, but each under a key of its own, which
 * stands in its row: an archive whose row has lost it can be opened by nobody.
 */
type Deps = { storage: Storage; keyring: Keyring };
type Of = { workspaceId: string; id: string };
type Kept = Of & { wrappedKey: Buffer; sizeBytes: number };

const placeOf = ({ workspaceId, id }: Of) => `exports/${workspaceId}/${id}`;
const keyFor =
  ({ keyring }: Deps, { workspaceId, id }: Of, wrappedKey: Buffer) =>
  (salt: Uint8Array) =>
    keyring.streamKey(wrappedKey, salt, ["export", workspaceId, id]);

/** Answers the key, wrapped. A run that was killed may have left one: it goes first, since nobody can open it. */
export async function keepArchive(deps: Deps, of: Of, { path, sizeBytes }: Archive): Promise<Buffer> {
  const wrappedKey = deps.keyring.newWorkspaceKey();
  await deps.storage.remove(placeOf(of));
  const sealed = sealStream(keyFor(deps, of, wrappedKey), createReadStream(path));
  await deps.storage.put(placeOf(of), sealedSize(sizeBytes), sealed);
  return wrappedKey;
}

export const openArchive = (deps: Deps, { wrappedKey, sizeBytes, ...of }: Kept) =>
  openStream(keyFor(deps, of, wrappedKey), {
    // With the key, since a later run of the same export has another.
    name: `${placeOf(of)} ${wrappedKey.toString("base64")}`,
    sizeBytes,
    read: (start, end) => deps.storage.read(placeOf(of), start, end),
  });

export const dropArchive = (deps: Deps, of: Of) => deps.storage.remove(placeOf(of));
