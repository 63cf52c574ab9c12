import type { WorkspaceTx } from "@/db/client";
import { type Naming, noteVersionUses, requireAssets, requireImages } from "@/features/assets";
import { assetsNamedIn } from "@/platform/markdown";

type Tx = WorkspaceTx;

/** What a version says of a file of the library: enough to tell whether it is still the same. */
export type VersionAsset = { id: string; sha256: string; altText: string };

type Text = { body: string; metadata: { imageAssetId?: unknown } };

/** Where a text names files of the library, and whether it shows them. */
function namingsIn({ body, metadata }: Text): (Naming & { as: "Image" | "Link" })[] {
  const inBody = assetsNamedIn(body).map(({ id, as }) => ({ id, as, path: "body" }));
  const { imageAssetId } = metadata;
  if (typeof imageAssetId !== "string") return inBody;
  return [{ id: imageAssetId, as: "Image", path: "metadata.imageAssetId" }, ...inBody];
}

/**
 * The files that a version names, as they are now. Costs nothing where it names none.
 * @throws AppError `invalid_request` for what isn't in the library, and for what is shown as an image and is none
 */
export async function assetsOf(tx: Tx, text: Text): Promise<VersionAsset[]> {
  const namings = namingsIn(text);
  if (namings.length === 0) return [];
  const found = await requireAssets(tx, namings);
  requireImages(
    found,
    namings.filter(({ as }) => as === "Image"),
  );
  return found.map(({ id, sha256, altText }) => ({ id, sha256, altText }));
}

/** Once the version is written: from now on these are used, and what only older versions named is not. */
export const recordUses = (
  tx: Tx,
  version: Text & { contentItemId: string; versionNumber: number; assets: VersionAsset[] },
) =>
  noteVersionUses(
    tx,
    version.assets.map(({ id }) => id),
    { contentItemId: version.contentItemId, versionNumber: version.versionNumber },
    namingsIn(version),
  );
