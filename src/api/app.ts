import type { Logger } from "pino";
import type { Channels } from "@/channels/registry";
import type { Database } from "@/db/client";
import { analyticsRoutes } from "@/features/analytics/routes";
import { approvalRoutes } from "@/features/approval/routes";
import { partsReceiver } from "@/features/assets";
import { assetsRoutes } from "@/features/assets/routes";
import { auditRoutes } from "@/features/audit/routes";
import { answerJwks, authRoutes, type IdentityService } from "@/features/auth";
import { channelsRoutes } from "@/features/channels/routes";
import { commentsRoutes } from "@/features/comments/routes";
import { contentRoutes } from "@/features/content/routes";
import { distributionRoutes } from "@/features/distribution/routes";
import type { Live } from "@/features/events";
import { eventsRoutes } from "@/features/events/routes";
import type { HealthChecks } from "@/features/operations";
import { operationsRoutes } from "@/features/operations/routes";
import { personasRoutes } from "@/features/personas/routes";
import { planningRoutes } from "@/features/planning/routes";
import { reviewRoutes } from "@/features/review/routes";
import { searchRoutes } from "@/features/search/routes";
import { publicSite, siteRoutes } from "@/features/site";
import { transferRoutes } from "@/features/transfer/routes";
import { workspacesRoutes } from "@/features/workspaces/routes";
import { type Authenticator, authentication } from "@/http/authentication";
import { bodyGuards } from "@/http/body";
import { front, requestTimeout, securityHeaders } from "@/http/front";
import { addressLimits, createRateLimits, sessionLimits } from "@/http/limits";
import { onError, problem } from "@/http/problem";
import { createRouter } from "@/http/router";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { Mailer } from "@/platform/mailer";
import type { OutboundFetch } from "@/platform/outbound-fetch";
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
  /** Multiplies every rate limit. */
  rateLimitFactor: number;
  mailer: Mailer;
  keyring: Keyring;
  channels: Channels;
  /** Where the bytes of files are. */
  storage: Storage;
  /** The only way out to addresses that people give. */
  fetch: OutboundFetch;
  /** Where people reach this deployment, without a slash at the end. */
  publicUrl: string;
  /** Where this deployment keeps its data; null where it names no region, so that a workspace's is a label only. */
  region: string | null;
  health: HealthChecks;
  /** The streams of this process; null where it can hold none open. */
  live: Live | null;
};

/** All rooms under `/api/v1`. */
export function createApp(deps: AppDeps) {
  const rooms = createRouter()
    .route("/", authRoutes(deps.identity))
    .route("/", workspacesRoutes(deps))
    .route("/", channelsRoutes(deps))
    // Before the items, whose ids stand where these have words.
    .route("/", transferRoutes(deps))
    .route("/", contentRoutes)
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
    .route("/", auditRoutes)
    .route("/", operationsRoutes(deps.health));

  const limits = createRateLimits(deps.rateLimitFactor);
  const app = createRouter();
  app.onError(onError);
  app.notFound((c) => problem(c, new AppError("not_found", "There is no such operation: see /api/v1/docs.")));
  app.use(front(deps));
  // Ahead of what guards the API: pages have headers and refusals of their own, and nobody signs in.
  app.route("/s", publicSite({ ...deps, limits }));
  if (isFolderStorage(deps.storage))
    app.route("/api/v1/assets/uploads", partsReceiver({ storage: deps.storage, limits }));
  app.use(
    securityHeaders,
    requestTimeout,
    addressLimits(limits),
    authentication(deps.authenticate, publicOperations(rooms, "/api/v1"), guestOperations(rooms, "/api/v1")),
    sessionLimits(limits),
    ...bodyGuards,
  );
  openApi(app, rooms);
  app.get("/.well-known/jwks.json", (c) => answerJwks(c, deps.identity));
  return app.route("/api/v1", rooms);
}
