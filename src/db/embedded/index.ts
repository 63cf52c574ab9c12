import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { StartError } from "@/platform/errors";
import { type Binaries, findBinaries } from "./binaries";
import { prepareCluster, refuseOtherMajor } from "./cluster";
import { asStartError, saysFull } from "./failures";
import { keepRunning } from "./keeper";
import { countUsers, joinUsers, withLock } from "./lock";
import { boundLog } from "./log-file";
import { DATABASE, ensureOwner, OWNER, urlOf } from "./owner";
import { choosePlace, makeDataDir, type Place, REACHABLE_ROOT } from "./place";
import { findRunning, heldByAnother, launch, type Running, stopServer } from "./server";

export type EmbeddedPostgres = {
  /** For migrations: the role that owns the database `contentos`. */
  ownerUrl: string;
  superuserUrl: string;
  major: number;
  dataDirectory: string;
  /** Of the server's first process. */
  pid: number;
  /** Ends the server, unless another living process uses it. May be called again. */
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Such as `.contentos`; Postgres' own directory is `postgres` in it. */
  dataDir: string;
  ownerPassword: string;
  onProgress?: (sentence: string) => void;
  /** More server settings, such as `{ max_connections: "200" }`; they apply when this call starts the server. */
  settings?: Record<string, string>;
  /** Whether a server that ends by itself is started again, at its address, until `stop()`. */
  kept?: boolean;
  /** Where root keeps what Postgres' unprivileged user must reach, when it can't reach `dataDir`. */
  reachableRoot?: string;
};

const LOCK_TIMEOUT_MS = 120_000;
const STOP_LIMITS = { fastMs: 20_000, immediateMs: 5_000 };
const LOG_CHECK_MS = 60_000;

const filesIn = (dataDir: string) => ({
  lock: join(dataDir, "postgres.lock"),
  log: join(dataDir, "postgres.log"),
  password: join(dataDir, "postgres-superuser-password"),
  state: join(dataDir, "postgres.json"),
  users: join(dataDir, "postgres-users"),
});
type Files = ReturnType<typeof filesIn>;

/**
 * Starts the database in `dataDir`, or attaches to the one that runs there: left over by a killed process, or shared
 * with another one of ours. The last one to `stop()` ends it.
 * @throws StartError with a sentence that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const wanted = resolve(options.dataDir);
  const say = options.onProgress ?? (() => undefined);
  try {
    const dataDir = makeDataDir(wanted);
    const files = filesIn(dataDir);
    return await withLock(files.lock, () => startUnderLock(dataDir, files, { ...options, say }), {
      timeoutMs: LOCK_TIMEOUT_MS,
      onWait: (pid) => say(`Waiting for another ContentOS process (pid ${pid}) that starts or stops the database.`),
    });
  } catch (error) {
    throw asStartError(error, wanted);
  }
}

type Start = EmbeddedPostgresOptions & { say: (sentence: string) => void };

async function startUnderLock(dataDir: string, files: Files, start: Start): Promise<EmbeddedPostgres> {
  const place = choosePlace(dataDir, start.reachableRoot ?? REACHABLE_ROOT);
  const binaries = await findBinaries(place.account, place.copies);
  refuseOtherMajor(place.data, binaries.major);
  const found = await findRunning(place.data);
  const running = found ?? (await startServer({ place, binaries, files, start }));
  const leave = joinUsers(files.users);
  const stop = stopper({ place, binaries, files, leave });
  try {
    const urls = await signIn(running, { found: found !== undefined, files, place, binaries, start });
    return {
      ownerUrl: urls.owner,
      superuserUrl: urls.superuser,
      major: binaries.major,
      dataDirectory: place.data,
      pid: running.pid,
      stop: onceUnderLock(files, keeper(running, { place, binaries, files, start }), stop),
    };
  } catch (error) {
    // What was found running stays as it was.
    if (found) leave();
    else await stop();
    throw error;
  }
}

type Parts = { place: Place; binaries: Binaries; files: Files };

async function startServer({ place, binaries, files, start }: Parts & { start: Start }): Promise<Running> {
  await prepareCluster(place, { binaries, passwordFile: files.password, say: start.say });
  const { settings = {}, say } = start;
  return launch({ place, binaries, stateFile: files.state, logFile: files.log, settings, say });
}

async function signIn(
  { pid, port }: Running,
  { found, files, place, binaries, start }: Parts & { found: boolean; start: Start },
): Promise<{ owner: string; superuser: string }> {
  if (!existsSync(files.password)) throw heldByAnother(place.data, pid);
  const password = readFileSync(files.password, "utf8").trim();
  const urls = {
    owner: urlOf({ user: OWNER, password: start.ownerPassword, port, database: DATABASE }),
    superuser: urlOf({ user: "postgres", password, port, database: "postgres" }),
  };
  try {
    const withStatements = binaries.hasLibrary("pg_stat_statements");
    await ensureOwner(urls, { ownerPassword: start.ownerPassword, withStatements });
    return urls;
  } catch (error) {
    if (found) throw heldByAnother(place.data, pid, error);
    if ((error as { code?: string }).code !== "28P01") throw error;
    throw new StartError(
      `The password in ${files.password} is not that of the database's superuser: remove that file and start again, and a new one is made.`,
      { cause: error },
    );
  }
}

/** Whoever keeps the same server may have been faster. */
function keeper({ pid, port }: Running, { place, binaries, files, start }: Parts & { start: Start }) {
  if (!start.kept) return undefined;
  const { settings = {}, say } = start;
  const again = () => launch({ place, binaries, stateFile: files.state, logFile: files.log, settings, port, say });
  const startAgain = () =>
    withLock(files.lock, async () => ((await findRunning(place.data)) ?? (await again())).pid, {
      timeoutMs: LOCK_TIMEOUT_MS,
    });
  return keepRunning({ pid, directory: place.data, startAgain, say });
}

function stopper({ place, binaries, files, leave }: Parts & { leave: () => void }) {
  return async () => {
    leave();
    if (countUsers(files.users) > 0) return;
    await stopServer({ place, binaries, ...STOP_LIMITS });
  };
}

/** While we use the server its log is kept small; `stop` waits for whoever starts or stops at the moment. */
function onceUnderLock(
  files: Files,
  keeping: { stop(): Promise<void> } | undefined,
  stop: () => Promise<void>,
): () => Promise<void> {
  const lock = <T>(work: () => Promise<T>) => withLock(files.lock, work, { timeoutMs: LOCK_TIMEOUT_MS });
  const timer = setInterval(() => {
    // A full disk or a removed directory shows elsewhere; an uncut log is no reason to end the process.
    lock(async () => boundLog(files.log)).catch(() => undefined);
  }, LOG_CHECK_MS).unref();
  const end = async () => {
    clearInterval(timer);
    await keeping?.stop();
    // Removed under us, to start over: Postgres ends by itself when it misses its files.
    if (!existsSync(dirname(files.lock))) return;
    await lock(stop).catch((error: unknown) => {
      // There is no room for a lock, and a server that goes on would be worse than one that somebody else has to start again.
      if (!saysFull(error)) throw error;
      return stop();
    });
  };
  let stopped: Promise<void> | undefined;
  return () => {
    stopped ??= end();
    return stopped;
  };
}
