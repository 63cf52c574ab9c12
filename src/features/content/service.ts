import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { isMember } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { lockForEditing, noSuchItem, requireLive } from "./access";
import type { CreateContent, ListContent, UpdateContent } from "./contract";
import { canCreate } from "./policy";
import * as queries from "./queries";
import { assetsOf, recordUses } from "./versions/assets";
import { addVersion, findVersion } from "./versions/queries";
import { appendVersion, hashOf, requireBase } from "./versions/service";

type Tx = WorkspaceTx;

export const presentItem = (row: queries.ItemRow) => ({
  ...row,
  currentVersion: { versionNumber: row.currentVersionNumber, contentHash: row.currentContentHash },
});

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
  const { title, body, metadata } = input;
  const version = { title, body, metadata, assets: await assetsOf(tx, input) };
  const contentHash = hashOf(version);
  const item = await queries.insertItem(tx, {
    id: newId(),
    title,
    createdBy: actor.userId,
    assigneeId: input.assigneeId ?? null,
    currentContentHash: contentHash,
  });
  addVersion(tx, {
    ...version,
    contentItemId: item.id,
    versionNumber: 1,
    contentHash,
    updatedBy: actor.userId,
  });
  await recordUses(tx, { ...version, contentItemId: item.id, versionNumber: 1 });
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
  const { body, metadata, assets, updatedBy, updatedAt } = found.version;
  const item = presentItem(found.item);
  return { ...item, currentVersion: { ...item.currentVersion, body, metadata, assets, updatedBy, updatedAt } };
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
  const before = (await findVersion(tx, id, item.currentVersionNumber))!;
  const title = input.title ?? before.title;
  const metadata = input.metadata ?? before.metadata;
  if (hashOf({ ...before, title, metadata }) !== item.currentContentHash) {
    if (input.baseVersion !== undefined) requireBase(before, input.baseVersion);
    await appendVersion(tx, actor, item, { title, body: before.body, metadata });
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
