import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/platform/errors";
import type { Binaries } from "./binaries";
import { toolFailure } from "./failures";
import { boundLog, logSince, logSize } from "./log-file";
import type { Place } from "./place";
import { isPostmaster, processToken, runTool, toolOptions, waitFor } from "./processes";
import { serverFlags } from "./settings";

export type Running = { pid: number; port: number };

type Postmaster = Running & { status: string };

/** What a server says of itself in `postmaster.pid`: line 1 the pid, 4 the port, 8 the status. */
function readPostmaster(data: string): Postmaster | undefined {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3] ?? 0), status: lines[7]?.trim() ?? "" } : undefined;
}

const SETTLE_MS = 60_000;
const SLOW_START_MS = 3_000;

/**
 * The server that lives on this directory, once it is ready; undefined when there is none. A server that is stopping
 * is waited for. The `postmaster.pid` of a dead one is removed: Postgres itself would refuse to start when the pid
 * belongs to another process of the same user by now, or is a zombie that nobody reaps, as in a container without an
 * init. Its shared memory still guards against our being wrong.
 */
export async function findRunning(data: string): Promise<Running | undefined> {
  const found = await waitFor(() => {
    const postmaster = readPostmaster(data);
    if (!postmaster) return "none";
    if (!isPostmaster(postmaster.pid, data)) {
      rmSync(join(data, "postmaster.pid"), { force: true });
      return "none";
    }
    return postmaster.status === "ready" ? postmaster : undefined;
  }, SETTLE_MS);
  if (found === undefined) throw heldByAnother(data, readPostmaster(data)?.pid);
  return found === "none" ? undefined : found;
}

/** A live server that is not ours to use. */
export function heldByAnother(data: string, pid: number | undefined, cause?: unknown): StartError {
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  return new StartError(
    `The database in ${data} is held by a Postgres server (pid ${pid ?? "unknown"}) that ContentOS can't sign in to${reason}: stop that server (kill -INT ${pid ?? "<pid>"}) and start again.`,
    { cause },
  );
}

type Launch = {
  place: Place;
  binaries: Binaries;
  /** Remembers the port, so that addresses outlive a restart. */
  stateFile: string;
  logFile: string;
  settings: Record<string, string>;
  /** Where it has to be, since its clients know it there. */
  port?: number | undefined;
  say: (sentence: string) => void;
};

const IN_USE = /could not create any TCP\/IP sockets/;
const OLD_BACKENDS = /pre-existing shared memory block/;

/** Starts a server and waits until it is ready, which may take long when it recovers from a crash. */
export async function launch(options: Launch): Promise<Running> {
  const { place, stateFile, logFile } = options;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await choosePort(attempt === 1 ? rememberedPort(stateFile) : undefined));
    boundLog(logFile);
    const offset = logSize(logFile);
    const pid = await spawnServer(options, port);
    if (pid !== undefined) {
      replaceFile(stateFile, `${JSON.stringify({ port, pid, dataDirectory: place.data })}\n`);
      return { pid, port };
    }
    const output = logSince(logFile, offset);
    // Somebody was faster at the port, or backends of a killed server have yet to notice that it is gone.
    const passing = IN_USE.test(output) ? attempt < 5 : OLD_BACKENDS.test(output) && attempt < 50;
    if (!passing) throw toolFailure("start on", output, place.data);
    await sleep(200);
  }
}

/** The pid once the server is ready, undefined when it ended instead. */
async function spawnServer(
  { place, binaries, logFile, settings, say }: Launch,
  port: number,
): Promise<number | undefined> {
  const flags = serverFlags(port, { withStatements: binaries.hasLibrary("pg_stat_statements"), more: settings });
  const log = openSync(logFile, "a", 0o600);
  // A session of its own: Ctrl-C in the terminal is for us, and we stop the server when our work is done.
  const child = spawn(binaries.tool("postgres"), ["-D", place.data, ...flags], {
    ...toolOptions(place.account),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.on("exit", () => {
    ended = true;
  });
  child.on("error", () => {
    ended = true;
  });
  const slow = setTimeout(say, SLOW_START_MS, "The database is still starting: after a crash it reads its log first.");
  const ready = await waitFor(() => {
    if (ended) return false;
    const postmaster = readPostmaster(place.data);
    return (postmaster?.pid === child.pid && postmaster?.status === "ready") || undefined;
  }, Number.POSITIVE_INFINITY);
  clearTimeout(slow);
  return ready ? child.pid : undefined;
}

/** Whole or not at all, since the disk may be full. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

function rememberedPort(stateFile: string): number | undefined {
  try {
    return Number((JSON.parse(readFileSync(stateFile, "utf8")) as { port: unknown }).port) || undefined;
  } catch {
    // A missing or torn file costs no more than another port.
    return undefined;
  }
}

async function choosePort(wanted: number | undefined): Promise<number> {
  return (wanted && (await freePort(wanted))) || (await freePort(0)) || 0;
}

function freePort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}

type StopOptions = { place: Place; binaries: Binaries; fastMs: number; immediateMs: number };

/**
 * Ends the server that runs on the directory, if any: fast (open transactions are rolled back, everything is written
 * out), and if that takes too long immediately, as after a crash: the next start recovers.
 */
export async function stopServer({ place, binaries, fastMs, immediateMs }: StopOptions): Promise<void> {
  const pid = readPostmaster(place.data)?.pid;
  if (pid === undefined) return;
  for (const [mode, signal, timeoutMs] of [
    ["fast", "SIGINT", fastMs],
    ["immediate", "SIGQUIT", immediateMs],
  ] as const) {
    if (!isPostmaster(pid, place.data)) return;
    if (process.platform === "win32") {
      await runTool(binaries.tool("pg_ctl"), ["stop", "-D", place.data, "-m", mode, "-W"]);
    } else process.kill(pid, signal);
    if (await waitFor(() => processToken(pid) === undefined || undefined, timeoutMs)) return;
  }
  throw new Error(`Postgres (pid ${pid}) on ${place.data} does not stop.`);
}
