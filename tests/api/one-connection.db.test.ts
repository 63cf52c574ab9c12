import pg from "pg";
import { expect, it } from "vitest";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { provision } from "@/db/provision";
import { seedEverything } from "./everything";
import { address, type Operation, readOperations } from "./operations";

const t = testDatabase({ max: 1 });

/** What ends the asker's own session comes last. */
const isIdentity = ({ path }: Operation) => Number(path.startsWith("/auth/"));

// Payload 3.90 took a second connection for an update, and as many updates at once as it had connections hung it for good.
it("no operation waits for a second connection while it holds one", async () => {
  const call = caller(t);
  const { admin, client } = await seedEverything(t, call);
  const operations = (await readOperations()).sort((one, other) => isIdentity(one) - isIdentity(other));
  const done: string[] = [];
  for (const operation of operations) {
    const who = operation.ofClient ? client : admin;
    const { status, body } = await call(who, operation.method, address(operation), operation.body?.example);
    expect([operation.operationId, body.code]).not.toEqual([operation.operationId, "overloaded"]);
    if (status < 300) done.push(operation.operationId);
  }
  // Beside what the seeding did by the same way; the others were refused what isn't there.
  expect(done.length).toBeGreaterThan(40);
});

// Settings of a role in a database are in no dump of it, and in no copy: this file's database is one.
it("a restored database ends again what idles in a transaction and what takes too long", async () => {
  const client = new pg.Client({ connectionString: t.urls.owner });
  await client.connect();
  await provision(client, { app: undefined, auth: undefined, worker: undefined });
  await client.end();
  for (const [connectionString, bounds] of [
    [t.urls.app, [15_000, 10_000, 30_000]],
    [t.urls.auth, [15_000, 0, 15_000]],
  ] as const) {
    const login = new pg.Client({ connectionString });
    await login.connect();
    const { rows } = await login.query<{ setting: string }>(
      `select setting from pg_settings
       where name in ('idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout') order by name`,
    );
    await login.end();
    expect(rows.map(({ setting }) => Number(setting))).toEqual(bounds);
  }
});
