import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";

/** One server for all files, and one migrated database that each of them clones. */
export interface TestServer {
  superuserUrl: string;
  passwords: { app: string; auth: string; worker: string };
  template: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    server: TestServer;
  }
}

const passwords = { app: "test-app", auth: "test-auth", worker: "test-worker" };

export async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), "contentos-test-"));
  // As root Postgres runs as another user, which has to pass through; else its data would be elsewhere, and stay there.
  await chmod(dataDir, 0o755);
  // Durability is what the fault tests are for; they start servers of their own.
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };
  const postgres = await startEmbeddedPostgres({ dataDir, ownerPassword: "test-owner", settings });
  const template = "contentos_template";
  await onServer(postgres.superuserUrl, `create database ${template} owner contentos_owner`);
  const ownerUrl = inDatabase(postgres.ownerUrl, template);
  const workerUrl = as(ownerUrl, "contentos_worker", passwords.worker);
  await migrate({ ownerUrl, workerUrl, passwords, directory: "db/migrations" });
  project.provide("server", { superuserUrl: postgres.superuserUrl, passwords, template });
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

export const inDatabase = (url: string, database: string) => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
};

export const as = (url: string, user: string, password: string) => {
  const address = new URL(url);
  address.username = user;
  address.password = password;
  return address.href;
};

export async function onServer(superuserUrl: string, statement: string) {
  const client = new pg.Client(inDatabase(superuserUrl, "postgres"));
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
