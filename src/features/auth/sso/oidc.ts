import * as oidc from "openid-client";
import { AppError } from "@/platform/errors";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import { hashToken, type Keyring, newToken } from "@/platform/secrets";
import type { Ground } from "../ground";
import * as shared from "../queries";
import { openAlone, sealAlone } from "../sealed";
import type { Client } from "../sessions";
import type { Links } from "./links";
import * as queries from "./queries";
import { domainOf, pathWithin, refused, UNDERWAY_MS } from "./shared";

const PURPOSE = "sso";
/** What a provider calls more than a password (RFC 8176). */
const MORE_THAN_ONE = ["mfa", "otp", "hwk", "swk", "fpt", "face", "sc"];

type Connection = NonNullable<Awaited<ReturnType<typeof queries.findConnection>>>;
type Underway = { connectionId: string; nonce: string; verifier: string; next: string; browser: string };

type Deps = {
  origin: string;
  keyring: Keyring;
  fetch: OutboundFetch;
  links: Links;
};

/** Signing in by a workspace's own provider: OpenID Connect, by code with PKCE. */
export function createOidc({ db, clock, sessions }: Ground, { origin, keyring, fetch, links }: Deps) {
  const redirectUri = `${origin}/api/v1/auth/sso/callback`;

  /** All of it goes through the fetch that reaches no private address. @throws AppError `sso_refused` */
  async function discover({ issuer, clientId, secret }: { issuer: string; clientId: string; secret: string }) {
    const url = new URL(issuer);
    // The outbound fetch reaches plain http only where an operator allows a host of theirs.
    const execute = url.protocol === "http:" ? [oidc.allowInsecureRequests] : [];
    const options = { execute, [oidc.customFetch]: fetch as never };
    return oidc.discovery(url, clientId, secret, undefined, options).catch((cause: unknown) => {
      throw new AppError("sso_refused", "The identity provider does not answer as one: look at its issuer address.", {
        cause,
      });
    });
  }
  const open = ({ workspaceId, issuer, clientId, sealedSecret }: Connection) => {
    if (!clientId || !sealedSecret) throw new Error("This connection is none of OpenID Connect");
    return discover({
      issuer,
      clientId,
      secret: openAlone(keyring, sealedSecret, purpose({ workspaceId })).toString(),
    });
  };

  const ownPath = (next: string | undefined) => pathWithin(origin, next);

  async function takeUnderway(state: string | undefined, browser: string | undefined): Promise<Underway> {
    const kept = state && browser && (await shared.takeOnce(db, PURPOSE, state, clock.now()));
    const underway = kept ? (JSON.parse(kept) as Underway) : undefined;
    // In the browser that began it: else somebody else's sign-in could be slipped to it.
    if (!underway || underway.browser !== hashToken(browser!)) throw refused("This sign-in took too long: begin anew.");
    return underway;
  }

  return {
    /** That it answers, before it is kept. */
    async tryConnection(given: { issuer: string; clientId: string; secret: string }) {
      await discover(given);
    },
    sealSecret: (workspaceId: string, secret: string) =>
      sealAlone(keyring, Buffer.from(secret), purpose({ workspaceId })),
    openSecret: (workspaceId: string, sealed: Buffer) =>
      openAlone(keyring, sealed, purpose({ workspaceId })).toString(),
    redirectUri,

    /** @returns where to send the browser, and what it has to bring back */
    async begin(connection: Connection, { email, next }: { email: string; next?: string | undefined }) {
      const config = await open(connection);
      const [state, browser, nonce] = [newToken(), newToken(), oidc.randomNonce()];
      const verifier = oidc.randomPKCECodeVerifier();
      const at = clock.now();
      const value: Underway = {
        connectionId: connection.id,
        nonce,
        verifier,
        next: ownPath(next),
        browser: hashToken(browser),
      };
      await shared.keepOnce(db, {
        purpose: PURPOSE,
        token: state,
        value: JSON.stringify(value),
        at,
        expiresAt: new Date(at.getTime() + UNDERWAY_MS),
      });
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: "openid email profile",
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        login_hint: email,
      });
      return { url: url.href, browser };
    },

    /** @param query as it came back, with its question mark. @throws AppError `sso_refused` */
    async finishSso(query: string, state: string | undefined, browser: string | undefined, client: Client) {
      const underway = await takeUnderway(state, browser);
      const connection = await queries.findConnection(db, underway.connectionId);
      if (!connection) throw refused("This single sign-on was taken away meanwhile.");
      const tokens = await oidc
        .authorizationCodeGrant(await open(connection), new URL(redirectUri + query), {
          pkceCodeVerifier: underway.verifier,
          expectedNonce: underway.nonce,
          expectedState: state!,
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          if (cause instanceof AppError) throw cause;
          throw refused("Your identity provider did not sign you in.", cause);
        });
      const { sub, address, name, secondFactor } = identityIn(tokens.claims()!);
      if (!(await queries.speaksFor(db, connection.workspaceId, domainOf(address))))
        throw refused("Your provider may not speak for this address: its domain is not verified in the workspace.");
      // By connection: another workspace's provider must not speak for whom this one knows.
      const providerId = `sso:${connection.id}`;
      const claimed = { providerId, subject: sub, email: address, name };
      const person = await links.personOf(claimed);
      if (person.email !== address) throw refused("Your address at your provider has changed: ask your Admin.");
      const answer = await sessions.openFor(person.id, client, {
        method: "Sso",
        ssoConnectionId: connection.id,
        admit: async () => ({ secondFactor }),
      });
      return { answer, next: ownPath(underway.next) };
    },
  };
}

export type Oidc = ReturnType<typeof createOidc>;

/** Who it is that the provider has before it. */
function identityIn({ sub, email, email_verified: verified, name, amr }: oidc.IDToken) {
  if (typeof email !== "string" || verified === false) throw refused("Your provider tells no confirmed address.");
  const address = email.trim().toLowerCase();
  const secondFactor = Array.isArray(amr) && amr.some((method) => MORE_THAN_ONE.includes(String(method)));
  return { sub, address, name: typeof name === "string" && name.trim() ? name.trim() : address, secondFactor };
}

const purpose = ({ workspaceId }: { workspaceId: string }) => ["sso client secret", workspaceId];
