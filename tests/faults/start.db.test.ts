import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { testDatabase } from "#tests/harness/database";
import { freePort } from "#tests/harness/free-port";
import { as, inDatabase } from "#tests/harness/global-setup";
import { processToken } from "@/db/embedded/processes";
import { buildEntry, type Entry, type Started, startEntry } from "./entry";

const t = testDatabase();
const isRoot = process.getuid?.() === 0;
const base = mkdtempSync(join(tmpdir(), "contentos-start-"));
const dataDir = join(base, "data");
let entry: Entry;
let port: number;
const started: Started[] = [];
const servers: Server[] = [];

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

beforeAll(async () => {
  // As root, Postgres and one of the tests run as another user.
  chmodSync(base, 0o755);
  entry = await buildEntry();
  port = await freePort();
});
afterEach(async () => {
  for (const { pid } of started.splice(0)) if (alive(pid)) killGroup(pid);
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => {
  const pid = postgresPid();
  if (pid && alive(pid)) process.kill(pid, "SIGQUIT");
  if (pid) await gone(pid);
  await entry?.remove();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
});

const alive = (pid: number) => processToken(pid) !== undefined;
const gone = (pid: number) => vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 20_000 });
const killGroup = (pid: number) => process.kill(-pid, "SIGKILL");

async function listen(onSocket: (socket: Socket) => void = () => {}): Promise<number> {
  const server = createServer(onSocket);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as { port: number }).port;
}

function postgresPid(): number | undefined {
  try {
    return (JSON.parse(readFileSync(join(dataDir, "postgres.json"), "utf8")) as { pid: number }).pid;
  } catch {
    return undefined;
  }
}

const env = (more: Record<string, string> = {}) => ({
  PORT: String(port),
  CONTENTOS_DATA_DIR: dataDir,
  LOG_LEVEL: "error",
  ...more,
});
/** As root, `UID` makes it another user's. */
function start({ UID, ...more }: Record<string, string> = {}): Started {
  const process = startEntry(entry, "start", env(more), UID === undefined ? {} : { uid: Number(UID) });
  started.push(process);
  return process;
}
const answers = async () => (await fetch(`http://127.0.0.1:${port}/api/v1/health/ready`)).status;

describe("the whole process", () => {
  it("ends with 0 at Ctrl-C and leaves nothing behind, also where the signal comes twice at once", async () => {
    const running = start();
    await running.ready;
    expect(await answers()).toBe(200);
    running.signal("SIGINT");
    running.signal("SIGINT");
    expect(await running.exited).toEqual({ code: 0, signal: null });
    expect(alive(postgresPid()!)).toBe(false);
    await expect(answers()).rejects.toThrow();
    expect(running.stderr()).toBe("");
  });

  it("starts again after kill -9 of its process group, and after one that took Postgres along", async () => {
    const first = start();
    await first.ready;
    const postgres = postgresPid()!;
    killGroup(first.pid);
    await first.exited;
    // Postgres has a session of its own; the next start finds it and goes on with it.
    expect(alive(postgres)).toBe(true);

    const second = start();
    await second.ready;
    expect([await answers(), postgresPid()]).toEqual([200, postgres]);
    process.kill(postgres, "SIGKILL");
    killGroup(second.pid);
    await second.exited;

    const third = start();
    await third.ready;
    expect(await answers()).toBe(200);
    third.signal("SIGTERM");
    expect(await third.exited).toEqual({ code: 0, signal: null });
    await gone(postgresPid()!);
  });

  it.each([
    { between: "with nothing between", script: "exec node" },
    { between: "with a shell between", script: "true; node" },
  ])("ends when npm alone is killed, $between, and starts again", async ({ script }) => {
    const folder = mkdtempSync(join(base, "npm-"));
    // The server's own folder is where its migrations are.
    const line = `cd '${resolve(".")}' && ${script} '${entry.file}' start`;
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "x", scripts: { start: line } }));
    const npm = spawn("npm", ["start"], {
      cwd: folder,
      env: { ...process.env, ...env() },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    try {
      let output = "";
      npm.stdout.on("data", (chunk) => {
        output += chunk;
      });
      await vi.waitFor(() => expect(output).toMatch(/is running after/), { timeout: 50_000 });
      const postgres = postgresPid()!;
      npm.kill("SIGKILL");
      await gone(postgres);
      await vi.waitFor(() => expect(answers()).rejects.toThrow(), { timeout: 10_000 });
    } finally {
      try {
        killGroup(npm.pid!);
      } catch {
        // All of it has ended, as it should.
      }
    }
    const next = start();
    await next.ready;
    next.signal("SIGINT");
    expect((await next.exited).code).toBe(0);
  });
});

/** A server that says it is Postgres, in the words of the protocol, and answers each query with one number. */
const pretend = (version: number) => (socket: Socket) => {
  socket.on("error", () => {});
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 65_535)]);
  const idle = message("Z", Buffer.from("I"));
  const text = Buffer.from(String(version));
  const column = [Buffer.from("version\0"), int32(0), int16(0), int32(23), int16(4), int32(-1), int16(0)];
  socket.once("data", () => {
    socket.write(Buffer.concat([message("R", int32(0)), idle]));
    socket.on("data", (chunk) => {
      if (chunk.toString("latin1", 0, 1) !== "Q") return;
      const row = [int16(1), int32(text.length), text];
      socket.write(
        Buffer.concat([
          message("T", Buffer.concat([int16(1), ...column])),
          message("D", Buffer.concat(row)),
          message("C", Buffer.from("SELECT 1\0")),
          idle,
        ]),
      );
    });
  });
};

