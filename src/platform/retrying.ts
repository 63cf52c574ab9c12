const JITTER = 0.1;
/** A receiver that asks for longer than that is asked anew. */
const MOST_WAIT_MS = 24 * 3_600_000;
const DAYS_MS = 3 * 24 * 3_600_000;
const FEW = 10;

/**
 * When what failed is tried again, a tenth sooner or later so that what failed together doesn't come again together.
 * @param retryAfterMs what the receiver asked for, which is kept up to a day
 * @param random from 0 to 1
 */
export function waitUntil(seconds: number, retryAfterMs: number | undefined, random: number, now: Date): Date {
  const wait = seconds * 1000 * (1 + JITTER * (2 * random - 1));
  return new Date(now.getTime() + Math.max(wait, Math.min(retryAfterMs ?? 0, MOST_WAIT_MS)));
}

/** Whether a receiver took nothing for three days, although it was asked more than a few times. */
export const failsForDays = (failures: number, since: Date, now: Date) =>
  failures >= FEW && now.getTime() - since.getTime() >= DAYS_MS;
