import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { announceOnceCommitted } from "@/db/scope-context";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { SetPresence } from "./contract";
import { decodeCursor, encodeCursor, expired, isBefore, type Place, type Position } from "./cursor";
import { canEdit } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** A cursor that stays the same lets a repeated question be answered without a body; this old it is given anew, in ms. */
const RENEW_MS = 24 * 3_600_000;

export type OutboxEvent = queries.EventRow & { cursor: string };

const present = (row: queries.EventRow): OutboxEvent => ({
  ...row,
  cursor: encodeCursor({ turn: row.turn, id: row.id, at: Date.parse(row.at) }),
});

export type Seen = {
  workspaceId: string;
  events: OutboxEvent[];
  presence: queries.PresenceRow[];
  /** Where to go on. */
  position: Position;
  /** Whether there is more right now. */
  more: boolean;
  /** Whether there is more as soon as somebody else has committed. */
  pending: boolean;
};

/**
 * What happened after a position, in order and without a gap; without one, where the end is.
 * @throws AppError `cursor_expired` for a position of another server, from which a dump was restored here
 */
export async function readEvents(tx: Tx, asked: queries.Asked, now: Date): Promise<Seen> {
  const news = await queries.readNews(tx, asked);
  if (news.ahead) throw expired();
  const events = news.items.map(present);
  const last = news.items.at(-1);
  const more = last !== undefined && news.items.length === asked.limit;
  const position = more
    ? { turn: last.turn, id: last.id, at: Date.parse(last.at) }
    : { ...furthest(news.settled, asked.after), at: now.getTime() };
  return { workspaceId: news.workspaceId, events, presence: news.presence, position, more, pending: news.pending };
}

/**
 * The same look, taken up so many seconds earlier; undefined where too much has happened since. It is to be asked for after
 * that look: what is committed between the two is then either among the last seconds or still to come.
 */
export async function takeUpBefore(tx: Tx, seconds: number, seen: Seen): Promise<Seen | undefined> {
  const place = await queries.placeBefore(tx, seconds);
  if (!place || place === "nothing") return place && seen;
  const position = isBefore(place, seen.position) ? { ...place, at: seen.position.at } : seen.position;
  return { ...seen, position, more: true };
}

/** Somebody who was slow to begin may make the settled place an earlier one for a while. */
const furthest = (one: Place, other: Place | undefined): Place => {
  const { turn, id } = other && isBefore(one, other) ? other : one;
  return { turn, id };
};

type ListEvents = queries.Filter & { after?: string | undefined; limit: number };

export async function listEvents(tx: Tx, { after, ...asked }: ListEvents, now: Date) {
  const from = after === undefined ? undefined : decodeCursor(after, now);
  const { events, position } = await readEvents(tx, { ...asked, after: from }, now);
  const fresh = from === undefined || now.getTime() - from.at > RENEW_MS;
  return { items: events, cursor: events.at(-1)?.cursor ?? (fresh ? encodeCursor(position) : after!) };
}

const noSuchItem = () => new AppError("not_found", "There is no such content item in this workspace.");

async function presentAt(tx: Tx, itemId: string) {
  const present = await queries.presentAt(tx, itemId);
  if (!present) throw noSuchItem();
  return present;
}

export const listPresence = async (tx: Tx, { id }: { id: string }) => ({ items: await presentAt(tx, id) });

/** What is said again without a change keeps one there, and is told to nobody. */
export async function setPresence(
  tx: Tx,
  actor: Actor,
  { id, selection, ...said }: z.output<typeof SetPresence> & { id: string },
) {
  if (said.state === "Editing" && !canEdit(actor))
    throw new AppError("forbidden", "Viewers read: say that you are viewing, or ask an Admin for the Writer's role.", {
      reason: "needs_writer",
    });
  const mine = ({ userId, clientId }: queries.PresenceRow) => userId === actor.userId && clientId === said.clientId;
  const before = await presentAt(tx, id);
  await queries.savePresence(tx, {
    contentItemId: id,
    clientId: said.clientId,
    state: said.state,
    versionNumber: said.versionNumber ?? null,
    field: said.field ?? null,
    selectionStart: selection?.start ?? null,
    selectionEnd: selection?.end ?? null,
  });
  const after = await presentAt(tx, id);
  if (JSON.stringify(before.find(mine)) !== JSON.stringify(after.find(mine))) announceOnceCommitted(tx);
  return { items: after };
}

export async function endPresence(
  tx: Tx,
  actor: Actor,
  { id, clientId }: { id: string; clientId?: string | undefined },
) {
  await presentAt(tx, id);
  if (await queries.leave(tx, { itemId: id, userId: actor.userId, clientId })) announceOnceCommitted(tx);
}
