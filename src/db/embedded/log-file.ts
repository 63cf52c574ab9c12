import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync, truncateSync } from "node:fs";

const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Keeps the log and one older part of it under 10 MB each. The server goes on writing to the same open file, always at
 * its end, so the file is emptied and not replaced. Call it under the lock: two at once would lose the older part.
 */
export function boundLog(file: string, maxBytes = MAX_BYTES): void {
  if (!existsSync(file) || statSync(file).size <= maxBytes) return;
  rmSync(`${file}.1`, { force: true });
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
}

export const logSize = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** What was written since the log had `offset` bytes, 64 KiB at most. */
export function logSince(file: string, offset: number): string {
  if (!existsSync(file)) return "";
  const buffer = Buffer.alloc(64 * 1024);
  const from = Math.max(offset, logSize(file) - buffer.length);
  const descriptor = openSync(file, "r");
  try {
    return buffer.toString("utf8", 0, readSync(descriptor, buffer, 0, buffer.length, from));
  } finally {
    closeSync(descriptor);
  }
}
