import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { enqueue } from "@/db/queue";
import { record } from "@/features/audit";
import { workspaceSettings } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor, AnyActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { EventOf } from "@/platform/events";
import { newId } from "@/platform/ids";
import { purgePage } from "../purging";
import { judge, sharesOf, winnerOf } from "./bandit";
import type { ListTrials, ProposeTrial } from "./contract";
import * as policy from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Id = { id: string };

const TASK = "site.judge_trial";
/** How long shares stay as they are; caches may show them a little longer. */
const JUDGED_EVERY_MS = 10 * 60_000;

const noSuchTrial = () => new AppError("not_found", "There is no such trial in this workspace.");

async function present(tx: Tx, rows: queries.TrialRow[]) {
  const all = await queries.variantsOf(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const variants = all.filter(({ trialId }) => trialId === row.id);
    const judged = judge(variants);
    return {
      ...row,
      variants: variants.map(({ number, headline, weight, views, clicks }, at) => {
        return { number, headline, share: weight, views, clicks, ...judged[at]! };
      }),
    };
  });
}

const presentOne = async (tx: Tx, row: queries.TrialRow) => (await present(tx, [row]))[0]!;

const tell = (tx: Tx, actor: AnyActor, verb: string, { id, contentItemId }: queries.TrialRow, detail: object = {}) =>
  record(tx, actor, {
    action: `site.trial_${verb}`,
    subjectType: "content_item",
    subjectId: contentItemId,
    detail: { trialId: id, ...detail },
  });

type Ending = Pick<EventOf<"site.trial_ended">["payload"], "status" | "reason"> & { winner?: number | null };

const emitEnd = (
  tx: Tx,
  { id, contentItemId }: queries.TrialRow,
  { winner = null, status, reason }: Ending,
  confidence: number | null = null,
) =>
  emit(tx, {
    type: "site.trial_ended",
    subjectId: contentItemId,
    payload: { trialId: id, status, reason, winner, confidence },
  });

const SORT = "-createdAt";

export async function listTrials(tx: Tx, { limit, cursor, contentItemId }: z.output<typeof ListTrials>) {
  const rows = await queries.listTrials(tx, { contentItemId, after: decodeCursor(cursor, SORT), count: limit + 1 });
  const { items, nextCursor } = toPage(rows, limit, SORT, (row) => row.createdAt.toISOString());
  return { items: await present(tx, items), nextCursor };
}

export async function getTrial(tx: Tx, { id }: Id) {
  const row = await queries.findTrial(tx, id);
  if (!row) throw noSuchTrial();
  return presentOne(tx, row);
}

/** Headlines against the one that is out. They wait for somebody else's word where the workspace asks for any. */
export async function proposeTrial(tx: Tx, actor: Actor, input: z.output<typeof ProposeTrial>, now: Date) {
  if (!policy.canPropose(actor)) throw new AppError("forbidden", "Editors and Admins try headlines: ask one of them.");
  const { contentItemId, confidence, days } = input;
  const page = await queries.findPageOfItem(tx, contentItemId);
  if (!page) throw new AppError("not_found", "This item has no page on the workspace's site: publish it there first.");
  const headlines = [page.title, ...input.headlines.map((one) => one.replace(/\s+/g, " "))];
  if (new Set(headlines.map((one) => one.toLowerCase())).size < headlines.length) {
    const message = "Each headline is tried once, and the one that is out is among them already.";
    throw new AppError("invalid_request", message, { issues: [{ path: "headlines", message }] });
  }
  const { approvalSteps } = await workspaceSettings(tx);
  const needsApproval = approvalSteps.length > 0;
  const { id: pageId, versionNumber } = page;
  const about = { pageId, contentItemId, versionNumber, needsApproval, confidence, days, createdBy: actor.userId };
  const row = await queries.insertTrial(tx, { id: newId(), ...about }, headlines);
  if (!row) throw new AppError("conflict", "Headlines of this page are being tried already: stop that trial first.");
  await tell(tx, actor, "proposed", row, { headlines: headlines.length });
  return presentOne(tx, needsApproval ? row : await start(tx, actor, row, now));
}

