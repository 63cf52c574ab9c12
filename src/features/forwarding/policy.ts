import type { Actor } from "@/platform/actor";
import { waitUntil } from "@/platform/retrying";

/** Admins say where the log goes: whoever does gets all of it. */
export const canAdminister = (actor: Actor) => actor.role === "Admin";

/** How long after each failed try the next one is made, in seconds; then each hour. */
const RETRY_SECONDS = [5, 30, 120, 600, 1_800, 3_600] as const;

/** @param failures 1 or more; @param random from 0 to 1 */
export const nextTry = (failures: number, retryAfterMs: number | undefined, random: number, now: Date): Date =>
  waitUntil(RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length) - 1]!, retryAfterMs, random, now);

/** A bucket gets an object a minute at most while little happens, in ms; receivers get rows as they are sealed. */
const GATHERED_MS = 60_000;

/** When a destination is to be sent what was sealed now. */
export const whenToSend = (kind: "Bucket" | "Splunk" | "JsonLines", now: Date): Date =>
  kind === "Bucket" ? new Date((Math.floor(now.getTime() / GATHERED_MS) + 1) * GATHERED_MS) : now;
