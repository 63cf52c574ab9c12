import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { startOf } from "@/features/planning";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { lockForEditing, noSuchItem, requireLive } from "./access";
import { writeBrief } from "./briefs/service";
import type { CreateContent, UpdateContent } from "./contract";
import { beginPlan, changePlan, holdChange, holdPlan } from "./plan/service";
import { canCreate } from "./policy";
import { presentItem } from "./present";
import * as queries from "./queries";
import { assetsOf, recordUses, type VersionAsset } from "./versions/assets";
import { addVersion, findVersion } from "./versions/queries";
import { appendVersion, hashOf, type NewVersion, requireBase } from "./versions/service";

type Tx = WorkspaceTx;

/** What is given wins over the template's. */
async function completed(tx: Tx, { templateId, ...given }: z.output<typeof CreateContent>, now: Date) {
  const start = templateId === undefined ? undefined : await startOf(tx, templateId, now);
  return {
    title: given.title ?? start!.title,
    body: given.body ?? start?.body ?? "",
    metadata: { ...start?.metadata, ...given.metadata },
    brief: start?.brief ?? null,
    dueAt: given.dueAt ? new Date(given.dueAt) : null,
    campaignId: given.campaignId === undefined ? (start?.campaignId ?? null) : given.campaignId,
    tagIds: given.tagIds ?? start?.tagIds ?? [],
    assigneeId: given.assigneeId ?? null,
  };
}

/** @param id of an item that has one already, elsewhere */
export async function createContent(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof CreateContent>,
  now: Date,
  id = newId(),
) {
  requireCreator(actor);
  await holdPlan(tx, input);
  const { title, body, metadata, brief, tagIds, ...place } = await completed(tx, input, now);
  refuseIntricate(body);
  const item = await addItem(tx, actor, { id, ...place }, { title, body, metadata });
  await beginPlan(tx, actor, item, tagIds);
  if (brief) await writeBrief(tx, actor, item.id, brief, 1);
  return tagIds.length > 0 ? shown(tx, item.id) : presentItem({ ...item, tags: [] });
}

function requireCreator(actor: Actor) {
  if (!canCreate(actor))
    throw new AppError("forbidden", "Viewers read: ask an Admin for the Writer's role.", { reason: "needs_writer" });
}

type Place = Pick<queries.ItemRow, "id" | "dueAt" | "campaignId" | "assigneeId">;

async function addItem(tx: Tx, actor: Actor, place: Place, text: NewVersion) {
  const { title } = text;
  const version = { ...text, assets: text.assets ?? (await assetsOf(tx, text)) };
  const contentHash = hashOf(version);
  const item = await queries.insertItem(tx, {
    ...place,
    title,
    createdBy: actor.userId,
    currentContentHash: contentHash,
  });
  addVersion(tx, { ...version, contentItemId: item.id, versionNumber: 1, contentHash, updatedBy: actor.userId });
  if (!text.assets) await recordUses(tx, { ...version, contentItemId: item.id, versionNumber: 1 });
  await record(tx, actor, {
    action: "content.created",
    subjectType: "content_item",
    subjectId: item.id,
    detail: { contentHash },
  });
  await emit(tx, { type: "content.created", subjectId: item.id, payload: { versionNumber: 1 } });
  return item;
}

type MovedItem = Place & { tagIds: string[]; versions: (NewVersion & { assets: VersionAsset[] })[] };

/** An item of another deployment, with its id and all its versions to the letter. `versions` are in their order, one at least. */
export async function moveIn(tx: Tx, actor: Actor, { tagIds, versions: [first, ...rest], ...place }: MovedItem) {
  requireCreator(actor);
  await holdPlan(tx, { ...place, dueAt: undefined, tagIds });
  for (const { body } of [first!, ...rest]) refuseIntricate(body);
  const item = await addItem(tx, actor, place, first!);
  for (const [at, version] of rest.entries())
    await appendVersion(tx, actor, { ...item, currentVersionNumber: at + 1 }, version);
  // The latest alone: what only older versions name may have been removed before the move.
  const latest = rest.at(-1) ?? first!;
  await recordUses(tx, { ...latest, contentItemId: item.id, versionNumber: rest.length + 1 });
  await beginPlan(tx, actor, item, tagIds);
}

/** Read again: what happened to it may have moved it. */
const shown = async (tx: Tx, id: string) => presentItem((await queries.findShown(tx, id))!);

export async function getContent(tx: Tx, id: string) {
  const found = await queries.findItemWithBody(tx, id);
  if (!found) throw noSuchItem();
  const { body, metadata, assets, updatedBy, updatedAt } = found.version;
  const item = presentItem({ ...found.item, tags: found.tags });
  return { ...item, currentVersion: { ...item.currentVersion, body, metadata, assets, updatedBy, updatedAt } };
}

export async function updateContent(
  tx: Tx,
  actor: Actor,
  { id, ...input }: z.output<typeof UpdateContent> & { id: string },
) {
  await holdChange(tx, actor, id, input);
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  const before = (await findVersion(tx, id, item.currentVersionNumber))!;
  const title = input.title ?? before.title;
  const metadata = input.metadata ?? before.metadata;
  if (hashOf({ ...before, title, metadata }) !== item.currentContentHash) {
    if (input.baseVersion !== undefined) requireBase(before, input.baseVersion);
    await appendVersion(tx, actor, item, { title, body: before.body, metadata });
  }
  await changePlan(tx, actor, item, input);
  return shown(tx, id);
}

export async function archiveContent(tx: Tx, actor: Actor, { id }: { id: string }) {
  const item = await lockForEditing(tx, actor, id);
  if (item.archivedAt) throw new AppError("archived", "This item is archived already.");
  await queries.updateItem(tx, id, { archivedAt: new Date() });
  await record(tx, actor, { action: "content.archived", subjectType: "content_item", subjectId: id });
  await emit(tx, { type: "content.archived", subjectId: id, payload: {} });
  return shown(tx, id);
}

export async function restoreContent(tx: Tx, actor: Actor, { id }: { id: string }) {
  const item = await lockForEditing(tx, actor, id);
  if (!item.archivedAt) throw new AppError("conflict", "This item is not archived.");
  await queries.updateItem(tx, id, { archivedAt: null });
  await record(tx, actor, { action: "content.restored", subjectType: "content_item", subjectId: id });
  await emit(tx, { type: "content.restored", subjectId: id, payload: {} });
  return shown(tx, id);
}

/** For the approval and distribution rooms: the item's place in its life, told by what happened there. */
export async function setStatus(tx: Tx, id: string, status: queries.ItemRow["status"], publishedAt?: Date) {
  return queries.updateItem(tx, id, { status, ...(publishedAt && { publishedAt }) });
}
