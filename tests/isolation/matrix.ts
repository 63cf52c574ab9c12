import { CASES } from "./cases";
import { ACTORS, AUTH_MAY, CLOSED, EXPECTATIONS, type Expectation, type Who } from "./expectations";
import { BEFORE_FRESH, CHANGES, FRESH, PERSONAL, type Place, person, ROWS, type Row } from "./rows";
import {
  type Column,
  type Connection,
  complete,
  entryOf,
  insertion,
  meOf,
  onStage,
  placeOf,
  type Stage,
  type Tables,
  valueFor,
} from "./stage";

/** One try: the statement, and the outcomes that are right. An outcome is a count of rows or a SQLSTATE. */
type Cell = { label: string; statement: string; right: string[] };

const REFUSED = ["42501"];
const NOTHING = ["0", "42501"];
/** One row a workspace: who may write it meets the one that is there. */
const ONE_A_WORKSPACE = ["public.workspace_keys", "public.billing_subscriptions"];

const bare = (table: string) => table.replace("public.", "");
const match = (table: string, columns: Column[], row: Row) => {
  const keys = columns.filter(({ key }) => key);
  return `${table} where ${keys.map(({ name }) => `${name} = ${row[name]}`).join(" and ")}`;
};

function cellsFor(table: string, columns: Column[], expectation: Expectation | typeof CLOSED, who: Who): Cell[] {
  if (expectation === CLOSED) return closedCells(table, columns);
  const place = placeOf(who);
  const own = (who.startsWith("Person") && place === "mine" && PERSONAL[bare(table)]) || ROWS[bare(table)]!(place);
  return [
    ...readingCells(table, columns, expectation, who, own),
    ...changingCells(table, columns, expectation, who, own),
    ...writingCells(table, columns, expectation, who),
    ...[match(table, columns, own), match(table, columns, ROWS[bare(table)]!("theirs")), table].map((target) => ({
      label: "deletes",
      statement: `delete from ${target}`,
      right: REFUSED,
    })),
  ];
}

const closedCells = (table: string, columns: Column[]): Cell[] =>
  [
    ...columns.flatMap(({ name }) => [`select ${name} from ${table}`, `update ${table} set ${name} = default`]),
    `insert into ${table} default values`,
    `delete from ${table}`,
  ].map((statement) => ({ label: "reaches", statement, right: REFUSED }));

function readingCells(table: string, columns: Column[], { select, readable, update }: Expectation, who: Who, own: Row) {
  const mine = match(table, columns, own);
  const theirs = match(table, columns, ROWS[bare(table)]!("theirs"));
  const sees = select.includes(who);
  const locks = update && Object.values(update).some((by) => by.includes(who));
  const cells: Cell[] = [
    { label: "sees its own", statement: `select 1 from ${mine}`, right: [sees ? "1" : "0"] },
    { label: "sees another workspace's", statement: `select 1 from ${theirs}`, right: ["0"] },
    { label: "locks another workspace's", statement: `select 1 from ${theirs} for update`, right: NOTHING },
  ];
  if (locks || !sees) cells.push({ label: "locks its own", statement: `select 1 from ${mine} for update`, right: locks ? ["1"] : NOTHING });
  for (const { name } of columns) {
    const open = !readable || readable.includes(name);
    cells.push({ label: `reads the column ${name}`, statement: `select ${name} from ${table} where false`, right: open ? ["0"] : REFUSED });
  }
  return cells;
}

function changingCells(table: string, columns: Column[], { update = {} }: Expectation, who: Who, own: Row) {
  const place = placeOf(who);
  const cells: Cell[] = [];
  for (const column of columns) {
    const by = update[column.name];
    const change = (where: Place) => {
      if (!by) return `${column.name} = default`;
      const named = CHANGES[bare(table)]?.[column.name]?.(where, meOf(who));
      const set = named ?? `${column.name} = ${valueFor(column, true)}`;
      // A Writer changes a schedule in putting it on hold.
      const held = table === "public.distribution_schedules" && who.startsWith("Writer") && column.name !== "status";
      return held ? `${set}, status = 'OnHold'` : set;
    };
    cells.push(
      {
        label: `changes ${column.name}`,
        statement: `update ${match(table, columns, own).replace(" where", ` set ${change(place)} where`)}`,
        right: by?.includes(who) ? ["1"] : by ? NOTHING : REFUSED,
      },
      {
        label: `changes another workspace's ${column.name}`,
        statement: `update ${match(table, columns, ROWS[bare(table)]!("theirs")).replace(" where", ` set ${change("theirs")} where`)}`,
        right: by ? NOTHING : REFUSED,
      },
    );
  }
  return cells;
}

