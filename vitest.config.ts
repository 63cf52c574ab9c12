import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = {
  "@contentos/sdk": path.resolve("packages/sdk/src/index.ts"),
  "@": path.resolve("src"),
  "#tests": path.resolve("tests"),
};
const server = "tests/harness/global-setup.ts";

/** The tests that ask a database. */
const asking = ["src", "tests/api", "tests/faults", "tests/isolation", "tests/harness", "tests"].flatMap((folder) =>
  readdirSync(folder, { recursive: folder !== "tests", encoding: "utf8" })
    .filter((file) => file.endsWith(".db.test.ts"))
    .map((file) => `${folder}/${file}`),
);
/** What replaces something that all files of a process share. */
const REPLACES = /\bvi\.(mock|doMock|resetModules|stub|spyOn|useFakeTimers)|\.prototype\b/;
const replacing = asking.filter((file) => REPLACES.test(readFileSync(file, "utf8")));

const database = { globalSetup: [server], testTimeout: 90_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Databases are cloned per file; two cores gain nothing from more files at once.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "packages/*/src/**/*.test.ts",
            "tests/unit/**/*.test.ts",
            "tests/api/**/*.test.ts",
          ],
          exclude: ["**/*.db.test.ts", "**/*.peer.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        // Each has a database of its own, and the code alike: loading it anew for each took a third of the time.
        test: {
          ...database,
          name: "db",
          include: ["src/**/*.db.test.ts", "tests/**/*.db.test.ts"],
          exclude: replacing,
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: { ...database, name: "db-alone", include: replacing },
      },
      {
        resolve: { alias },
        test: {
          name: "peers",
          include: ["tests/**/*.peer.test.ts"],
          globalSetup: [server],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "e2e",
          // What a page shows a moment later is waited for as long as Playwright waits.
          expect: { poll: { timeout: 30_000 } },
          include: ["tests/**/*.e2e.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
