import { createClerkClient, verifyToken } from "@clerk/backend";
import { verifyWebhook } from "@clerk/backend/webhooks";
import { z } from "zod";
import { AppError } from "@/platform/errors";
import type { Factors, Shown } from "../factors/service";
import type { Ground } from "../ground";
import type { Client } from "../sessions";
import type { Links } from "./links";

/** What the configuration says of Clerk; each may be missing. */
export type ClerkConfig = {
  secretKey?: string | undefined;
  /** The PEM public key of the instance, so that no token costs a request. */
  jwtKey?: string | undefined;
  /** Such as https://clerk.example.com: the Frontend API's address, which is in each token. */
  issuer?: string | undefined;
  /** Origins of the pages that tokens are made for. */
  authorizedParties: readonly string[];
  webhookSecret?: string | undefined;
  /** In place of https://api.clerk.com. */
  apiUrl?: string | undefined;
};

const PROVIDER = "clerk";

/** A session token's claims (clerk.com/docs, "Session tokens", read 2026-11-27), as far as we go by them. */
const Claims = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  iss: z.string(),
  azp: z.string(),
  exp: z.number(),
  /** A pending session has yet to do what the instance asks for, such as a second factor. */
  sts: z.literal("active").optional(),
  /** Minutes since the first and the second factor were shown; -1 where none was. */
  fva: z.tuple([z.number(), z.number()]).optional(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
});

type Deps = { clerk: ClerkConfig; links: Links; factors: Factors };

/** Signing in by a session of Clerk's, whose token is changed for a session of ours. */
export function createClerk({ sessions, clock }: Ground, { clerk, links, factors }: Deps) {
  const { secretKey, jwtKey, issuer, authorizedParties, webhookSecret, apiUrl } = clerk;
  const api = secretKey ? createClerkClient({ secretKey, ...(apiUrl && { apiUrl }) }) : undefined;

  async function claimsOf(token: string, expected: string) {
    const verified = await verifyToken(token, {
      ...(jwtKey ? { jwtKey } : { secretKey: secretKey! }),
      ...(apiUrl && { apiUrl }),
      issuer: expected,
      authorizedParties: [...authorizedParties],
    } as Parameters<typeof verifyToken>[1]).catch((cause: unknown) => {
      throw badToken(cause);
    });
    // The library passes over what is missing, and over sessions that are pending.
    const claims = Claims.safeParse(verified);
    const { data } = claims;
    if (!data || data.iss !== expected || !authorizedParties.includes(data.azp)) throw badToken(claims.error);
    if (data.exp * 1000 < clock.now().getTime() - SKEW_MS) throw badToken();
    return data;
  }

  /** By Clerk's own API where there is a key for it, else by claims that the instance was told to add. */
  async function personBehind(claims: z.output<typeof Claims>) {
    if (!api) return { email: claims.email, verified: claims.email_verified === true, name: claims.name };
    const user = await api.users.getUser(claims.sub).catch((cause: unknown) => {
      throw new AppError("sso_refused", "Clerk does not tell who this is: try again in a moment.", { cause });
    });
    const { primaryEmailAddress: primary, fullName } = user;
    return {
      email: primary?.emailAddress,
      verified: primary?.verification?.status === "verified",
      name: fullName ?? undefined,
    };
  }

  return {
    /** @throws AppError `sso_not_configured`, `unauthenticated`, `sso_refused`, `totp_required`, `totp_invalid` */
    async ssologin({ token, ...shown }: { token: string } & Shown, client: Client) {
      if (!issuer || !(jwtKey || secretKey)) throw notConfigured();
      const claims = await claimsOf(token, issuer);
      const { email, verified, name } = await personBehind(claims);
      if (!email || !verified)
        throw new AppError(
          "sso_refused",
          api
            ? "Your address is not confirmed at Clerk: confirm it there first."
            : "The token does not tell a confirmed address: set CLERK_SECRET_KEY, or add the claims email and email_verified to Clerk's session token.",
        );
      const address = email.trim().toLowerCase();
      const person = await links.personOf({
        providerId: PROVIDER,
        subject: claims.sub,
        email: address,
        name: name?.trim() || address,
      });
      const provedTwo = (claims.fva?.[1] ?? -1) >= 0;
      return sessions.openFor(person.id, client, {
        method: "Clerk",
        // Who turned our second factor on is asked for it, unless Clerk has seen one.
        admit: async (tx, userId) => (provedTwo ? { secondFactor: true } : factors.admit(shown)(tx, userId)),
      });
    },

    /** Told by Clerk, signed (svix). Told twice it does nothing more. */
    async hear(request: Request) {
      if (!webhookSecret)
        throw new AppError("sso_not_configured", "Clerk's webhooks are off: set CLERK_WEBHOOK_SECRET.");
      const event = await verifyWebhook(request, { signingSecret: webhookSecret }).catch((cause: unknown) => {
        throw new AppError("unauthenticated", "This is not signed by Clerk.", { cause });
      });
      if (event.type === "user.deleted" && event.data.id) await links.unlink(PROVIDER, event.data.id);
    },
  };
}

/** How far Clerk's clock and ours may be apart, as its library has it. */
const SKEW_MS = 5_000;

const badToken = (cause?: unknown) =>
  new AppError("unauthenticated", "This is no valid session token of Clerk's: get a new one, and try again.", {
    cause,
  });
const notConfigured = () =>
  new AppError(
    "sso_not_configured",
    "Signing in by Clerk is off: set CLERK_ISSUER or CLERK_PUBLISHABLE_KEY, and CLERK_SECRET_KEY or CLERK_JWT_KEY.",
  );