function writingCells(table: string, columns: Column[], { insert }: Expectation, who: Who): Cell[] {
  if (!insert) {
    return columns.map(({ name }) => ({
      label: `inserts ${name}`,
      statement: `insert into ${table} (${name}) values (default)`,
      right: REFUSED,
    }));
  }
  const write = (place: Place, over: Row = {}) => {
    const row = { ...fresh(table, place, who), ...over };
    const full = complete(columns, row);
    const wanted = Object.fromEntries(Object.entries(full).filter(([name]) => insert.columns.includes(name) || name in over));
    const [first, before] = BEFORE_FRESH[bare(table)]?.(place, meOf(who)) ?? [];
    return first ? `${insertion(first, before!)}; ${insertion(table, wanted)}` : insertion(table, wanted);
  };
  const may = insert.by.includes(who);
  const right = may ? [ONE_A_WORKSPACE.includes(table) ? "23505" : "1"] : REFUSED;
  const cells: Cell[] = [
    { label: "inserts", statement: write(placeOf(who)), right },
    { label: "inserts in another workspace", statement: write("theirs"), right: REFUSED },
  ];
  for (const name of insert.signed ?? []) {
    cells.push({ label: `inserts with another's ${name}`, statement: write(placeOf(who), { [name]: person("guest") }), right: REFUSED });
  }
  for (const { name } of columns.filter((column) => !insert.columns.includes(column.name))) {
    cells.push({ label: `inserts ${name}`, statement: write(placeOf(who), { [name]: "default" }), right: REFUSED });
  }
  return cells;
}

function fresh(table: string, place: Place, who: Who): Row {
  const row = FRESH[bare(table)]!(place, meOf(who), who);
  return row.id ? { ...row, id: "gen_random_uuid()" } : row;
}

/** A change that names no row meets those that its actor sees, and no other. */
async function blindChanges(stage: Stage, table: string, columns: Column[], expectation: Expectation, who: Who) {
  const blind: Record<string, string> = {
    "public.workspace_members": "removed_at = null",
    "public.approval_submissions": "status = 'Superseded'",
    "public.approval_workflows": "status = 'Superseded'",
    "public.distribution_schedules": "message = 'x'",
    "public.distribution_attempts": "error = 'x'",
    "public.workspaces": "late_after_minutes = 5",
  };
  const allowed = Object.entries(expectation.update ?? {}).filter(([, by]) => by.includes(who));
  // Which of these rows are a Writer's is asked of the row as it becomes: one of somebody else's refuses them all.
  const refused = who === "WriterOwn" && ["approval_submissions", "approval_workflows", "distribution_schedules"].includes(bare(table));
  if (allowed.length === 0 || refused) return [];
  const column = columns.find(({ name }) => name === allowed.map(([key]) => key).find((key) => /_at$|^message$|^sealed$|^error$|^remote_url$|^response$/.test(key)))!;
  const set = blind[table] ?? `${column.name} = ${valueFor(column, true)}`;
  const [changed, seen] = await stage.attempt([`update ${table} set ${set}`, `select 1 from ${table}`]);
  const good = /^\d+$/.test(changed!) && Number(changed) >= 1 && Number(changed) <= Number(seen);
  return good ? [] : [`${table}: ${who} changes without naming a row (${set}): ${changed}, and sees ${seen}`];
}

/**
 * What differs from the expectations, each as a sentence; empty where all holds.
 * @param only the tables to look at; all by default, and then also that each has an expectation
 * @param before SQL to run first in the transaction, which is rolled back in the end
 */
