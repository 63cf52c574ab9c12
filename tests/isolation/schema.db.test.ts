import { readdir } from "node:fs/promises";
import path from "node:path";
import { is } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import { getTableConfig, integer, PgTable, pgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();

/** Tables that code reaches through functions of the database alone, and what the migrations' runner keeps. */
/** What no statement of ours names: functions of the database alone reach it. */
const WITHOUT_MIRROR = new Set([
  "billing_accounts",
  "billing_deployment",
  "billing_pool_entries",
  "billing_reservations",
  "billing_stripe_events",
  "billing_subscriptions",
  "migrations",
  "review_passcode_tries",
]);

type Columns = Record<string, { type: string; nullable: boolean; hasDefault: boolean }>;
type Shape = { columns: Columns; primaryKey: string[] };

async function mirrored(): Promise<PgTable[]> {
  const directory = path.resolve("src/db/schema");
  const files = (await readdir(directory)).filter((file) => file.endsWith(".ts"));
  const modules = await Promise.all(files.map((file) => import(path.join(directory, file)) as Promise<object>));
  return modules.flatMap((module) => Object.values(module)).filter((value): value is PgTable => is(value, PgTable));
}

const nameOf = (column: { name: string; keyAsName: boolean }) =>
  column.keyAsName ? toSnakeCase(column.name) : column.name;

function shapeOfMirror(table: PgTable): Shape {
  const { columns, primaryKeys } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  return {
    columns: Object.fromEntries(
      columns.map((column) => [
        nameOf(column),
        {
          type: column.getSQLType().replace(" (", "("),
          nullable: !column.notNull,
          hasDefault: column.hasDefault || column.generatedIdentity !== undefined,
        },
      ]),
    ),
    primaryKey: key.map(nameOf),
  };
}

async function shapesInDatabase(): Promise<Map<string, Shape>> {
  const rows = await t.asOwner<{
    table: string;
    column: string;
    type: string;
    nullable: boolean;
    has_default: boolean;
    key_position: number | null;
  }>(`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
           not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' as has_default,
           array_position(i.indkey::int2[], a.attnum) as key_position
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname, key_position, a.attnum`);
  const shapes = new Map<string, Shape>();
  for (const row of rows) {
    const shape = shapes.get(row.table) ?? { columns: {}, primaryKey: [] };
    shape.columns[row.column] = { type: row.type, nullable: row.nullable, hasDefault: row.has_default };
    if (row.key_position !== null) shape.primaryKey.push(row.column);
    shapes.set(row.table, shape);
  }
  return shapes;
}

/** Each way in which the mirrors and the migrated database disagree. */
async function differences(mirrors: PgTable[]): Promise<string[]> {
  const database = await shapesInDatabase();
  const byTable = new Map<string, PgTable[]>();
  for (const mirror of mirrors) {
    const { name } = getTableConfig(mirror);
    byTable.set(name, [...(byTable.get(name) ?? []), mirror]);
  }
  const found: string[] = [];
  for (const [name, shape] of database) {
    if (WITHOUT_MIRROR.has(name)) continue;
    const shapes = (byTable.get(name) ?? []).map(shapeOfMirror);
    // Another room may mirror the columns that it reads; one mirror has all of them.
    const full = shapes.toSorted((a, b) => Object.keys(b.columns).length - Object.keys(a.columns).length)[0];
    if (!full) found.push(`${name} has no mirror`);
    else if (JSON.stringify(full.primaryKey) !== JSON.stringify(shape.primaryKey)) {
      found.push(`${name}: its key is (${shape.primaryKey}), and (${full.primaryKey}) in the mirror`);
    }
    for (const mirror of shapes) found.push(...columnDifferences(name, mirror.columns, shape.columns, mirror === full));
  }
  for (const name of byTable.keys()) if (!database.has(name)) found.push(`${name} is a mirror of nothing`);
  // Said once, however many mirrors show it.
  return [...new Set(found)];
}

function columnDifferences(table: string, mirror: Columns, database: Columns, whole: boolean): string[] {
  const names = new Set([...Object.keys(mirror), ...(whole ? Object.keys(database) : [])]);
  return [...names].flatMap((name) => {
    const [ours, theirs] = [mirror[name], database[name]];
    if (!ours) return [`${table}.${name} is missing in the mirror`];
    if (!theirs) return [`${table}.${name} is in the mirror alone`];
    const same =
      ours.type === theirs.type &&
      ours.nullable === theirs.nullable &&
      (ours.hasDefault === theirs.hasDefault || !whole);
    return same ? [] : [`${table}.${name} is ${JSON.stringify(theirs)}, and ${JSON.stringify(ours)} in the mirror`];
  });
}

test("the mirrors agree with the migrated database, table by table and column by column", async () => {
  const mirrors = await mirrored();
  expect(mirrors.length).toBeGreaterThan(20);
  expect(await differences(mirrors)).toEqual([]);
});

test("a column that the mirror has alone is found, and a mirror of no table", async () => {
  const mirrors = (await mirrored()).filter((mirror) => getTableConfig(mirror).name !== "workspace_keys");
  const extra = [
    pgTable("workspace_keys", { workspaceId: integer().notNull(), tint: integer() }),
    pgTable("made_up", { id: integer().primaryKey() }),
  ];
  expect(await differences([...mirrors, ...extra])).toEqual([
    "workspace_keys: its key is (workspace_id), and () in the mirror",
    expect.stringMatching(/^workspace_keys\.workspace_id is \{"type":"uuid".*"type":"integer"/),
    "workspace_keys.tint is in the mirror alone",
    "workspace_keys.wrapped_key is missing in the mirror",
    "workspace_keys.created_at is missing in the mirror",
    "made_up is a mirror of nothing",
  ]);
});

test("what a migration changes alone is found", async () => {
  await t.asOwner(
    "alter table personas add column tint text, alter column name drop not null, alter column attributes drop default",
  );
  await t.asOwner("alter table channels drop constraint channels_pkey cascade, add primary key (id, workspace_id)");
  await t.asOwner("create table forgotten (id int primary key)");
  expect((await differences(await mirrored())).sort()).toEqual([
    "channels: its key is (id,workspace_id), and (workspace_id,id) in the mirror",
    "forgotten has no mirror",
    expect.stringMatching(/^personas\.attributes is .*"hasDefault":false.*"hasDefault":true/),
    expect.stringMatching(/^personas\.name is .*"nullable":true.*"nullable":false/),
    "personas.tint is missing in the mirror",
  ]);
});
