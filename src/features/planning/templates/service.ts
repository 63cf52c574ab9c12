import { DateTime } from "luxon";
import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { workspaceSettings } from "@/features/workspaces";
import { requireUnchanged, whereNameIsFree } from "@/http/changes";
import type { Actor } from "@/platform/actor";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { ContentMetadata } from "@/platform/writing";
import { Brief } from "../briefs/contract";
import { requireKnown, withoutGone } from "../briefs/service";
import * as campaignQueries from "../campaigns/queries";
import { requireCampaign } from "../campaigns/service";
import { found, givenOf, noSuch, pageOf, recorded, requireWriter, unknownAt } from "../changes";
import * as tagQueries from "../tags/queries";
import { requireTags } from "../tags/service";
import type { CreateTemplate, ListTemplates, UpdateTemplate } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const named = <T>(work: Promise<T>) =>
  whereNameIsFree(work, "planning_templates_name", "Another template has this name: choose another.");

const present = ({ metadata, brief, ...row }: queries.TemplateRow) => ({
  ...row,
  metadata: ContentMetadata.parse(metadata),
  brief: brief && Brief.parse(brief),
});

type Recipe = Pick<z.output<typeof UpdateTemplate>, "body" | "brief" | "campaignId" | "tagIds">;

/** What a template names has to be there when it is written. */
async function requireUsable(tx: Tx, { body, brief, campaignId, tagIds }: Recipe, before?: Brief | null) {
  if (tagIds) await requireTags(tx, tagIds);
  if (campaignId) await requireCampaign(tx, campaignId);
  if (brief) await requireKnown(tx, brief, before ?? undefined, "brief.");
  if (body !== undefined) refuseIntricate(body);
}

export const getTemplate = async (tx: Tx, id: string) =>
  present(await found("template", queries.findTemplates(tx, id)));

export const listTemplates = (tx: Tx, asked: z.output<typeof ListTemplates>) =>
  pageOf(asked, (position) => queries.listTemplates(tx, position));

export async function createTemplate(tx: Tx, actor: Actor, input: z.output<typeof CreateTemplate>) {
  requireWriter(actor);
  await requireUsable(tx, input);
  const template = await named(queries.templates.insert(tx, { ...input, createdBy: actor.userId }));
  await recorded(tx, actor, "template", "created", template.id);
  return present(template);
}

export async function updateTemplate(
  tx: Tx,
  actor: Actor,
  { id, baseUpdatedAt, ...input }: z.output<typeof UpdateTemplate> & { id: string },
) {
  requireWriter(actor);
  const before = await found("template", queries.templates.lock(tx, [id]));
  const { name, title, body, metadata, brief, campaignId, tagIds } = before;
  requireUnchanged(before, baseUpdatedAt, "template", { name, title, body, metadata, brief, campaignId, tagIds });
  const change = givenOf(input);
  if (Object.keys(change).length === 0) return present(before);
  await requireUsable(tx, change, brief && Brief.parse(brief));
  const template = await named(queries.templates.update(tx, id, change));
  await recorded(tx, actor, "template", "changed", id, { changed: Object.keys(change) });
  return present(template);
}

export async function removeTemplate(tx: Tx, actor: Actor, { id }: { id: string }) {
  requireWriter(actor);
  if (!(await queries.templates.remove(tx, id))) throw noSuch("template");
  await recorded(tx, actor, "template", "removed", id);
}

/**
 * What an item begins with: the title filled in for today, in the workspace's time zone, and without what is gone
 * since the template was written.
 *
 * @throws AppError `invalid_request` where there is no such template
 */
export async function startOf(tx: Tx, id: string, now: Date) {
  const [row] = await queries.findTemplates(tx, id);
  if (!row) throw unknownAt("templateId", "template");
  const { title, body, metadata, brief, campaignId, tagIds } = present(row);
  const tags = await tagQueries.tags.lock(tx, tagIds, "share");
  const [campaign] = campaignId ? await campaignQueries.campaigns.lock(tx, [campaignId], "share") : [];
  const { timeZone } = await workspaceSettings(tx);
  return {
    title: filledIn(title, now, timeZone),
    body,
    metadata,
    brief: brief && (await withoutGone(tx, brief)),
    tagIds: tags.map((tag) => tag.id),
    campaignId: campaign && !campaign.archivedAt ? campaign.id : null,
  };
}

function filledIn(title: string, now: Date, timeZone: string) {
  const today = DateTime.fromJSDate(now, { zone: timeZone });
  const words = { date: today.toFormat("yyyy-MM-dd"), month: today.toFormat("yyyy-MM"), year: today.toFormat("yyyy") };
  return title.replace(/\{(date|month|year)\}/g, (_, word: keyof typeof words) => words[word]);
}
