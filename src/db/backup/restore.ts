import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type pg from "pg";
import { StartError } from "@/platform/errors";
import { type Keyring, SealError, UnknownMasterError } from "@/platform/secrets";
import type { Shredding, Subject } from "@/platform/shredding";
import { type Batch, createOpener, END, type End, FORMAT, type Header, type SealedLine, VERSION } from "./format";
import { PEOPLE, type Row } from "./subjects";
import { findBrokenReferences, listTables, quoted, type Table } from "./tables";

export type Restored = {
  rows: number;
  /** How many people and addresses, and how many workspaces, had no key any more: their rows say nothing of them, or are not there. */
  people: number;
  workspaces: number;
  /** The people's ids. */
  gone: string[];
};

type Restore = {
  /** A superuser: triggers and foreign keys rest meanwhile. In an empty database at the backup's own migration. */
  client: pg.ClientBase;
  shredding: Shredding;
  keyring: Pick<Keyring, "seal" | "open">;
};
type Values = (string | null)[];

/** @throws StartError where it is no backup, or one of another format */
export async function readHeader(path: string): Promise<Header> {
  for await (const line of linesOf(path)) {
    const header = parse<Header>(line);
    if (header?.format !== FORMAT) break;
    if (header.version === VERSION) return header;
    throw new StartError("This backup was made by a newer ContentOS: restore it with that one.");
  }
  throw new StartError(`${path} is no backup of ContentOS.`);
}

/**
 * Brings in all rows, or none. What was sealed by a key that is gone stays away.
 * @throws StartError where the file was changed or cut off, or isn't of this deployment
 */
export async function loadBackup({ client, shredding, keyring }: Restore, path: string): Promise<Restored> {
  const keys = await shredding.load();
  const header = await readHeader(path);
  const opener = createOpener({ keyring, keys, backup: header.id });
  const loading = new Loading(client, opener);
  await client.query("begin");
  try {
    await client.query("set local session_replication_role = replica");
    await client.query("set local timezone = 'UTC'");
    await loading.prepare();
    let number = 0;
    let ended = false;
    for await (const text of linesOf(path)) {
      const line = parse<SealedLine>(text);
      if (number === 0 && !line?.sealed) {
        number = 1;
        continue;
      }
      if (ended || line?.line !== number) throw damaged();
      if (line.table === END) ended = opened(opener.line<End>(line)).lines === number - 1;
      else await loading.add(line);
      number += 1;
    }
    if (!ended) throw damaged();
    await loading.finish();
    await client.query("commit");
    return loading.done();
  } catch (error) {
    await client.query("rollback").catch(() => {});
    if (error instanceof UnknownMasterError) throw keysMissing(error);
    if (error instanceof SealError) throw damaged(error);
    throw error;
  }
}

/**
 * Events stand in the order of transactions, which another server counts anew: all of a backup come before what is written
 * next, and whoever follows them goes on behind the last one that they had.
 */
const REBASE = `
  update events_consumers c set turn = 0, event_id = coalesce(
    (select min(e.id) - 1 from events e where e.workspace_id = c.workspace_id and (e.turn, e.id) > (c.turn, c.event_id)),
    (select max(e.id) from events e where e.workspace_id = c.workspace_id), 0) where c.turn > 0;
  update events set turn = 0 where turn > 0`;

class Loading {
  readonly #tables = new Map<string, Table>();
  readonly #gone = new Set<Subject>();
  #rows = 0;

  constructor(
    readonly client: pg.ClientBase,
    readonly opener: ReturnType<typeof createOpener>,
  ) {}

  /** Rows that migrations have made are in the backup as well. */
  async prepare() {
    for (const table of await listTables(this.client)) {
      this.#tables.set(table.name, table);
      await this.client.query(`delete from ${table.name}`);
    }
  }

