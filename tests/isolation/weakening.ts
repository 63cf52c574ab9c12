import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "#tests/harness/database";
import { brokenRules, RULES } from "./catalogue";
import { violations } from "./matrix";
import { type Mutation, mutations } from "./mutations";
import { readTables, setTheStage, type Tables } from "./stage";

/** Tries each weakening of one share, one at a time. Shares are files, so that they run side by side. */
export function testWeakenings({ share, of }: { share: number; of: number }) {
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

  test("each weakening of the database, one at a time, is seen", { timeout: 1_500_000 }, async () => {
    expect(await violations(superuser, tables)).toEqual([]);
    expect(await brokenRules(superuser)).toEqual([]);

    const started = performance.now();
    const tried = (await mutations(superuser)).filter((_, index) => index % of === share);
    const unseen: string[] = [];
    const kinds: Record<string, number> = {};
    for (const mutation of tried) {
      kinds[mutation.kind] = (kinds[mutation.kind] ?? 0) + 1;
      if (!(await isSeen(superuser, tables, mutation))) unseen.push(mutation.statement);
    }
    const seconds = (performance.now() - started) / 1000;
    console.info(`${tried.length} weakenings in ${seconds.toFixed(0)} s`, kinds);
    expect(unseen).toEqual([]);
    // One of each kind at least: a query that finds nothing to weaken proves nothing.
    expect(Object.keys(kinds).length).toBeGreaterThan(20);
  });
}

async function isSeen(
  superuser: pg.Client,
  tables: Tables,
  { statement, table, actors, catalogue }: Mutation,
): Promise<boolean> {
  if (catalogue && (await breaksARule(superuser, statement))) return true;
  if (!table) return false;
  const look = { only: [table], before: statement, first: true, ...(actors && { actors: [actors] }) };
  // An actor who can't enter any more is a sign as well.
  return violations(superuser, tables, look).then(
    (found) => found.length > 0,
    (error: Error) => {
      if (/can't enter/.test(error.message)) return true;
      throw error;
    },
  );
}

async function breaksARule(superuser: pg.Client, statement: string) {
  await superuser.query("begin");
  try {
    await superuser.query(statement);
    return (await brokenRules(superuser, RULES, { most: 1 })).length > 0;
  } finally {
    await superuser.query("rollback");
  }
}
