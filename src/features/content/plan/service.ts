import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { requireCampaign, requireTags } from "@/features/planning";
import { isMember } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { EventOf } from "@/platform/events";
import { findForEditing } from "../access";
import { type ItemRow, updateItem } from "../queries";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** Left out: stays as it is. */
export type Plan = {
  dueAt?: string | null | undefined;
  campaignId?: string | null | undefined;
  tagIds?: string[] | undefined;
  assigneeId?: string | null | undefined;
};

type Changed = EventOf<"content.planned">["payload"]["changed"];

/** Somebody of another workspace is as unknown here as nobody at all. */
async function requireAssignable(tx: Tx, assigneeId: string) {
  if (await isMember(tx, assigneeId)) return;
  const issues = [{ path: "assigneeId", message: "No member of this workspace has this id." }];
  throw new AppError("invalid_request", "Assign the item to a member of this workspace.", { issues });
}

/** Refuses what isn't there, and holds the tags and the campaign of an item that is to be made. */
export async function holdPlan(tx: Tx, { campaignId, tagIds, assigneeId }: Plan) {
  if (assigneeId) await requireAssignable(tx, assigneeId);
  if (tagIds) await requireTags(tx, tagIds);
  if (campaignId) await requireCampaign(tx, campaignId);
}

/**
 * The same for an item that is there, before its row is locked: whoever merges a tag holds the tag, and then waits for
 * the items that have it. The campaign that it is in already may be over.
 */
export async function holdChange(tx: Tx, actor: Actor, id: string, { campaignId, tagIds }: Plan) {
  if (!campaignId && !tagIds) return;
  const before = await findForEditing(tx, actor, id);
  await holdPlan(tx, { tagIds, campaignId: campaignId === before.campaignId ? null : campaignId });
}

/** The plan of an item that was made just now, with due date, campaign and assignee in its row already. */
export async function beginPlan(tx: Tx, actor: Actor, item: ItemRow, tagIds: string[]) {
  if (tagIds.length > 0) await queries.setTags(tx, item.id, tagIds);
  const { assigneeId } = item;
  if (assigneeId) await emit(tx, { type: "content.assigned", subjectId: item.id, payload: { userId: assigneeId } });
  const changed: Changed = [
    ...(item.dueAt ? (["dueAt"] as const) : []),
    ...(item.campaignId ? (["campaignId"] as const) : []),
    ...(tagIds.length > 0 ? (["tagIds"] as const) : []),
  ];
  if (changed.length > 0) await planned(tx, actor, item, changed, tagIds);
}

/** What of an item's plan is other than it was. None of it goes out: no version is made of it. */
export async function changePlan(tx: Tx, actor: Actor, item: ItemRow, plan: Plan) {
  await assign(tx, actor, item, plan.assigneeId);
  const dueAt = plan.dueAt === undefined ? item.dueAt : plan.dueAt === null ? null : new Date(plan.dueAt);
  const campaignId = plan.campaignId === undefined ? item.campaignId : plan.campaignId;
  const before = await tagIdsBefore(tx, item.id, plan);
  const tagIds = plan.tagIds ?? before;
  const changed: Changed = [
    ...(dueAt?.getTime() === item.dueAt?.getTime() ? [] : (["dueAt"] as const)),
    ...(campaignId === item.campaignId ? [] : (["campaignId"] as const)),
    ...(isSameSet(tagIds, before) ? [] : (["tagIds"] as const)),
  ];
  if (changed.length === 0) return;
  if (changed.includes("tagIds")) await queries.setTags(tx, item.id, tagIds);
  await updateItem(tx, item.id, { dueAt, campaignId });
  await planned(tx, actor, { id: item.id, dueAt, campaignId }, changed, tagIds);
}

/** Not asked where nothing of the plan is given. */
const tagIdsBefore = async (tx: Tx, id: string, { dueAt, campaignId, tagIds }: Plan) =>
  dueAt === undefined && campaignId === undefined && tagIds === undefined ? [] : queries.tagIdsOf(tx, id);

const isSameSet = (some: string[], others: string[]) =>
  new Set(some).size === new Set(others).size && some.every((each) => others.includes(each));

async function assign(tx: Tx, actor: Actor, item: ItemRow, assigneeId: string | null | undefined) {
  if (assigneeId === undefined || assigneeId === item.assigneeId) return;
  if (assigneeId) await requireAssignable(tx, assigneeId);
  await updateItem(tx, item.id, { assigneeId });
  await record(tx, actor, {
    action: "content.assigned",
    subjectType: "content_item",
    subjectId: item.id,
    detail: { assigneeId },
  });
  if (assigneeId) await emit(tx, { type: "content.assigned", subjectId: item.id, payload: { userId: assigneeId } });
}

type Planned = Pick<ItemRow, "id" | "dueAt" | "campaignId">;

async function planned(tx: Tx, actor: Actor, { id, dueAt, campaignId }: Planned, changed: Changed, tagIds: string[]) {
  const payload = { changed, dueAt: dueAt?.toISOString() ?? null, campaignId, tagIds };
  await record(tx, actor, {
    action: "content.planned",
    subjectType: "content_item",
    subjectId: id,
    detail: payload,
  });
  await emit(tx, { type: "content.planned", subjectId: id, payload });
}
