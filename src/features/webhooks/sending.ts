import type { Clock } from "@/platform/clock";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import { postOnce, type Sent } from "@/platform/outbound-send";
import { signedHeaders } from "@/platform/standard-webhooks";

type Message = { url: string; secrets: readonly [string, ...string[]]; id: string; body: string };
type Reach = { fetch: OutboundFetch; clock: Clock; signal: AbortSignal };

const masked = (text: string) => text.replace(/\b(whsec_|cos_|v1,)[\w+/=-]{8,}/g, "$1…");

/** Sends a message once. */
export const send = ({ url, secrets, id, body }: Message, reach: Reach): Promise<Sent> =>
  postOnce(
    {
      url,
      headers: { "content-type": "application/json", ...signedHeaders(secrets, { id, at: reach.clock.now(), body }) },
      body,
      mask: masked,
    },
    reach,
  );
