import { statfs } from "node:fs/promises";

/** Postgres writes its log in pieces of 16 MB, and ends where there is no room for the next one. */
export const LEAST_FREE_BYTES = 16 * 1024 * 1024;

/** `Full` where one of the directories has less room than Postgres needs to go on; one that is not there has none to lose. */
export async function stateOfDisks(directories: string[]): Promise<"Ok" | "Full"> {
  const free = await Promise.all(directories.map(freeBytes));
  return free.some((bytes) => bytes < LEAST_FREE_BYTES) ? "Full" : "Ok";
}

const freeBytes = (directory: string): Promise<number> =>
  statfs(directory).then(
    ({ bavail, bsize }) => bavail * bsize,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return Number.POSITIVE_INFINITY;
      throw error;
    },
  );
