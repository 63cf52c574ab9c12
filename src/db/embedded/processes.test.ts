import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { isPostmaster, processToken, waitFor } from "./processes";

test("a process has one token while it lives, and none when it is gone or a zombie", async () => {
  // The shell becomes a sleep, which does not reap the child that the shell had.
  const parent = spawn("/bin/sh", ["-c", "sleep 0.2 & echo $!; exec sleep 60"]);
  const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
  const child = Number(line);
  const token = processToken(child);
  expect(token).toBeDefined();
  expect(processToken(child)).toBe(token);
  expect(processToken(parent.pid ?? 0)).not.toBe(undefined);
  expect(await waitFor(() => processToken(child) === undefined || undefined, 5_000)).toBe(true);
  expect(() => process.kill(child, 0)).not.toThrow();
  parent.kill("SIGKILL");
});

test("a process that is no Postgres is no postmaster, wherever it works", () => {
  expect(isPostmaster(process.pid, process.cwd())).toBe(false);
  expect(isPostmaster(2 ** 22 + 1, tmpdir())).toBe(false);
});
