import { execFile } from "node:child_process";
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { vi } from "vitest";
import { freePort } from "#tests/harness/free-port";
import { homeOf, postgresAccount, postgresAccountMissing } from "#tests/peers/postgres-account";

const DEBIAN = "/usr/lib/postgresql";
const binOf = () => {
  const majors = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).filter((name) => existsSync(join(DEBIAN, name, "bin/initdb")))
    : [];
  const newest = Math.max(...majors.map(Number));
  return newest >= 15 ? join(DEBIAN, String(newest), "bin") : undefined;
};

/** Why nothing can be backed up and restored here; undefined where it can. */
export function pgbackrestMissing(): string | undefined {
  if (!existsSync("/usr/bin/pgbackrest")) return "pgbackrest not found: run tests/peers/install.sh";
  if (!binOf()) return "no PostgreSQL 15 or later: run tests/peers/install.sh";
  return postgresAccountMissing("Postgres");
}

export type BackedUpServer = Awaited<ReturnType<typeof startBackedUpServer>>;

/** Debian's Postgres, whose log pgBackRest archives, in a folder that goes with it. */
export async function startBackedUpServer() {
  const bin = binOf()!;
  const account = postgresAccount();
  const home = homeOf(account, "pgbackrest");
  const [data, config] = [join(home, "data"), join(home, "pgbackrest.conf")];
  const port = await freePort();
  const run = (program: string, ...args: string[]) =>
    promisify(execFile)(program, args, { ...account, cwd: home, timeout: 60_000 });
  const backrest = (...args: string[]) => run("pgbackrest", `--config=${config}`, "--stanza=main", ...args);
  const start = () => run(join(bin, "pg_ctl"), "-D", data, "-l", join(home, "log.txt"), "-w", "-t", "60", "start");
  const stop = (mode: string) => run(join(bin, "pg_ctl"), "-D", data, "-m", mode, "-w", "stop");
  const url = (database: string, user = "postgres") => `postgres://${user}@127.0.0.1:${port}/${database}`;
  async function asSuperuser<Row extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
    database = "contentos",
  ) {
    const client = new pg.Client(url(database));
    await client.connect();
    return client
      .query<Row>(text, values)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  }

  const folders = ["repo", "spool", "log", "lock"].map((name) => join(home, name));
  for (const folder of folders) {
    mkdirSync(folder);
    if (account.uid !== undefined) chownSync(folder, account.uid, account.gid!);
  }
  const settings = {
    "repo1-path": folders[0],
    "repo1-retention-full": "2",
    "repo1-cipher-type": "aes-256-cbc",
    "repo1-cipher-pass": "of the tests alone",
    "spool-path": folders[1],
    "log-path": folders[2],
    "lock-path": folders[3],
    "log-level-console": "warn",
    "start-fast": "y",
    "compress-type": "lz4",
  };
  const main = { "pg1-path": data, "pg1-port": port, "pg1-socket-path": home, "pg1-user": "postgres" };
  const section = (name: string, values: object) =>
    [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key}=${value}`)].join("\n");
  writeFileSync(config, `${section("global", settings)}\n${section("main", main)}\n`);
  await run(
    join(bin, "initdb"),
    "-D",
    data,
    "-A",
    "trust",
    "-U",
    "postgres",
    "-E",
    "UTF8",
    "--no-locale",
    "--data-checksums",
  );
  appendFileSync(
    join(data, "postgresql.conf"),
    `
port = ${port}
listen_addresses = '127.0.0.1'
unix_socket_directories = '${home}'
wal_level = replica
archive_mode = on
archive_command = 'pgbackrest --config=${config} --stanza=main archive-push %p'
`,
  );
  await start();
  await backrest("stanza-create");
  await asSuperuser("create role contentos_owner login createrole createdb", [], "postgres");
  await asSuperuser("create database contentos owner contentos_owner", [], "postgres");

  return {
    ownerUrl: url("contentos", "contentos_owner"),
    workerUrl: url("contentos", "contentos_worker"),
    asSuperuser,
    backUp: () => backrest("--type=full", "backup"),
    /** A restore to a moment needs what was written after it. */
    async archive() {
      const [{ segment } = { segment: "" }] = await asSuperuser<{ segment: string }>(
        "select pg_walfile_name(pg_switch_wal()) as segment",
      );
      const archived = async () =>
        (await asSuperuser<{ last: string }>("select last_archived_wal as last from pg_stat_archiver"))[0]!.last;
      await vi.waitUntil(async () => (await archived()) >= segment, { timeout: 20_000 });
    },
    /** The data is lost, and brought back as it was at this moment; the server runs again when it takes writes. */
    async restoreTo(moment: string) {
      await stop("immediate");
      renameSync(data, `${data}.lost`);
      await backrest("--type=time", `--target=${moment}`, "--target-action=promote", "restore");
      await start();
      const recovering = () => asSuperuser<{ is: boolean }>("select pg_is_in_recovery() as is");
      await vi.waitUntil(async () => !(await recovering())[0]!.is, { timeout: 30_000 });
    },
    async restart() {
      await stop("fast");
      await start();
    },
    async close() {
      await stop("immediate").catch(() => {});
      rmSync(home, { recursive: true, force: true });
    },
  };
}
