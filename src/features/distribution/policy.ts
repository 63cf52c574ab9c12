import type { Actor, AnyActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { SCHEDULE_STATUSES } from "./contract";

export type ScheduleStatus = (typeof SCHEDULE_STATUSES)[number];

export const SCHEDULE_EVENTS = [
  "reschedule",
  "cancel",
  "hold",
  "start",
  "succeed",
  "fail",
  "putOff",
  "lose",
  "miss",
  "retry",
  "remove",
] as const;
export type ScheduleEvent = (typeof SCHEDULE_EVENTS)[number];

/**
 * What each event makes of a schedule; where a state has no word for an event, the event is refused.
 * `hold` waits for a person, `putOff` for a passing fault to pass; `lose` is an attempt whose answer nobody has,
 * `miss` a clear word, of the network or a person, that it is not there.
 */
export const SCHEDULE_STATES = {
  Scheduled: { reschedule: "Scheduled", cancel: "Canceled", hold: "OnHold", start: "Publishing" },
  Publishing: { succeed: "Published", fail: "Failed", putOff: "Scheduled", lose: "Unknown" },
  Published: { remove: "Published" },
  Failed: { reschedule: "Scheduled", retry: "Scheduled", cancel: "Canceled" },
  Canceled: { remove: "Canceled" },
  OnHold: { reschedule: "Scheduled", cancel: "Canceled" },
  Unknown: { succeed: "Published", miss: "Scheduled", fail: "Failed" },
} as const satisfies Record<ScheduleStatus, Partial<Record<ScheduleEvent, ScheduleStatus>>>;

/** The state after an event; undefined where the event is refused. */
export const nextStatus = (status: ScheduleStatus, event: ScheduleEvent): ScheduleStatus | undefined =>
  (SCHEDULE_STATES[status] as Partial<Record<ScheduleEvent, ScheduleStatus>>)[event];

export const canSchedule = (actor: AnyActor) => actor.role === "Editor" || actor.role === "Admin";

export function requirePlanner(actor: Actor) {
  if (!canSchedule(actor))
    throw new AppError("forbidden", "Editors and Admins plan publications: ask one of them.", {
      reason: "needs_editor",
    });
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30 * 60_000;
const MOST_TRIES = 16;
const GIVE_UP_MS = 24 * 3_600_000;

type Series = {
  /** How often it was tried in this series, at least once. */
  tries: number;
  /** When the first of them began. */
  since: Date;
  now: Date;
  /** What the network asked for. */
  retryAfterMs?: number | undefined;
};

/**
 * When to try again after a passing fault: 2 s, doubled up to 30 minutes, and never before the network wants it.
 * Null where it is enough: after 16 tries, or where the next one would come a day after the first.
 */
export function nextTry({ tries, since, now, retryAfterMs = 0 }: Series): Date | null {
  const waitMs = Math.max(Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS), retryAfterMs);
  const at = now.getTime() + waitMs;
  return tries >= MOST_TRIES || at - since.getTime() > GIVE_UP_MS ? null : new Date(at);
}

/** So that a person is told within hours of what nobody knows, whatever a server asks for. */
const LONGEST_QUESTION_WAIT_MS = 3_600_000;

/** When to ask a network again that did not answer whether a part is there. Asking does no harm and never ends. */
export function nextQuestion({ tries, now, retryAfterMs = 0 }: Omit<Series, "since">): Date {
  const waitMs = Math.max(Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS), retryAfterMs);
  return new Date(now.getTime() + Math.min(waitMs, LONGEST_QUESTION_WAIT_MS));
}

/** After so many questions without an answer, a person is told. */
export const QUESTIONS_BEFORE_TELLING = 5;

/**
 * How long an answer that was lost may still be under way in the network: it is not asked before.
 * Its "no" would be early, and the part sent twice where keys don't prevent it.
 */
export const SETTLING_MS = 2_000;

/** How late is too late is the workspace's to say; null or undefined where nothing is. */
export const isTooLate = (dueAt: Date, now: Date, lateAfterMinutes: number | null) =>
  lateAfterMinutes !== null && now.getTime() - dueAt.getTime() > lateAfterMinutes * 60_000;
