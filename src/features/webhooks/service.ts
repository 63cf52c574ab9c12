import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { record } from "@/features/audit";
import { workspaceKey } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor, AnyActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { type Reachable, requireReachable } from "@/platform/outbound-address";
import type { Keyring } from "@/platform/secrets";
import {
  type CreateWebhookEndpoint,
  type ListWebhookDeliveries,
  type ListWebhookEndpoints,
  MOST_ENDPOINTS,
  type ReplayWebhooks,
  type RotateWebhookSecret,
  type UpdateWebhookEndpoint,
} from "./contract";
import { canAdminister } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Id = { id: string };
type Sealing = { keyring: Keyring; secret: string };

const SORT = "-createdAt";
const HOUR_MS = 3_600_000;
/** How many are sent again by one request. */
const MOST_REPLAYED = 1_000;

const noSuchEndpoint = () => new AppError("not_found", "There is no such webhook endpoint in this workspace.");
const noSuchDelivery = () => new AppError("not_found", "There is no such delivery; they are kept for 30 days.");

function requireAdmin(actor: Actor) {
  if (!canAdminister(actor))
    throw new AppError("forbidden", "Only Admins set up webhooks: ask one of your workspace.", {
      reason: "needs_admin",
    });
}

const tell = (tx: Tx, actor: AnyActor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `webhooks.${verb}`, subjectType: "webhook_endpoint", subjectId, detail });

const present = ({ sealedSecret, previousSecret, ...row }: queries.EndpointRow) => row;

export const eventName = (eventId: number) => `evt_${eventId}`;
export const presentDelivery = (row: queries.DeliveryRow) => ({
  ...row,
  eventId: row.eventId === null ? null : eventName(row.eventId),
  nextAt: row.status === "Pending" ? row.nextAt : null,
});
/** The same for each try, but for the signature over the time of the try. */
export const bodyOf = ({ type, occurredAt, data }: Pick<queries.DeliveryRow, "type" | "occurredAt" | "data">) => ({
  type,
  timestamp: occurredAt.toISOString(),
  data,
});

/** A sealed secret opens for its own endpoint only. */
export const associatedData = ({ workspaceId, id }: { workspaceId: string; id: string }) => [
  "webhook secret",
  workspaceId,
  id,
];

export async function listWebhookEndpoints(
  tx: Tx,
  actor: Actor,
  { limit, cursor }: z.output<typeof ListWebhookEndpoints>,
) {
  requireAdmin(actor);
  const rows = await queries.listEndpoints(tx, { after: decodeCursor(cursor, SORT), count: limit + 1 });
  return toPage(rows.map(present), limit, SORT, (row) => row.createdAt.toISOString());
}

export async function getWebhookEndpoint(tx: Tx, actor: Actor, { id }: Id) {
  requireAdmin(actor);
  const row = await queries.findEndpoint(tx, id);
  if (!row) throw noSuchEndpoint();
  return present(row);
}

type New = z.output<typeof CreateWebhookEndpoint> & Sealing & { isAllowed: Reachable };

export async function createWebhookEndpoint(tx: Tx, actor: Actor, { url, keyring, secret, isAllowed, ...input }: New) {
  requireAdmin(actor);
  requireReachable(url, isAllowed);
  if ((await queries.countEndpoints(tx)) >= MOST_ENDPOINTS)
    throw new AppError("too_many", `A workspace has at most ${MOST_ENDPOINTS} endpoints: remove one first.`);
  const id = newId();
  const key = await workspaceKey(tx);
  const row = await queries.insertEndpoint(tx, {
    id,
    url,
    description: input.description ?? null,
    eventTypes: input.eventTypes ? [...new Set(input.eventTypes)] : null,
    sealedSecret: keyring.seal(key, Buffer.from(secret), associatedData({ workspaceId: actor.workspaceId, id })),
    createdBy: actor.userId,
  });
  await tell(tx, actor, "endpoint_created", id, { host: new URL(url).host, eventTypes: row.eventTypes });
  return { ...present(row), secret };
}

async function lockForAdmin(tx: Tx, actor: Actor, id: string) {
  requireAdmin(actor);
  const row = await queries.lockEndpoint(tx, id);
  if (!row) throw noSuchEndpoint();
  return row;
}

const changed = async (tx: Tx, id: string, change: queries.EndpointChange) =>
  (await queries.changeEndpoint(tx, id, change))[0]!;

type Change = z.output<typeof UpdateWebhookEndpoint> & Id & { isAllowed: Reachable; now: Date };

export async function updateWebhookEndpoint(
  tx: Tx,
  actor: Actor,
  { id, url, description, eventTypes, enabled, isAllowed, now }: Change,
) {
  const before = await lockForAdmin(tx, actor, id);
  if (url !== undefined) requireReachable(url, isAllowed);
  const turns = enabled !== undefined && enabled !== (before.status === "Enabled");
  const row = await changed(tx, id, {
    ...(url !== undefined && { url }),
    ...(description !== undefined && { description }),
    ...(eventTypes !== undefined && { eventTypes: eventTypes && [...new Set(eventTypes)] }),
    ...(turns && enabled && { status: "Enabled", pauseReason: null, pausedAt: null, failures: 0, failingSince: null }),
    ...(turns && !enabled && { status: "Paused", pauseReason: "Manual", pausedAt: now }),
  });
  const said = Object.entries({ url, description, eventTypes, enabled }).filter(([, value]) => value !== undefined);
  await tell(tx, actor, "endpoint_changed", id, { changed: said.map(([name]) => name) });
  if (turns && enabled) await deliverSoon(tx, id);
  return present(row);
}

