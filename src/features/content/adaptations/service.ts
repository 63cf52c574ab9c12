import type { Publication } from "@/channels/adapter";
import { CHANNEL_RULES, type Network } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { channelOf } from "@/features/channels";
import type { Actor } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { AppError } from "@/platform/errors";
import { excerptOf } from "@/platform/markdown";
import { lockForEditing, noSuchItem, requireLive } from "../access";
import { findItem } from "../queries";
import { ContentMetadata } from "../versions/contract";
import { findVersion, type VersionRow } from "../versions/queries";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** What goes out of a version, as channels take it. `siteUrl` is its page on the workspace's own site. */
export function publicationOf(
  version: Pick<VersionRow, "contentItemId" | "versionNumber" | "title" | "body" | "metadata">,
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
  const version = (await findVersion(tx, row.contentItemId, row.versionNumber))!;
  const rules = channel && CHANNEL_RULES[channel.network as Network];
  const findings = rules
    ? rules.validate(publicationOf(version, row.parts, { language: "en", siteUrl: undefined }))
    : [];
  return { ...row, findings };
}

export async function listAdaptations(tx: Tx, { id }: { id: string }) {
  if (!(await findItem(tx, id))) throw noSuchItem();
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

/** The adaptation with its hash made anew from what is stored, not taken from it. */
export async function findAdaptationHashed(tx: Tx, contentItemId: string, id: string) {
  const row = await queries.findAdaptation(tx, contentItemId, id);
  return row && { ...row, contentHash: adaptationHash(row) };
}
