import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "#tests/harness/database";
import { provision } from "@/db/provision";
import { brokenRules, RULES } from "./catalogue";

const t = testDatabase();
let superuser: pg.Client;

beforeAll(async () => {
  superuser = new pg.Client({ connectionString: t.urls.superuser });
  await superuser.connect();
});
afterAll(() => superuser.end());

describe.each(RULES)("$name", (rule) => {
  test("holds", async () => {
    expect(await brokenRules(superuser, [rule])).toEqual([]);
  });

  test.each(rule.plants)("is seen to be broken by: %s", async (plant) => {
    await superuser.query("begin");
    try {
      await superuser.query(plant);
      expect(await brokenRules(superuser, [rule])).not.toEqual([]);
    } finally {
      await superuser.query("rollback");
    }
  });
});

test("a table of which only the maintenance is granted is found as well, where Postgres knows that grant", async () => {
  const { rows } = await superuser.query("select current_setting('server_version_num')::int >= 170000 as known");
  if (!rows[0].known) return;
  await superuser.query("begin; grant maintain on personas to contentos_app");
  expect(await brokenRules(superuser)).toHaveLength(1);
  await superuser.query("rollback");
});

test("provisioning leaves a log-in no temporary tables, which would stand before ours on a pooled connection", async () => {
  const owner = new pg.Client({ connectionString: t.urls.owner });
  await owner.connect();
  await provision(owner, { app: undefined, auth: undefined, worker: undefined }).finally(() => owner.end());
  const [row] = await t.asOwner<{ allowed: string[] }>(`
    select array(select login from unnest(array['contentos_app', 'contentos_auth', 'contentos_worker']) login
                 where has_database_privilege(login, current_database(), 'temporary')) as allowed`);
  expect(row!.allowed).toEqual([]);
});