  async add(line: SealedLine) {
    const table = this.#tables.get(line.table);
    if (!table) throw damaged();
    if (line.subject === "deployment") return this.#insert(table, line, opened(this.opener.line<Batch>(line)));
    const batch = this.opener.line<Batch>(line);
    if (batch) return this.#insert(table, line, batch);
    this.#gone.add(line.subject);
  }

  async #insert(table: Table, { line }: SealedLine, { columns, rows, people }: Batch) {
    const whole = rows.flatMap((values, index): Values[] => {
      const sealed = people[index];
      if (!sealed) return [values];
      const own = this.opener.values(`${line} ${index}`, sealed);
      if (!own) for (const [subject] of sealed.subjects) this.#gone.add(subject);
      const joined = joinRow(table, columns, values, own);
      return joined ? [joined] : [];
    });
    if (whole.length === 0) return;
    this.#rows += whole.length;
    await insert(this.client, table, columns, whole);
  }

  async finish() {
    const { client } = this;
    await client.query("update graphile_worker._private_jobs set locked_at = null, locked_by = null");
    await client.query("update graphile_worker._private_job_queues set locked_at = null, locked_by = null");
    for (const { name, columns } of this.#tables.values()) await moveSequences(client, name, columns);
    const broken = await findBrokenReferences(client);
    if (broken.length > 0) throw new StartError(`This backup is not whole: ${broken.join("; ")}.`);
    await client.query(REBASE);
  }

  done(): Restored {
    const of = (kind: string) => [...this.#gone].filter((subject) => subject.startsWith(kind));
    const workspaces = of("workspace:").length;
    const gone = of("person:").map((subject) => subject.slice("person:".length));
    return { rows: this.#rows, people: this.#gone.size - workspaces, workspaces, gone };
  }
}

/** The row with what is its people's, or as it is without them; null where it goes with them. */
function joinRow(table: Table, columns: string[], values: Values, own: Values | null): Values | null {
  const of = PEOPLE[table.plain]!;
  const sealed = of.columns ?? columns;
  const row: Row = Object.fromEntries(columns.map((name, at) => [name, values[at]!]));
  if (own) Object.assign(row, Object.fromEntries(sealed.map((name, at) => [name, own[at]!])));
  else if (of.gone) Object.assign(row, of.gone(row));
  else return null;
  return columns.map((name) => row[name]!);
}

async function insert(client: pg.ClientBase, table: Table, columns: string[], rows: Values[]) {
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  const names = columns.map(quoted).join(", ");
  const arrays = columns.map((_, at) => `$${at + 1}::text[]`).join(", ");
  const aliases = columns.map((_, at) => `c${at}`).join(", ");
  const cast = columns.map((name, at) => `c${at}::${types.get(name)}`).join(", ");
  await client.query(
    `insert into ${table.name} (${names}) overriding system value select ${cast} from unnest(${arrays}) as r(${aliases})`,
    columns.map((_, at) => rows.map((values) => values[at]!)),
  );
}

async function moveSequences(client: pg.ClientBase, name: string, columns: Table["columns"]) {
  for (const column of columns) {
    if (!["bigint", "integer"].includes(column.type)) continue;
    await client.query(
      `select setval(s, greatest((select max(${quoted(column.name)}) from ${name}), 1))
       from pg_get_serial_sequence($1, $2) as s where s is not null`,
      [name, column.name],
    );
  }
}

const linesOf = (path: string) =>
  createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });

function parse<Line>(text: string): Line | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const damaged = (cause?: unknown) =>
  new StartError("This backup was changed or cut off: nothing of it was restored. Take another copy of it.", { cause });

/** What is everybody's opens, or the keys are not those of this backup. */
function opened<Content>(content: Content | null): Content {
  if (content !== null) return content;
  throw keysMissing();
}

const keysMissing = (cause?: unknown) =>
  new StartError(
    "The keys of this backup are not here: put shredding-keys.jsonl of the deployment that made it into the data directory, and set its CONTENTOS_SECRET.",
    { cause },
  );
