import type { z } from "zod";
import type { Publication, PublicationImage } from "@/channels/adapter";
import type { Adaptable } from "@/channels/network-names";
import { copiedRulesOf, rulesOf } from "@/channels/networks";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { noteAdaptationUses, requireAssets, requireImages } from "@/features/assets";
import { record } from "@/features/audit";
import { channelOf } from "@/features/channels";
import type { Actor } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { AppError } from "@/platform/errors";
import { assetsNamedIn, excerptOf } from "@/platform/markdown";
import { lockForEditing, noSuchItem, requireLive } from "../access";
import { findItem } from "../queries";
import { ContentMetadata } from "../versions/contract";
import { findVersion, type VersionRow } from "../versions/queries";
import type { Part, StoredPart } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** What goes out of a version, as channels take it. `siteUrl` is its page on the workspace's own site. */
export function publicationOf(
  version: Pick<VersionRow, "contentItemId" | "versionNumber" | "title" | "body" | "metadata" | "assets">,
  parts: StoredPart[],
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
    partImages: parts.map(({ images = [] }) => images),
    images: imagesOf(version),
    assets: version.assets.map(({ id, altText }) => ({ id, altText })),
  };
}

/** Those that the body shows, after the one that stands for the whole; each once, with the text's own words for it. */
function imagesOf({ body, metadata, assets }: Pick<VersionRow, "body" | "metadata" | "assets">): PublicationImage[] {
  if (assets.length === 0) return [];
  const { imageAssetId } = ContentMetadata.parse(metadata);
  const shown = new Map(imageAssetId ? [[imageAssetId, ""]] : []);
  for (const { id, as, alt } of assetsNamedIn(body)) if (as === "Image" && !shown.get(id)) shown.set(id, alt);
  return [...shown].flatMap(([id, alt]) => {
    const known = assets.find((asset) => asset.id === id);
    return known ? [{ assetId: id, altText: alt || known.altText, sha256: known.sha256 }] : [];
  });
}

/** In characters: what fits under a title on most networks. */
const EXCERPT_LENGTH = 200;

type Place = Pick<queries.AdaptationRow, "channelId" | "network">;

/** What has a channel is hashed as it was before anything was without one. */
const adaptationHash = (row: Place & { contentItemId: string; versionNumber: number; parts: StoredPart[] }) =>
  canonicalHash({
    contentItemId: row.contentItemId,
    versionNumber: row.versionNumber,
    ...(row.channelId === null ? { network: row.network } : { channelId: row.channelId }),
    parts: row.parts,
  });

/** @param current the item's version as it is now */
async function presentAdaptation(tx: Tx, row: queries.AdaptationRow, current: number) {
  const network = row.network ?? (await channelOf(tx, row.channelId!))!.network;
  const rules = row.channelId === null ? copiedRulesOf(network) : rulesOf(network);
  const version = (await findVersion(tx, row.contentItemId, row.versionNumber))!;
  const publication = publicationOf(version, row.parts, { language: "en", siteUrl: undefined });
  const findings = rules.validate(publication);
  return { ...row, network, findings, isCurrent: row.versionNumber === current };
}

export async function listAdaptations(tx: Tx, { id }: { id: string }) {
  const item = await findItem(tx, id);
  if (!item) throw noSuchItem();
  const rows = await queries.listAdaptations(tx, id);
  const items = [];
  for (const row of rows) items.push(await presentAdaptation(tx, row, item.currentVersionNumber));
  return { items, nextCursor: null };
}

type Parts = { parts: z.output<typeof Part>[] };
/** Exactly one of them, as the contract has it and the database holds it to. */
type Target = { channelId?: string | undefined; network?: Adaptable | undefined };

/**
 * With the hashes of their images.
 * @throws AppError `invalid_request` for what isn't in the library, or is no image
 */
async function partsWithHashes(tx: Tx, parts: Parts["parts"]): Promise<StoredPart[]> {
  const namings = namingsIn(parts);
  const found = await requireAssets(tx, namings);
  requireImages(found, namings);
  const images = new Map(found.map((asset) => [asset.id, asset]));
  return parts.map(({ text, images: named }) => ({
    text,
    ...(named && { images: named.map((image) => ({ ...image, sha256: images.get(image.assetId)!.sha256 })) }),
  }));
}

const namingsIn = (parts: StoredPart[] | Parts["parts"]) =>
  parts.flatMap(({ images = [] }, part) =>
    images.map(({ assetId }, image) => ({ id: assetId, path: `parts.${part}.images.${image}.assetId` })),
  );

type Of = { id: string; versionNumber?: number };
type Nullable<T> = { [Key in keyof T]: T[Key] | null };

/** Of the current version, unless it was made of one that was current when somebody began. */
export async function createAdaptation(
  tx: Tx,
  actor: Actor,
  { id, channelId = null, network = null, parts, versionNumber }: Parts & Nullable<Target> & Of,
) {
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  if (channelId !== null && !(await channelOf(tx, channelId)))
    throw new AppError("not_found", "There is no such channel in this workspace.");
  const stored = await partsWithHashes(tx, parts);
  const of = versionNumber ?? item.currentVersionNumber;
  const source = { contentItemId: id, versionNumber: of, channelId, network, parts: stored };
  const row = await queries.insertAdaptation(tx, {
    ...source,
    contentHash: adaptationHash(source),
    createdBy: actor.userId,
  });
  await noteAdaptationUses(tx, namingsIn(stored), { ...source, adaptationId: row.id });
  await record(tx, actor, {
    action: "content.adaptation_created",
    subjectType: "content_item",
    subjectId: id,
    detail: { adaptationId: row.id, ...(channelId === null ? { network } : { channelId }) },
  });
  await emit(tx, { type: "content.adaptation_saved", subjectId: id, payload: { adaptationId: row.id } });
  return presentAdaptation(tx, row, item.currentVersionNumber);
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
  const stored = await partsWithHashes(tx, parts);
  const row = (await queries.updateAdaptation(tx, adaptationId, {
    parts: stored,
    contentHash: adaptationHash({ ...before, parts: stored }),
  }))!;
  await noteAdaptationUses(tx, namingsIn(stored), { ...before, adaptationId });
  await record(tx, actor, {
    action: "content.adaptation_changed",
    subjectType: "content_item",
    subjectId: id,
    detail: { adaptationId },
  });
  await emit(tx, { type: "content.adaptation_saved", subjectId: id, payload: { adaptationId } });
  return presentAdaptation(tx, row, item.currentVersionNumber);
}

/** The adaptation with its hash made anew from what is stored, not taken from it. */
export async function findAdaptationHashed(tx: Tx, contentItemId: string, id: string) {
  const row = await queries.findAdaptation(tx, contentItemId, id);
  return row && { ...row, contentHash: adaptationHash(row) };
}
