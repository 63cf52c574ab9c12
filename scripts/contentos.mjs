#!/usr/bin/env node
// `contentos [start | server | worker | migrate | admin … | build]`: builds where the sources are newer, then runs.
import { fileURLToPath } from "node:url";
import { build, isBuilt } from "./build.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `ContentOS needs Node 20.19 or later, and this is ${process.versions.node}: install a newer one.\n`,
  );
  process.exit(1);
}

// Paths on the command line are meant from where it was typed.
process.env.INIT_CWD ??= process.cwd();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const [command = "start", ...rest] = process.argv.slice(2);
const ENTRIES = { start: "start", server: "start", worker: "start", migrate: "migrate", admin: "admin" };

if (command === "build") {
  if (!isBuilt()) await build();
} else if (command in ENTRIES) {
  if (!isBuilt()) await build();
  process.argv = [process.argv[0], process.argv[1], command, ...rest];
  await import(new URL(`../dist/${ENTRIES[command]}.js`, import.meta.url).href);
} else {
  process.stderr.write(`"${command}" is no command: use start, server, worker, migrate, admin or build.\n`);
  process.exit(2);
}
