import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "#tests/harness/database";
import { countCells, violations } from "./matrix";
import { readTables, setTheStage, type Tables } from "./stage";

const t = testDatabase();
let superuser: pg.Client;
let tables: Tables;

beforeAll(async () => {
  superuser = new pg.Client({ connectionString: t.urls.superuser });
  await superuser.connect();
  tables = await readTables(superuser);
  await setTheStage(superuser, tables);
});
afterAll(() => superuser.end());

test("everyone may do with every table and column what the roles say, to their own workspace, and nothing else", {
  timeout: 120_000,
}, async () => {
  const found = await violations(superuser, tables);
  console.info(`${countCells(tables)} tries on ${Object.keys(tables).length} tables`);
  expect(found).toEqual([]);
});

test("a table and a column that nobody has spoken of are told by name", { timeout: 120_000 }, async () => {
  await superuser.query(
    "begin; create table newcomer (id uuid primary key); alter table personas add column mood text",
  );
  const known = await readTables(superuser);
  await superuser.query("rollback");
  expect(await violations(superuser, known)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^public.newcomer has no expectation/),
      expect.stringMatching(/^public.personas.mood has no/),
    ]),
  );
});
