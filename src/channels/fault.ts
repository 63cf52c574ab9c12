import { ChannelError } from "@/channels/adapter";
import type { Clock } from "@/platform/clock";
import { OutboundError } from "@/platform/outbound-fetch";

/** What a socket says when no connection came about: of a database, or of a fetch that isn't ours. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** The first error in the chain of causes that `matches` picks. */
function inChain<Found extends Error>(error: unknown, matches: (error: Error) => error is Found): Found | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if (matches(at)) return at;
  }
  return undefined;
}

/**
 * What a call without a usable answer means. After a write it may have happened, unless it was never sent;
 * a read can simply be done again. A `ChannelError` underneath knows better and is kept.
 */
export function networkFault(error: unknown, call: "read" | "write", label: string): ChannelError {
  const known = inChain(error, (at): at is ChannelError => at instanceof ChannelError);
  if (known) return known;
  const outbound = inChain(error, (at): at is OutboundError => at instanceof OutboundError);
  const sent = outbound?.sent ?? !inChain(error, (at): at is Error => "code" in at && NEVER_SENT.has(String(at.code)));
  if (!sent) {
    if (outbound?.kind === "forbidden") return new ChannelError("refused", outbound.message, { cause: error });
    return new ChannelError("passing", `${label} could not be reached.`, { cause: error });
  }
  if (call === "read") return new ChannelError("passing", `${label} gave no answer.`, { cause: error });
  return new ChannelError("lost", `${label} gave no answer; it may have taken the call.`, { cause: error });
}

/** A server that asks for more is asked again all the same: a schedule that rests for longer is forgotten by everybody. */
const MOST_WAIT_MS = 24 * 3_600_000;

/** How long the server wants to be left alone, by its Retry-After header (seconds or a date); undefined where unsaid. */
export function retryAfterMs(header: string | null | undefined, clock: Clock): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - clock.now().getTime();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** For `new ChannelError`: leaves the wait out where there is none. */
export const waiting = (ms: number | undefined) =>
  ms === undefined ? {} : { retryAfterMs: Math.min(ms, MOST_WAIT_MS) };
