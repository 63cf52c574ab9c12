import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { decodeCursor, toPage } from "@/http/cursor";
import { AppError } from "@/platform/errors";
import type { ListAssets } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const noSuchAsset = () => new AppError("not_found", "There is no such asset in this workspace.");
export const noSuchFolder = () => new AppError("not_found", "There is no such folder in this workspace.");

/** Asked after a thing was put there: a removal at the same moment has either met it, or is met here. */
export async function requireFolder(tx: Tx, id: string) {
  const folder = await queries.findFolder(tx, id);
  if (!folder) throw noSuchFolder();
  return folder;
}

export const presentAsset = ({ asset, blob }: queries.Found) => ({
  ...asset,
  sizeBytes: blob.sizeBytes,
  width: blob.width,
  height: blob.height,
  animated: blob.animated,
  variants: blob.variants,
});

export async function listAssets(tx: Tx, { sort, limit, cursor, ...filter }: z.output<typeof ListAssets>) {
  const column = sort.endsWith("fileName") ? "fileName" : "createdAt";
  const rows = await queries.listAssets(tx, {
    folder: filter.folder,
    q: filter.q,
    type: filter.type,
    purpose: filter.purpose,
    sort: { column, descending: sort.startsWith("-") },
    after: decodeCursor(cursor, sort),
    count: limit + 1,
  });
  return toPage(rows.map(presentAsset), limit, sort, (row) =>
    column === "fileName" ? row.fileName : row.createdAt.toISOString(),
  );
}

export async function getAsset(tx: Tx, id: string) {
  const found = await queries.findAsset(tx, id);
  if (!found) throw noSuchAsset();
  return presentAsset(found);
}
