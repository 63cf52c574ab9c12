import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { PreviewRetention, SetRetention, SetRetentionHold } from "./contract";
import { KINDS, WHATS, type What } from "./kinds";
import { canAdminister } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;

function requireAdmin(actor: Actor) {
  if (!canAdminister(actor))
    throw new AppError("forbidden", "Only Admins say for how long something is kept: ask one of your workspace.", {
      reason: "needs_admin",
    });
}

const tell = (tx: Tx, actor: Actor, verb: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, {
    action: `retention.${verb}`,
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail,
  });

function present(what: What, row: queries.RuleRow | undefined) {
  const { defaultDays, minimumDays, maximumDays } = KINDS[what];
  const { days = null, updatedBy = null, updatedAt = null } = row ?? {};
  return { what, days, defaultDays, minimumDays, maximumDays, updatedBy, updatedAt };
}

export async function getRetention(tx: Tx, actor: Actor) {
  requireAdmin(actor);
  const rules = await queries.listRules(tx);
  const { since = null, reason = null, updatedBy = "" } = (await queries.findHold(tx)) ?? {};
  return {
    hold: since && { since, reason, updatedBy },
    rules: WHATS.map((what) =>
      present(
        what,
        rules.find((row) => row.what === what),
      ),
    ),
  };
}

export async function previewRetention(tx: Tx, actor: Actor, { what, days }: z.output<typeof PreviewRetention>) {
  requireAdmin(actor);
  return { what, days, rows: await queries.countOld(tx, what, days) };
}

export async function setRetention(tx: Tx, actor: Actor, { what, days }: z.output<typeof SetRetention>) {
  requireAdmin(actor);
  requireWithinBounds(what, days);
  const before = (await queries.listRules(tx)).find((row) => row.what === what);
  const row = await queries.setRule(tx, what, days, actor.userId);
  tell(tx, actor, "rule_changed", { what, from: before?.days ?? null, to: days });
  return present(what, row);
}

function requireWithinBounds(what: What, days: number | null) {
  const { minimumDays: min, maximumDays: max } = KINDS[what];
  if (days === null || (days >= min && days <= max)) return;
  const told =
    days < min ? ({ rule: "too_small", values: { min } } as const) : ({ rule: "too_large", values: { max } } as const);
  const message = `Give ${min} to ${max} days.`;
  throw new AppError("invalid_request", message, { issues: [{ path: "days", message, ...told }] });
}

/** What a reason says is a person's text, and stays out of the log. */
export async function setRetentionHold(
  tx: Tx,
  actor: Actor,
  { held, reason, now }: z.output<typeof SetRetentionHold> & { now: Date },
) {
  requireAdmin(actor);
  const before = await queries.findHold(tx);
  const since = held ? (before?.since ?? now) : null;
  await queries.setHold(tx, {
    since,
    reason: held ? (reason ?? before?.reason ?? null) : null,
    updatedBy: actor.userId,
  });
  tell(tx, actor, held ? "hold_begun" : "hold_ended");
  return getRetention(tx, actor);
}