export async function violations(connection: Connection, tables: Tables, only?: string[], before?: string): Promise<string[]> {
  const found = only ? [] : unexpected(tables);
  const chosen = (only ?? Object.keys(tables)).filter((table) => EXPECTATIONS[table]);
  await onStage(
    connection,
    async (stage) => {
      for (const who of ACTORS) {
        try {
          await stage.as("contentos_app", entryOf(who));
        } catch (error) {
          found.push(`${who} can't enter: ${(error as Error).message}`);
          return;
        }
        const cells = chosen.flatMap((table) =>
          cellsFor(table, tables[table]!, EXPECTATIONS[table]!, who).map((cell) => ({ ...cell, label: `${table}: ${who} ${cell.label}` })),
        );
        found.push(...(await judge(stage, [...cells, ...CASES.filter((one) => one.who === who).map((one) => ({ ...one, right: [one.right] }))])));
        for (const table of chosen) {
          const expectation = EXPECTATIONS[table]!;
          if (expectation !== CLOSED) found.push(...(await blindChanges(stage, table, tables[table]!, expectation, who)));
        }
      }
      await otherLogins(stage, tables, only ?? Object.keys(tables), found);
    },
    before,
  );
  return found;
}

async function judge(stage: Stage, cells: Cell[]) {
  const outcomes = await stage.attempt(cells.map(({ statement }) => statement));
  return cells.flatMap(({ label, statement, right }, i) =>
    right.includes(outcomes[i]!.split(" ")[0]!) ? [] : [`${label}: ${outcomes[i]} instead of ${right.join(" or ")}, by ${statement}`],
  );
}

async function otherLogins(stage: Stage, tables: Tables, chosen: string[], found: string[]) {
  for (const login of ["contentos_auth", "contentos_worker"] as const) {
    await stage.as(login, "select 1");
    const cells = chosen.flatMap((table) => {
      const may = (login === "contentos_auth" && AUTH_MAY[table]?.split(" ")) || [];
      const key = tables[table]![0]!.name;
      const does: Record<string, string> = {
        select: `select 1 from ${table} limit 1`,
        insert: `insert into ${table} overriding system value select * from ${table} where false`,
        update: `update ${table} set ${key} = default where false`,
        delete: `delete from ${table} where false`,
        truncate: `truncate ${table}`,
      };
      const right = (command: string) => (!may.includes(command) ? REFUSED : [command === "select" ? "1" : "0"]);
      return Object.entries(does).map(([command, statement]) => ({ label: `${table}: ${login}`, statement, right: right(command) }));
    });
    const own = CASES.filter(({ who }) => who === login).map((one) => ({ ...one, right: [one.right] }));
    found.push(...(await judge(stage, [...cells, ...own])));
  }
}

/** Tables and columns that nobody has said anything about, and words about what isn't there. */
function unexpected(tables: Tables): string[] {
  const found: string[] = [];
  for (const [table, columns] of Object.entries(tables)) {
    const expectation = EXPECTATIONS[table];
    if (!expectation) found.push(`${table} has no expectation: say in expectations.ts who may do what`);
    if (!expectation || expectation === CLOSED) continue;
    const { insert, update = {}, given = [] } = expectation;
    const said = new Set([...(insert?.columns ?? []), ...Object.keys(update), ...given]);
    const present = new Set(columns.map(({ name }) => name));
    for (const name of present) if (!said.has(name)) found.push(`${table}.${name} has no expectation: say in expectations.ts who may write it`);
    for (const name of said) if (!present.has(name)) found.push(`${table}.${name} is expected and isn't there`);
  }
  for (const table of Object.keys(EXPECTATIONS)) if (!tables[table]) found.push(`${table} is expected and isn't there`);
  return found;
}

/** How many tries a whole run makes. */
export const countCells = (tables: Tables) =>
  ACTORS.flatMap((who) => Object.keys(tables).flatMap((table) => (EXPECTATIONS[table] ? cellsFor(table, tables[table]!, EXPECTATIONS[table], who) : []))).length +
  CASES.length;
