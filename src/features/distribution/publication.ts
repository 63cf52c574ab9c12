import type { ChannelRules, Limits, Publication } from "@/channels/adapter";
import { canConnect, rulesOf } from "@/channels/networks";
import { type Network, CHANNEL_RULES as RULES } from "@/channels/rules";
import { fits } from "@/channels/text";
import type { WorkspaceTx } from "@/db/client";
import { approvedFor, permalinkOf } from "@/features/approval";
import { channelOf, channelsByIds } from "@/features/channels";
import { findAdaptation, findItem, findVersion, publicationOf } from "@/features/content";
import { workspaceSettings } from "@/features/workspaces";
import { AppError } from "@/platform/errors";
import { itemsNamedIn, withItemLinks, withPlainItemLinks } from "@/platform/item-links";
import * as queries from "./queries";

type Tx = WorkspaceTx;
const CHANNEL_RULES: Record<Network, ChannelRules> = RULES;
export type Submission = NonNullable<Awaited<ReturnType<typeof approvedFor>>>;
export type Settings = Awaited<ReturnType<typeof workspaceSettings>>;

/** What a schedule is pinned to. */
export type Pin = {
  contentItemId: string;
  versionNumber: number;
  submissionId: string;
  channelId: string;
  adaptationId: string | null;
  contentHash: string;
};

type Wanted = { contentItemId: string; channelId: string; adaptationId?: string | undefined };

/**
 * What is approved of an item for a channel.
 * @throws AppError `not_found`, `archived`, `channel_disconnected`, `not_published_here`, `not_approved`,
 * `adaptation_not_approved`, `channel_limits`
 */
export async function pinApproved(tx: Tx, wanted: Wanted, publicUrl: string): Promise<Pin> {
  const { contentItemId, channelId, adaptationId } = wanted;
  await requireLive(tx, contentItemId);
  const channel = await requireConnected(tx, channelId);
  if (adaptationId !== undefined) await requirePublishable(tx, contentItemId, adaptationId);
  const submission = await approvedFor(tx, contentItemId);
  if (!submission) throw new AppError("not_approved", "Only an approved version is scheduled: submit it for approval.");

  const entry = submission.adaptations.find(
    (at) => at.channelId === channelId && (adaptationId === undefined || at.id === adaptationId),
  );
  if (!entry && (adaptationId !== undefined || CHANNEL_RULES[channel.network].limits.form === "thread"))
    throw new AppError(
      "adaptation_not_approved",
      `What goes out on ${channel.name} was not approved: save a version, submit it with its adaptation for this channel.`,
    );
  const pin = {
    contentItemId,
    versionNumber: submission.versionNumber,
    submissionId: submission.id,
    channelId,
    adaptationId: entry?.id ?? null,
    contentHash: submission.contentHash,
  };
  const settings = await workspaceSettings(tx);
  requireFit(await publicationFor(tx, pin, submission, { settings, publicUrl, network: channel.network }), channel);
  return pin;
}

/** What is for a network alone is copied by people, wherever it was approved. */
async function requirePublishable(tx: Tx, contentItemId: string, adaptationId: string) {
  const adaptation = await findAdaptation(tx, contentItemId, adaptationId);
  if (!adaptation) throw new AppError("not_found", "There is no such adaptation of this item.");
  if (adaptation.channelId !== null) return;
  const { label } = rulesOf(adaptation.network!);
  throw new AppError(
    "not_published_here",
    canConnect(adaptation.network!)
      ? `This adaptation is for ${label} without a channel: adapt the text for a connected channel to schedule it, or copy it.`
      : `ContentOS doesn't publish to ${label} yet, so that nothing can be scheduled there: copy the text, and post it by hand.`,
  );
}

export async function requireLive(tx: Tx, contentItemId: string) {
  const item = await findItem(tx, contentItemId);
  if (!item) throw new AppError("not_found", "There is no such content item in this workspace.");
  if (item.archivedAt) throw new AppError("archived", "This item is archived: restore it first.");
}

