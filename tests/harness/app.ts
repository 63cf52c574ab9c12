import { pino } from "pino";
import type { Member } from "#tests/factories";
import { type AppDeps, createApp } from "@/api/app";
import { type Channels, createChannels } from "@/channels/registry";
import { siteHostBy } from "@/entry/client-address";
import { createCircuits } from "@/features/ai";
import { createIdentity, type IdentityService, keyIdentityOf, looksLikeApiKey } from "@/features/auth";
import type { Live } from "@/features/events";
import type { Authenticator } from "@/http/authentication";
import { isUuid } from "@/platform/actor";
import type { Anchors } from "@/platform/anchors";
import { type Clock, systemClock } from "@/platform/clock";
import type { LookUpTexts } from "@/platform/dns";
import { AppError } from "@/platform/errors";
import type { Mailer } from "@/platform/mailer";
import { createOutboundFetch, type OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import type { Storage } from "@/platform/storage/storage";
import { testAnchors } from "./anchors";
import type { TestDatabase } from "./database";
import { testKeyring } from "./keyring";
import { testStorage } from "./storage";

const silent = pino({ level: "silent" });
const siteHost = siteHostBy({ trustedProxies: [], publicUrl: "https://contentos.test" });

type Overrides = {
  clock?: Clock;
  rateLimitFactor?: number;
  sharedLimits?: AppDeps["sharedLimits"];
  mailer?: Mailer;
  region?: string;
  identity?: IdentityService;
  authenticate?: Authenticator;
  channels?: Channels;
  fetch?: OutboundFetch;
  keyring?: Keyring;
  storage?: Storage;
  anchors?: Anchors;
  erasureGraceDays?: number;
  legalFolder?: string;
  health?: Record<string, string>;
  clientAddress?: (request: Request, env: unknown) => string;
  live?: Live;
  lookUpTexts?: LookUpTexts;
  purges?: boolean;
  ai?: AppDeps["ai"];
  sendGridWebhookKey?: string;
  payments?: AppDeps["payments"];
  stripeWebhookSecrets?: string[];
};
/** A member by their session, a program by its key, or a client by what a review link gave them. */
type Who = (Pick<Member, "sessionId"> & { workspaceId?: string }) | { credential: string } | { key: string };

const credentialsOf = (who: Who): Record<string, string> =>
  "credential" in who
    ? { authorization: `Review ${who.credential}` }
    : "key" in who
      ? { authorization: `Bearer ${who.key}` }
      : {
          authorization: `Bearer ${who.sessionId}`,
          ...(who.workspaceId && { "x-workspace-id": who.workspaceId }),
        };

/** Accounts and sessions as the app has them, over the log-in that is identity's own. */
export const testIdentity = (t: TestDatabase, over: Partial<Parameters<typeof createIdentity>[0]> = {}) =>
  createIdentity({
    authPool: t.authPool,
    masterSecret: "the tests' own master secret",
    publicUrl: "https://contentos.test",
    clock: systemClock,
    mailer: { send: async () => {} },
    log: silent,
    resolveTxt: async () => [],
    ...over,
  });

/** The whole API over a test's database. A bearer token is a session's id here; tokens are the auth room's own tests. */
export function testApp(t: TestDatabase, { clock = systemClock, rateLimitFactor = 1_000, ...over }: Overrides = {}) {
  return createApp({
    db: t.db,
    log: silent,
    clock,
    identity: over.identity ?? testIdentity(t, { clock }),
    clientAddress: over.clientAddress ?? (() => "127.0.0.1"),
    siteHost: (request) => siteHost({ peer: undefined, header: (name) => request.headers.get(name) ?? undefined }),
    lookUpTexts: over.lookUpTexts ?? (async () => []),
    purges: over.purges ?? false,
    rateLimitFactor,
    sharedLimits: over.sharedLimits,
    mailer: over.mailer ?? { off: true, send: async () => {} },
    keyring: over.keyring ?? testKeyring,
    storage: over.storage ?? testStorage(),
    anchors: over.anchors ?? testAnchors(),
    erasureGraceDays: over.erasureGraceDays ?? 7,
    legalFolder: over.legalFolder ?? "/nowhere",
    channels: over.channels ?? createChannels({ site: unreachableSite }),
    fetch: over.fetch ?? createOutboundFetch({ allow: ["127.0.0.1"] }),
    ai: over.ai ?? {
      endpoint: null,
      fallback: null,
      fallbackAfterMs: 15_000,
      embedding: null,
      circuits: createCircuits(clock),
      operatorFetch: createOutboundFetch({ allow: [] }),
    },
    outboundAllow: ["127.0.0.1"],
    publicUrl: "https://contentos.test",
    region: over.region ?? null,
    health: { latest: () => over.health ?? { database: "Ok" }, stop: () => {} },
    live: over.live ?? null,
    sendGridWebhookKey: over.sendGridWebhookKey,
    payments: over.payments ?? null,
    stripeWebhookSecrets: over.stripeWebhookSecrets ?? [],
    authenticate: over.authenticate ?? bySessionId,
  });
}

const beyondTheApi = () => Promise.reject(new Error("Pages are published by jobs, and no request does that"));
const unreachableSite = { publish: beyondTheApi, find: beyondTheApi, remove: beyondTheApi, metrics: beyondTheApi };

const bySessionId: Authenticator = async (c) => {
  const token = c.req.header("authorization")?.replace(/^Bearer /, "");
  if (!token) return null;
  if (looksLikeApiKey(token)) return keyIdentityOf(token);
  if (!isUuid(token)) throw new AppError("unauthenticated", "Not a session.");
  return { sessionId: token, userId: token, via: "bearer" };
};

export type Answer = {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { code?: string; items?: Record<string, unknown>[] };
};

/** One request as somebody, or as nobody. A string is sent as it is. */
export function caller(t: TestDatabase, overrides: Overrides = {}) {
  let app: ReturnType<typeof testApp> | undefined;
  return async (
    who: Who | null,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    app ??= testApp(t, overrides);
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        ...(who && credentialsOf(who)),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers: said } = response;
    return { status, headers: said, body: said.get("content-type")?.includes("json") ? JSON.parse(text) : {} };
  };
}
