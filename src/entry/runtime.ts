import { createApp } from "@/api/app";
import { createChannels } from "@/channels/registry";
import { createDatabase, createPool } from "@/db/client";
import { createAnnouncer, listenForHints } from "@/db/hints";
import { requireBoundLogin } from "@/db/serving";
import { explainUnreachable } from "@/db/unreachable";
import { createAuthenticator, createIdentity } from "@/features/auth";
import { createLive } from "@/features/events";
import { watchHealth } from "@/features/operations";
import { createSitePort } from "@/features/site";
import { createTasks } from "@/jobs/tasks";
import { startWorker, type Worker } from "@/jobs/worker";
import { systemClock } from "@/platform/clock";
import type { Config } from "@/platform/config";
import { bufferedOutput, createLogger } from "@/platform/logger";
import { createMailer } from "@/platform/mail";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import { createKeyring } from "@/platform/secrets";
import { createStorage } from "@/platform/storage/create";
import type { Storage } from "@/platform/storage/storage";
import { react } from "@/reactions";
import { clientAddressBy } from "./client-address";
import type { DatabaseUrls } from "./database";

export type Runtime = Awaited<ReturnType<typeof createRuntime>>;

type Options = {
  config: Config;
  secret: string;
  urls: Omit<DatabaseUrls, "owner">;
  /** Whether this process can hold connections of clients open, and one to the database on which it is told what happens. */
  streams?: boolean;
  /** In place of what the configuration says. */
  storage?: Storage;
  /** Where another layer has seen the socket and tells the address. */
  clientAddress?: (request: Request, env: unknown) => string;
};

/** Everything that serves and works, over one set of pools. */
export async function createRuntime({ config, secret, urls, streams = false, clientAddress, storage: given }: Options) {
  await requireBoundLogin(urls.app, "DATABASE_APP_URL").catch((error: unknown) => {
    throw explainUnreachable(error, urls.app, "DATABASE_APP_URL");
  });
  const { publicUrl } = config;
  const clock = systemClock;
  const output = bufferedOutput();
  const log = createLogger({ level: config.logLevel, destination: output });
  const opened = createDatabase(urls.app, react, { max: config.database.poolSize });
  const db = { ...opened, announce: createAnnouncer(opened.pool) };
  const authPool = createPool(urls.auth, {
    max: Math.min(5, config.database.poolSize),
    applicationName: "contentos auth",
  });
  const keyring = createKeyring(secret, config.previousSecrets);
  const storage = given ?? createStorage({ config, keyring, clock });
  const fetch = createOutboundFetch({ allow: config.outboundAllow });
  const channels = createChannels({ site: createSitePort({ db, publicUrl }) });
  const mailer = createMailer({ ...config.mail, log });
  const identity = createIdentity({
    authPool,
    masterSecret: secret,
    previousSecrets: config.previousSecrets,
    publicUrl,
    clock,
    mailer,
    log,
  });

  let worker: Worker | undefined;
  const health = watchHealth({
    database: async () => {
      await db.pool.query("select 1");
      return "Ok";
    },
    worker: () => worker?.health() ?? "Elsewhere",
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
    rateLimitFactor: config.rateLimitFactor,
    mailer,
    keyring,
    publicUrl,
    region: config.region === "local" ? null : config.region,
    channels,
    storage,
    fetch,
    health,
    live,
  });

  return {
    app,
    db,
    log,
    storage,
    /** Says goodbye to who follows what happens; they connect to another process, or poll. */
    async endStreams() {
      await live?.close();
      await hints?.close();
    },
    async startWorker() {
      worker = await startWorker({
        workerUrl: urls.worker,
        sessionUrl: urls.session,
        tasks: createTasks({ db, channels, keyring, storage, fetch, clock, publicUrl, log }),
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
      await Promise.all([db.pool.end(), authPool.end()]);
      output.close();
    },
  };
}
