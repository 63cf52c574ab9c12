import type { Storage } from "@/platform/storage/storage";

/** Removes a workspace's files, archives and uploads, of which no row may tell any more. Says how many there were. */
export async function removeFiles(storage: Pick<Storage, "removeBelow">, workspaceId: string): Promise<number> {
  let count = 0;
  for (const kind of ["objects", "exports", "staging"]) count += await storage.removeBelow(`${kind}/${workspaceId}`);
  return count;
}
