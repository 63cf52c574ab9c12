import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The unprivileged user that Postgres runs as when we are root; absent when we are an ordinary user. */
export type Account = { uid: number; gid: number };

/** Nothing of our environment reaches Postgres: a stray PGDATA or LANG would change what it does. */
const TOOL_ENV = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv;

/** What every tool is spawned with: the working directory must be one that the account can enter. */
export function toolOptions(account: Account | undefined) {
  return { cwd: "/", env: TOOL_ENV, windowsHide: true, ...account };
}

export type ToolResult = { ok: boolean; output: string };

/** Runs a tool to its end; `output` is both streams. */
export function runTool(file: string, args: string[], account?: Account, input = ""): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...toolOptions(account), stdio: "pipe" });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
    // A tool that ends before it reads its input is judged by its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** Whether the account can enter a directory: asked of the system, since modes alone do not tell (ACLs, mounts). */
export function canEnter(directory: string, account: Account): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", directory], toolOptions(account)).status === 0;
}

function linuxToken(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command's name may hold spaces and parentheses: fields are counted from its last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    const startTicks = fields[19];
    if (state === "Z" || state === "X") return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${startTicks}`;
  } catch {
    return undefined;
  }
}

/** Names one life of a process, so that a reused pid is not taken for it; undefined when no such process lives. */
export function processToken(pid: number): string | undefined {
  if (process.platform === "linux") return linuxToken(pid);
  if (process.platform === "win32") return isAlive(pid) ? "alive" : undefined;
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", env: TOOL_ENV });
  return stdout?.trim() || undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Whether a pid found in `postmaster.pid` is a server on this directory. A postmaster works in its data directory,
 * which holds also when the directory was moved under it. A doubt counts as yes.
 */
export function isPostmaster(pid: number, dataDirectory: string): boolean {
  if (processToken(pid) === undefined) return false;
  if (process.platform === "win32") return true;
  if (!/postgres/.test(commandOf(pid))) return false;
  if (process.platform !== "linux") return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDirectory);
  } catch {
    // Root in a container may not look into another user's process.
    return existsSync(dataDirectory);
  }
}

/** The program that a process runs, as it was called. */
function commandOf(pid: number): string {
  if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0", 1)[0] ?? "";
  return spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8", env: TOOL_ENV }).stdout ?? "";
}

/** Waits until `done` gives something, looking every 10 ms; undefined when the time is over. */
export async function waitFor<T>(done: () => T | undefined, timeoutMs: number): Promise<T | undefined> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const result = done();
    if (result !== undefined || performance.now() > end) return result;
    await sleep(10);
  }
}
