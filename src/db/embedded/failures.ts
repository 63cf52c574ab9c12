import { statfsSync } from "node:fs";
import { LEAST_FREE_BYTES } from "@/platform/disk";
import { StartError } from "@/platform/errors";

const FULL = /No space left on device|Disk quota exceeded/;

/** Thrown for output of initdb or postgres; `doing` completes "Postgres could not …". */
export function toolFailure(doing: string, output: string, directory: string): StartError {
  if (FULL.test(output) || isFull(directory)) return fullDisk(directory);
  const line = lastMeaningfulLine(output) ?? "it gave no reason";
  return new StartError(
    `Postgres could not ${doing} ${directory}: ${line}; put that right and start again, or set DATABASE_URL to a server of your own.`,
  );
}

/** File system errors as sentences; anything else is passed on as it is. */
export function asStartError(error: unknown, directory: string): unknown {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (saysFull(error)) return fullDisk(directory, error);
  // Node says ENOENT when it can't make a directory on a read-only file system.
  const readOnly = code === "EROFS" || (code === "ENOENT" && syscall === "mkdir");
  if (code === "EACCES" || code === "EPERM" || readOnly) {
    return new StartError(
      `No permission to write ${path ?? directory}: make ${directory} writable for the user that starts ContentOS, or start it as the directory's owner.`,
      { cause: error },
    );
  }
  return error;
}

export const saysFull = (error: unknown) => ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException)?.code ?? "");

function fullDisk(directory: string, cause?: unknown): StartError {
  return new StartError(
    `The disk that holds ${directory} is full: free some space (a new database takes about 100 MB) and start again.`,
    { cause },
  );
}

/** Whether Postgres, which can't say so when its log is on the same disk, has no room for a piece of its log. */
export function isFull(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize < LEAST_FREE_BYTES;
  } catch {
    return false;
  }
}

/** The last line that names an error, else the last line at all, without the log's own prefix. */
export function lastMeaningfulLine(output: string): string | undefined {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const line = lines.findLast((candidate) => /\b(FATAL|PANIC|ERROR|error):/.test(candidate)) ?? lines.at(-1);
  return line?.replace(/^\d{4}-\S+ \S+ \S+ \[\d+\] /, "").replace(/[.;]$/, "");
}
