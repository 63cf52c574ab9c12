import type { WorkspaceTx } from "@/db/client";
import { workspaceSettings } from "@/features/workspaces";
import { isUuid } from "@/platform/actor";
import { AppError, type Issue } from "@/platform/errors";
import * as queries from "./queries";

type Tx = WorkspaceTx;

export type AssetFacts = Awaited<ReturnType<typeof queries.findUsable>>[number];

/** Where an id was named, as a body's field, such as `body` or `parts.0.images.1.assetId`. */
export type Naming = { id: string; path: string };

/**
 * What these assets are, in the order of their ids. One that isn't in the library is refused by the field that names it;
 * one that is being removed at this moment is met by whoever comes second.
 * @throws AppError `invalid_request`
 */
export async function requireAssets(tx: Tx, namings: Naming[]): Promise<AssetFacts[]> {
  const ids = [...new Set(namings.map(({ id }) => id))].sort();
  if (ids.length === 0) return [];
  // What is no id names nothing.
  const found = new Map((await queries.findUsable(tx, ids.filter(isUuid))).map((facts) => [facts.id, facts]));
  const missing = namings.filter(({ id }) => !found.has(id));
  if (missing.length > 0) throw unknownAssets(missing);
  return ids.map((id) => found.get(id)!);
}

/** @throws AppError `invalid_request` for what is no image, by the field that names it */
export function requireImages(found: AssetFacts[], namings: Naming[]) {
  const images = new Set(found.filter(({ kind }) => kind === "Image").map(({ id }) => id));
  const wrong = namings.filter(({ id }) => !images.has(id));
  if (wrong.length === 0) return;
  const issues = wrong.map(({ id, path }) => ({ path, message: `The file ${id} is not an image.` }));
  throw new AppError("invalid_request", "Only images can be shown: link to other files.", { issues });
}

function unknownAssets(missing: Naming[]) {
  const issues: Issue[] = missing.map(({ id, path }) => ({
    path,
    message: `No asset of this workspace has the id ${id}, or it was removed.`,
  }));
  return new AppError(
    "invalid_request",
    "This names files that are not in the library: upload them, or leave them out.",
    {
      issues,
    },
  );
}

/** Also of those that were removed since: what was approved goes out as it was. */
export const findNamed = async (tx: Tx, ids: string[]): Promise<AssetFacts[]> =>
  ids.length === 0 ? [] : queries.findNamed(tx, [...new Set(ids)]);

/** A version is the current one of its item from now on, and uses these. */
export async function noteVersionUses(
  tx: Tx,
  assetIds: string[],
  use: { contentItemId: string; versionNumber: number },
  namings: Naming[],
) {
  if (use.versionNumber > 1) queries.endOlderUses(tx, use);
  if (assetIds.length === 0) return;
  await queries.insertUses(tx, assetIds, use);
  // Now that the use holds the row: what was removed before that is told here, and nothing can be removed after it.
  await requireAssets(tx, namings);
}

export async function noteAdaptationUses(
  tx: Tx,
  namings: Naming[],
  use: { contentItemId: string; versionNumber: number; adaptationId: string },
) {
  const ids = [...new Set(namings.map(({ id }) => id))];
  await queries.keepAdaptationUses(tx, use.adaptationId, ids);
  if (ids.length === 0) return;
  await queries.insertUses(tx, ids, use);
  await requireAssets(tx, namings);
}

/** A page shows these and no others; none where it was taken down. */
export const notePageUses = (tx: Tx, pageId: string, assetIds: string[]) =>
  queries.keepPageUses(tx, pageId, [...new Set(assetIds)]);

export async function brandingUses(tx: Tx, assetId: string): Promise<("logo" | "favicon")[]> {
  const { branding } = await workspaceSettings(tx);
  const { logoAssetId, faviconAssetId } = branding as { logoAssetId?: string; faviconAssetId?: string };
  return [
    ...(logoAssetId === assetId ? (["logo"] as const) : []),
    ...(faviconAssetId === assetId ? (["favicon"] as const) : []),
  ];
}

/** Meets `workspaces.branding_changed`: what the branding names has to be an image of this workspace. */
export async function requireBrandingAssets(tx: Tx) {
  const { branding } = await workspaceSettings(tx);
  const named = Object.entries(branding as Record<string, string>).filter(([name]) => name.endsWith("AssetId"));
  if (named.length === 0) return;
  const namings = named.map(([name, id]) => ({ id, path: `branding.${name}` }));
  await queries.holdAssets(
    tx,
    namings.map(({ id }) => id),
  );
  requireImages(await requireAssets(tx, namings), namings);
}
