import type { Actor } from "@/platform/actor";
import { failsForDays, waitUntil } from "@/platform/retrying";

/** Admins say where events go: whoever does gets all that the workspace tells. */
export const canAdminister = (actor: Actor) => actor.role === "Admin";

/** How long after each failed try the next one is made, in seconds: over about a day (Standard Webhooks, "Retries"). */
export const RETRY_SECONDS = [5, 300, 1_800, 7_200, 18_000, 28_800, 28_800] as const;

/**
 * When a delivery is tried next; null when there were enough tries.
 * @param tries that have failed, 1 or more
 * @param retryAfterMs what the receiver asked for
 * @param random from 0 to 1
 */
export function nextTry(tries: number, retryAfterMs: number | undefined, random: number, now: Date): Date | null {
  const seconds = RETRY_SECONDS[tries - 1];
  return seconds === undefined ? null : waitUntil(seconds, retryAfterMs, random, now);
}

const MANY = 100;

/** Whether an endpoint is paused by itself: nothing was taken for three days, or not once in a hundred tries. */
export const isFailing = (failures: number, since: Date, now: Date) =>
  failures >= MANY || failsForDays(failures, since, now);
