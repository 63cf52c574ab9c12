import { startEmbeddedPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { explainUnreachable } from "@/db/unreachable";
import type { Config } from "@/platform/config";
import { StartError } from "@/platform/errors";
import { derivePassword } from "@/platform/secrets";

export type DatabaseUrls = {
  owner: string | undefined;
  app: string;
  auth: string;
  worker: string;
  session: string;
  /** A superuser's, for backups alone. */
  backup?: string | undefined;
};
export type OpenedDatabase = {
  urls: DatabaseUrls;
  /** Of the embedded one. */
  directory: string | undefined;
  stop(): Promise<void>;
};

type Options = {
  config: Config;
  secret: string;
  say: (sentence: string) => void;
  /** Goes no further than this migration; all of them otherwise. */
  until?: string;
};

/**
 * The database of this deployment: the embedded one or that of `DATABASE_URL`, brought up to date.
 * @throws StartError with a sentence that says what to do
 */
export async function openDatabase({ config, secret, say, until }: Options): Promise<OpenedDatabase> {
  const { database } = config;
  const passwords = {
    app: derivePassword(secret, "database app"),
    auth: derivePassword(secret, "database auth"),
    worker: derivePassword(secret, "database worker"),
  };
  const embedded =
    database.ownerUrl === undefined && database.appUrl === undefined
      ? await startEmbeddedPostgres({
          dataDir: config.dataDir,
          ownerPassword: derivePassword(secret, "database owner"),
          onProgress: say,
          kept: true,
        })
      : undefined;
  const owner = embedded?.ownerUrl ?? database.ownerUrl;
  const as = (given: string | undefined, role: keyof typeof passwords) => {
    if (given) return given;
    if (owner) return withLogin(owner, `contentos_${role}`, passwords[role]);
    throw new StartError(
      `DATABASE_${role.toUpperCase()}_URL is not set: without DATABASE_URL, the log-ins of app, auth and worker each need an address of their own.`,
    );
  };
  const urls = {
    owner,
    app: as(database.appUrl, "app"),
    auth: as(database.authUrl, "auth"),
    worker: as(database.workerUrl, "worker"),
    session: database.sessionUrl ?? as(database.workerUrl, "worker"),
    backup: embedded ? sameDatabase(embedded.superuserUrl, embedded.ownerUrl) : database.backupUrl,
  };
  try {
    if (owner) {
      await migrate({
        ownerUrl: owner,
        workerUrl: urls.session,
        // Log-ins with an address of their own have a password of their own.
        passwords: {
          app: database.appUrl ? undefined : passwords.app,
          auth: database.authUrl ? undefined : passwords.auth,
          worker: database.workerUrl ? undefined : passwords.worker,
        },
        directory: "db/migrations",
        until,
        onMigration: (name) => say(`Migrated the database: ${name}`),
      });
    }
  } catch (error) {
    await embedded?.stop();
    throw explainUnreachable(error, owner!);
  }
  return { urls, directory: embedded?.dataDirectory, stop: async () => embedded?.stop() };
}

function sameDatabase(url: string, other: string) {
  const address = new URL(url);
  address.pathname = new URL(other).pathname;
  return address.href;
}

function withLogin(url: string, user: string, password: string) {
  const address = new URL(url);
  address.username = user;
  address.password = password;
  return address.href;
}
