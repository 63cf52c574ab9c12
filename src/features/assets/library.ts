import type { WorkspaceTx } from "@/db/client";
import { openSealed, type VaultDeps } from "./files/vault";
import * as queries from "./queries";

/** A file of the library, and its bytes for as long as the workspace lives; undefined where there is none. */
export async function findFile(tx: WorkspaceTx, deps: VaultDeps, id: string) {
  const found = await queries.findSealed(tx, id);
  if (!found) return undefined;
  const { asset, blob, wrappedKey } = found;
  const { workspaceId, sha256 } = asset;
  const object = { workspaceId, sha256, sizeBytes: blob.sizeBytes, keyId: blob.keyId, wrappedKey };
  return { ...asset, sizeBytes: blob.sizeBytes, read: () => openSealed(deps, object) };
}
