import type { Clock } from "@/platform/clock";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import { postOnce, type Sent } from "@/platform/outbound-send";
import { putInBucket } from "@/platform/storage/customer-bucket";
import { packed } from "./batches";
import { type Credentials, maskOf } from "./credentials";
import type { DestinationRow } from "./queries";

export type Target = Pick<DestinationRow, "kind" | "url" | "region" | "bucket"> & { credentials: Credentials };
type Message = { text: string; key: string; id: string };
type Reach = { fetch: OutboundFetch; clock: Clock; signal: AbortSignal };

/** Sends a batch or a test once. What goes wrong is told, without secrets. */
export async function sendOnce(target: Target, message: Message, reach: Reach): Promise<Sent> {
  const { credentials } = target;
  const sent =
    "token" in credentials
      ? await post(target, credentials.token, message, reach)
      : await putInBucket(
          {
            endpoint: target.url ?? undefined,
            region: target.region!,
            bucket: target.bucket!,
            ...credentials,
          },
          { key: message.key, bytes: packed(message.text), contentType: "application/gzip" },
          reach,
        );
  const mask = maskOf(credentials);
  return { ...sent, error: sent.error && mask(sent.error) };
}

const post = ({ kind, url, credentials }: Target, token: string, { text, id }: Message, reach: Reach) =>
  postOnce(
    {
      url: url!,
      headers: {
        "content-type": kind === "Splunk" ? "application/json" : "application/x-ndjson",
        authorization: `${kind === "Splunk" ? "Splunk" : "Bearer"} ${token}`,
        // The same for each try of a batch, for whoever wants to know repeats.
        "idempotency-key": id,
      },
      body: text,
      mask: maskOf(credentials),
    },
    reach,
  );

/** What went wrong, in a line; null where nothing did. */
export function faultOf({ outcome, statusCode, response, error }: Sent): string | null {
  if (outcome === "Delivered") return null;
  const said = [statusCode && `It answered ${statusCode}.`, error, response].filter(Boolean).join(" ");
  return (said || "There was no answer.").slice(0, 1_000);
}
