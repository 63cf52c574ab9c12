import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { withLock } from "./lock";

/** As a full disk does it: the file is there, and nothing in it. */
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const writeFileSync = (...[file, , options]: Parameters<typeof fs.writeFileSync>) => {
    fs.writeFileSync(file, "", options);
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  };
  return { ...fs, writeFileSync };
});

const base = mkdtempSync(join(tmpdir(), "embedded-lock-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

test("a lock that can't be written is not left there for others to wait for", async () => {
  const lock = join(base, "full.lock");
  await expect(withLock(lock, async () => {}, { timeoutMs: 1_000 })).rejects.toMatchObject({ code: "ENOSPC" });
  expect(existsSync(lock)).toBe(false);
});