async function start(tx: Tx, actor: Actor, row: queries.TrialRow, now: Date, approvedBy?: string) {
  const started = await queries.startTrial(tx, row, approvedBy);
  await tell(tx, actor, "started", row, { approvedBy: approvedBy ?? null });
  await purgePage(tx, row.pageId);
  await judgeLater(tx, row.id, now);
  return started;
}

const judgeLater = (tx: Tx, trialId: string, now: Date) =>
  enqueue(tx, {
    task: TASK,
    payload: { trialId },
    jobKey: `${TASK}:${trialId}`,
    runAt: new Date(now.getTime() + JUDGED_EVERY_MS),
  });

/** By somebody else than who put them forward, of the role that the workspace's steps ask for. */
export async function approveTrial(tx: Tx, actor: Actor, { id }: Id, now: Date) {
  const row = await queries.lockTrial(tx, id);
  if (!row) throw noSuchTrial();
  const { approvalSteps } = await workspaceSettings(tx);
  if (!policy.canApprove(actor, approvalSteps)) {
    throw new AppError(
      "forbidden",
      `Headlines go out with the word of an ${policy.roleToApprove(approvalSteps)}: ask one.`,
    );
  }
  if (row.status !== "Waiting")
    throw new AppError("conflict", "This trial is not waiting for anybody's word: look again.");
  if (row.createdBy === actor.userId)
    throw new AppError("own_work", "You put these headlines forward: somebody else approves them.");
  const page = await queries.findPageOfItem(tx, row.contentItemId);
  if (page?.versionNumber !== row.versionNumber)
    throw new AppError(
      "conflict",
      "Another version is out by now: stop this trial, and put headlines for that one forward.",
    );
  return presentOne(tx, await start(tx, actor, row, now, actor.userId));
}

export async function stopTrial(tx: Tx, actor: Actor, { id }: Id) {
  if (!policy.canPropose(actor)) throw new AppError("forbidden", "Editors and Admins stop a trial: ask one of them.");
  const row = await queries.lockTrial(tx, id);
  if (!row) throw noSuchTrial();
  if (row.endedAt) throw new AppError("conflict", "This trial is over.");
  const ended = await queries.endTrial(tx, id, { status: "Stopped", reason: "ByPerson" });
  await tell(tx, actor, "stopped", row);
  await emitEnd(tx, row, { status: "Stopped", reason: "ByPerson" });
  await purgePage(tx, row.pageId);
  return presentOne(tx, ended);
}

/**
 * Looks at a trial by the clock: who sees what is set anew, and it ends where one headline is the best at the asked
 * confidence, where its time is over, or where another version is out. What is out is changed by nobody here.
 */
export async function judgeTrial(tx: Tx, actor: AnyActor, { id, now }: Id & { now: Date }): Promise<void> {
  const row = await queries.lockTrial(tx, id);
  if (row?.status !== "Running") return;
  const page = await queries.findPageOfItem(tx, row.contentItemId);
  const variants = await queries.variantsOf(tx, [id]);
  const judged = judge(variants);
  const winner = winnerOf(variants, judged, row.confidence / 100);
  const ending =
    page?.versionNumber !== row.versionNumber
      ? ({ status: "Stopped", reason: "PageChanged" } as const)
      : winner !== undefined
        ? ({ status: "Decided", reason: "Confident", winner: variants[winner]!.number } as const)
        : row.endsAt! <= now
          ? ({ status: "Undecided", reason: "TimeOver" } as const)
          : undefined;
  if (ending) {
    await queries.endTrial(tx, id, ending);
    await tell(tx, actor, "ended", row, ending);
    const sure = winner === undefined || ending.status !== "Decided" ? null : Math.floor(judged[winner]!.best * 100);
    await emitEnd(tx, row, ending, sure);
  } else {
    for (const [at, share] of sharesOf(judged).entries()) await queries.weigh(tx, id, variants[at]!.number, share);
    await judgeLater(tx, id, now);
  }
  await purgePage(tx, row.pageId);
}
