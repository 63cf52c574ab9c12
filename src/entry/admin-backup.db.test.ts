import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "#tests/harness/database";
import { parseConfig } from "@/platform/config";
import { StartError } from "@/platform/errors";
import { backUpHere } from "./admin-backup";

const t = testDatabase();
const secret = "a-secret-that-is-long-enough-for-it";
let folder: string;
let to: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "contentos-admin-backup-"));
  to = join(folder, "backup.contentos");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** With another address of its superuser, and what that says no to. */
async function refused(backup: string | undefined, where: string | undefined = to) {
  const config = parseConfig({ CONTENTOS_DATA_DIR: folder, CONTENTOS_SECRET: secret });
  const urls = { ...t.urls, session: t.urls.app, backup };
  const made = backUpHere({ config, secret, urls }, where);
  await expect(made).rejects.toThrow(StartError);
  return made.catch(({ message }: Error) => message);
}

test("a database of one's own without a superuser's address is not backed up, and nothing is written", async () => {
  expect(await refused(undefined)).toMatch(/^DATABASE_BACKUP_URL is not set.*pg_dump/);
  expect(existsSync(to)).toBe(false);
});

test("a log-in from which rows are hidden makes no backup of half of them", async () => {
  expect(await refused(t.urls.owner)).toMatch(/no superuser, so that row-level security hides rows/);
  expect(existsSync(to)).toBe(false);
});

test("a file that is there is written over by none", async () => {
  const there = join(folder, "there");
  await writeFile(there, "precious");
  expect(await refused(t.urls.superuser, there)).toMatch(/is there already: name another file/);
  expect(await refused(t.urls.superuser, "")).toMatch(/Say where to write it/);
});
