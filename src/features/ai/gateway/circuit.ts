import { createHash } from "node:crypto";
import type { Clock } from "@/platform/clock";

/** Failures in a row after which an endpoint is left alone, and for how long. */
const FAILURES = 3;
const OPEN_MS = 30_000;
/** Endpoints that are remembered; those that work aren't. */
const MOST = 1_000;

export type Circuits = ReturnType<typeof createCircuits>;

/** Which endpoints have failed of late, as this process saw it. After a while one call is let through, to see. */
export function createCircuits(clock: Clock) {
  const failing = new Map<string, { failures: number; until: number }>();
  const now = () => clock.now().getTime();
  return {
    /** Asking takes the turn of the one call that is let through. */
    isOpen(endpoint: Circuit): boolean {
      const seen = failing.get(nameOf(endpoint));
      if (!seen || seen.failures < FAILURES) return false;
      if (now() < seen.until) return true;
      seen.until = now() + OPEN_MS;
      return false;
    },
    worked(endpoint: Circuit) {
      failing.delete(nameOf(endpoint));
    },
    failed(endpoint: Circuit) {
      const name = nameOf(endpoint);
      const failures = (failing.get(name)?.failures ?? 0) + 1;
      failing.delete(name);
      failing.set(name, { failures, until: now() + OPEN_MS });
      const [oldest] = failing.keys();
      if (failing.size > MOST && oldest !== undefined) failing.delete(oldest);
    },
  };
}

/** With its key, since an endpoint that is busy for one is not for all. */
type Circuit = { baseUrl: string; apiKey: string | undefined };

const nameOf = ({ baseUrl, apiKey = "" }: Circuit) =>
  createHash("sha256").update(`${baseUrl}\n${apiKey}`).digest("base64");
