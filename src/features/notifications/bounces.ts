import { createPublicKey, verify } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Database } from "@/db/client";
import { requestTimeout, securityHeaders } from "@/http/front";
import { addressLimits, type RateLimits } from "@/http/limits";
import { onError } from "@/http/problem";
import type { Env } from "@/http/router";
import { isUuid } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import * as queries from "./queries";

/** How old or how far ahead a signed hook may be, in ms. */
const TOLERANCE_MS = 5 * 60_000;

type Signed = { timestamp: string; signature: string; body: string };

/**
 * SendGrid signs timestamp and body with ECDSA over SHA-256, and shows the public key in its settings
 * (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features,
 * read 2026-11-27).
 * @throws AppError `signature_invalid`
 */
function requireSendGrid(publicKey: string, { timestamp, signature, body }: Signed, now: Date) {
  const refused = () =>
    new AppError("signature_invalid", "This is not signed by SendGrid's key that is configured, or not just now.");
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() - Number(timestamp) * 1_000) > TOLERANCE_MS)
    throw refused();
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  if (!verify("sha256", Buffer.from(timestamp + body), key, Buffer.from(signature, "base64"))) throw refused();
}

const CAME_BACK: readonly unknown[] = ["bounce", "dropped", "spamreport"];

/**
 * What came back is written down; of other events nothing is. A `blocked` bounce is passing, and an address that was
 * reported for spam gets no more either (…/tracking-events/event, read 2026-11-27).
 */
async function takeInBounces(db: Database, events: Record<string, unknown>[]) {
  for (const { event, type, reason, workspaceId, deliveryId } of events) {
    if (!CAME_BACK.includes(event)) continue;
    if (
      typeof workspaceId !== "string" ||
      typeof deliveryId !== "string" ||
      !isUuid(workspaceId) ||
      !isUuid(deliveryId)
    )
      continue;
    const forGood = event === "spamreport" || (event === "bounce" && type !== "blocked");
    const message = `${event}${typeof reason === "string" ? `: ${reason}` : ""}`.slice(0, 500);
    await queries.bounce(db, { workspaceId, deliveryId, message, forGood });
  }
}

type Deps = {
  /** The verification key that SendGrid shows, in base64; without it, nothing is taken in. */
  publicKey: string | undefined;
  limits: RateLimits;
};

/** SendGrid sends up to so many bytes at once. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Where SendGrid tells what became of mails. It stands beside the API: its body is SendGrid's, and is proved to the letter. */
export function sendGridHook({ publicKey, limits }: Deps) {
  const app = new Hono<Env>();
  app.onError(onError);
  app.use(securityHeaders, requestTimeout, addressLimits(limits), bodyLimit({ maxSize: MAX_BYTES }));
  app.post("/", async (c) => {
    if (!publicKey) throw new AppError("not_found", "Set SENDGRID_WEBHOOK_KEY, and SendGrid's events are taken in.");
    const body = await c.req.text();
    const signature = c.req.header("x-twilio-email-event-webhook-signature") ?? "";
    const timestamp = c.req.header("x-twilio-email-event-webhook-timestamp") ?? "";
    requireSendGrid(publicKey, { timestamp, signature, body }, c.var.clock.now());
    await takeInBounces(c.var.db, eventsIn(body));
    return c.body(null, 204);
  });
  return app;
}

function eventsIn(body: string): Record<string, unknown>[] {
  let events: unknown;
  try {
    events = JSON.parse(body);
  } catch (cause) {
    throw new AppError("invalid_json", "The body is not JSON.", { cause });
  }
  if (!Array.isArray(events)) throw new AppError("invalid_request", "SendGrid sends a list of events.");
  return events.filter((event) => typeof event === "object" && event !== null);
}