export async function requireConnected(tx: Tx, channelId: string) {
  const channel = await channelOf(tx, channelId);
  if (!channel) throw new AppError("not_found", "There is no such channel in this workspace.");
  if (!isConnected(channel))
    throw new AppError("channel_disconnected", `${channel.name} is ${channel.status}: connect it again first.`);
  return channel;
}

/** A channel whose last check failed is still tried. */
export const isConnected = ({ status }: { status: string }) => status === "Connected" || status === "Failing";

type Place = { settings: Pick<Settings, "language" | "slug" | "primaryHost">; publicUrl: string; network: Network };

/** What goes out, exactly as it was approved; the addresses of other items are those that they have by now. */
export async function publicationFor(
  tx: Tx,
  pin: Pick<Pin, "contentItemId" | "versionNumber" | "channelId" | "adaptationId">,
  submission: Pick<Submission, "adaptations">,
  { settings, publicUrl, network }: Place,
): Promise<Publication> {
  const version = await findVersion(tx, pin.contentItemId, pin.versionNumber);
  if (!version) throw new Error(`Version ${pin.versionNumber} of ${pin.contentItemId} is gone`);
  const publication = publicationOf(version, await partsFor(tx, pin, submission), {
    language: settings.language,
    siteUrl: permalinkOf(publicUrl, settings, pin.contentItemId),
  });
  return CHANNEL_RULES[network].hasItems ? publication : withLinks(tx, publication, CHANNEL_RULES[network].limits);
}

/** Links between items lead to where the items are public. */
async function withLinks(tx: Tx, publication: Publication, limits: Limits): Promise<Publication> {
  const { body, parts } = publication;
  const ids = itemsNamedIn([body, ...parts].join("\n"));
  if (ids.length === 0) return publication;
  const addresses = await publicAddresses(tx, ids);
  const addressOf = (id: string) => addresses.get(id);
  // A part that was approved as short enough doesn't grow too long by an address.
  const inWords = (text: string) => {
    const linked = withPlainItemLinks(text, addressOf);
    return fits(linked, limits) ? linked : withPlainItemLinks(text, () => undefined);
  };
  return {
    ...publication,
    body: withItemLinks(body, addressOf),
    parts: parts.map((text) => (limits.form === "thread" ? inWords(text) : withItemLinks(text, addressOf))),
  };
}

/** Of those items that are out on a channel that `hasItems`, by their ids. */
async function publicAddresses(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const rows = await queries.placesOf(tx, ids);
  const channels = await channelsByIds(
    tx,
    rows.map(({ channelId }) => channelId),
  );
  return new Map(
    rows.flatMap(({ contentItemId, channelId, publishedUrl }) => {
      const network = channels.get(channelId)?.network;
      return network && publishedUrl && CHANNEL_RULES[network].hasItems ? [[contentItemId, publishedUrl]] : [];
    }),
  );
}

/** From where the hash is made anew: the adaptation's own row, or what the submission made by rule. */
async function partsFor(
  tx: Tx,
  { contentItemId, channelId, adaptationId }: Pick<Pin, "contentItemId" | "channelId" | "adaptationId">,
  { adaptations }: Pick<Submission, "adaptations">,
) {
  if (adaptationId === null)
    return adaptations.find((entry) => entry.channelId === channelId && entry.id === null)?.parts ?? [];
  const adaptation = await findAdaptation(tx, contentItemId, adaptationId);
  if (!adaptation) throw new Error(`Adaptation ${adaptationId} is gone`);
  return adaptation.parts;
}

function requireFit(publication: Publication, channel: { name: string; network: Network }) {
  const findings = CHANNEL_RULES[channel.network].validate(publication).filter(({ severity }) => severity === "Error");
  if (findings.length === 0) return;
  throw new AppError("channel_limits", `${channel.name} would refuse this: change it, and have it approved.`, {
    issues: findings.map(({ message, position }) => ({
      path: position === undefined ? "parts" : `parts.${position}.text`,
      message,
    })),
  });
}
