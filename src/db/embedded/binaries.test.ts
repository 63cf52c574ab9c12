import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { StartError } from "@/platform/errors";
import { copyBinaries, findBinaries, findPackage, makeSymlinks } from "./binaries";

const base = mkdtempSync(join(tmpdir(), "embedded-binaries-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const runs = (native: string) => spawnSync(join(native, "bin", "initdb"), ["-V"]).status === 0;

test("binaries that were unpacked without links, for their owner alone, run after a start has made the links", async () => {
  const { tool, major, hasLibrary } = await findBinaries(undefined, base);
  expect(major).toBe(18);
  expect(existsSync(tool("pg_ctl"))).toBe(true);
  expect([hasLibrary("pg_stat_statements"), hasLibrary("pg_nothing")]).toEqual([true, false]);

  const bare = join(base, "bare");
  cpSync(findPackage(`${process.platform}-${process.arch}`), bare, {
    recursive: true,
    filter: (source) => !lstatSync(source).isSymbolicLink() && !source.includes("/share/"),
  });
  chmodSync(join(bare, "native", "bin", "postgres"), 0o700);
  if (process.platform === "linux") expect(runs(join(bare, "native"))).toBe(false);

  const copy = copyBinaries(bare, join(base, "copies"));
  expect(runs(copy)).toBe(true);
  expect(statSync(join(copy, "bin", "postgres")).mode & 0o777).toBe(0o755);
  expect(readdirSync(join(copy, "lib")).filter((name) => /\.a$|ecpg.*\.\d+$/.test(name))).toEqual([]);
  expect(copyBinaries(bare, join(base, "copies"))).toBe(copy);
  expect(readdirSync(join(base, "copies"))).toHaveLength(1);

  makeSymlinks(bare);
  expect(runs(join(bare, "native"))).toBe(true);
});

test("a platform without binaries is told to bring a server", () => {
  expect(() => findPackage("plan9-mips")).toThrow(StartError);
  expect(() => findPackage("plan9-mips")).toThrow(/platform \(plan9-mips\): set DATABASE_URL/);
});
