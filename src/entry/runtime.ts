import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { createApp } from "@/api/app";
import { createChannels } from "@/channels/registry";
import { createDatabase, createPool, unnamed } from "@/db/client";
import { createAnnouncer, createSealWaker, listenForHints } from "@/db/hints";
import { requireBoundLogin, requireNamedStatements } from "@/db/serving";
import { explainUnreachable } from "@/db/unreachable";
import { createCircuits, embeddingOf, endpointOf } from "@/features/ai";
import { createAuthenticator, createIdentity } from "@/features/auth";
import { createPayments, setDefaults } from "@/features/billing";
import { createLive } from "@/features/events";
import { watchHealth } from "@/features/operations";
import { createSitePort } from "@/features/site";
import { limitsTimes } from "@/http/limits";
import { createSharedLimits } from "@/http/shared-limits";
import { createTasks } from "@/jobs/tasks";
import { startWorker, type Worker } from "@/jobs/worker";
import { systemClock } from "@/platform/clock";
import type { Config } from "@/platform/config";
import { stateOfDisks } from "@/platform/disk";
import { createTextLookup } from "@/platform/dns";
import { pathOnHost } from "@/platform/host";
import { bufferedOutput, createLogger } from "@/platform/logger";
import { createMailer } from "@/platform/mail";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import { createPurge } from "@/platform/purger";
import { createKeyring } from "@/platform/secrets";
import { createStorage } from "@/platform/storage/create";
import type { Storage } from "@/platform/storage/storage";
import { react } from "@/reactions";
import { createAnchors, createErasures, createShredding } from "./anchors";
import { askedOf, clientAddressBy, siteHostBy } from "./client-address";
import type { DatabaseUrls } from "./database";

export type Runtime = Awaited<ReturnType<typeof createRuntime>>;

type Options = {
  config: Config;
  secret: string;
  urls: Omit<DatabaseUrls, "owner">;
  /** Whether this process can hold connections of clients open, and one to the database on which it is told what happens. */
  streams?: boolean;
  /** What is kept on disks of this machine. */
  directories?: string[];
  /** In place of what the configuration says. */
  storage?: Storage;
  /** Where another layer has seen the socket and tells the address. */
  clientAddress?: (request: Request, env: unknown) => string;
};

/** What the operator has configured may be in a private network, such as a model's server on this machine. */
const operatorFetchOf = ({ ai, outboundAllow }: Config) =>
  createOutboundFetch({
    allow: [...outboundAllow, ...[ai.baseUrl, ai.fallback.baseUrl].flatMap((url) => (url ? [new URL(url).host] : []))],
  });

/** What those have for whom nobody pays; by the operator's log-in, since the app's may not say it. */
async function sayBillingDefaults(workerUrl: string, billing: Config["billing"]) {
  const pool = createPool(workerUrl, { max: 1, applicationName: "contentos start" });
  await setDefaults(pool, billing)
    .catch((error: unknown) => {
      throw explainUnreachable(error, workerUrl, "DATABASE_WORKER_URL");
    })
    .finally(() => pool.end());
}