/** The logins keep their passwords only where each has an address of its own. */
const elsewhere = () => ({
  DATABASE_URL: t.urls.owner,
  DATABASE_APP_URL: t.urls.app,
  DATABASE_AUTH_URL: t.urls.auth,
  DATABASE_WORKER_URL: t.urls.worker,
});
const withPort = (url: string, other: number) => url.replace(/:\d+\//, `:${other}/`);

describe("a start that can't succeed says why in one sentence and ends with 1:", () => {
  type Case = [name: string, make: () => Promise<Record<string, string>>, sentence: RegExp];
  const cases: Case[] = [
    ["a setting", async () => ({ PORT: "abc" }), /^PORT is not right: Expected a port/],
    ["a port in use", async () => ({ PORT: String(await listen()) }), /^Port \d+ is in use: /],
    ["a foreign address", async () => ({ HOST: "192.0.2.1" }), /^HOST is 192\.0\.2\.1, which is no address of this/],
    [
      "nobody at DATABASE_URL",
      async () => ({ ...elsewhere(), DATABASE_URL: withPort(t.urls.owner, await freePort()) }),
      /^The database of DATABASE_URL \(contentos_owner@127\.0\.0\.1:\d+\/t_\w+\) can't be used, since nothing answers/,
    ],
    [
      "an unknown host",
      async () => ({ ...elsewhere(), DATABASE_URL: t.urls.owner.replace("127.0.0.1", "nowhere.invalid") }),
      /since its host is not known/,
    ],
    [
      "a wrong password",
      async () => ({ ...elsewhere(), DATABASE_URL: as(t.urls.owner, "contentos_owner", "wrong") }),
      /DATABASE_URL .* since it refuses the password/,
    ],
    [
      "a database that is not there",
      async () => ({ ...elsewhere(), DATABASE_URL: inDatabase(t.urls.owner, "nothing_here") }),
      /DATABASE_URL .* since it has no such database/,
    ],
    [
      "a server that is none",
      async () => ({ ...elsewhere(), DATABASE_URL: withPort(t.urls.owner, await listen((socket) => socket.end())) }),
      /DATABASE_URL .* since what answers there is no Postgres server/,
    ],
    [
      "a Postgres that is too old",
      async () => ({ ...elsewhere(), DATABASE_URL: withPort(t.urls.owner, await listen(pretend(140_010))) }),
      /^The database is Postgres 14, and ContentOS needs 15 or later: /,
    ],
    [
      "an owner who may not make roles",
      async () => ({ ...elsewhere(), DATABASE_URL: t.urls.app }),
      /DATABASE_URL .* since the user may not do what a migration needs/,
    ],
    [
      "a superuser who serves",
      async () => ({ ...elsewhere(), DATABASE_APP_URL: t.urls.superuser }),
      /^DATABASE_APP_URL logs in as postgres, which is a superuser or bypasses row-level security/,
    ],
    [
      "a wrong password of the app",
      async () => ({ ...elsewhere(), DATABASE_APP_URL: as(t.urls.app, "contentos_app", "wrong") }),
      /^The database of DATABASE_APP_URL .* since it refuses the password/,
    ],
    [
      "a wrong password of the worker",
      async () => ({ ...elsewhere(), DATABASE_WORKER_URL: as(t.urls.worker, "contentos_worker", "wrong") }),
      /^The database of DATABASE_WORKER_URL .* since it refuses the password/,
    ],
    [
      "a log-in without an address",
      async () => ({ DATABASE_APP_URL: t.urls.app }),
      /^DATABASE_AUTH_URL is not set: without DATABASE_URL/,
    ],
    [
      "a data directory of another Postgres",
      async () => {
        const folder = mkdtempSync(join(base, "other-"));
        chmodSync(folder, 0o755);
        mkdirSync(join(folder, "postgres"));
        writeFileSync(join(folder, "postgres", "PG_VERSION"), "17\n");
        return { CONTENTOS_DATA_DIR: folder };
      },
      /was made by Postgres 17 and this ContentOS brings Postgres \d+: /,
    ],
    [
      "a data directory that may not be written",
      async () => {
        const folder = mkdtempSync(join(base, "shut-"));
        chmodSync(folder, 0o555);
        return { CONTENTOS_DATA_DIR: join(folder, "data"), ...(isRoot && { UID: "65534" }) };
      },
      /^No permission to write \S+: make \S+ writable/,
    ],
    ["no secret in production", async () => ({ NODE_ENV: "production" }), /^CONTENTOS_SECRET is not set, and prod/],
    ["an allow list", async () => ({ ...elsewhere(), OUTBOUND_ALLOW: "http://x/" }), /^OUTBOUND_ALLOW: "http/],
  ];

  it.each(cases)("%s", async (_name, make, sentence) => {
    const process = start(await make());
    expect(await process.exited).toEqual({ code: 1, signal: null });
    const said = process.stderr().trim();
    expect(said).toMatch(sentence);
    // No stack trace, and nothing beside the sentence.
    expect(said.split("\n")).toHaveLength(1);
    expect(said).toMatch(/\.$/);
  });
});
