import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { sameToken } from "./secrets";

/** https://www.standardwebhooks.com, read 2026-11-27. */
const TOLERANCE_SECONDS = 300;
const SECRET_BYTES = 32;

export const newWebhookSecret = () => `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;

/** What is signed: the id and the time of the try beside the very bytes of the body. */
type Message = { id: string; at: Date; body: string };

/** The headers of a message, signed by each of the secrets: by two of them while one takes the other's place. */
export function signedHeaders(secrets: readonly [string, ...string[]], { id, at, body }: Message) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}

/**
 * Whether a message was sent by who has one of the secrets, within five minutes. Whoever acts on it remembers its id, which is
 * the answer; undefined for what is not to be trusted. For what comes in by this standard; others have schemes of their own.
 * @public
 */
export function verifiedMessageId(
  secrets: readonly string[],
  headers: { get(name: string): string | null },
  body: string,
  now: Date,
): string | undefined {
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((name) => headers.get(`webhook-${name}`));
  if (!id || !signatures || !/^\d{1,12}$/.test(timestamp ?? "")) return undefined;
  const at = new Date(Number(timestamp) * 1000);
  if (Math.abs(now.getTime() - at.getTime()) > TOLERANCE_SECONDS * 1000) return undefined;
  const given = signatures.split(" ").slice(0, 10);
  const matches = secrets.flatMap((secret) => {
    const right = new Webhook(secret).sign(id, at, body);
    // All are compared, so that the time tells nothing of which.
    return given.map((signature) => sameToken(signature, right));
  });
  return matches.includes(true) ? id : undefined;
}