/** The secrets go with it; what was told stays in the log as long as the rest. */
export async function removeWebhookEndpoint(tx: Tx, actor: Actor, { id, now }: Id & { now: Date }) {
  await lockForAdmin(tx, actor, id);
  await queries.changeEndpoint(tx, id, {
    removedAt: now,
    sealedSecret: Buffer.alloc(0),
    previousSecret: null,
    previousUntil: null,
  });
  await tell(tx, actor, "endpoint_removed", id);
}

type Rotation = z.output<typeof RotateWebhookSecret> & Sealing & Id & { now: Date };

export async function rotateWebhookSecret(tx: Tx, actor: Actor, { id, overlapHours, keyring, secret, now }: Rotation) {
  const before = await lockForAdmin(tx, actor, id);
  const key = await workspaceKey(tx);
  const overlaps = overlapHours > 0;
  const row = await changed(tx, id, {
    sealedSecret: keyring.seal(key, Buffer.from(secret), associatedData(before)),
    previousSecret: overlaps ? before.sealedSecret : null,
    previousUntil: overlaps ? new Date(now.getTime() + overlapHours * HOUR_MS) : null,
  });
  await tell(tx, actor, "secret_rotated", id, { overlapHours });
  return { ...present(row), secret };
}

/** Begins now, or, where a job of this endpoint runs, as soon as that one is done. */
export const deliverSoon = (tx: Tx, endpointId: string) =>
  enqueue(tx, { task: "webhooks.deliver", payload: { endpointId }, jobKey: `webhooks.deliver:${endpointId}` });

export async function pingWebhookEndpoint(tx: Tx, actor: Actor, { id, now }: Id & { now: Date }) {
  await lockForAdmin(tx, actor, id);
  const deliveryId = newId();
  await queries.insertDeliveries(tx, [
    {
      id: deliveryId,
      endpointId: id,
      eventId: null,
      type: "ping",
      occurredAt: now,
      data: { workspaceId: actor.workspaceId, endpointId: id },
      status: "Pending",
    },
  ]);
  await tell(tx, actor, "endpoint_pinged", id, { deliveryId });
  await deliverSoon(tx, id);
  return presentDelivery((await queries.findDelivery(tx, deliveryId))!);
}

function requireEnabled({ status }: queries.EndpointRow) {
  if (status === "Paused")
    throw new AppError("endpoint_paused", "This endpoint is paused: resume it first, and then send again.");
}

export async function replayWebhooks(
  tx: Tx,
  actor: Actor,
  { id, from, to, statuses, now }: z.output<typeof ReplayWebhooks> & Id & { now: Date },
) {
  requireEnabled(await lockForAdmin(tx, actor, id));
  const ids = await queries.idsBetween(tx, { endpointId: id, from, to, statuses, most: MOST_REPLAYED });
  const replayed = ids.length > 0 ? (await queries.reopen(tx, ids, now)).length : 0;
  await tell(tx, actor, "replayed", id, { from, to, replayed });
  if (replayed > 0) await deliverSoon(tx, id);
  return { replayed };
}

export async function replayWebhookDelivery(tx: Tx, actor: Actor, { id, now }: Id & { now: Date }) {
  requireAdmin(actor);
  const before = await queries.findDelivery(tx, id);
  const endpoint = before && (await queries.lockEndpoint(tx, before.endpointId));
  if (!before || !endpoint) throw noSuchDelivery();
  if (before.type !== "ping") requireEnabled(endpoint);
  const [row] = await queries.reopen(tx, [id], now);
  if (!row) throw new AppError("delivery_pending", "This message is on its way already: look again in a while.");
  await tell(tx, actor, "replayed", endpoint.id, { deliveryId: id });
  await deliverSoon(tx, endpoint.id);
  return presentDelivery(row);
}

export async function listWebhookDeliveries(
  tx: Tx,
  actor: Actor,
  { limit, cursor, ...filter }: z.output<typeof ListWebhookDeliveries>,
) {
  requireAdmin(actor);
  const rows = await queries.listDeliveries(tx, { ...filter, after: decodeCursor(cursor, SORT), count: limit + 1 });
  return toPage(rows.map(presentDelivery), limit, SORT, (row) => row.createdAt.toISOString());
}

export async function getWebhookDelivery(tx: Tx, actor: Actor, { id }: Id) {
  requireAdmin(actor);
  const row = await queries.findDelivery(tx, id);
  if (!row) throw noSuchDelivery();
  return { ...presentDelivery(row), body: bodyOf(row), attempts: await queries.attemptsOf(tx, id) };
}
