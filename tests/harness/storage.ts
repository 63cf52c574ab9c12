import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "@/platform/clock";
import { createFolderStorage, type FolderStorage } from "@/platform/storage/folder";
import { createPartTokens } from "@/platform/storage/part-tokens";
import { testKeyring } from "./keyring";

let shared: string | undefined;

/** One folder for all tests of this process, removed with it. */
export function testFolder(): string {
  if (shared) return shared;
  const directory = mkdtempSync(join(tmpdir(), "contentos-files-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  shared = directory;
  return shared;
}

export const testStorage = (): FolderStorage => folderStorage(testFolder());

export const folderStorage = (directory: string, clock: Clock = systemClock) =>
  createFolderStorage({ directory, publicUrl: "https://contentos.test", tokens: createPartTokens(testKeyring, clock) });
