import type { z } from "zod";
import type { Publication } from "@/channels/adapter";
import { CHANNEL_RULES, type Network } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { channelOf } from "@/features/channels";
import { isMember } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { excerptOf } from "@/platform/markdown";
import { refuseIntricate } from "@/platform/markdown-bounds";
import {
  ContentMetadata,
  type CreateContent,
  type ListContent,
  type SaveVersion,
  type UpdateContent,
} from "./contract";
import { canCreate, canEdit } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const noSuchItem = () => new AppError("not_found", "There is no such content item in this workspace.");
const notYours = () =>
  new AppError("forbidden", "Writers change their own items: ask an Editor, or have it assigned to you.");

/** SHA-256 over the canonical JSON of all that a version says. */
export const hashOf = (version: { title: string; body: string; metadata: object; assets: unknown[] }) =>
  canonicalHash({ title: version.title, body: version.body, metadata: version.metadata, assets: version.assets });

export const presentItem = (row: queries.ItemRow) => ({
  ...row,
  currentVersion: { versionNumber: row.currentVersionNumber, contentHash: row.currentContentHash },
});

/** The item, locked for this transaction. Throws `not_found`, or `forbidden` for who may not change it. */
export async function lockForEditing(tx: Tx, actor: Actor, id: string) {
  const item = await queries.lockItem(tx, id);
  if (!item) throw (await queries.findItem(tx, id)) ? notYours() : noSuchItem();
  if (!canEdit(actor, item)) throw notYours();
  return item;
}

/** Somebody of another workspace is as unknown here as nobody at all. */
async function requireAssignable(tx: Tx, assigneeId: string) {
  if (await isMember(tx, assigneeId)) return;
  const issues = [{ path: "assigneeId", message: "No member of this workspace has this id." }];
  throw new AppError("invalid_request", "Assign the item to a member of this workspace.", { issues });
}

export async function createContent(tx: Tx, actor: Actor, input: z.output<typeof CreateContent>) {
  if (!canCreate(actor)) throw new AppError("forbidden", "Viewers read: ask an Admin for the Writer's role.");
  if (input.assigneeId) await requireAssignable(tx, input.assigneeId);
  refuseIntricate(input.body);
  const version = { title: input.title, body: input.body, metadata: input.metadata, assets: [] };
  const contentHash = hashOf(version);
  const item = await queries.insertItem(tx, {
    id: newId(),
    title: input.title,
    createdBy: actor.userId,
    assigneeId: input.assigneeId ?? null,
    currentContentHash: contentHash,
  });
  queries.addVersion(tx, {
    ...version,
    contentItemId: item.id,
    versionNumber: 1,
    contentHash,
    updatedBy: actor.userId,
  });
  await record(tx, actor, {
    action: "content.created",
    subjectType: "content_item",
    subjectId: item.id,
    detail: { contentHash },
  });
  await emit(tx, { type: "content.created", subjectId: item.id, payload: { versionNumber: 1 } });
  return presentItem(item);
}

export async function getContent(tx: Tx, id: string) {
  const found = await queries.findItemWithBody(tx, id);
  if (!found) throw noSuchItem();
  const { body, metadata, updatedBy, updatedAt } = found.version;
  const item = presentItem(found.item);
  return { ...item, currentVersion: { ...item.currentVersion, body, metadata, updatedBy, updatedAt } };
}

export async function listContent(tx: Tx, { sort, limit, cursor, archived, ...filter }: z.output<typeof ListContent>) {
  const descending = sort.startsWith("-");
  const column = (descending ? sort.slice(1) : sort) as "createdAt" | "updatedAt" | "title";
  const rows = await queries.listItems(tx, {
    ...filter,
    archived: archived === "true",
    sort: { column, descending },
    after: decodeCursor(cursor, sort),
    count: limit + 1,
  });
  return toPage(rows.map(presentItem), limit, sort, (row) =>
    column === "title" ? row.title : row[column].toISOString(),
  );
}

