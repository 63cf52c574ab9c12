import { execFileSync, spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import type { TestDatabase } from "#tests/harness/database";
import { freePort } from "#tests/harness/free-port";
import { homeOf, postgresAccount, postgresAccountMissing } from "#tests/peers/postgres-account";

/** As Debian has it, and one that knows prepared statements, which `install.sh` builds. */
const PROGRAMS = {
  old: "/usr/sbin/pgbouncer",
  new: fileURLToPath(new URL("./pgbouncer/pgbouncer", import.meta.url)),
};
export type Generation = keyof typeof PROGRAMS;

/** Why there is no such PgBouncer here; undefined where there is one. */
export function pgbouncerMissing(generation: Generation): string | undefined {
  if (!existsSync(PROGRAMS[generation])) return `${PROGRAMS[generation]} not found: run tests/peers/install.sh`;
  return postgresAccountMissing("PgBouncer");
}

/** Such as `1.18.0`. */
export const pgbouncerVersion = (generation: Generation) =>
  /PgBouncer ([\d.]+)/.exec(execFileSync(PROGRAMS[generation], ["--version"], { encoding: "utf8" }))![1]!;

/** From 1.21 on it gives each connection the names that it lacks. */
export const knowsNames = (version: string | undefined) => Number(version?.split(".")[1]) >= 21;

type Way = { generation: Generation; mode: "session" | "transaction"; poolSize: number };

/** PgBouncer before a test's database, with so many connections to it for each log-in. */
export async function startPgbouncer({ urls }: TestDatabase, { generation, mode, poolSize }: Way) {
  const account = postgresAccount();
  const home = homeOf(account, "pgbouncer");
  const port = await freePort();
  const logins = { app: urls.app, auth: urls.auth };
  const lines = Object.entries(logins).map(([name, url]) => {
    const { hostname, port: at, pathname, username, password } = new URL(url);
    return `${name} = host=${hostname} port=${at} dbname=${pathname.slice(1)} user=${username} password=${password}`;
  });
  const config = join(home, "pgbouncer.ini");
  writeFileSync(
    config,
    `[databases]
${lines.join("\n")}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${poolSize}
max_client_conn = 200
${knowsNames(pgbouncerVersion(generation)) ? "max_prepared_statements = 200" : ""}
`,
  );
  const server = spawn(PROGRAMS[generation], [config], { ...account, stdio: "ignore", cwd: home });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  await vi.waitUntil(() => answers(port), { timeout: 10_000, interval: 50 });
  const through = (name: keyof typeof logins) => `postgres://anybody@127.0.0.1:${port}/${name}`;
  return {
    urls: { app: through("app"), auth: through("auth") },
    async stop() {
      server.kill("SIGKILL");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
