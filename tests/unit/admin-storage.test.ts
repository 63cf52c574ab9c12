import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderStorage } from "#tests/harness/storage";
import { checkStorage, placeOfFiles } from "@/entry/admin-storage";
import { AppError } from "@/platform/errors";
import type { Storage } from "@/platform/storage/storage";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "contentos-storage-"));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const folder = () => join(base, "assets");
const s3 = {
  bucket: "files",
  endpoint: "https://s3.test",
  publicEndpoint: undefined,
  region: "eu",
  accessKeyId: "KEY",
  secretAccessKey: "the secret",
  forcePathStyle: true,
};
/** What is said of a storage in which something is broken. */
const said = (broken: Partial<Storage>, config: Parameters<typeof placeOfFiles>[0] = { s3, dataDir: base }) =>
  checkStorage({ ...folderStorage(folder()), ...broken }, placeOfFiles(config)).catch(({ name, message }: Error) => {
    expect(name).toBe("StartError");
    return message;
  });
const denied = () => Promise.reject(new Error("Access Denied."));

describe("the check of where files are kept", () => {
  it("leaves nothing behind where all is well", async () => {
    expect(await said({}, { s3: undefined, dataDir: base })).toBe(
      `The folder ${folder()} keeps files: a small one was put there, read and removed.`,
    );
    expect(filesIn(folder())).toEqual([]);
  });

  it("says which right is missing, and not the secret", async () => {
    const place = "The bucket files at https://s3.test is there, but";
    const [put, read, kept] = [
      await said({ put: denied }),
      await said({ read: denied }),
      await said({ remove: denied }),
    ];
    expect(put).toBe(`${place} takes no object: Access Denied. Allow s3:PutObject on files/* to the key KEY.`);
    expect(read).toBe(`${place} gives none back: Access Denied. Allow s3:GetObject on files/* to the key KEY.`);
    expect(kept).toMatch(
      / keeps checks\/[0-9a-f-]{36}, which was to be removed: Access Denied. Allow s3:DeleteObject on /,
    );
    expect([put, read, kept].join()).not.toContain("the secret");
    // Only the one that could not be removed.
    expect(filesIn(folder())).toHaveLength(1);
  });

  it("notices other bytes, and takes them away", async () => {
    async function* other() {
      yield Buffer.alloc(1_000);
    }
    expect(await said({ read: async () => other() })).toContain("gives back other bytes than it was given");
    expect(filesIn(folder())).toEqual([]);
  });

  it("says what is behind a failure that passes", async () => {
    const cause = new Error("no space left on device");
    const full = () => Promise.reject(new AppError("overloaded", "Try again.", { cause }));
    expect(await said({ put: full }, { s3: undefined, dataDir: base })).toBe(
      `The folder ${folder()} is there, but takes no object: no space left on device. Look at its owner, and at the room on its disk.`,
    );
  });
});

// Each of its runs is a process that starts.
describe("`admin storage check`", { timeout: 60_000 }, () => {
  const run = (environment: Record<string, string>, ...args: string[]) =>
    promisify(execFile)(process.execPath, ["--import", "tsx", "src/entry/admin.ts", "admin", ...args], {
      env: { PATH: process.env.PATH!, CONTENTOS_DATA_DIR: base, ...environment } as unknown as NodeJS.ProcessEnv,
    }).then(
      ({ stdout }) => stdout.trim(),
      ({ code, stderr }: { code: number; stderr: string }) => `${code}: ${stderr.trim()}`,
    );
  const settings = { S3_BUCKET: "files", S3_ACCESS_KEY_ID: "key", S3_SECRET_ACCESS_KEY: "secret" };

  it("needs no database", async () => {
    expect(await run({}, "storage", "check")).toBe(
      `The folder ${folder()} keeps files: a small one was put there, read and removed.`,
    );
    expect(readdirSync(base)).not.toContain("postgres");
  });

  it("ends with 1, and a sentence", async () => {
    mkdirSync(base, { recursive: true });
    writeFileSync(folder(), "a file where the folder should be");
    expect(await run({}, "storage", "check")).toMatch(/^1: The folder for files, .* can't be written: EEXIST/);
    expect(await run({ ...settings, S3_ENDPOINT: "http://localhost:9" }, "storage", "check")).toMatch(
      /^1: .*The storage at http:\/\/localhost:9 can't be reached: .*ECONNREFUSED.*\. Correct S3_ENDPOINT, or start it\.$/s,
    );
    expect(await run({ ...settings, S3_BUCKET: "" }, "storage", "check")).toMatch(
      /^1: Files are to be kept in S3, and S3_BUCKET/,
    );
    expect(await run({}, "storage", "look")).toMatch(/^1: Say what to do:/);
  });
});
