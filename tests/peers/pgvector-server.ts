import { execFileSync, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { freePort } from "#tests/harness/free-port";
import { as, inDatabase, onServer, type TestServer } from "#tests/harness/global-setup";
import { homeOf, postgresAccount, postgresAccountMissing } from "#tests/peers/postgres-account";
import { migrate } from "@/db/migrate";

const bin = fileURLToPath(new URL("./pgvector/pgserver/pginstall/bin/", import.meta.url));

/** Why there is no Postgres with pgvector here; undefined where there is one. */
export function pgvectorMissing(): string | undefined {
  if (!existsSync(join(bin, "postgres"))) return "pgvector not found: run tests/peers/install.sh";
  return postgresAccountMissing("Postgres");
}

const passwords = { app: "test-app", auth: "test-auth", worker: "test-worker" };

/** A migrated template, whose owner is no superuser and may not create the extension: the server's administrator does. */
async function prepare(superuserUrl: string): Promise<TestServer> {
  const template = "contentos_template";
  await onServer(superuserUrl, "create role contentos_owner login createrole createdb password 'test-owner'");
  await onServer(superuserUrl, `create database ${template} owner contentos_owner`);
  const ownerUrl = inDatabase(as(superuserUrl, "contentos_owner", "test-owner"), template);
  const workerUrl = as(ownerUrl, "contentos_worker", passwords.worker);
  await migrate({ ownerUrl, workerUrl, passwords, directory: "db/migrations" });
  const client = new pg.Client(inDatabase(superuserUrl, template));
  await client.connect();
  await client.query("create extension vector").finally(() => client.end());
  return { superuserUrl, passwords, template };
}

/** A real Postgres with pgvector, at a free port of 127.0.0.1, in a folder that goes with it. */
export async function startPgvector() {
  const account = postgresAccount();
  const home = homeOf(account, "pgvector");
  const data = join(home, "data");
  const run = { ...account, stdio: "ignore" as const, cwd: home };
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"], run);
  const port = await freePort();
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${home}`],
    run,
  );
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const superuserUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (let tries = 0; ; tries++) {
    const client = new pg.Client(superuserUrl);
    try {
      await client.connect();
      await client.end();
      break;
    } catch (error) {
      await client.end().catch(() => {});
      if (tries === 100 || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const prepared = await prepare(superuserUrl);
  return {
    ...prepared,
    async stop() {
      server.kill("SIGINT");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
