import type { Context } from "hono";
import { getPath } from "hono/utils/url";
import type { Logger } from "pino";
import type { Channels } from "@/channels/registry";
import type { Database } from "@/db/client";
import type { AiSetup } from "@/features/ai";
import { aiRoutes } from "@/features/ai/routes";
import { seoRoutes } from "@/features/ai/seo/routes";
import { analyticsRoutes } from "@/features/analytics/routes";
import { approvalRoutes } from "@/features/approval/routes";
import { partsReceiver } from "@/features/assets";
import { assetsRoutes } from "@/features/assets/routes";
import { assistantRoutes } from "@/features/assistant/routes";
import { createRefusals } from "@/features/audit";
import { auditRoutes } from "@/features/audit/routes";
import { answerJwks, authRoutes, type IdentityService, samlReceiver, scimServer } from "@/features/auth";
import { type Payments, stripeHook } from "@/features/billing";
import { billingRoutes } from "@/features/billing/routes";
import { authorizationsRoutes } from "@/features/channels/authorizations/routes";
import { channelsRoutes } from "@/features/channels/routes";
import { commentsRoutes } from "@/features/comments/routes";
import { contentRoutes } from "@/features/content/routes";
import { distributionRoutes } from "@/features/distribution/routes";
import type { Live } from "@/features/events";
import { eventsRoutes } from "@/features/events/routes";
import { forwardingRoutes } from "@/features/forwarding/routes";
import { sendGridHook, unsubscribePages } from "@/features/notifications";
import { notificationsRoutes } from "@/features/notifications/routes";
import type { HealthChecks } from "@/features/operations";
import { operationsRoutes } from "@/features/operations/routes";
import { personasRoutes } from "@/features/personas/routes";
import { planningRoutes } from "@/features/planning/routes";
import { privacyRoutes } from "@/features/privacy/routes";
import { retentionRoutes } from "@/features/retention/routes";
import { reviewRoutes } from "@/features/review/routes";
import { searchRoutes } from "@/features/search/routes";
import { publicSite, siteRoutes } from "@/features/site";
import { transferRoutes } from "@/features/transfer/routes";
import { webhooksRoutes } from "@/features/webhooks/routes";
import { workspacesRoutes } from "@/features/workspaces/routes";
import { type Authenticator, authentication, personClaimOf } from "@/http/authentication";
import { bodyGuards } from "@/http/body";
import { front, requestTimeout, securityHeaders } from "@/http/front";
import { addressLimits, createRateLimits, sessionLimits } from "@/http/limits";
import { onError, problem, refusalOf } from "@/http/problem";
import { createRouter, type Env } from "@/http/router";
import type { SharedLimits } from "@/http/shared-limits";
import type { Anchors } from "@/platform/anchors";
import type { Clock } from "@/platform/clock";
import type { LookUpTexts } from "@/platform/dns";
import { AppError, ERROR_STATUS } from "@/platform/errors";
import { pathOnHost } from "@/platform/host";
import type { Mailer } from "@/platform/mailer";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import { SIGNAL_SUPPORT } from "@/platform/privacy-signal";
import type { Keyring } from "@/platform/secrets";
import { isFolderStorage } from "@/platform/storage/folder";
import type { Storage } from "@/platform/storage/storage";
import { guestOperations, openApi, publicOperations } from "./openapi";

/** What the rooms stand on; composed in `src/entry`, and by tests. */
export type AppDeps = {
  db: Database;
  log: Logger;
  clock: Clock;
  authenticate: Authenticator;
  /** Accounts and sessions, on a log-in of their own. */
  identity: IdentityService;
  /** The address of whoever asks; `env` is the server's, such as Node's `incoming`. */
  clientAddress: (request: Request, env: unknown) => string;
  /** The host that was asked, where it may be a workspace's own; undefined for the deployment's. */
  siteHost: (request: Request, env: unknown) => string | undefined;
  /** Asks DNS whether a domain's record is there. */
  lookUpTexts: LookUpTexts;
  /** Whether a cache stands before the public sites, and is told what to forget. */
  purges: boolean;
  /** Multiplies every rate limit. */
  rateLimitFactor: number;
  /** What several processes count together against the limits; without it, each counts for itself. */
  sharedLimits?: SharedLimits | undefined;
  mailer: Mailer;
  keyring: Keyring;
  /** Where the heads of audit logs are written down, outside of the database. */
  anchors: Anchors;
  /** Days in which a person can take back that they are to be erased. */
  erasureGraceDays: number;
  /** Where the operator puts terms and a privacy policy of their own. */
  legalFolder: string;
  channels: Channels;
  /** Where the bytes of files are. */
  storage: Storage;
  /** The only way out to addresses that people give. */
  fetch: OutboundFetch;
  /** The deployment's models, where it has some, and the way to them. */
  ai: AiSetup;
  /** Hosts with ports that it may reach although they are private. */
  outboundAllow: readonly string[];
  /** Where people reach this deployment, without a slash at the end. */
  publicUrl: string;
  /** Where this deployment keeps its data; null where it names no region, so that a workspace's is a label only. */
  region: string | null;
  health: HealthChecks;
  /** Stripe, where plans are sold; null where the operator sets them. */
  payments: Payments | null;
  /** What Stripe signs its events with; without one, they are not taken in. */
  stripeWebhookSecrets: readonly string[];
  /** What SendGrid signs its events with; without it, they are not taken in. */
  sendGridWebhookKey?: string | undefined;
  /** The streams of this process; null where it can hold none open. */
  live: Live | null;
};

