import { Problem } from "@contentos/sdk";

/** How long a reader who asked too often is made to wait without being asked to do anything, in ms. */
const LONGEST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 1_000;

/**
 * Whether what could not be read is asked for once more. A refusal stays one however often it is asked; a server that is
 * away may come back, and one that was asked too often says when.
 */
export function worthAnotherTry(failures: number, error: Error): boolean {
  if (failures >= 2) return false;
  if (!(error instanceof Problem)) return true;
  if (error.status === 429) return error.retryAfterMs <= LONGEST_WAIT_MS;
  return error.status === 0 || error.status >= 500;
}

/** In ms. */
export function waitBeforeTry(failures: number, error: Error): number {
  const said = error instanceof Problem ? error.retryAfterMs : 0;
  return Math.max(said, FIRST_WAIT_MS * 2 ** failures);
}
