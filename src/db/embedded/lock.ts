import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/platform/errors";
import { processToken } from "./processes";

/** A file that names the process that made it: whose it is, and which life of that pid. */
type Claim = { pid: number; token: string; nonce: string };

const newClaim = (): Claim => ({ pid: process.pid, token: processToken(process.pid) ?? "", nonce: randomUUID() });

const readText = (file: string): string | undefined => unlessMissing(() => readFileSync(file, "utf8"));

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function claimFrom(text: string): Claim | undefined {
  try {
    return JSON.parse(text) as Claim;
  } catch {
    return undefined;
  }
}

const lives = ({ pid, token }: Claim) => processToken(pid) === token;

/** A file is empty for an instant after it was made, and for good when its maker died in that instant. */
const HALF_WRITTEN_MS = 5_000;

const olderThan = (path: string, ms: number): boolean =>
  unlessMissing(() => Date.now() - statSync(path).mtimeMs > ms) ?? false;

/** A full disk has room for a file's name and none for its words: the next one would have to wait until it is old. */
function writeWhole(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") rmSync(file, { force: true });
    throw error;
  }
}

/** Makes something exclusively: false when it is there already. */
function exclusively(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes a dead process's lock. Two processes may find it dead at once, and the slower must not remove the lock that
 * the faster has made meanwhile: so only who holds the grave of this very claim looks again and removes.
 */
function bury(file: string, text: string, nonce: string): void {
  const grave = `${file}.${nonce}`;
  if (!exclusively(() => mkdirSync(grave))) {
    if (olderThan(grave, HALF_WRITTEN_MS)) unlessMissing(() => rmdirSync(grave));
    return;
  }
  try {
    if (readText(file) === text) rmSync(file, { force: true });
  } finally {
    unlessMissing(() => rmdirSync(grave));
  }
}

/** Takes the lock if nobody living has it; else says who. */
function tryLock(file: string, mine: string): { taken: boolean; holder?: number } {
  if (exclusively(() => writeWhole(file, mine))) return { taken: true };
  const text = readText(file);
  if (text === undefined) return { taken: false };
  const claim = claimFrom(text);
  if (claim && lives(claim)) return { taken: false, holder: claim.pid };
  if (claim || olderThan(file, HALF_WRITTEN_MS)) bury(file, text, claim?.nonce ?? "unwritten");
  return { taken: false };
}

type LockOptions = { timeoutMs: number; onWait?: (holderPid: number) => void };

/** Runs `work` while no other process starts or stops the same database; a dead process's lock is taken over. */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  { timeoutMs, onWait }: LockOptions,
): Promise<T> {
  const mine = JSON.stringify(newClaim());
  const end = performance.now() + timeoutMs;
  let told = false;
  for (;;) {
    const { taken, holder } = tryLock(file, mine);
    if (taken) break;
    if (performance.now() > end) {
      throw new StartError(
        `Another ContentOS process (pid ${holder ?? "unknown"}) has held ${file} for too long: wait until it has started or stopped, or end it, and start again.`,
      );
    }
    if (holder !== undefined && !told) onWait?.(holder);
    told ||= holder !== undefined;
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Notes that this process uses the server; the answer takes the note back. */
export function joinUsers(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const claim = newClaim();
  const file = join(directory, `${claim.pid}-${claim.nonce}`);
  writeWhole(file, JSON.stringify(claim));
  return () => rmSync(file, { force: true });
}

/** How many living users the server has. Notes of dead processes are swept. Call it under the lock. */
export function countUsers(directory: string): number {
  const files = unlessMissing(() => readdirSync(directory)) ?? [];
  return files.filter((name) => {
    const file = join(directory, name);
    const claim = claimFrom(readText(file) ?? "");
    if (claim && lives(claim)) return true;
    rmSync(file, { force: true });
    return false;
  }).length;
}
