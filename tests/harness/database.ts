import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject, vi } from "vitest";
import { createDatabase, createPool, type Database } from "@/db/client";
import type { TierName } from "@/features/billing/contract";
import { react } from "@/reactions";
import { as, inDatabase, onServer, type TestServer } from "./global-setup";

export type TestDatabase = {
  readonly db: Database;
  readonly authPool: pg.Pool;
  readonly urls: { superuser: string; owner: string; app: string; auth: string; worker: string };
  /** Runs as the superuser and sees every row: the way to prove that what a member can't see is there. */
  asOwner<Row extends pg.QueryResultRow = Record<string, never>>(query: string, values?: unknown[]): Promise<Row[]>;
  /** Holds a row so that competing calls must meet at it, then lets them go. */
  collide<T>(table: string, id: string, competitors: (() => Promise<T>)[], key?: string): Promise<T[]>;
};

type Options = {
  /** The greatest number of connections that the app has at once. */
  max?: number;
  /** What those have for whom nobody pays; the greatest, where a test is not about limits. */
  tier?: TierName;
  /** In place of the embedded one. */
  server?: TestServer | undefined;
};

/** A database of this test file's own, cloned from the migrated template. Call it once, at the top of the file. */
export function testDatabase({ max = 10, tier, server = inject("server") }: Options = {}): TestDatabase {
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  const superuser = inDatabase(server.superuserUrl, name);
  const urls = {
    superuser,
    owner: as(superuser, "contentos_owner", "test-owner"),
    app: as(superuser, "contentos_app", server.passwords.app),
    auth: as(superuser, "contentos_auth", server.passwords.auth),
    worker: as(superuser, "contentos_worker", server.passwords.worker),
  };
  const pools = {} as { db: Database; authPool: pg.Pool; owner: pg.Pool };

  beforeAll(async () => {
    await onServer(server.superuserUrl, `create database ${name} template ${server.template} owner contentos_owner`);
    pools.owner = new pg.Pool({ connectionString: superuser, max: 5 });
    pools.owner.on("error", () => {});
    pools.db = createDatabase(urls.app, react, { max });
    pools.authPool = createPool(urls.auth, { max: 5 });
    if (tier) await pools.owner.query("update billing_deployment set default_tier = $1", [tier]);
  });

  afterAll(async () => {
    await Promise.all([pools.db?.pool.end(), pools.authPool?.end(), pools.owner?.end()]);
    // The server notices a moment later that its clients have gone.
    await vi.waitFor(() => onServer(server.superuserUrl, `drop database ${name} with (force)`), { timeout: 10_000 });
  });

  const asOwner: TestDatabase["asOwner"] = async (query, values = []) =>
    (await pools.owner.query(query, values)).rows as never;

  return {
    get db() {
      return pools.db;
    },
    get authPool() {
      return pools.authPool;
    },
    urls,
    asOwner,
    collide: (table, id, competitors, key) => collide(pools.owner, table, id, competitors, key),
  };
}

async function collide<T>(owner: pg.Pool, table: string, id: string, competitors: (() => Promise<T>)[], key = "id") {
  const gate = await owner.connect();
  await gate.query("begin");
  await gate.query(`select 1 from ${table} where ${key} = $1 for update`, [id]);
  let early = false;
  const racing = Promise.all(
    competitors.map((run) =>
      run().finally(() => {
        early = true;
      }),
    ),
  );
  while (!early && (await waitingForLocks(owner)) < competitors.length)
    await new Promise((resolve) => setTimeout(resolve, 5));
  const met = !early;
  await gate.query("commit");
  gate.release();
  const results = await racing;
  if (!met) throw new Error("A competitor came through without meeting the other");
  return results;
}

/** Of those that `collide`, one that comes to the gate when another waits there already, and so goes through after it. */
export async function comingSecond<T>({ asOwner }: TestDatabase, act: () => Promise<T>): Promise<T> {
  const waits = async () =>
    (await asOwner("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
      .length;
  await vi.waitUntil(async () => (await waits()) > 0, { timeout: 10_000 });
  return act();
}

const waitingForLocks = async (owner: pg.Pool) =>
  Number(
    (
      await owner.query(
        "select count(*) n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
    ).rows[0].n,
  );