/** Everything that serves and works, over one set of pools. */
export async function createRuntime({
  config,
  secret,
  urls,
  streams = false,
  directories = [],
  clientAddress,
  storage: given,
}: Options) {
  const { poolSize, namedStatements } = config.database;
  await requireBoundLogin(urls.app, "DATABASE_APP_URL").catch((error: unknown) => {
    throw explainUnreachable(error, urls.app, "DATABASE_APP_URL");
  });
  if (namedStatements) await requireNamedStatements(urls.app, "DATABASE_APP_URL");
  // A function may have the app's log-in alone; the worker of its deployment says it then.
  if (urls.worker !== urls.app) await sayBillingDefaults(urls.worker, config.billing);
  const { publicUrl } = config;
  const clock = systemClock;
  const output = bufferedOutput();
  const log = createLogger({ level: config.logLevel, destination: output });
  const opened = createDatabase(urls.app, react, { max: poolSize, namedStatements });
  const db = { ...opened, announce: createAnnouncer(opened.pool), sealSoon: createSealWaker(opened.pool) };
  const authPool = createPool(urls.auth, {
    max: Math.min(5, poolSize),
    applicationName: "contentos auth",
  });
  // Apart from the others, so that requests that fill those don't switch the limits off.
  const limitsPool =
    config.rateLimitStore === "postgres"
      ? createPool(urls.auth, { max: 2, applicationName: "contentos limits" })
      : undefined;
  const keyring = createKeyring(secret, config.previousSecrets);
  const storage = given ?? createStorage({ config, keyring, clock });
  const anchors = createAnchors(config);
  const erasures = createErasures(config);
  const shredding = createShredding(config, keyring);
  const fetch = createOutboundFetch({ allow: config.outboundAllow });
  const ai = {
    endpoint: endpointOf(config.ai),
    fallback: endpointOf(config.ai.fallback),
    fallbackAfterMs: config.ai.fallbackAfterMs,
    embedding: embeddingOf(config.ai.embeddingModel),
    circuits: createCircuits(clock),
    operatorFetch: operatorFetchOf(config),
  };
  const channels = createChannels({ site: createSitePort({ db, publicUrl }), linkedin: config.linkedin });
  const payments = config.billing.stripe && createPayments(config.billing.stripe);
  const lookUpTexts = createTextLookup({ servers: config.dnsServers });
  const purge = config.sitePurgeUrl ? createPurge(config.sitePurgeUrl) : null;
  const hostOf = siteHostBy(config);
  const mailer = createMailer({ ...config.mail, log, fetch });
  const identity = createIdentity({
    authPool,
    masterSecret: secret,
    previousSecrets: config.previousSecrets,
    publicUrl,
    clock,
    mailer,
    sendsMail: !mailer.off,
    clerk: config.clerk,
    sessionMaxDays: config.sessionMaxDays,
    fetch,
    log,
  });

  let worker: Worker | undefined;
  const health = watchHealth({
    database: async () => {
      await db.pool.query("select 1");
      return "Ok";
    },
    worker: () => worker?.health() ?? "Elsewhere",
    ...(directories.length > 0 && { disk: () => stateOfDisks(directories) }),
  });

  const live = streams ? createLive() : null;
  const hints = live && listenForHints({ connectionString: urls.session, onHint: live.wake, onGap: live.wakeAll, log });

  const app = createApp({
    db,
    log,
    clock,
    identity,
    authenticate: createAuthenticator(identity),
    clientAddress: clientAddress ?? clientAddressBy(config.trustedProxies),
    siteHost: (request, env) => {
      const { incoming } = (env ?? {}) as { incoming?: IncomingMessage };
      const header = (name: string) => request.headers.get(name) ?? undefined;
      return hostOf(incoming ? askedOf(incoming) : { peer: undefined, header });
    },
    lookUpTexts,
    purges: purge !== null,
    rateLimitFactor: config.rateLimitFactor,
    sharedLimits:
      limitsPool &&
      createSharedLimits(namedStatements ? limitsPool : unnamed(limitsPool), limitsTimes(config.rateLimitFactor)),
    mailer,
    keyring,
    anchors,
    erasureGraceDays: config.erasureGraceDays,
    legalFolder: join(config.dataDir, "legal"),
    publicUrl,
    region: config.region === "local" ? null : config.region,
    channels,
    storage,
    fetch,
    ai,
    outboundAllow: config.outboundAllow,
    health,
    live,
    sendGridWebhookKey: config.sendGridWebhookKey,
    payments,
    stripeWebhookSecrets: config.billing.webhookSecrets,
  });

  return {
    app,
    db,
    log,
    storage,
    shredding,
    publicUrl,
    /** Whether the app answers at this path of a host that may be a workspace's own, with its site. */
    isSite: (request: IncomingMessage) => {
      const path = request.url ?? "/";
      return pathOnHost(hostOf(askedOf(request)), path) !== path;
    },
    /** Says goodbye to who follows what happens; they connect to another process, or poll. */
    async endStreams() {
      await live?.close();
      await hints?.close();
    },
    async startWorker() {
      worker = await startWorker({
        workerUrl: urls.worker,
        sessionUrl: urls.session,
        tasks: createTasks({
          db,
          channels,
          keyring,
          storage,
          fetch,
          clock,
          publicUrl,
          mailer,
          log,
          anchors,
          auditKeepDays: config.auditKeepDays,
          erasures,
          shredding,
          identity,
          lookUpTexts,
          purge,
          payments,
          ai,
        }),
        log,
        concurrency: config.workerConcurrency,
      }).catch((error: unknown) => {
        throw explainUnreachable(error, urls.session, "DATABASE_WORKER_URL or DATABASE_SESSION_URL");
      });
      return () => worker!.stop();
    },
    async stop() {
      health.stop();
      await identity.settled();
      await Promise.all([db.pool.end(), authPool.end(), limitsPool?.end()]);
      output.close();
    },
  };
}
