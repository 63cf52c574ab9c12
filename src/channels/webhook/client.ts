import { Webhook } from "standardwebhooks";
import { type CallContext, ChannelError } from "@/channels/adapter";
import { networkFault, retryAfterMs, waiting } from "@/channels/fault";

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 65_536;

export type WebhookCredentials = { url: string; secret: string };

export type WebhookEvent = {
  /** The same for every try, so that a receiver can tell a repeat. */
  id: string;
  type: "ping" | "publication.published" | "publication.removed";
  timestamp: Date;
  data: Record<string, unknown>;
};

/** Sends one event, signed as https://www.standardwebhooks.com has it. The signed time is that of the try. */
export async function postEvent(
  { url, secret }: WebhookCredentials,
  event: WebhookEvent,
  context: CallContext,
): Promise<Response> {
  const { id, type, timestamp, data } = event;
  const body = JSON.stringify({ type, timestamp: timestamp.toISOString(), data });
  const now = context.clock.now();
  try {
    return await context.fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": new Webhook(secret).sign(id, now, body),
      },
      body,
      // Followed, a POST may arrive as a GET and be answered 200 by a page that read nothing.
      redirect: "manual",
      signal: context.signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
  } catch (error) {
    throw networkFault(error, "write", "The receiver");
  }
}

/** Throws unless the answer is 2xx. */
export async function requireAccepted(answer: Response, context: CallContext): Promise<void> {
  if (answer.ok) return;
  await answer.body?.cancel();
  throw refusal(answer, context);
}

function refusal({ status, headers }: Response, { clock }: CallContext): ChannelError {
  const wait = waiting(retryAfterMs(headers.get("retry-after"), clock));
  const says = `The receiver answered ${status}`;
  if (status === 429 || status === 503) return new ChannelError("passing", `${says}: later.`, wait);
  // 410 is how a receiver says, by the standard, that it wants no more; 401 and 403, that it has another secret.
  if (status === 401 || status === 403 || status === 410) {
    return new ChannelError("revoked", `${says}: it no longer takes what this channel sends.`);
  }
  if (status < 500) return new ChannelError("refused", `${says}.`);
  return new ChannelError("lost", `${says}; it may have taken the event.`, wait);
}
