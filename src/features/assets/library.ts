import type { WorkspaceTx } from "@/db/client";
import * as queries from "./queries";
import { openSealed, type VaultDeps } from "./vault";

/** A file of the library, and its bytes for as long as the workspace lives; undefined where there is none. */
export async function findFile(tx: WorkspaceTx, deps: VaultDeps, id: string) {
  const found = await queries.findAsset(tx, id);
  if (!found) return undefined;
  const { asset, blob } = found;
  const key = (await queries.findKey(tx, blob.keyId))!;
  const { workspaceId, sha256 } = asset;
  const object = { workspaceId, sha256, sizeBytes: blob.sizeBytes, keyId: key.id, wrappedKey: key.wrappedKey };
  return { ...asset, sizeBytes: blob.sizeBytes, read: () => openSealed(deps, object) };
}
