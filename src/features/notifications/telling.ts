import type { ScopedTx, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { enqueue } from "@/db/queue";
import type { OutboxEvent } from "@/features/events";
import { workspaceSettings } from "@/features/workspaces";
import type { SystemActor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import type { DomainEvent } from "@/platform/events";
import { type Choice, DEFAULTS, KINDS, type Kind, SLACK_TOPICS, type Topic } from "./kinds";
import * as queries from "./queries";
import { ruleOf } from "./rules";
import { nextDigest, type Times, whenLoud } from "./schedule";
import { planReminders } from "./waiting";

type Tx = WorkspaceTx;
export type TellingDeps = { clock: Clock /** Whether mails can be sent at all. */; mails: boolean };

/** For a reaction to every event: what somebody is to be told of wakes the consumer, in a client's scope as well. */
export function wakeFor(tx: ScopedTx, { type, subjectId, payload }: DomainEvent) {
  if (type === "content.version_saved") queries.wakeIfOverOthers(tx, subjectId, payload.previousVersionNumber);
  else if (ruleOf(type)) queries.wake(tx, subjectId);
}

/** What happened, in the words of a notification. */
export type Told = {
  kind: Kind;
  /** Nobody is told of one thing twice. */
  source: string;
  subjectId: string;
  contentItemId: string | null;
  actorId: string | null;
  detail: Record<string, unknown>;
};

/** Of a payload, what words and places are made of. */
const KEPT = [
  "scheduleId",
  "channelId",
  "versionNumber",
  "role",
  "to",
  "trialId",
  "winner",
  "confidence",
  "accessEndsAt",
];

/** `notifications.consume`: one event to all who are to know, in the transaction in which the consumer goes on. */
export const handleEvent =
  ({ clock, mails }: TellingDeps) =>
  async (tx: Tx, event: OutboxEvent, actor: SystemActor) => {
    const rule = ruleOf(event.type);
    if (!rule) return;
    const now = clock.now();
    if (event.type === "approval.step_opened") await planReminders(tx, now);
    if (rule.byMembers && event.actorId && !(await queries.isOfMember(tx, event.actorId))) return;
    const detail = Object.fromEntries(Object.entries(event.payload).filter(([name]) => KEPT.includes(name)));
    const told: Told = {
      kind: rule.kind,
      source: rule.once?.(event) ?? `event:${event.id}`,
      subjectId: event.subjectId,
      contentItemId: await queries.itemNamed(tx, event.subjectId),
      actorId: event.actorId,
      detail: KINDS[rule.kind] === "Channels" ? { ...detail, channelId: event.subjectId } : detail,
    };
    const concerned = await queries.findRecipients(tx, event, rule);
    const people = rule.self ? concerned : concerned.filter(({ userId }) => userId !== event.actorId);
    await tell(tx, actor, told, people, { now, mails });
    if (concerned.length > 0 || rule.to.includes("deciders")) await tellSlack(tx, told, now);
  };

type When = { now: Date; mails: boolean };

/** Tells people one thing, each as they chose. */
export async function tell(
  tx: Tx,
  { workspaceId }: SystemActor,
  told: Told,
  people: queries.Recipient[],
  { now, mails }: When,
) {
  if (people.length === 0) return;
  const { timeZone } = await workspaceSettings(tx);
  const plans = people
    .map((person) => ({ ...planFor(told.kind, person, mails), ...person, times: timesOf(person, timeZone) }))
    .filter(({ inApp, email }) => inApp || email !== "Off");
  if (plans.length === 0) return;
  const added = await queries.insertNotifications(
    tx,
    plans.map(({ userId, inApp, email, times }) => ({
      ...told,
      userId,
      inApp,
      digestAt: email === "Daily" || email === "Weekly" ? nextDigest(times, email, now) : null,
    })),
  );
  for (const { id, userId } of added) {
    const { email, times } = plans.find((plan) => plan.userId === userId)!;
    if (email === "Now")
      await queueMail(tx, { way: "Email", kind: told.kind, userId, ids: [id] }, whenLoud(times, now));
    else if (email !== "Off") await queueDigest(tx, userId, nextDigest(times, email, now));
  }
  if (added.length > 0) await emit(tx, { type: "notifications.told", subjectId: workspaceId, payload: {} });
}

function planFor(kind: Kind, { preferences }: queries.Recipient, mails: boolean): Choice {
  const topic = KINDS[kind];
  if (topic === "Mail") return { inApp: true, email: "Off" };
  const { inApp, email } = { ...DEFAULTS[topic], ...(preferences?.choices[topic] as Choice | undefined) };
  return { inApp, email: mails && !preferences?.unsubscribedAt ? email : "Off" };
}

const timesOf = ({ preferences }: queries.Recipient, workspaceZone: string): Times => ({
  timeZone: preferences?.timeZone ?? workspaceZone,
  quietFrom: preferences?.quietFrom ?? null,
  quietUntil: preferences?.quietUntil ?? null,
  digestHour: preferences?.digestHour ?? 8,
  digestWeekday: preferences?.digestWeekday ?? 1,
});

type NewMail = { way: "Email" | "Digest"; kind: Kind | null; userId: string; ids: string[] };

export async function queueMail(tx: Tx, { way, kind, userId, ids }: NewMail, dueAt: Date) {
  const id = (await queries.insertDelivery(tx, { way, kind, userId, dueAt }))!;
  await queries.assignDelivery(tx, id, ids);
  await enqueueDelivery(tx, id, dueAt);
}

export const enqueueDelivery = (tx: Tx, id: string, runAt: Date) =>
  enqueue(tx, { task: "notifications.deliver", payload: { id }, jobKey: `notifications.deliver.${id}`, runAt });

/** One digest for all that is to be told by then. */
export const queueDigest = (tx: Tx, userId: string, runAt: Date) =>
  enqueue(tx, {
    task: "notifications.digest",
    payload: { userId },
    jobKey: `notifications.digest.${userId}.${runAt.getTime()}`,
    runAt,
  });

async function tellSlack(tx: Tx, { kind, source, detail, ...told }: Told, now: Date) {
  const topic = KINDS[kind];
  if (topic === "Mail" || !(SLACK_TOPICS as readonly Topic[]).includes(topic)) return;
  const settings = await queries.findSettings(tx);
  if (!settings?.slackSealed || !settings.slackTopics.includes(topic)) return;
  const { subjectId, contentItemId, actorId } = told;
  const row = {
    way: "Slack",
    kind,
    source,
    detail: { ...detail, subjectId, contentItemId, actorId },
    dueAt: now,
  } as const;
  if (await queries.insertDelivery(tx, row))
    await enqueueSlack(tx, settings.slackFreeAt > now ? settings.slackFreeAt : now);
}

export const enqueueSlack = (tx: Tx, runAt: Date) =>
  enqueue(tx, { task: "notifications.slack", payload: {}, jobKey: "notifications.slack", runAt });
