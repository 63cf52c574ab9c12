import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lastMeaningfulLine } from "./failures";
import { boundLog, logSince, logSize } from "./log-file";

const base = mkdtempSync(join(tmpdir(), "embedded-log-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

test("a log that is too long becomes the older part, and its writer goes on at the start", () => {
  const log = join(base, "postgres.log");
  const writer = openSync(log, "a");
  writeSync(writer, "old\n");
  boundLog(log, 4);
  expect(readFileSync(log, "utf8")).toBe("old\n");
  writeSync(writer, "more\n");
  boundLog(log, 4);
  writeSync(writer, "new\n");
  closeSync(writer);
  expect(readFileSync(`${log}.1`, "utf8")).toBe("old\nmore\n");
  expect(readFileSync(log, "utf8")).toBe("new\n");
});

test("what was written since, and the line in it that says why", () => {
  const log = join(base, "why.log");
  expect(logSince(log, 0)).toBe("");
  appendFileSync(log, "2026-01-01 00:00:00.000 UTC [7] FATAL:  of an earlier start\n");
  const offset = logSize(log);
  const lines = ["LOG:  starting", "FATAL:  could not write lock file", "LOG:  database system is shut down"];
  for (const line of lines) appendFileSync(log, `2026-01-01 00:00:01.000 UTC [8] ${line}\n`);
  expect(logSince(log, offset)).not.toContain("earlier");
  expect(lastMeaningfulLine(logSince(log, offset))).toBe("FATAL:  could not write lock file");
  expect(lastMeaningfulLine("libpq.so.5: cannot open\n\n")).toBe("libpq.so.5: cannot open");
  expect(lastMeaningfulLine("\n")).toBeUndefined();
});
