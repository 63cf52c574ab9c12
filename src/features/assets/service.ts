import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { ListAssets, ListAssetUsage, UpdateAsset } from "./contract";
import { namedFor } from "./file-types";
import { requireFolder } from "./folders/service";
import { canChange } from "./policy";
import * as queries from "./queries";
import { listUses } from "./uses/queries";
import { brandingUses } from "./uses/service";

type Tx = WorkspaceTx;

const noSuchAsset = () => new AppError("not_found", "There is no such asset in this workspace.");

export const presentAsset = ({ asset, blob }: queries.Found) => ({
  ...asset,
  sizeBytes: blob.sizeBytes,
  width: blob.width,
  height: blob.height,
  animated: blob.animated,
  variants: blob.variants,
});

const recorded = (tx: Tx, actor: Actor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `assets.${verb}`, subjectType: "asset", subjectId, detail });

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

/** Held for this transaction. Throws `not_found`, or `forbidden` for who may not change it. */
async function lockForChange(tx: Tx, actor: Actor, id: string) {
  const { createdBy } = await getAsset(tx, id);
  if (!canChange(actor, { createdBy }))
    throw new AppError("forbidden", "Writers change the files that they uploaded: ask an Editor.", {
      reason: "not_yours",
    });
  const asset = await queries.lockAsset(tx, id);
  // Removed at this moment.
  if (!asset) throw noSuchAsset();
  return asset;
}

/** With a base, a change that somebody made since is told and not overwritten. */
export async function updateAsset(
  tx: Tx,
  actor: Actor,
  { id, baseRevision, ...input }: z.output<typeof UpdateAsset> & { id: string },
) {
  const before = await lockForChange(tx, actor, id);
  if (baseRevision !== undefined && baseRevision !== before.revision) {
    const { fileName, altText, folderId, revision } = before;
    throw new AppError("version_conflict", "This asset was changed meanwhile: look at it and save again.", {
      extensions: { current: { fileName, altText, folderId, revision } },
    });
  }
  const wanted = { ...input, ...(input.fileName && { fileName: namedFor(before.contentType, input.fileName) }) };
  const change = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => value !== undefined && value !== before[name as "altText"]),
  );
  const changed = Object.keys(change);
  if (changed.length > 0) {
    if (input.folderId) await requireFolder(tx, input.folderId);
    await queries.updateAsset(tx, id, change);
    if (input.folderId) await requireFolder(tx, input.folderId);
    await recorded(tx, actor, "changed", id, { changed });
    await emit(tx, { type: "assets.changed", subjectId: id, payload: { revision: before.revision + 1 } });
  }
  return getAsset(tx, id);
}

/** How many uses a refusal names. */
const TOLD_USES = 10;

/** What only older versions name may go: they still show it, since its bytes stay. */
export async function removeAsset(tx: Tx, actor: Actor, { id }: { id: string }) {
  await lockForChange(tx, actor, id);
  const uses = await listUses(tx, id, { after: undefined, count: TOLD_USES, inForce: true });
  const branding = await brandingUses(tx, id);
  if (uses.length > 0 || branding.length > 0) {
    const usedBy = uses.map(({ kind, id: subject }) => ({ kind, id: subject }));
    throw new AppError("in_use", "This file is used: take it out there first; its usage says where.", {
      extensions: { usedBy, branding },
    });
  }
  await queries.markRemoved(tx, id);
  await recorded(tx, actor, "removed", id);
  await emit(tx, { type: "assets.removed", subjectId: id, payload: {} });
}

const USAGE_SORT = "id";

export async function listAssetUsage(tx: Tx, { id, limit, cursor }: z.output<typeof ListAssetUsage> & { id: string }) {
  await getAsset(tx, id);
  const uses = await listUses(tx, id, { after: decodeCursor(cursor, USAGE_SORT)?.id, count: limit + 1 });
  return { ...toPage(uses, limit, USAGE_SORT, (use) => use.id), branding: await brandingUses(tx, id) };
}

export async function findSealed(tx: Tx, id: string) {
  const found = await queries.findSealed(tx, id);
  if (!found) throw noSuchAsset();
  return found;
}
