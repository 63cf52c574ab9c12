import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { requireUnchanged, whereNameIsFree } from "@/http/changes";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { found, givenOf, pageOf, recorded, requireWriter, unknownAt } from "../changes";
import type { CreateCampaign, ListCampaigns, UpdateCampaign } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const named = <T>(work: Promise<T>) =>
  whereNameIsFree(work, "planning_campaigns_name", "Another campaign has this name: choose another.");

function requireSpan({ startsOn, endsOn }: { startsOn: string | null; endsOn: string | null }) {
  if (startsOn === null || endsOn === null || startsOn <= endsOn) return;
  const issues = [{ path: "endsOn", message: "It lies before startsOn.", rule: "before_start" as const }];
  throw new AppError("invalid_request", "A campaign ends on the day on which it begins, or later.", { issues });
}

export const getCampaign = (tx: Tx, id: string) => found("campaign", queries.findCampaigns(tx, id));

export const listCampaigns = (tx: Tx, { archived, ...asked }: z.output<typeof ListCampaigns>) =>
  pageOf(asked, (position) => queries.listCampaigns(tx, { ...position, archived: archived === "true" }));

export async function createCampaign(tx: Tx, actor: Actor, input: z.output<typeof CreateCampaign>) {
  requireWriter(actor);
  requireSpan(input);
  const campaign = await named(queries.campaigns.insert(tx, { ...input, createdBy: actor.userId }));
  await recorded(tx, actor, "campaign", "created", campaign.id);
  await emit(tx, { type: "planning.campaign_created", subjectId: campaign.id, payload: {} });
  return { ...campaign, itemCount: 0 };
}

export async function updateCampaign(
  tx: Tx,
  actor: Actor,
  { id, baseUpdatedAt, ...input }: z.output<typeof UpdateCampaign> & { id: string },
) {
  requireWriter(actor);
  const before = await found("campaign", queries.campaigns.lock(tx, [id]));
  const { name, goal, startsOn, endsOn } = before;
  requireUnchanged(before, baseUpdatedAt, "campaign", { name, goal, startsOn, endsOn });
  const change = givenOf(input);
  requireSpan({ startsOn, endsOn, ...change });
  if (Object.keys(change).length > 0) {
    await named(queries.campaigns.update(tx, id, change));
    await recorded(tx, actor, "campaign", "changed", id, { changed: Object.keys(change) });
    await emit(tx, { type: "planning.campaign_changed", subjectId: id, payload: {} });
  }
  return getCampaign(tx, id);
}

export async function archiveCampaign(tx: Tx, actor: Actor, { id }: { id: string }) {
  requireWriter(actor);
  const { archivedAt } = await found("campaign", queries.campaigns.lock(tx, [id]));
  if (archivedAt) throw new AppError("archived", "This campaign is archived already.");
  await queries.campaigns.update(tx, id, { archivedAt: new Date() });
  await recorded(tx, actor, "campaign", "archived", id);
  await emit(tx, { type: "planning.campaign_archived", subjectId: id, payload: {} });
  return getCampaign(tx, id);
}

export async function restoreCampaign(tx: Tx, actor: Actor, { id }: { id: string }) {
  requireWriter(actor);
  const { archivedAt } = await found("campaign", queries.campaigns.lock(tx, [id]));
  if (!archivedAt) throw new AppError("conflict", "This campaign is not archived.");
  await queries.campaigns.update(tx, id, { archivedAt: null });
  await recorded(tx, actor, "campaign", "restored", id);
  await emit(tx, { type: "planning.campaign_restored", subjectId: id, payload: {} });
  return getCampaign(tx, id);
}

/** What items belong to is part of their history, and stays. */
export async function removeCampaign(tx: Tx, actor: Actor, { id }: { id: string }) {
  requireWriter(actor);
  await found("campaign", queries.campaigns.lock(tx, [id]));
  const { itemCount } = await getCampaign(tx, id);
  if (itemCount > 0) {
    throw new AppError("in_use", `Items belong to this campaign (${itemCount}): archive it, or move them first.`, {
      extensions: { itemCount },
    });
  }
  await queries.campaigns.remove(tx, id);
  await recorded(tx, actor, "campaign", "removed", id);
  await emit(tx, { type: "planning.campaign_removed", subjectId: id, payload: {} });
}

/** Whatever its case, over or not. */
export const campaignNamed = async (tx: Tx, name: string) => (await queries.campaigns.named(tx, [name]))[0];

/**
 * The campaign that an item is to join, held so that nobody ends or removes it meanwhile.
 *
 * @throws AppError `invalid_request` where it is none here, `archived` where it is over
 */
export async function requireCampaign(tx: Tx, id: string) {
  const [campaign] = await queries.campaigns.lock(tx, [id], "share");
  if (!campaign) throw unknownAt("campaignId", "campaign");
  if (campaign.archivedAt)
    throw new AppError("archived", "This campaign is archived: restore it, or choose another one.");
  return campaign;
}
