import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { statesOf } from "@/features/content";
import { workspaceSettings } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { originAt } from "@/platform/host";
import { newId } from "@/platform/ids";
import { hashToken } from "@/platform/secrets";
import type { sealPasscode } from "../passcode";
import { canGiveLinks, linkStatus } from "../policy";
import {
  type AddReviewItems,
  type CreateReviewLink,
  type ListReviewLinks,
  MOST_ITEMS,
  type UpdateReviewLink,
} from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Sealed = Awaited<ReturnType<typeof sealPasscode>>;

const MOST_GUESTS = 100;

const noSuchLink = () => new AppError("not_found", "There is no such review link in this workspace.");

function requireGiver(actor: Actor) {
  if (!canGiveLinks(actor))
    throw new AppError("forbidden", "Editors and Admins give review links: ask one of them.", {
      reason: "needs_editor",
    });
}

const present = ({ expired, ...row }: queries.LinkRow) => ({ ...row, status: linkStatus({ ...row, expired }) });

const tell = (tx: Tx, actor: Actor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `review.${verb}`, subjectType: "review_link", subjectId, detail });

function requireFuture(expiresAt: string, now: Date) {
  const at = new Date(expiresAt);
  if (at > now) return at;
  const message = "This time is past: give one to come, or revoke the link.";
  throw new AppError("invalid_request", message, { issues: [{ path: "expiresAt", message, rule: "past" }] });
}

/** Whoever gives a link shows what is there and not put away. */
async function requireShowable(tx: Tx, ids: string[]) {
  const known = await statesOf(tx, ids);
  for (const id of ids) {
    const item = known.get(id);
    if (!item) throw new AppError("not_found", "There is no such content item in this workspace.");
    if (item.archivedAt) throw new AppError("archived", `“${item.title}” is archived: restore it first.`);
  }
}

type New = z.output<typeof CreateReviewLink> & { token: string; sealed: Sealed; now: Date; publicUrl: string };

/** The token stands behind the #, which browsers send to no server. It is stored hashed, and told nowhere else. */
export async function createReviewLink(
  tx: Tx,
  actor: Actor,
  { contentItemIds, expiresAt, token, sealed, now, publicUrl, ...input }: New,
) {
  requireGiver(actor);
  const id = newId();
  const ids = [...new Set(contentItemIds)];
  await requireShowable(tx, ids);
  await queries.insertLink(tx, {
    id,
    name: input.name,
    message: input.message ?? null,
    canComment: input.canComment,
    canDecide: input.canDecide,
    expiresAt: expiresAt ? requireFuture(expiresAt, now) : null,
    tokenHash: hashToken(token),
    ...sealed,
    createdBy: actor.userId,
  });
  await queries.addItems(tx, id, ids, actor.userId);
  const { canComment, canDecide } = input;
  const detail = { contentItemIds: ids, canComment, canDecide, hasPasscode: sealed.passcodeSalt !== null };
  await tell(tx, actor, "link_created", id, detail);
  await emit(tx, { type: "review.link_created", subjectId: id, payload: {} });
  const { primaryHost } = await workspaceSettings(tx);
  return { ...(await getLink(tx, id)), url: `${originAt(publicUrl, primaryHost)}/review#${token}` };
}

async function getLink(tx: Tx, id: string) {
  const row = await queries.findLink(tx, id);
  if (!row) throw noSuchLink();
  return present(row);
}

export async function getReviewLink(tx: Tx, { id }: { id: string }) {
  const link = await getLink(tx, id);
  return { ...link, guests: await queries.guestsOf(tx, id, MOST_GUESTS) };
}

export async function listReviewLinks(tx: Tx, { limit, cursor, ...filter }: z.output<typeof ListReviewLinks>) {
  const rows = await queries.listLinks(tx, { ...filter, after: decodeCursor(cursor, "-createdAt"), count: limit + 1 });
  return toPage(rows.map(present), limit, "-createdAt", (row) => row.createdAt.toISOString());
}

/** Holds the link: a client who acts by it does so before this change or after it. */
async function changing(tx: Tx, id: string, change: queries.LinkChange) {
  if (await queries.changeLink(tx, id, change)) return;
  if (!(await queries.findLink(tx, id))) throw noSuchLink();
  throw new AppError("link_revoked", "This link was taken back for good: make a new one.");
}

type Change = z.output<typeof UpdateReviewLink> & { id: string; sealed: Sealed; now: Date };

export async function updateReviewLink(
  tx: Tx,
  actor: Actor,
  { id, sealed, now, expiresAt, passcode, ...input }: Change,
) {
  requireGiver(actor);
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  await changing(tx, id, {
    ...Object.fromEntries(given),
    ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : requireFuture(expiresAt, now) }),
    ...(passcode !== undefined && sealed),
  });
  const changed = Object.entries({ ...input, expiresAt, passcode }).filter(([, value]) => value !== undefined);
  await tell(tx, actor, "link_changed", id, { changed: changed.map(([name]) => name) });
  return getLink(tx, id);
}

export async function revokeReviewLink(tx: Tx, actor: Actor, { id, now }: { id: string; now: Date }) {
  requireGiver(actor);
  await changing(tx, id, { revokedAt: now });
  await tell(tx, actor, "link_revoked", id);
  await emit(tx, { type: "review.link_revoked", subjectId: id, payload: {} });
}

export async function addReviewItems(
  tx: Tx,
  actor: Actor,
  { id, contentItemIds }: z.output<typeof AddReviewItems> & { id: string },
) {
  requireGiver(actor);
  await changing(tx, id, {});
  const ids = [...new Set(contentItemIds)];
  await requireShowable(tx, ids);
  await queries.addItems(tx, id, ids, actor.userId);
  const link = await getLink(tx, id);
  if (link.contentItemIds.length > MOST_ITEMS) {
    const message = `A link shows at most ${MOST_ITEMS} items: make another one for the rest.`;
    throw new AppError("invalid_request", message, { issues: [{ path: "contentItemIds", message }] });
  }
  await tell(tx, actor, "items_added", id, { contentItemIds: ids });
  return link;
}

export async function removeReviewItem(
  tx: Tx,
  actor: Actor,
  { id, contentItemId }: { id: string; contentItemId: string },
) {
  requireGiver(actor);
  await changing(tx, id, {});
  if (!(await queries.removeItem(tx, id, contentItemId)))
    throw new AppError("not_found", "This link does not show such an item.");
  await tell(tx, actor, "item_removed", id, { contentItemId });
}
