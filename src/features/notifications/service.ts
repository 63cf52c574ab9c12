import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { workspaceKey } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { isTimeZone } from "@/platform/local-time";
import type { Keyring } from "@/platform/secrets";
import type * as contract from "./contract";
import { type Choices, DEFAULTS, KINDS, placeOf } from "./kinds";
import { canAdminister } from "./policy";
import * as queries from "./queries";
import { openWebhook, sealWebhook } from "./slack";
import { HOURS, planReminders } from "./waiting";

type Tx = WorkspaceTx;
const NEWEST_FIRST = "-createdAt";

const present = ({ subjectId, ...row }: queries.NotificationRow) => ({
  ...row,
  topic: KINDS[row.kind],
  place: placeOf({ ...row, subjectId }),
});

type Listing = { unread?: "true" | "false" | undefined; limit: number; cursor?: string | undefined };

export async function listNotifications(tx: Tx, { unread, limit, cursor }: Listing) {
  const after = decodeCursor(cursor, NEWEST_FIRST);
  const wanted = unread === undefined ? undefined : unread === "true";
  const rows = await queries.listNotifications(tx, { unread: wanted, after, count: limit + 1 });
  return toPage(rows.map(present), limit, NEWEST_FIRST, (row) => row.createdAt.toISOString());
}

export const countUnread = async (tx: Tx) => ({ unread: await queries.countUnread(tx) });

export async function markNotificationsRead(tx: Tx, actor: Actor, { ids }: z.output<typeof contract.MarkRead>) {
  await queries.markRead(tx, actor.userId, ids);
  return countUnread(tx);
}

export async function getNotificationPreferences(tx: Tx, actor: Actor) {
  const kept = await queries.findPreferences(tx, actor.userId);
  const address = await queries.addressOf(tx, actor.userId);
  return {
    choices: { ...DEFAULTS, ...(kept?.choices as Partial<Choices> | undefined) },
    language: kept?.language ?? null,
    timeZone: kept?.timeZone ?? null,
    quietFrom: kept?.quietFrom ?? null,
    quietUntil: kept?.quietUntil ?? null,
    digestHour: kept?.digestHour ?? 8,
    digestWeekday: kept?.digestWeekday ?? 1,
    unsubscribedAt: kept?.unsubscribedAt ?? null,
    mailStoppedAt: address?.stoppedAt ?? null,
  };
}

export async function setNotificationPreferences(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof contract.SetPreferences>,
) {
  if (input.timeZone !== null && !isTimeZone(input.timeZone)) {
    const message = "Use an IANA name such as Europe/Berlin.";
    throw new AppError("invalid_request", message, { issues: [{ path: "timeZone", message, rule: "time_zone" }] });
  }
  await queries.savePreferences(tx, input);
  return getNotificationPreferences(tx, actor);
}

export async function resumeNotificationMail(tx: Tx, actor: Actor) {
  await queries.resumeMail(tx);
  return getNotificationPreferences(tx, actor);
}

function requireAdmin(actor: Actor) {
  if (!canAdminister(actor))
    throw new AppError("forbidden", "Only Admins do this: ask one of your workspace.", { reason: "needs_admin" });
}

type Deps = { keyring: Keyring; clock: Clock; mails: boolean };

export async function getNotificationSettings(
  tx: Tx,
  actor: Actor,
  { keyring, mails }: Pick<Deps, "keyring" | "mails">,
) {
  requireAdmin(actor);
  const kept = await queries.findSettings(tx);
  const { remindAfterHours, escalateAfterHours } = kept ?? HOURS;
  const sealed = kept?.slackSealed;
  const url = sealed && openWebhook(keyring, await workspaceKey(tx), actor.workspaceId, sealed);
  return {
    remindAfterHours,
    escalateAfterHours,
    slackTopics: (kept?.slackTopics ?? []) as z.output<typeof contract.SetSettings>["slackTopics"],
    slackHost: url ? new URL(url).host : null,
    emailConfigured: mails,
    updatedAt: kept?.updatedAt ?? null,
  };
}

/** What waits already is reminded of by the new hours. */
export async function setNotificationSettings(
  tx: Tx,
  actor: Actor,
  { slackWebhookUrl, ...input }: z.output<typeof contract.SetSettings>,
  deps: Deps,
) {
  requireAdmin(actor);
  const kept = await queries.findSettings(tx);
  const slackSealed = slackWebhookUrl
    ? sealWebhook(deps.keyring, await workspaceKey(tx), actor.workspaceId, slackWebhookUrl)
    : slackWebhookUrl === undefined
      ? (kept?.slackSealed ?? null)
      : null;
  await queries.saveSettings(tx, { ...input, slackTopics: [...new Set(input.slackTopics)], slackSealed });
  await record(tx, actor, {
    action: "notifications.settings_changed",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: {
      ...input,
      ...(slackWebhookUrl !== undefined && { slack: slackWebhookUrl ? "Connected" : "Disconnected" }),
    },
  });
  await planReminders(tx, deps.clock.now());
  return getNotificationSettings(tx, actor, deps);
}

type Deliveries = Partial<Pick<Parameters<typeof queries.listDeliveries>[1], "status" | "way">> & {
  limit: number;
  cursor?: string | undefined;
};

export async function listDeliveries(tx: Tx, actor: Actor, { limit, cursor, status, way }: Deliveries) {
  requireAdmin(actor);
  const after = decodeCursor(cursor, NEWEST_FIRST);
  const rows = await queries.listDeliveries(tx, { status, way, after, count: limit + 1 });
  return toPage(rows, limit, NEWEST_FIRST, (row) => row.createdAt.toISOString());
}
