import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFileLedger } from "./ledger";

const base = mkdtempSync(join(tmpdir(), "contentos-ledger-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const entry = (userId: string) => ({ userId, at: "2026-11-28T09:00:00.000Z", receipt: "signed" });

describe("the ledger of erasures", () => {
  it("is empty where there is none, and has what was added, for its owner alone", async () => {
    const ledger = createFileLedger(join(base, "new", "erasures.jsonl"));
    expect(await ledger.list()).toEqual([]);
    await ledger.add(entry("a"));
    await ledger.add(entry("b"));
    expect(await ledger.list()).toEqual([entry("a"), entry("b")]);
  });

  it("forgets a line that was cut off, and spoils none that comes after it", async () => {
    const path = join(base, "cut.jsonl");
    const ledger = createFileLedger(path);
    await ledger.add(entry("a"));
    appendFileSync(path, JSON.stringify(entry("cut off")).slice(0, -7));
    expect(await ledger.list()).toEqual([entry("a")]);
    await ledger.add(entry("b"));
    expect(await ledger.list()).toEqual([entry("a"), entry("b")]);
    expect(readFileSync(path, "utf8")).not.toContain("cut off");
  });

  it("keeps a line whose end somebody left out", async () => {
    const path = join(base, "edited.jsonl");
    writeFileSync(path, JSON.stringify(entry("a")));
    const ledger = createFileLedger(path);
    expect(await ledger.list()).toEqual([entry("a")]);
    await ledger.add(entry("b"));
    expect(await ledger.list()).toEqual([entry("a"), entry("b")]);
  });

  it("says which line is none, rather than to leave somebody out", async () => {
    const path = join(base, "spoilt.jsonl");
    writeFileSync(path, `${JSON.stringify(entry("a"))}\n{"userId":\n${JSON.stringify(entry("b"))}\n`);
    await expect(createFileLedger(path).list()).rejects.toThrow(/^Line 2 of .*spoilt.jsonl is no entry/);
  });
});
