import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const STAMP = "dist/built-from";
const SOURCES = [
  "src",
  "packages/sdk/src",
  "next.config.ts",
  "package.json",
  "tsconfig.json",
  "scripts/build.mjs",
  "scripts/server-bundle.json",
  "scripts/compile-messages.cjs",
];

const filesIn = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesIn(join(path, name)))
    : [path];

/** Names, sizes and times of change: reading them takes milliseconds, and a checkout changes them. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const file of SOURCES.flatMap(filesIn)) {
    if (/\.test\.tsx?$|\.md$/.test(file)) continue;
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

export const isBuilt = () =>
  existsSync(STAMP) && existsSync(".next/BUILD_ID") && readFileSync(STAMP, "utf8") === fingerprint();

/** Bundles the server with esbuild and the pages with Next; packages stay where they are. */
export async function build() {
  const began = Date.now();
  const from = fingerprint();
  step("Building the server");
  const esbuild = await import("esbuild");
  await esbuild.build({
    // Packages stay outside, but for one that is a file of JSON: Node imports that only where it is told so.
    ...JSON.parse(readFileSync("scripts/server-bundle.json", "utf8")),
    entryPoints: ["src/entry/start.ts", "src/entry/migrate.ts", "src/entry/admin.ts"],
    outdir: "dist",
    splitting: true,
    sourcemap: true,
  });
  step("Building the pages (half a minute, once)");
  await run(createRequire(import.meta.url).resolve("next/dist/bin/next"), ["build"]);
  writeFileSync(STAMP, from);
  step(`Built in ${Math.round((Date.now() - began) / 1000)} s`);
}

const step = (text) => process.stdout.write(`  ${text}\n`);

/** Quiet unless it fails. */
function run(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
      });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      process.stderr.write(output);
      reject(new Error(`${script} ended with ${code}`));
    });
  });
}