export async function updateContent(
  tx: Tx,
  actor: Actor,
  { id, ...input }: z.output<typeof UpdateContent> & { id: string },
) {
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  const before = (await queries.findVersion(tx, id, item.currentVersionNumber))!;
  const title = input.title ?? before.title;
  const metadata = input.metadata ?? before.metadata;
  if (hashOf({ ...before, title, metadata }) !== item.currentContentHash) {
    if (input.baseVersion !== undefined) requireBase(before, input.baseVersion);
    await appendVersion(tx, actor, item, { title, body: before.body, metadata, assets: before.assets });
  }
  if (input.assigneeId !== undefined && input.assigneeId !== item.assigneeId) {
    if (input.assigneeId) await requireAssignable(tx, input.assigneeId);
    await queries.updateItem(tx, id, { assigneeId: input.assigneeId });
    await record(tx, actor, {
      action: "content.assigned",
      subjectType: "content_item",
      subjectId: id,
      detail: { assigneeId: input.assigneeId },
    });
  }
  return presentItem((await queries.findItem(tx, id))!);
}

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
function requireBase(current: queries.VersionRow, baseVersion: number) {
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

const requireLive = (item: queries.ItemRow) => {
  if (item.archivedAt) throw new AppError("archived", "This item is archived: restore it first.");
};

type NewVersion = { title: string; body: string; metadata: Record<string, unknown>; assets: unknown[] };

/** Whatever was in review or approved is a draft again: what was approved is not what it says now. */
async function appendVersion(tx: Tx, actor: Actor, item: queries.ItemRow, version: NewVersion) {
  const versionNumber = item.currentVersionNumber + 1;
  const contentHash = hashOf(version);
  const saved = await queries.insertVersion(tx, {
    ...version,
    contentItemId: item.id,
    versionNumber,
    contentHash,
    updatedBy: actor.userId,
  });
  await queries.advanceItem(tx, { id: item.id, title: version.title, versionNumber, contentHash });
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

export async function archiveContent(tx: Tx, actor: Actor, { id }: { id: string }) {
  const item = await lockForEditing(tx, actor, id);
  if (item.archivedAt) throw new AppError("archived", "This item is archived already.");
  await queries.updateItem(tx, id, { archivedAt: new Date() });
  await record(tx, actor, { action: "content.archived", subjectType: "content_item", subjectId: id });
  await emit(tx, { type: "content.archived", subjectId: id, payload: {} });
  // Read again: archiving ends a review, and that moves the item.
  return presentItem((await queries.findItem(tx, id))!);
}

export async function restoreContent(tx: Tx, actor: Actor, { id }: { id: string }) {
  const item = await lockForEditing(tx, actor, id);
  if (!item.archivedAt) throw new AppError("conflict", "This item is not archived.");
  const restored = await queries.updateItem(tx, id, { archivedAt: null });
  await record(tx, actor, { action: "content.restored", subjectType: "content_item", subjectId: id });
  await emit(tx, { type: "content.restored", subjectId: id, payload: {} });
  return presentItem(restored!);
}

/** For the approval and distribution rooms: the item's place in its life, told by what happened there. */
export async function setStatus(tx: Tx, id: string, status: queries.ItemRow["status"], publishedAt?: Date) {
  return queries.updateItem(tx, id, { status, ...(publishedAt && { publishedAt }) });
}

/** What goes out of a version, as channels take it. `siteUrl` is its page on the workspace's own site. */
export function publicationOf(
  version: Pick<queries.VersionRow, "contentItemId" | "versionNumber" | "title" | "body" | "metadata">,
  parts: { text: string }[],
  { language, siteUrl }: { language: string; siteUrl: string | undefined },
): Publication {
  const metadata = ContentMetadata.parse(version.metadata);
  return {
    contentItemId: version.contentItemId,
    versionNumber: version.versionNumber,
    title: version.title,
    body: version.body,
    excerpt: metadata.excerpt ?? metadata.description ?? excerptOf(version.body, EXCERPT_LENGTH),
    language: metadata.language ?? language,
    canonicalUrl: metadata.canonicalUrl ?? siteUrl,
    slug: metadata.slug,
    parts: parts.map(({ text }) => text),
  };
}

/** In characters: what fits under a title on most networks. */
const EXCERPT_LENGTH = 200;

const adaptationHash = (row: {
  contentItemId: string;
  versionNumber: number;
  channelId: string;
  parts: { text: string }[];
}) =>
  canonicalHash({
    contentItemId: row.contentItemId,
    versionNumber: row.versionNumber,
    channelId: row.channelId,
    parts: row.parts,
  });

async function presentAdaptation(tx: Tx, row: queries.AdaptationRow) {
  const channel = await channelOf(tx, row.channelId);
  const version = (await queries.findVersion(tx, row.contentItemId, row.versionNumber))!;
  const rules = channel && CHANNEL_RULES[channel.network as Network];
  const findings = rules
    ? rules.validate(publicationOf(version, row.parts, { language: "en", siteUrl: undefined }))
    : [];
  return { ...row, findings };
}

export async function listAdaptations(tx: Tx, { id }: { id: string }) {
  if (!(await queries.findItem(tx, id))) throw noSuchItem();
  const rows = await queries.listAdaptations(tx, id);
  const items = [];
  for (const row of rows) items.push(await presentAdaptation(tx, row));
  return { items, nextCursor: null };
}

type Parts = { parts: { text: string }[] };

export async function createAdaptation(
  tx: Tx,
  actor: Actor,
  { id, channelId, parts }: Parts & { id: string; channelId: string },
) {
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  if (!(await channelOf(tx, channelId))) throw new AppError("not_found", "There is no such channel in this workspace.");
  const source = { contentItemId: id, versionNumber: item.currentVersionNumber, channelId, parts };
  const row = await queries.insertAdaptation(tx, {
    ...source,
    contentHash: adaptationHash(source),
    createdBy: actor.userId,
  });
  await record(tx, actor, {
    action: "content.adaptation_created",
    subjectType: "content_item",
    subjectId: id,
    detail: { adaptationId: row.id, channelId },
  });
  await emit(tx, { type: "content.adaptation_saved", subjectId: id, payload: { adaptationId: row.id } });
  return presentAdaptation(tx, row);
}

/** What was submitted or approved with these parts is superseded, by a reaction to the event. */
export async function updateAdaptation(
  tx: Tx,
  actor: Actor,
  { id, adaptationId, parts }: Parts & { id: string; adaptationId: string },
) {
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  const before = await queries.findAdaptation(tx, id, adaptationId);
  if (!before) throw new AppError("not_found", "There is no such adaptation of this item.");
  const row = (await queries.updateAdaptation(tx, adaptationId, {
    parts,
    contentHash: adaptationHash({ ...before, parts }),
  }))!;
  await record(tx, actor, {
    action: "content.adaptation_changed",
    subjectType: "content_item",
    subjectId: id,
    detail: { adaptationId },
  });
  await emit(tx, { type: "content.adaptation_saved", subjectId: id, payload: { adaptationId } });
  return presentAdaptation(tx, row);
}

/** The version and adaptation rows with their hashes made anew from what is stored, not taken from it. */
export async function findVersionHashed(tx: Tx, contentItemId: string, versionNumber: number) {
  const version = await queries.findVersion(tx, contentItemId, versionNumber);
  return version && { ...version, contentHash: hashOf(version) };
}

export async function findAdaptationHashed(tx: Tx, contentItemId: string, id: string) {
  const row = await queries.findAdaptation(tx, contentItemId, id);
  return row && { ...row, contentHash: adaptationHash(row) };
}
