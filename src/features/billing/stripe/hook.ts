import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import Stripe from "stripe";
import { requestTimeout, securityHeaders } from "@/http/front";
import { addressLimits, type RateLimits } from "@/http/limits";
import { onError } from "@/http/problem";
import type { Env } from "@/http/router";
import { AppError } from "@/platform/errors";
import { idOf } from "./client";
import { receiveEvent } from "./queries";

/** How old or how far ahead a signed event may be, in seconds. */
const TOLERANCE_SECONDS = 5 * 60;
const MAX_BYTES = 1024 * 1024;

/** What may change who pays what; Stripe sends what else its endpoint is set to, and it is left alone. */
const MEANT = /^(customer\.subscription\.|invoice\.|checkout\.session\.)/;

/**
 * The scheme v1: HMAC-SHA256 over the time and the body to the letter (https://docs.stripe.com/webhooks/signature, read
 * 2026-11-27). The library refuses what is old; what comes from the future is refused here.
 * @throws AppError `signature_invalid`
 */
export function eventIn(body: string, header: string, secrets: readonly string[], now: Date): Stripe.Event {
  const [, signedAt] = /(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header) ?? [];
  const isNow = signedAt && Math.abs(now.getTime() / 1_000 - Number(signedAt)) <= TOLERANCE_SECONDS;
  for (const secret of isNow ? secrets : []) {
    try {
      return Stripe.webhooks.constructEvent(body, header, secret, TOLERANCE_SECONDS, undefined, now.getTime());
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) {
        throw new AppError("invalid_json", "The body is not JSON.", { cause: error });
      }
    }
  }
  throw new AppError(
    "signature_invalid",
    "This is not signed by a secret that is configured, or not just now: set STRIPE_WEBHOOK_SECRET to the endpoint's.",
  );
}

type Deps = {
  /** The endpoint's signing secrets; several while one is replaced. None: nothing is taken in. */
  secrets: readonly string[];
  limits: RateLimits;
  /** Of the key that asks Stripe; undefined without one. */
  livemode: boolean | undefined;
};

/** Where Stripe tells that something happened. It stands beside the API: its body is Stripe's, and is proved to the letter. */
export function stripeHook({ secrets, limits, livemode }: Deps) {
  const app = new Hono<Env>();
  app.onError(onError);
  app.use(securityHeaders, requestTimeout, addressLimits(limits), bodyLimit({ maxSize: MAX_BYTES }));
  app.post("/", async (c) => {
    if (secrets.length === 0)
      throw new AppError("not_found", "Set STRIPE_WEBHOOK_SECRET, and Stripe's events are taken in.");
    const event = eventIn(await c.req.text(), c.req.header("stripe-signature") ?? "", secrets, c.var.clock.now());
    if (!MEANT.test(event.type)) return c.body(null, 204);
    // An endpoint of a Connect platform, and one set up in the wrong mode, send both kinds.
    if (livemode !== undefined && event.livemode !== livemode) {
      const { id, type } = event;
      c.var.log.warn({ eventId: id, type, livemode: event.livemode }, "An event of Stripe's other mode was ignored");
      return c.body(null, 204);
    }
    const about = event.data.object as { id?: string; mode?: string; customer?: string | { id: string } | null };
    const paysOnce = event.type.startsWith("checkout.session.") && about.mode === "payment";
    await receiveEvent(c.var.db, {
      id: event.id,
      type: event.type,
      createdAt: new Date(event.created * 1_000),
      customerId: idOf(about.customer) ?? null,
      sessionId: (paysOnce && about.id) || null,
    });
    return c.body(null, 204);
  });
  return app;
}
