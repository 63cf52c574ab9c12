import { execFileSync, spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { vi } from "vitest";
import type { TestDatabase } from "#tests/harness/database";
import { freePort } from "#tests/harness/free-port";
import { homeOf, postgresAccount, postgresAccountMissing } from "#tests/peers/postgres-account";

const PROGRAM = "/usr/sbin/pgbouncer";

/** Why there is no PgBouncer here; undefined where there is one. */
export function pgbouncerMissing(): string | undefined {
  if (!existsSync(PROGRAM)) return "pgbouncer not found: run tests/peers/install.sh";
  return postgresAccountMissing("PgBouncer");
}

/** Such as `1.18.0`. */
export const pgbouncerVersion = () =>
  /PgBouncer ([\d.]+)/.exec(execFileSync(PROGRAM, ["--version"], { encoding: "utf8" }))?.[1];

/** PgBouncer before a test's database, with so many connections to it for each log-in. */
export async function startPgbouncer({ urls }: TestDatabase, mode: "session" | "transaction", poolSize: number) {
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
`,
  );
  const server = spawn(PROGRAM, [config], { ...account, stdio: "ignore", cwd: home });
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
