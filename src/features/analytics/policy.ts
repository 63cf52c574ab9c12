import type { ChannelError } from "@/channels/adapter";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How often a publication is asked for its metrics, by how long ago it went out; after the last row, no more. */
export const RHYTHM = [
  { untilMs: 5 * MINUTE_MS, everyMs: MINUTE_MS },
  { untilMs: 30 * MINUTE_MS, everyMs: 5 * MINUTE_MS },
  { untilMs: HOUR_MS, everyMs: 15 * MINUTE_MS },
  { untilMs: 6 * HOUR_MS, everyMs: 30 * MINUTE_MS },
  { untilMs: DAY_MS, everyMs: HOUR_MS },
  { untilMs: 3 * DAY_MS, everyMs: 3 * HOUR_MS },
  { untilMs: 7 * DAY_MS, everyMs: 6 * HOUR_MS },
  { untilMs: 14 * DAY_MS, everyMs: 12 * HOUR_MS },
  { untilMs: 90 * DAY_MS, everyMs: DAY_MS },
  { untilMs: 400 * DAY_MS, everyMs: 7 * DAY_MS },
] as const;

/** The longest interval, for what is no longer asked. */
export const LAST_EVERY_MS = RHYTHM[RHYTHM.length - 1]!.everyMs;

/** Between publishing and the first question, in ms: so that a zero is soon known to be one. */
export const FIRST_WAIT_MS = 10_000;

const everyMs = (ageMs: number): number | undefined => RHYTHM.find(({ untilMs }) => ageMs < untilMs)?.everyMs;

type Plan = {
  /** When it went out. */
  since: Date;
  /** When this question was due. */
  plannedAt: Date;
  now: Date;
};

/** When to ask again. Counted from the plan, so that daily questions don't drift over midnight. Null where it is over. */
export function nextFetch({ since, plannedAt, now }: Plan): Date | null {
  const every = everyMs(now.getTime() - since.getTime());
  if (every === undefined) return null;
  const planned = Math.min(plannedAt.getTime(), now.getTime()) + every;
  return new Date(planned > now.getTime() ? planned : now.getTime() + every);
}

export type Fault = { kind: ChannelError["kind"]; message: string; retryAfterMs?: number | undefined };

/** The longest that a network's own wish is followed. */
const MOST_RETRY_AFTER_MS = 7 * DAY_MS;

/**
 * When to ask again after a failure: after 2, 4, 8 … minutes up to a day, and after a day at once where a person has
 * to act first; never before the network wants it.
 * @param failures in a row, this one among them
 */
export function nextAfterFault({ kind, retryAfterMs = 0 }: Fault, failures: number, now: Date): Date {
  const patient = kind === "refused" || kind === "revoked";
  const waitMs = patient ? DAY_MS : Math.min(MINUTE_MS * 2 ** Math.min(failures, 11), DAY_MS);
  return new Date(now.getTime() + Math.max(waitMs, Math.min(retryAfterMs, MOST_RETRY_AFTER_MS)));
}

/** Below this no value is called stale, in ms: a job may wait for its turn. */
export const STALE_GRACE_MS = 5 * MINUTE_MS;

/** Older than twice the interval at which it should have been renewed. */
export function isStale(fetchedAt: Date, since: Date, now: Date): boolean {
  const every = everyMs(now.getTime() - since.getTime()) ?? LAST_EVERY_MS;
  return now.getTime() - fetchedAt.getTime() > Math.max(2 * every, STALE_GRACE_MS);
}

const HEARTBEAT_MS = 20 * HOUR_MS;

/** A series gets a point when the value has changed, and once a day when it has not: a gap then means not known. */
export const isPoint = (before: { value: number; recordedAt: string } | null | undefined, value: number, now: Date) =>
  !before || before.value !== value || now.getTime() - Date.parse(before.recordedAt) >= HEARTBEAT_MS;

export const REACH = ["views"] as const;
export const ENGAGEMENT = ["reads", "clicks", "likes", "reposts", "replies", "quotes"] as const;
