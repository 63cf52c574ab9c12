import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { MAX_INTEGER } from "@/platform/contract";
import { AppError } from "@/platform/errors";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { lockForEditing, noSuchItem, noSuchVersion, requireLive } from "../access";
import { mergeFields, type Written } from "../changes/merge";
import { dropDraft } from "../drafts/queries";
import { advanceItem, type ItemRow } from "../queries";
import { assetsOf, recordUses, type VersionAsset } from "./assets";
import type { ListVersions, SaveVersion } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** SHA-256 over the canonical JSON of all that a version says. */
export const hashOf = (version: { title: string; body: string; metadata: object; assets: VersionAsset[] }) =>
  canonicalHash({ title: version.title, body: version.body, metadata: version.metadata, assets: version.assets });

export async function saveVersion(
  tx: Tx,
  actor: Actor,
  { id, onConflict, ...input }: z.output<typeof SaveVersion> & { id: string },
) {
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  const before = (await queries.findVersion(tx, id, item.currentVersionNumber))!;
  const merged = onConflict === "merge" ? await mergeStale(tx, before, input) : undefined;
  if (!merged) requireBase(before, input.baseVersion);
  const { title = before.title, body, metadata = before.metadata } = merged ?? input;
  refuseIntricate(body);
  const origin = merged && { mergedBase: input.baseVersion };
  const saved = await appendVersion(tx, actor, item, { title, body, metadata }, origin);
  dropDraft(tx, { contentItemId: id });
  return { ...saved, labels: [], merged: merged !== undefined };
}

/** Undefined for what isn't stale, or has no base. Throws `version_conflict` where both changed the same. */
async function mergeStale(tx: Tx, current: queries.VersionRow, input: Written) {
  if (input.baseVersion === current.versionNumber) return undefined;
  const base = await queries.findVersion(tx, current.contentItemId, input.baseVersion);
  if (!base) return undefined;
  const merge = mergeFields(base, current, input);
  if (merge.clean) return merge;
  throw versionConflict(
    current,
    `Version ${current.versionNumber} was saved meanwhile and changed the same passages: decide between the two and save again, based on it.`,
    { merge },
  );
}

/** What an old version said becomes the newest; the versions between stay in the history. */
export async function restoreVersion(
  tx: Tx,
  actor: Actor,
  { id, versionNumber, baseVersion }: { id: string; versionNumber: number; baseVersion: number },
) {
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  const before = (await queries.findVersion(tx, id, item.currentVersionNumber))!;
  const old = await queries.findVersion(tx, id, versionNumber);
  if (!old) throw noSuchVersion();
  requireBase(before, baseVersion);
  if (hashOf(old) === hashOf(before))
    throw new AppError("conflict", `The current version says already what version ${versionNumber} says.`);
  refuseIntricate(old.body);
  const { title, body, metadata } = old;
  const origin = { restoredFrom: versionNumber };
  return { ...(await appendVersion(tx, actor, item, { title, body, metadata }, origin)), labels: [] };
}

/** A stale save loses nothing: the answer has what it takes to merge. */
export function requireBase(current: queries.VersionRow, baseVersion: number) {
  if (baseVersion === current.versionNumber) return;
  throw versionConflict(
    current,
    `Version ${current.versionNumber} was saved meanwhile: merge with it and save again, based on it.`,
  );
}

function versionConflict(current: queries.VersionRow, sentence: string, more: Record<string, unknown> = {}) {
  const { versionNumber, title, body, metadata, contentHash, updatedBy, updatedAt } = current;
  const currentVersion = {
    versionNumber,
    title,
    body,
    metadata,
    contentHash,
    updatedBy,
    updatedAt: updatedAt.toISOString(),
  };
  return new AppError("version_conflict", sentence, { extensions: { currentVersion, ...more } });
}

export type NewVersion = {
  title: string;
  body: string;
  metadata: Record<string, unknown>;
  /** As they were, where the version was written elsewhere; otherwise they are looked up in the library. */
  assets?: VersionAsset[];
};

/** Where a version came from, if not from somebody's hands alone. */
type Origin = { restoredFrom?: number; mergedBase?: number };

/**
 * Whatever was in review or approved is a draft again: what was approved is not what it says now.
 * @throws AppError `invalid_request` where it names files that are not in the library
 */
export async function appendVersion(tx: Tx, actor: Actor, item: ItemRow, text: NewVersion, origin: Origin = {}) {
  const versionNumber = item.currentVersionNumber + 1;
  const version = { ...text, assets: text.assets ?? (await assetsOf(tx, text)) };
  const contentHash = hashOf(version);
  const saved = await queries.insertVersion(tx, {
    ...version,
    contentItemId: item.id,
    versionNumber,
    contentHash,
    updatedBy: actor.userId,
  });
  if (!text.assets) await recordUses(tx, saved);
  await advanceItem(tx, { id: item.id, title: version.title, versionNumber, contentHash });
  await record(tx, actor, {
    action: "content.version_saved",
    subjectType: "content_item",
    subjectId: item.id,
    detail: { versionNumber, contentHash, ...origin },
  });
  await emit(tx, {
    type: "content.version_saved",
    subjectId: item.id,
    payload: {
      versionNumber,
      previousVersionNumber: item.currentVersionNumber,
      ...(origin.restoredFrom !== undefined && { restoredFrom: origin.restoredFrom }),
    },
  });
  return saved;
}

const SORT = "-versionNumber";

export async function listVersions(
  tx: Tx,
  { id, label, labelled, limit, cursor }: z.output<typeof ListVersions> & { id: string },
) {
  const after = decodeCursor(cursor, SORT);
  const before = after ? Number(after.value) : MAX_INTEGER;
  if (!Number.isInteger(before) || Math.abs(before) > MAX_INTEGER)
    throw new AppError("invalid_cursor", "This cursor does not belong to this list: start again without one.");
  const filter = { before, label, labelled: labelled === "true", count: limit + 1 };
  const rows = await queries.listVersions(tx, id, filter);
  if (!rows) throw noSuchItem();
  return toPage(rows, limit, SORT, (row) => String(row.versionNumber));
}

export async function getVersion(tx: Tx, { id, versionNumber }: { id: string; versionNumber: number }) {
  const version = await queries.findVersionLabelled(tx, id, versionNumber);
  if (!version) throw noSuchVersion();
  return version;
}

/** The version with its hash made anew from what is stored, not taken from it. */
export async function findVersionHashed(tx: Tx, contentItemId: string, versionNumber: number) {
  const version = await queries.findVersion(tx, contentItemId, versionNumber);
  return version && { ...version, contentHash: hashOf(version) };
}
