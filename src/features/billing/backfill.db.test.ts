import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { as, inDatabase, onServer } from "#tests/harness/global-setup";
import { migrate } from "@/db/migrate";

const DATABASE = "t_before_accounts";
const MIGRATIONS = "db/migrations";
const server = inject("server");
const superuserUrl = inDatabase(server.superuserUrl, DATABASE);
const ownerUrl = as(superuserUrl, "contentos_owner", "test-owner");
const workerUrl = as(superuserUrl, "contentos_worker", server.passwords.worker);
const bringTo = (directory: string) => migrate({ ownerUrl, workerUrl, passwords: server.passwords, directory });

afterAll(() => onServer(server.superuserUrl, `drop database if exists ${DATABASE} with (force)`));

test("workspaces from before there were accounts get their owner's, with the greatest tier of theirs", async () => {
  await onServer(server.superuserUrl, `create database ${DATABASE} owner contentos_owner`);
  const before = await mkdtemp(join(tmpdir(), "contentos-migrations-"));
  for (const name of await readdir(MIGRATIONS))
    if (name < "0029") await copyFile(join(MIGRATIONS, name), join(before, name));
  expect((await bringTo(before)).at(-1)).toBe("0028_privacy");
  const client = new pg.Client(superuserUrl);
  await client.connect();
  try {
    const idOf = async (text: string, values: unknown[]) =>
      (await client.query<{ id: string }>(text, values)).rows[0]!.id;
    const person = (name: string) =>
      idOf("insert into users (email, name, email_verified) values ($1, $2, true) returning id", [
        `${name.toLowerCase()}@example.com`,
        name,
      ]);
    const workspace = async (slug: string, owner: string, tier?: string) => {
      const id = await idOf(
        "insert into workspaces (name, slug, owner_id, region, created_at) values ($1, $1, $2, 'local', '2026-01-02') returning id",
        [slug, owner],
      );
      if (tier)
        await client.query("insert into billing_subscriptions (workspace_id, tier) values ($1, $2)", [id, tier]);
      return id;
    };
    const [ada, ben, cleo] = [await person("Ada"), await person("Ben"), await person("Cleo")];
    // One that an operator had set, one that nobody had, and one from before subscriptions.
    await workspace("ada-agency", ada, "Agency");
    await workspace("ada-team", ada, "Team");
    await workspace("ada-bare", ada);
    await workspace("ben-free", ben, "Free");

    expect((await bringTo(MIGRATIONS))[0]).toBe("0029_billing_accounts");
    const { rows: accounts } = await client.query(
      "select owner_id, tier, provider, status, stripe_customer_id from billing_accounts",
    );
    const of = (owner_id: string, tier: string | null) => ({
      owner_id,
      tier,
      provider: "Manual",
      status: "Active",
      stripe_customer_id: null,
    });
    expect(accounts.toSorted((one, other) => (one.owner_id === ada ? -1 : other.owner_id === ada ? 1 : 0))).toEqual([
      of(ada, "Agency"),
      of(ben, null),
    ]);
    expect(accounts.map(({ owner_id }) => owner_id)).not.toContain(cleo);
    const { rows: paid } = await client.query(
      `select w.slug, s.tier, s.paid_since = w.created_at as since, a.owner_id = w.owner_id as owners
       from workspaces w join billing_subscriptions s on s.workspace_id = w.id join billing_accounts a on a.id = s.account_id
       order by w.slug`,
    );
    expect(paid).toEqual(
      [
        ["ada-agency", "Agency"],
        ["ada-bare", "Agency"],
        ["ada-team", "Agency"],
        ["ben-free", "Enterprise"],
      ].map(([slug, tier]) => ({ slug, tier, since: true, owners: true })),
    );
    // The policies by which it saw all of them are gone with it.
    const { rows: left } = await client.query("select 1 from pg_policies where policyname = 'backfill'");
    expect(left).toEqual([]);
  } finally {
    await client.end();
    await rm(before, { recursive: true, force: true });
  }
});
