import type { InTx } from "../ingest/service";
import * as queries from "../queries";
import { placeOf, type VaultDeps } from "./vault";

/**
 * Removes bytes that no file has any more: they are marked, so that nobody brings the same ones in meanwhile; they go from
 * the storage; and then their rows go. Cut off anywhere, it goes on with what is marked. Answers how many there were.
 */
export async function removeUnnamedBlobs(
  { storage }: Pick<VaultDeps, "storage">,
  inTx: InTx,
  workspaceId: string,
  limit: number,
): Promise<number> {
  const going = await inTx(async (tx) => {
    await queries.holdFiles(tx, { alone: true });
    return queries.markGoing(tx, limit);
  });
  if (going.length === 0) return 0;
  for (const { keyId, objects } of going)
    for (const sha256 of objects) await storage.remove(placeOf({ workspaceId, keyId, sha256 }));
  return inTx((tx) =>
    queries.endGoing(
      tx,
      going.map(({ sha256 }) => sha256),
    ),
  );
}
