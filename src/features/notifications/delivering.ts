import type { Database, WorkspaceTx } from "@/db/client";
import { withJob } from "@/db/scope";
import { workspaceKey, workspaceSettings } from "@/features/workspaces";
import type { JobClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { type Mail, MailError, type Mailer } from "@/platform/mailer";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import { composeMail } from "./mails";
import * as queries from "./queries";
import { nextTry } from "./schedule";
import { composeMessage, openWebhook, postMessage, SLACK_PACE_MS } from "./slack";
import { enqueueDelivery, enqueueSlack, queueDigest, queueMail } from "./telling";
import { mailLanguage } from "./words";

type Tx = WorkspaceTx;
type Payload = Record<string, string>;
export type DeliveringDeps = {
  db: Database;
  clock: Clock;
  mailer: Mailer;
  keyring: Keyring;
  fetch: OutboundFetch;
  publicUrl: string;
};

/** `notifications.digest`: one mail of all that was gathered for a person, and was not read meanwhile. */
export const digestTask =
  ({ db, clock }: Pick<DeliveringDeps, "db" | "clock">) =>
  async ({ userId = "" }: Payload, claim: JobClaim) =>
    withJob(db, claim, async (tx) => {
      const now = clock.now();
      const ids = await queries.toGather(tx, userId, now);
      if (ids.length > 0) await queueMail(tx, { way: "Digest", kind: null, userId, ids }, now);
      // This process's clock may be behind the database's, which began the job.
      const next = await queries.nextToGather(tx, userId);
      if (next) await queueDigest(tx, userId, next);
    });

/** What became of a try. `later`: when it may be tried again, at the earliest after so many ms. */
type Outcome = { sent: true } | { later: number; message: string } | { never: string; bounced?: boolean };

/**
 * `notifications.deliver`: sends one mail. It is written down that it is being sent before it is, and that it was after: a
 * process that dies in between leaves a mail of which nobody knows, which is sent once more and no more than that. Both
 * bear the same Message-ID.
 */
export const deliverTask =
  (deps: DeliveringDeps) =>
  async ({ id = "" }: Payload, claim: JobClaim) => {
    const { db, clock, mailer } = deps;
    const mail = await withJob(db, claim, (tx) => begin(tx, id, deps));
    if (!mail) return;
    const outcome = await mailer.send(mail).then((): Outcome => ({ sent: true }), asOutcome);
    await withJob(db, claim, async (tx, { workspaceId }) => {
      await conclude(tx, id, outcome, clock.now(), (at) => enqueueDelivery(tx, id, at));
      return workspaceId;
    }).then(async (workspaceId) => {
      if ("never" in outcome && outcome.bounced)
        await queries.bounce(db, { workspaceId, deliveryId: id, message: outcome.never, forGood: true });
    });
  };

function asOutcome(error: unknown): Outcome {
  const message = error instanceof Error ? error.message.slice(0, 500) : "unknown";
  if (!(error instanceof MailError)) return { later: 0, message };
  if (error.kind === "Recipient") return { never: message, bounced: true };
  return error.kind === "Message" ? { never: message } : { later: error.retryAfterMs, message };
}

const MOST_LOST = 1;

/** The mail to send; undefined where none is to be sent, or not now. */
async function begin(tx: Tx, id: string, { clock, keyring, publicUrl }: DeliveringDeps): Promise<Mail | undefined> {
  const now = clock.now();
  const delivery = await queries.lockDelivery(tx, id);
  if (!delivery || !["Queued", "Sending"].includes(delivery.status)) return undefined;
  if (delivery.dueAt > now) {
    await enqueueDelivery(tx, id, delivery.dueAt);
    return undefined;
  }
  const lost = delivery.lost + (delivery.status === "Sending" ? 1 : 0);
  const skip = (status: "Skipped" | "Failed", message: string) =>
    queries.updateDelivery(tx, id, { status, lost, message });
  if (lost > MOST_LOST) {
    await skip("Failed", "Nobody knows whether it was sent: the process ended twice while it was.");
    return undefined;
  }
  const userId = delivery.userId!;
  const recipient = await queries.addressOf(tx, userId);
  const preferences = await queries.findPreferences(tx, userId);
  const told = await queries.toldBy(tx, id);
  const reason = !recipient
    ? "They are no longer a member, or suspended."
    : recipient.stoppedAt
      ? "Mail to this address came back before."
      : preferences?.unsubscribedAt
        ? "They unsubscribed."
        : told.length === 0
          ? "They had read it before it was due."
          : undefined;
  if (reason || !recipient) {
    await skip("Skipped", reason!);
    return undefined;
  }
  const workspace = await workspaceSettings(tx);
  const { address } = recipient;
  await queries.updateDelivery(tx, id, { status: "Sending", attempts: delivery.attempts + 1, lost, address });
  const language = preferences?.language ?? mailLanguage(workspace.language);
  return composeMail({
    workspace,
    to: address,
    told,
    language,
    deliveryId: id,
    digest: delivery.way === "Digest",
    publicUrl,
    keyring,
    now,
  });
}

/** Writes down what became of it, and has it tried again where that may help. */
async function conclude(tx: Tx, id: string, outcome: Outcome, now: Date, again: (at: Date) => Promise<unknown>) {
  const delivery = (await queries.lockDelivery(tx, id))!;
  // A bounce may have been told before this.
  if (delivery.status !== "Sending") return;
  if ("sent" in outcome) return queries.updateDelivery(tx, id, { status: "Sent", sentAt: now, message: null });
  if ("never" in outcome) {
    // What came back is written down with what follows from it.
    if (!outcome.bounced) await queries.updateDelivery(tx, id, { status: "Failed", message: outcome.never });
    return;
  }
  const dueAt = nextTry(delivery.attempts, now, outcome.later);
  const { message } = outcome;
  if (!dueAt) return queries.updateDelivery(tx, id, { status: "Failed", message });
  await queries.updateDelivery(tx, id, { status: "Queued", dueAt, message });
  await again(dueAt);
}

/**
 * `notifications.slack`: tells Slack the next thing, and comes back for the one after it a second later, since Slack takes
 * one message a second of a webhook. The pace is in the workspace's row, so that any number of workers keep it together.
 */
export const slackTask = (deps: DeliveringDeps) => async (_payload: Payload, claim: JobClaim) => {
  const { db, clock, fetch } = deps;
  const next = await withJob(db, claim, (tx) => beginSlack(tx, deps));
  if (!next) return;
  const outcome = await postMessage(fetch, next.url, next.message);
  await withJob(db, claim, async (tx) => {
    const now = clock.now();
    await conclude(tx, next.id, outcome, now, async () => {});
    const free = new Date(
      now.getTime() + ("later" in outcome ? Math.max(outcome.later, SLACK_PACE_MS) : SLACK_PACE_MS),
    );
    const settings = await queries.lockSettings(tx);
    if (settings && free > settings.slackFreeAt) await queries.keepSlackUntil(tx, free);
    const waiting = await queries.nextToSlack(tx);
    if (waiting) await enqueueSlack(tx, waiting.dueAt > free ? waiting.dueAt : free);
  });
};

async function beginSlack(tx: Tx, { clock, keyring, publicUrl }: DeliveringDeps) {
  const now = clock.now();
  const settings = await queries.lockSettings(tx);
  const delivery = await queries.nextToSlack(tx);
  if (!settings || !delivery) return undefined;
  const { id } = delivery;
  const free = new Date(Math.max(delivery.dueAt.getTime(), settings.slackFreeAt.getTime()));
  if (free > now) {
    await enqueueSlack(tx, free);
    return undefined;
  }
  await queries.keepSlackUntil(tx, new Date(now.getTime() + SLACK_PACE_MS));
  const lost = delivery.lost + (delivery.status === "Sending" ? 1 : 0);
  const told = await queries.slackMessage(tx, id);
  if (!settings.slackSealed || !told || lost > MOST_LOST) {
    const message =
      lost > MOST_LOST
        ? "Nobody knows whether it was sent: the process ended twice while it was."
        : "Slack was disconnected.";
    await queries.updateDelivery(tx, id, { status: lost > MOST_LOST ? "Failed" : "Skipped", lost, message });
    await enqueueSlack(tx, now);
    return undefined;
  }
  await queries.updateDelivery(tx, id, { status: "Sending", attempts: delivery.attempts + 1, lost });
  const workspace = await workspaceSettings(tx);
  const url = openWebhook(keyring, await workspaceKey(tx), workspace.id, settings.slackSealed);
  return { id, url, message: composeMessage(told, workspace, publicUrl) };
}
