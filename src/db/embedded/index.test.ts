import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort } from "#tests/harness/free-port";
import { StartError } from "@/platform/errors";
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from "./index";
import { processToken, waitFor } from "./processes";

// Making a database takes about a second, and several on a busy disk.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const isRoot = process.getuid?.() === 0;
const base = mkdtempSync(join(tmpdir(), "embedded-postgres-"));
const started = new Set<number>();
const children = new Set<ChildProcess>();
let made = 0;

/** A data directory that does not exist yet, where also an unprivileged user may pass. */
const newDataDir = () => join(base, `data-${++made}`);

async function start(dataDir: string, more: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ownerPassword: "first", ...more });
  started.add(server.pid);
  return server;
}

/** A data directory with a database in it, for tests that neither care what it holds nor spoil it. */
const usedDataDir = join(base, "used");

/** The sentence that a start is refused with. */
async function refusal(dataDir: string, more: Partial<EmbeddedPostgresOptions> = {}): Promise<string> {
  const error = await start(dataDir, more).then(
    async (server) => {
      await server.stop();
      return undefined;
    },
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartError);
  return (error as StartError).message;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const alive = (pid: number) => processToken(pid) !== undefined;
const gone = (pid: number) => waitFor(() => !alive(pid) || undefined, 5_000);

/** Another process of ours that uses the database until it is told to stop, or killed. */
async function startInChild(dataDir: string) {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, ownerPassword: "first" });
    console.log(JSON.stringify({ pid: server.pid, ownerUrl: server.ownerUrl }));
    process.stdin.once("data", async () => { await server.stop(); process.exit(0); });`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  children.add(child);
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.on("exit", (code) => reject(new Error(`the child ended with ${code}`)));
  });
  const { pid, ownerUrl } = JSON.parse(line) as { pid: number; ownerUrl: string };
  started.add(pid);
  return {
    serverPid: pid,
    ownerUrl,
    /** Kills all of its process group, as Ctrl-C meets all of it. */
    kill: () => {
      process.kill(-(child.pid ?? Number.NaN), "SIGKILL");
      return exited;
    },
    stop: () => {
      child.stdin.write("stop\n");
      return exited;
    },
  };
}

const portOf = (server: EmbeddedPostgres) => Number(new URL(server.ownerUrl).port);

beforeAll(() => chmodSync(base, 0o755));

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  for (const pid of started) if (alive(pid)) process.kill(pid, "SIGQUIT");
  for (const pid of started) await gone(pid);
  started.clear();
});

afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 5 }));

describe("starting and stopping", () => {
  test("a second start finds the data, the address and the role as they were", async () => {
    const dataDir = newDataDir();
    const progress: string[] = [];
    const first = await start(dataDir, { onProgress: (sentence) => progress.push(sentence) });
    expect(progress).toEqual([expect.stringContaining("new database")]);
    expect(first.dataDirectory).toBe(join(dataDir, "postgres"));
    expect(first.major).toBe(18);
    await query(
      first.ownerUrl,
      "create table if not exists kept (word text); truncate kept; insert into kept values ('yes')",
    );
    await Promise.all([first.stop(), first.stop()]);
    expect(alive(first.pid)).toBe(false);
    expect(statSync(join(dataDir, "postgres-superuser-password")).mode & 0o777).toBe(0o600);

    const second = await start(dataDir);
    expect(second.pid).not.toBe(first.pid);
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(second.superuserUrl).toBe(first.superuserUrl);
    expect(await query(second.ownerUrl, "select word from kept")).toEqual([{ word: "yes" }]);
    await second.stop();
  });

  test("the owner is no superuser, and the server asks for a password, on this machine alone", async () => {
    const server = await start(usedDataDir);
    expect(
      await query(
        server.superuserUrl,
        `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, datcollate, datlocale, pg_encoding_to_char(encoding) as encoding
           from pg_database join pg_roles on pg_roles.oid = datdba where datname = 'contentos'`,
      ),
    ).toEqual([
      {
        rolsuper: false,
        rolcreaterole: true,
        rolcreatedb: true,
        rolbypassrls: false,
        datcollate: "C",
        datlocale: "C.UTF-8",
        encoding: "UTF8",
      },
    ]);
    expect(await query(server.superuserUrl, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    expect(await query(server.superuserUrl, "select distinct type, auth_method from pg_hba_file_rules")).toEqual([
      { type: "host", auth_method: "scram-sha-256" },
    ]);
    const wrong = server.ownerUrl.replace(":first@", ":wrong@");
    await expect(query(wrong, "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect(await query(server.superuserUrl, "select count(*) > 0 as seen from pg_stat_statements")).toEqual([
      { seen: true },
    ]);
    await server.stop();
  });

  test("a changed owner's password, a lost superuser's password and a taken port are met", async () => {
    const dataDir = usedDataDir;
    const first = await start(dataDir);
    await first.stop();
    rmSync(join(dataDir, "postgres-superuser-password"));
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(portOf(first), "127.0.0.1", resolve));
    const second = await start(dataDir, { ownerPassword: "it's @ new/one" });
    expect(portOf(second)).not.toBe(portOf(first));
    expect(second.superuserUrl).not.toBe(first.superuserUrl);
    expect(await query(second.ownerUrl, "select current_user as me")).toEqual([{ me: "contentos_owner" }]);
    await expect(query(second.ownerUrl.replace(/:[^:@]+@/, ":first@"), "select 1")).rejects.toMatchObject({
      code: "28P01",
    });
    await second.stop();
    squatter.close();
  });

  test("settings of the caller win", async () => {
    const server = await start(usedDataDir, { settings: { max_connections: "17" } });
    expect(await query(server.superuserUrl, "show max_connections")).toEqual([{ max_connections: "17" }]);
    await server.stop();
  });

  test("stopping ends open transactions, and stopping twice or after the directory went away is no error", async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);
    const client = new Client({ connectionString: server.ownerUrl });
    client.on("error", () => undefined);
    await client.connect();
    await client.query("begin");
    await server.stop();
    expect(alive(server.pid)).toBe(false);
    await client.end().catch(() => undefined);

    const again = await start(dataDir);
    process.kill(again.pid, "SIGQUIT");
    await gone(again.pid);
    rmSync(dataDir, { recursive: true, force: true });
    await again.stop();
  });
});

describe("after a crash", () => {
  test("when the parent or its process group was killed, the server that still runs is attached to, and ends with us", async () => {
    const dataDir = usedDataDir;
    const child = await startInChild(dataDir);
    await query(
      child.ownerUrl,
      "create table if not exists kept (word text); truncate kept; insert into kept values ('yes')",
    );
    await child.kill();
    expect(alive(child.serverPid)).toBe(true);

    const server = await start(dataDir);
    expect(server.pid).toBe(child.serverPid);
    expect(await query(server.ownerUrl, "select word from kept")).toEqual([{ word: "yes" }]);
    await server.stop();
    expect(alive(server.pid)).toBe(false);
  });

  test("when everything was killed, the next start recovers what was committed", async () => {
    const dataDir = usedDataDir;
    const child = await startInChild(dataDir);
    await query(
      child.ownerUrl,
      "create table if not exists kept (word text); truncate kept; insert into kept values ('yes')",
    );
    await child.kill();
    process.kill(child.serverPid, "SIGKILL");
    await gone(child.serverPid);
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(true);

    const server = await start(dataDir);
    expect(server.pid).not.toBe(child.serverPid);
    expect(await query(server.ownerUrl, "select word from kept")).toEqual([{ word: "yes" }]);
    await server.stop();
  });

  test("a stale pid that another process of the same user has by now does not stop the start", async () => {
    const dataDir = usedDataDir;
    const first = await start(dataDir);
    const pidFile = join(first.dataDirectory, "postmaster.pid");
    const { uid, gid } = statSync(first.dataDirectory);
    process.kill(first.pid, "SIGKILL");
    await gone(first.pid);
    const stranger = spawn("sleep", ["60"], { cwd: "/", ...(isRoot ? { uid, gid } : {}) });
    children.add(stranger);
    writeFileSync(pidFile, readFileSync(pidFile, "utf8").replace(String(first.pid), String(stranger.pid)));

    const second = await start(dataDir);
    expect(await query(second.ownerUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
    await second.stop();
    await first.stop();
  });

  test("what a killed first start left behind is swept", async () => {
    const dataDir = newDataDir();
    mkdirSync(join(dataDir, "postgres.part-killed", "base"), { recursive: true });
    if (isRoot) chmodSync(dataDir, 0o711);
    writeFileSync(join(dataDir, "postgres-superuser-password"), "of a database that never was\n");
    const server = await start(dataDir);
    expect(await query(server.superuserUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(readdirSync(dataDir).filter((name) => name.includes(".part"))).toEqual([]);
    await server.stop();
  });
});

describe("sharing", () => {
  test("processes that start at once share one server; the last to stop ends it, and dead ones do not count", async () => {
    const dataDir = usedDataDir;
    const [worker, doomed, server] = await Promise.all([startInChild(dataDir), startInChild(dataDir), start(dataDir)]);
    expect([worker.serverPid, doomed.serverPid]).toEqual([server.pid, server.pid]);
    await doomed.kill();
    await server.stop();
    expect(await query(worker.ownerUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(await worker.stop()).toBe(0);
    expect(alive(server.pid)).toBe(false);
  });
});

describe("refusals", () => {
  test("a data directory of another major version", async () => {
    const dataDir = newDataDir();
    const data = join(dataDir, "postgres");
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, "PG_VERSION"), "17\n");
    if (isRoot) {
      chmodSync(dataDir, 0o711);
      spawnSync("chown", ["nobody", data]);
    }
    expect(await refusal(dataDir)).toMatch(/Postgres 17.*Postgres 18.*dump it.*or move/);
    expect(readdirSync(data)).toEqual(["PG_VERSION"]);
  });

  test("a directory that holds something else", async () => {
    const dataDir = newDataDir();
    mkdirSync(join(dataDir, "postgres"), { recursive: true });
    writeFileSync(join(dataDir, "postgres", "diary.txt"), "mine");
    if (isRoot) chmodSync(dataDir, 0o711);
    expect(await refusal(dataDir)).toMatch(/is not empty and holds no Postgres database: move it away/);
    expect(readdirSync(join(dataDir, "postgres"))).toEqual(["diary.txt"]);
  });

  test("a live server that we can't sign in to, which is left alone", async () => {
    const dataDir = usedDataDir;
    const server = await start(dataDir);
    const passwordFile = join(dataDir, "postgres-superuser-password");
    const password = readFileSync(passwordFile, "utf8");
    writeFileSync(passwordFile, "wrong\n");
    const sentence = await refusal(dataDir, { ownerPassword: "other" });
    expect(sentence).toContain(`pid ${server.pid}`);
    expect(sentence).toMatch(/password authentication failed.*stop that server/);
    expect(await query(server.ownerUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await refusal(dataDir, { ownerPassword: "other" })).toMatch(/superuser: remove that file/);
    writeFileSync(passwordFile, password);
  });

  test("a server that does not start says why", async () => {
    const dataDir = usedDataDir;
    await (await start(dataDir)).stop();
    const sentence = await refusal(dataDir, { settings: { shared_buffers: "many" } });
    expect(sentence).toMatch(
      /could not start on .*: FATAL: {2}invalid value for parameter "shared_buffers": "many"; put/,
    );
    const taken = { port: String(await freePort()), listen_addresses: "192.0.2.1" };
    expect(await refusal(dataDir, { settings: taken })).toMatch(/could not create any TCP\/IP sockets/);
  });

  test.skipIf(isRoot)("a directory without permission (as an ordinary user)", async () => {
    const parent = newDataDir();
    mkdirSync(parent, { mode: 0o500 });
    expect(await refusal(join(parent, "data"))).toMatch(/^No permission to write .*data: make .* writable/);
  });

  test.skipIf(!isRoot)("a full disk (as root, where a file system may be mounted)", async ({ skip }) => {
    const small = newDataDir();
    mkdirSync(small, { mode: 0o755 });
    const shell = (command: string) => spawnSync("/bin/sh", ["-c", `${command} "$1"`, "sh", small]).status === 0;
    const mounted = shell("mount -t tmpfs -o size=12m,mode=755 tmpfs");
    skip(!mounted, "mounting is not permitted");
    try {
      expect(await refusal(join(small, "data"))).toMatch(/^The disk that holds .* is full: free some space/);
      expect(readdirSync(join(small, "data")).filter((name) => name.startsWith("postgres.part"))).toEqual([]);
      shell("mount -o remount,ro");
      expect(await refusal(join(small, "more"))).toMatch(/^No permission to write .*more/);
    } finally {
      shell("umount");
    }
  });
});

describe("as root", () => {
  test.skipIf(!isRoot)(
    "below a directory of mode 0700, the data and a copy of the binaries are put where its user can reach",
    async () => {
      const home = newDataDir();
      mkdirSync(home, { mode: 0o700 });
      const dataDir = join(home, "checkout", ".contentos");
      const reachableRoot = join(base, "var-lib-contentos");
      const first = await start(dataDir, { reachableRoot });
      expect(first.dataDirectory.startsWith(`${reachableRoot}/`)).toBe(true);
      expect(readFileSync(join(dataDir, "postgres-is-at"), "utf8").split("\n")[0]).toBe(first.dataDirectory);
      expect(statSync(home).mode & 0o777).toBe(0o700);
      await query(
        first.ownerUrl,
        "create table if not exists kept (word text); truncate kept; insert into kept values ('yes')",
      );
      await first.stop();
      const second = await start(dataDir, { reachableRoot });
      expect(await query(second.ownerUrl, "select word from kept")).toEqual([{ word: "yes" }]);
      await second.stop();

      rmSync(join(reachableRoot), { recursive: true });
      expect(await refusal(dataDir, { reachableRoot })).toMatch(/postgres-is-at says .* does not exist: put it back/);
    },
  );
});
