import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { asStartError } from "@/db/embedded/failures";

/**
 * Made once and kept beside the data: losing it means that sealed credentials can't be opened again.
 * @throws StartError where it can't be written or read
 */
export function keptSecret(dataDir: string): string {
  try {
    return makeOrRead(dataDir);
  } catch (error) {
    throw asStartError(error, resolve(dataDir));
  }
}

function makeOrRead(dataDir: string): string {
  const file = join(dataDir, "secret");
  mkdirSync(dataDir, { recursive: true });
  try {
    // Exclusive, so that two processes that start together agree on one.
    writeFileSync(file, `${randomBytes(48).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}
