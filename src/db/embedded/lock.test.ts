import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { StartError } from "@/platform/errors";
import { countUsers, joinUsers, withLock } from "./lock";
import { processToken } from "./processes";

const base = mkdtempSync(join(tmpdir(), "embedded-lock-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const claim = (pid: number, token: string) => JSON.stringify({ pid, token, nonce: "n1" });

test("one at a time, also when many find a dead process's lock", async () => {
  const lock = join(base, "many.lock");
  writeFileSync(lock, claim(process.pid, "another life of this pid"));
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await sleep(5);
    inside--;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(lock, work, { timeoutMs: 5_000 })));
  expect(most).toBe(1);
  expect(readdirSync(base).filter((name) => name.startsWith("many.lock"))).toEqual([]);
});

test("a living holder is waited for, told of, and named when the time is over", async () => {
  const lock = join(base, "held.lock");
  const holder = spawn("sleep", ["60"]);
  const text = claim(holder.pid ?? 0, processToken(holder.pid ?? 0) ?? "");
  writeFileSync(lock, text);
  const told: number[] = [];
  const attempt = withLock(lock, async () => "in", { timeoutMs: 100, onWait: (pid) => told.push(pid) });
  const error = await attempt.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartError);
  expect((error as Error).message).toContain(`pid ${holder.pid}`);
  expect(told).toEqual([holder.pid]);
  expect(readFileSync(lock, "utf8")).toBe(text);
  holder.kill("SIGKILL");
  expect(await withLock(lock, async () => "in", { timeoutMs: 5_000 })).toBe("in");
});

test("a lock that was never written is taken over, but not while it may still be written", async () => {
  const lock = join(base, "empty.lock");
  writeFileSync(lock, "");
  await expect(withLock(lock, async () => "in", { timeoutMs: 100 })).rejects.toBeInstanceOf(StartError);
  utimesSync(lock, new Date(0), new Date(0));
  expect(await withLock(lock, async () => "in", { timeoutMs: 1_000 })).toBe("in");
});

test("the lock is given back when the work fails", async () => {
  const lock = join(base, "failed.lock");
  const fail = () => Promise.reject(new Error("broken"));
  await expect(withLock(lock, fail, { timeoutMs: 100 })).rejects.toThrow("broken");
  expect(existsSync(lock)).toBe(false);
});

test("users count while they live; a reused pid and rubbish do not", () => {
  const users = join(base, "users");
  const leaveFirst = joinUsers(users);
  const leaveSecond = joinUsers(users);
  writeFileSync(join(users, "reused"), claim(process.pid, "another life of this pid"));
  writeFileSync(join(users, "rubbish"), "{");
  expect(countUsers(users)).toBe(2);
  expect(readdirSync(users)).toHaveLength(2);
  leaveFirst();
  expect(countUsers(users)).toBe(1);
  leaveSecond();
  expect(countUsers(users)).toBe(0);
});