/** All rooms under `/api/v1`. */
export function createApp(deps: AppDeps) {
  const rooms = createRouter()
    .route("/", authRoutes(deps.identity))
    .route("/", workspacesRoutes(deps))
    .route("/", authorizationsRoutes(deps))
    .route("/", channelsRoutes(deps))
    // Before the items, whose ids stand where these have words.
    .route("/", transferRoutes(deps))
    .route("/", contentRoutes)
    .route("/", seoRoutes({ ...deps, ...deps.ai }))
    .route("/", commentsRoutes)
    .route("/", approvalRoutes(deps))
    .route("/", distributionRoutes(deps))
    .route("/", reviewRoutes(deps))
    .route("/", analyticsRoutes(deps))
    .route("/", siteRoutes(deps))
    .route("/", searchRoutes)
    .route("/", assetsRoutes(deps))
    .route("/", personasRoutes)
    .route("/", planningRoutes)
    .route("/", eventsRoutes(deps))
    .route("/", aiRoutes({ ...deps, ...deps.ai }))
    .route("/", assistantRoutes({ ...deps, ...deps.ai }))
    .route("/", billingRoutes(deps))
    .route("/", notificationsRoutes(deps))
    .route("/", webhooksRoutes(deps))
    .route("/", forwardingRoutes(deps))
    .route("/", auditRoutes(deps))
    .route("/", retentionRoutes)
    .route("/", privacyRoutes(deps))
    .route("/", operationsRoutes(deps.health));

  const limits = createRateLimits(deps.rateLimitFactor, {
    shared: deps.sharedLimits,
    onStoreFailure: (err) => deps.log.warn({ err }, "Rate limits are counted by this process alone for a moment"),
  });
  const app = createRouter({
    getPath: (request, options) => pathOnHost(deps.siteHost(request, options?.env), getPath(request)),
  });
  const refuse = refusalsOf(deps.db);
  app.onError(async (error, c) => {
    await refuse(error, c);
    return onError(error, c);
  });
  app.notFound((c) => problem(c, new AppError("not_found", "There is no such operation: see /api/v1/docs.")));
  app.use(front(deps));
  // Ahead of what guards the API: pages have headers and refusals of their own, and nobody signs in.
  app.route("/s", publicSite({ ...deps, limits }));
  if (isFolderStorage(deps.storage))
    app.route("/api/v1/assets/uploads", partsReceiver({ storage: deps.storage, limits }));
  app.route("/api/v1/notifications/unsubscribe", unsubscribePages({ keyring: deps.keyring, limits }));
  app.route("/api/v1/notifications/sendgrid", sendGridHook({ publicKey: deps.sendGridWebhookKey, limits }));
  app.route(
    "/api/v1/billing/stripe",
    stripeHook({ secrets: deps.stripeWebhookSecrets, livemode: deps.payments?.livemode, limits }),
  );
  app.route("/api/v1/auth/sso/saml", samlReceiver({ saml: deps.identity.sso.saml, limits }));
  app.route("/api/v1/auth/scim/v2", scimServer({ limits, base: deps.identity.scimUrl }));
  app.use(
    securityHeaders,
    requestTimeout,
    addressLimits(limits),
    authentication(deps.authenticate, publicOperations(rooms, "/api/v1"), guestOperations(rooms, "/api/v1")),
    sessionLimits(limits),
    ...bodyGuards,
  );
  openApi(app, rooms);
  app.get("/.well-known/gpc.json", (c) => {
    c.header("Cache-Control", "public, max-age=86400");
    return c.json(SIGNAL_SUPPORT);
  });
  app.get("/.well-known/jwks.json", (c) => answerJwks(c, deps.identity));
  return app.route("/api/v1", rooms);
}

/** Members and API keys that are refused something leave a row in the audit log of the workspace that they were in. */
function refusalsOf(db: Database) {
  const record = createRefusals(db);
  return async (error: Error, c: Context<Env>) => {
    const refusal = refusalOf(error);
    const { identity, requestId, log } = c.var;
    if (!refusal || ERROR_STATUS[refusal.code] !== 403 || !identity) return;
    const { method, path } = c.req;
    const told = { method, path, code: refusal.code };
    const unrecorded = (cause: unknown) => log?.debug({ err: cause, requestId }, "A refusal was not recorded");
    if (identity.via === "key") return record.ofKey({ ...identity, requestId }, told).catch(unrecorded);
    const [, named] = /\/workspaces\/([0-9a-f-]{36})(\/|$)/i.exec(path) ?? [];
    // Whoever is no member there has nothing to write in; that is for the log of the server.
    const workspaceId = (named ?? c.req.header("x-workspace-id"))?.toLowerCase();
    await record.ofMember({ ...personClaimOf(c), workspaceId }, told).catch(unrecorded);
  };
}
