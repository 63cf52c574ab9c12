import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** How often it is asked whether the parent still lives, in ms. */
const PARENT_CHECK_MS = 500;
/** One Ctrl-C may come twice: from the terminal, and from the `npm` that passes on what it got. */
const SAME_SIGNAL_MS = 1_000;

/** Resolves at Ctrl-C, at SIGTERM, and when the `npm` that started us is gone. A second signal ends at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const stop = () => {
      if (askedAt !== undefined && performance.now() - askedAt > SAME_SIGNAL_MS) process.exit(130);
      askedAt ??= performance.now();
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    process.on("SIGHUP", stop);
    // A server that outlives its terminal would hold the port and answer nobody's Ctrl-C.
    if (process.env.npm_lifecycle_event && process.ppid > 1 && process.platform !== "win32") {
      const isOrphan = orphanCheck(process.ppid);
      setInterval(() => {
        if (askedAt === undefined && isOrphan()) stop();
      }, PARENT_CHECK_MS).unref();
    }
  });
}

/** `npm` runs a script by `sh -c`; some shells stay in between, and live on when `npm` is gone. */
function orphanCheck(parent: number): () => boolean {
  const { parent: above, command } = describe(parent);
  const isShell = /^-?(ba|da|a|k|z)?sh$|^busybox$/.test(command) && above > 1;
  if (!isShell) return () => process.ppid !== parent;
  // A dead process that nobody has reaped can still be signalled, but has no children any more.
  const npmIsGone = process.platform === "linux" ? () => describe(parent).parent !== above : () => !isAlive(above);
  return () => process.ppid !== parent || npmIsGone();
}

/** The name of a process, and who started it; 0 and "" where it is not known. */
function describe(pid: number): { parent: number; command: string } {
  try {
    if (process.platform === "linux") {
      const [, command = "", rest = ""] =
        /^\d+ \((.*)\) \S (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
      return { parent: Number.parseInt(rest, 10) || 0, command };
    }
    const { stdout } = spawnSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" });
    const [, parent, command = ""] = /^\s*(\d+)\s+(.*?)\s*$/.exec(stdout ?? "") ?? [];
    return { parent: Number(parent ?? 0), command: command.slice(command.lastIndexOf("/") + 1) };
  } catch {
    return { parent: 0, command: "" };
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
