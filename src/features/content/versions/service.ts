import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { AppError } from "@/platform/errors";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { lockForEditing, noSuchItem, requireLive } from "../access";
import { advanceItem, type ItemRow } from "../queries";
import type { SaveVersion } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** SHA-256 over the canonical JSON of all that a version says. */
export const hashOf = (version: { title: string; body: string; metadata: object; assets: unknown[] }) =>
  canonicalHash({ title: version.title, body: version.body, metadata: version.metadata, assets: version.assets });

export async function saveVersion(
  tx: Tx,
  actor: Actor,
  { id, ...input }: z.output<typeof SaveVersion> & { id: string },
) {
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  const before = (await queries.findVersion(tx, id, item.currentVersionNumber))!;
  requireBase(before, input.baseVersion);
  refuseIntricate(input.body);
  return appendVersion(tx, actor, item, {
    title: input.title ?? before.title,
    body: input.body,
    metadata: input.metadata ?? before.metadata,
    assets: before.assets,
  });
}

/** A stale save loses nothing: the answer has what it takes to merge. */
export function requireBase(current: queries.VersionRow, baseVersion: number) {
  if (baseVersion === current.versionNumber) return;
  const { versionNumber, title, body, metadata, contentHash, updatedBy, updatedAt } = current;
  throw new AppError(
    "version_conflict",
    `Version ${versionNumber} was saved meanwhile: merge with it and save again, based on it.`,
    {
      extensions: {
        currentVersion: {
          versionNumber,
          title,
          body,
          metadata,
          contentHash,
          updatedBy,
          updatedAt: updatedAt.toISOString(),
        },
      },
    },
  );
}

export type NewVersion = { title: string; body: string; metadata: Record<string, unknown>; assets: unknown[] };

/** Whatever was in review or approved is a draft again: what was approved is not what it says now. */
export async function appendVersion(tx: Tx, actor: Actor, item: ItemRow, version: NewVersion) {
  const versionNumber = item.currentVersionNumber + 1;
  const contentHash = hashOf(version);
  const saved = await queries.insertVersion(tx, {
    ...version,
    contentItemId: item.id,
    versionNumber,
    contentHash,
    updatedBy: actor.userId,
  });
  await advanceItem(tx, { id: item.id, title: version.title, versionNumber, contentHash });
  await record(tx, actor, {
    action: "content.version_saved",
    subjectType: "content_item",
    subjectId: item.id,
    detail: { versionNumber, contentHash },
  });
  await emit(tx, {
    type: "content.version_saved",
    subjectId: item.id,
    payload: { versionNumber, previousVersionNumber: item.currentVersionNumber },
  });
  return saved;
}

export async function listVersions(
  tx: Tx,
  { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined },
) {
  const after = decodeCursor(cursor, "-versionNumber");
  const before = after ? Number(after.value) : 2_147_483_647;
  if (!Number.isInteger(before))
    throw new AppError("invalid_cursor", "This cursor does not belong to this list: start again without one.");
  const rows = await queries.listVersions(tx, id, before, limit + 1);
  // Every item has a version, so that none at all means no such item; a page beyond the first may be empty.
  if (rows.length === 0 && !after) throw noSuchItem();
  return toPage(rows, limit, "-versionNumber", (row) => String(row.versionNumber));
}

export async function getVersion(tx: Tx, { id, versionNumber }: { id: string; versionNumber: number }) {
  const version = await queries.findVersion(tx, id, versionNumber);
  if (!version) throw new AppError("not_found", "There is no such version of this item.");
  return version;
}

/** The version with its hash made anew from what is stored, not taken from it. */
export async function findVersionHashed(tx: Tx, contentItemId: string, versionNumber: number) {
  const version = await queries.findVersion(tx, contentItemId, versionNumber);
  return version && { ...version, contentHash: hashOf(version) };
}
