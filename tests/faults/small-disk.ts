import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Why no small disk can be made here; undefined where one can. */
export function smallDiskMissing(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "only root on Linux can mount a small disk";
  try {
    execFileSync("unshare", ["--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "this machine lets nobody mount";
  }
}

/**
 * Runs a program that sees a disk of its own at a directory, in a namespace of mounts of its own: nobody else sees it, and it goes
 * with the last process of that namespace, however that ends.
 */
export const onSmallDisk = (directory: string, megabytes: number): string[] => [
  ...["unshare", "--mount", "--propagation", "private", "sh", "-c"],
  'mount -t tmpfs -o "size=$1m,mode=755" tmpfs "$2" && shift 2 && exec "$@"',
  ...["sh", String(megabytes), directory],
];

/** The disk that a process sees at a directory, as it is reached from outside. */
export function diskOf(pid: number, directory: string) {
  const at = (...names: string[]) => join(`/proc/${pid}/root${directory}`, ...names);
  const free = () => {
    const { bavail, bsize } = statfsSync(at());
    return bavail * bsize;
  };
  return {
    at,
    free,
    read: (...names: string[]) => readFileSync(at(...names), "utf8"),
    /** Leaves so much room, in bytes. */
    fill(leave = 0) {
      const file = openSync(at("ballast"), "a");
      const piece = Buffer.alloc(64 * 1024);
      try {
        while (free() > leave) writeSync(file, piece, 0, Math.min(piece.length, free() - leave));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(at("ballast"), { force: true }),
  };
}
