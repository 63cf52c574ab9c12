import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { as, inDatabase, onServer } from "#tests/harness/global-setup";
import { migrate } from "@/db/migrate";

const FOLDER = "tests/fixtures/databases";
type Table = { table: string; columns: string[]; rows: (string | null)[][] };

/** What a migration gives another value on purpose: the row stays, and says the same in its other columns. */
const CHANGED: Record<string, string[]> = {
  // Credits are counted by the ledger since 0017; the tier is that of whoever pays since 0029, and of the deployment where nobody does.
  billing_subscriptions: ["ai_credits_used", "tier"],
};

const quoted = (name: string) => `"${name}"`;

async function load(client: pg.Client, { table, columns, rows }: Table) {
  const { rows: types } = await client.query<{ name: string; type: string }>(
    "select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0",
    [table],
  );
  const typeOf = new Map(types.map(({ name, type }) => [name, type]));
  await client.query(`delete from ${table}`);
  await client.query(
    `insert into ${table} (${columns.map(quoted).join(", ")}) overriding system value
     select ${columns.map((name, at) => `c${at}::${typeOf.get(name)}`).join(", ")}
     from unnest(${columns.map((_, at) => `$${at + 1}::text[]`).join(", ")}) as r(${columns.map((_, at) => `c${at}`).join(", ")})`,
    columns.map((_, at) => rows.map((row) => row[at])),
  );
}

/** Those rows of a table that are not there any more, by the columns that still are. */
async function missing(client: pg.Client, { table, columns, rows }: Table): Promise<string[]> {
  const { rows: still } = await client.query<{ name: string }>(
    "select attname as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attgenerated = ''",
    [table],
  );
  const now = new Set(still.map(({ name }) => name));
  if (now.size === 0) return [`${table}: ${rows.length} rows, with the table`];
  const kept = columns.filter((name) => now.has(name) && !CHANGED[table]?.includes(name));
  const { rows: found } = await client.query<(string | null)[]>({
    text: `select ${kept.map((name) => `${quoted(name)}::text`).join(", ")} from ${table}`,
    rowMode: "array",
  });
  const there = new Set(found.map((row) => JSON.stringify(row)));
  const places = kept.map((name) => columns.indexOf(name));
  const gone = rows.map((row) => JSON.stringify(places.map((at) => row[at]))).filter((row) => !there.has(row));
  const dropped = columns.filter((name) => !now.has(name) && !CHANGED[table]?.includes(name));
  return [
    ...gone.map((row) => `${table} (${kept.join(", ")}): ${row}`),
    ...dropped.map((name) => `${table}.${name}: the column`),
  ];
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith(".jsonl"));

test.for(files)(
  "a database with rows in every table, as it was in %s, has them all at the newest migration",
  { timeout: 120_000 },
  async (file) => {
    const server = inject("server");
    const [head, ...lines] = readFileSync(join(FOLDER, file), "utf8").trimEnd().split("\n");
    const { migration } = JSON.parse(head!) as { migration: string };
    const tables = lines.map((line): Table => JSON.parse(line));
    const name = `t_${randomUUID().replaceAll("-", "")}`;
    await onServer(server.superuserUrl, `create database ${name} owner contentos_owner`);
    const superuser = inDatabase(server.superuserUrl, name);
    const client = new pg.Client(superuser);
    await client.connect();
    const run = (until?: string) =>
      migrate({
        ownerUrl: as(superuser, "contentos_owner", "test-owner"),
        workerUrl: as(superuser, "contentos_worker", server.passwords.worker),
        passwords: server.passwords,
        directory: "db/migrations",
        until,
      });
    try {
      await run(migration);
      await client.query("begin; set local session_replication_role = replica");
      for (const table of tables) await load(client, table);
      await client.query("commit");
      const missingNow = async () => {
        const lost: string[] = [];
        for (const table of tables) lost.push(...(await missing(client, table)));
        return lost;
      };
      expect(await missingNow()).toEqual([]);
      expect((await run()).length).toBeGreaterThan(1);
      expect(await missingNow()).toEqual([]);
    } finally {
      await client.end();
      await onServer(server.superuserUrl, `drop database ${name} with (force)`);
    }
  },
);
