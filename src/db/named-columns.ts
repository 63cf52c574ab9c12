import { is, Param, Table } from "drizzle-orm";

type Insert = { table: Table; values: unknown; select?: boolean | undefined };
type Dialect = { buildInsertQuery(insert: Insert): unknown };

const COLUMNS = (Table as unknown as { Symbol: { Columns: symbol } }).Symbol.Columns;

/**
 * Lets an INSERT name only the columns that a row gives. Drizzle names all of them and writes
 * `default` for the rest, which Postgres refuses where grants are by column.
 */
export function nameGivenColumnsOnly<H extends object>(handle: H): H {
  const { dialect } = handle as unknown as { dialect: Dialect };
  const build = dialect.buildInsertQuery.bind(dialect);
  dialect.buildInsertQuery = (insert) =>
    build(insert.select ? insert : { ...insert, table: narrowed(insert.table, insert.values as Row[]) });
  return handle;
}

type Row = Record<string, unknown>;
type Column = { defaultFn?: unknown };

function narrowed(table: Table, rows: Row[]): Table {
  const columns = Object.entries((table as unknown as Record<symbol, Record<string, Column>>)[COLUMNS]!);
  const given = columns.filter(([name, column]) => column.defaultFn || rows.some((row) => isGiven(row[name])));
  // A row of defaults alone has to name one of them: the first, which everybody may fill.
  const named = Object.fromEntries(given.length > 0 ? given : columns.slice(0, 1));
  return Object.create(table, { [COLUMNS]: { value: named } }) as Table;
}

const isGiven = (value: unknown) => value !== undefined && !(is(value, Param) && value.value === undefined);
