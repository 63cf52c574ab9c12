import { readdir } from "node:fs/promises";
import { Logger, runMigrations as migrateJobs } from "graphile-worker";
import { runner } from "node-pg-migrate";
import pg from "pg";
import { StartError } from "@/platform/errors";
import { provision, type RolePasswords } from "./provision";
import { explainUnreachable } from "./unreachable";

/** An address where packets vanish would hold a start for minutes. */
const CONNECT_MS = 10_000;
/** SQL stays within this one, and so may the server. */
const OLDEST_POSTGRES = 15;
const INSUFFICIENT_PRIVILEGE = "42501";
/** Any number, as long as all of ours take the same. */
const MIGRATION_LOCK = 4_711_202_611;

type Options = {
  ownerUrl: string;
  workerUrl: string;
  passwords: RolePasswords;
  /** The folder of the numbered SQL files. */
  directory: string;
  /** The last migration to run, without its ending; all of them by default. */
  until?: string | undefined;
  onMigration?: (name: string) => void;
};

/**
 * Brings a database up to date: roles, then jobs, then our numbered files, each in
 * a transaction of its own. Servers that start together wait for each other.
 *
 * @returns the names of the migrations that ran
 * @throws StartError where the server is too old, or the database is ahead of this code
 */
export async function migrate({
  ownerUrl,
  workerUrl,
  passwords,
  directory,
  until,
  onMigration,
}: Options): Promise<string[]> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: "contentos migrate",
    connectionTimeoutMillis: CONNECT_MS,
  });
  await client.connect();
  client.on("error", () => {});
  try {
    await requireVersion(client);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await provision(client, passwords);
    await installJobs(client, workerUrl);
    const ran = await runner({
      dbClient: client,
      dir: directory,
      direction: "up",
      migrationsTable: "migrations",
      schema: "public",
      count: until === undefined ? Number.POSITIVE_INFINITY : await countUntil(client, directory, until),
      singleTransaction: false,
      noLock: true,
      checkOrder: true,
      log: () => {},
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    });
    for (const { name } of ran) onMigration?.(name);
    await offerVectors(client);
    return ran.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/**
 * @throws StartError where this code doesn't know the migration, or the database is past it
 */
async function countUntil(client: pg.Client, directory: string, until: string): Promise<number> {
  const names = (await readdir(directory))
    .filter((name) => name.endsWith(".sql"))
    .map((name) => name.slice(0, -4))
    .sort();
  const at = names.indexOf(until);
  if (at < 0) throw new StartError(`There is no migration ${until} here: use the version of ContentOS that has it.`);
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('public.migrations') is not null as there",
  );
  const { rows: ran } = rows[0]!.there
    ? await client.query<{ name: string }>("select name from migrations")
    : { rows: [] };
  const past = ran.some(({ name }) => names.indexOf(name) > at || !names.includes(name));
  if (past) throw new StartError(`This database is past the migration ${until}: begin with an empty one.`);
  return at + 1 - ran.length;
}

const silent = new Logger(() => () => {});

/** graphile-worker asks for its schema even where that exists, so for that moment its role may make one. */
async function installJobs(client: pg.Client, workerUrl: string) {
  const { rows } = await client.query<{ name: string }>("select quote_ident(current_database()) as name");
  const database = rows[0]!.name;
  await client.query(`grant create on database ${database} to contentos_worker`);
  try {
    await migrateJobs({ connectionString: workerUrl, schema: "graphile_worker", logger: silent });
  } catch (error) {
    throw explainUnreachable(error, workerUrl, "DATABASE_WORKER_URL");
  } finally {
    await client.query(`revoke create on database ${database} from contentos_worker`);
  }
}

/** pgvector, where the server has it and lets us; a server that got it later has it from the next start on. */
async function offerVectors(client: pg.Client) {
  const { rows } = await client.query(
    "select from pg_available_extensions where name = 'vector' and installed_version is null",
  );
  if (rows.length === 0) return;
  await client.query("create extension if not exists vector").catch((error: { code?: string }) => {
    // Whoever administers the server creates it, or texts are found by their words alone.
    if (error.code !== INSUFFICIENT_PRIVILEGE) throw error;
  });
}

async function requireVersion(client: pg.Client) {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const major = Math.floor(rows[0]!.version / 10_000);
  if (major < OLDEST_POSTGRES) {
    throw new StartError(
      `The database is Postgres ${major}, and ContentOS needs ${OLDEST_POSTGRES} or later: upgrade it, or unset DATABASE_URL to use the embedded one.`,
    );
  }
}
