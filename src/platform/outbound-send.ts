import type { Clock } from "./clock";
import { OutboundError, type OutboundFetch } from "./outbound-fetch";

const TIMEOUT_MS = 15_000;
/** What is read of an answer, in bytes; the rest is not waited for. */
const READ_BYTES = 4_096;
/** What is kept of it, in characters. */
const KEPT = 1_000;

export type Sent = {
  outcome: "Delivered" | "Refused" | "Unreachable" | "Lost";
  statusCode: number | null;
  response: string | null;
  error: string | null;
  /** What the receiver asked for. */
  retryAfterMs?: number | undefined;
};

type Message = {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Takes secrets out of what is kept of the answer. */
  mask: (text: string) => string;
};
type Reach = { fetch: OutboundFetch; clock: Clock; signal: AbortSignal };

/** Posts something once. What goes wrong is told, and thrown only where this process has to stop. */
export async function postOnce({ url, headers, body, mask }: Message, { fetch, clock, signal }: Reach): Promise<Sent> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body,
      // Followed, a POST may arrive as a GET and be answered 200 by a page that read nothing.
      redirect: "manual",
      signal,
      timeoutMs: TIMEOUT_MS,
      // It is given up much sooner: this bounds nothing but what is announced.
      maxBytes: Number.MAX_SAFE_INTEGER,
    });
    const statusCode = answer.status;
    const response = await beginningOf(answer, mask).catch(() => null);
    if (answer.ok) return { outcome: "Delivered", statusCode, response, error: null };
    const moved = statusCode >= 300 && statusCode < 400;
    return {
      outcome: "Refused",
      statusCode,
      response,
      error: moved ? "Redirects are not followed: give the address that answers." : null,
      retryAfterMs: retryAfterMs(answer.headers.get("retry-after"), clock.now()),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    if (!(error instanceof OutboundError)) throw error;
    return {
      outcome: error.sent ? "Lost" : "Unreachable",
      statusCode: null,
      response: null,
      error: error.message.slice(0, KEPT),
    };
  }
}

/** Cut, and without secrets of ours: receivers echo what they get. */
async function beginningOf(answer: Response, mask: (text: string) => string): Promise<string | null> {
  const reader = answer.body?.getReader();
  if (!reader) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < READ_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes += value.byteLength;
  }
  await reader.cancel().catch(() => {});
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, READ_BYTES));
  return mask(text.replaceAll("\0", "")).slice(0, KEPT).toWellFormed() || null;
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null, now: Date): number | undefined {
  if (!header) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
