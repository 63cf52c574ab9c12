import type { WorkspaceTx } from "@/db/client";
import { createFolder, listFolders } from "@/features/assets";
import type { Actor } from "@/platform/actor";
import type { AsPerson } from "./importing";

type Tx = WorkspaceTx;
const PAGE = 100;

async function foldersIn(tx: Tx, parent: string) {
  const found: { id: string; name: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFolders(tx, { parent, limit: PAGE, cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

/** Each folder of the library by its id, as the names from the outermost to its own; outer ones come first. */
export async function folderPaths(asPerson: AsPerson): Promise<Map<string, string[]>> {
  const paths = new Map<string, string[]>();
  const walk = async (parent: string, path: string[]) => {
    for (const { id, name } of await asPerson((tx) => foldersIn(tx, parent))) {
      paths.set(id, [...path, name]);
      await walk(id, [...path, name]);
    }
  };
  await walk("root", []);
  return paths;
}

/** The folder at a path, made where it isn't there; null for the library itself. */
export async function folderAt(tx: Tx, actor: Actor, path: string[]): Promise<string | null> {
  let parentId: string | null = null;
  for (const name of path) {
    const known: { id: string } | undefined = (await foldersIn(tx, parentId ?? "root")).find(
      (one) => one.name.toLowerCase() === name.toLowerCase(),
    );
    parentId = known ? known.id : (await createFolder(tx, actor, { name, parentId })).id;
  }
  return parentId;
}
