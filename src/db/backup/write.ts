import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type pg from "pg";
import type { Clock } from "@/platform/clock";
import type { Keyring } from "@/platform/secrets";
import type { Shredding, Subject } from "@/platform/shredding";
import { type Batch, createSealer, END, FORMAT, type Header, type SealedLine, VERSION } from "./format";
import { addressesIn, type OfPeople, PEOPLE, type Row } from "./subjects";
import { listTables, quoted, type Table } from "./tables";

type Backup = {
  /** A log-in that row-level security doesn't bind, and that waits for nobody: see `withShreddingLock`. */
  client: pg.ClientBase;
  shredding: Shredding;
  keyring: Pick<Keyring, "seal" | "open">;
  clock: Clock;
};
type Sealer = ReturnType<typeof createSealer>;

/** Of text that is held at once, in characters; and the most rows, in case they are short. */
const BATCH_CHARACTERS = 1_000_000;
const BATCH_ROWS = 1_000;
const FIRST_ROWS = 50;

/**
 * Writes all rows as they are at one moment into a file that opens only with the keys of `shredding` and the master
 * secret. The file is there when all of it is, and so are the keys.
 * @returns how many rows there are
 */
export async function writeBackup({ client, shredding, keyring, clock }: Backup, path: string): Promise<number> {
  const keys = await shredding.load();
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    id: randomUUID(),
    madeAt: clock.now().toISOString(),
    migration: await lastMigration(client),
  };
  const seal = createSealer({ keyring, keys, backup: header.id });
  const part = `${path}.part`;
  const file = await open(part, "wx", 0o600);
  let number = 0;
  let rows = 0;
  const write = (line: Header | SealedLine) => file.writeFile(`${JSON.stringify(line)}\n`);
  try {
    await write(header);
    for (const table of await listTables(client)) {
      for await (const { workspace, values } of batchesOf(client, table)) {
        number += 1;
        rows += values.length;
        const subject: Subject = workspace ? `workspace:${workspace}` : "deployment";
        const batch = sealPeople(table, values, { seal, place: String(number), ofAddress: keys.ofAddress });
        await write(seal.line(number, table.name, subject, batch));
      }
    }
    await write(seal.line(number + 1, END, "deployment", { lines: number, rows }));
    await keys.save();
    await file.sync();
    await file.close();
    await rename(part, path);
    return rows;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(part, { force: true });
    throw error;
  }
}

async function lastMigration(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ name: string }>("select name from migrations order by id desc limit 1");
  return rows[0]!.name;
}

type Values = (string | null)[];

/** Rows of one workspace each, in pieces that fit into memory whatever is in them. */
async function* batchesOf(client: pg.ClientBase, table: Table) {
  const columns = table.columns.map(({ name }) => `${quoted(name)}::text`).join(", ");
  const order = table.workspace ? ` order by ${quoted(table.workspace)}` : "";
  const of = table.columns.findIndex(({ name }) => name === table.workspace);
  await client.query(`declare backed_up no scroll cursor for select ${columns} from ${table.name}${order}`);
  let held: Values[] = [];
  let size = 0;
  let workspace: string | null = null;
  let count = FIRST_ROWS;
  for (;;) {
    const { rows } = await client.query<Values>({ text: `fetch ${count} from backed_up`, rowMode: "array" });
    for (const values of rows) {
      const its = of < 0 ? null : values[of]!;
      if (held.length > 0 && (its !== workspace || size > BATCH_CHARACTERS || held.length >= BATCH_ROWS)) {
        yield { workspace, values: held };
        held = [];
        size = 0;
      }
      workspace = its;
      held.push(values);
      size += lengthOf(values);
    }
    if (rows.length === 0) break;
    const average = rows.reduce((sum, values) => sum + lengthOf(values), 0) / rows.length;
    count = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_CHARACTERS / (average + 1))));
  }
  if (held.length > 0) yield { workspace, values: held };
  await client.query("close backed_up");
}

const lengthOf = (values: Values) => values.reduce((sum, value) => sum + (value?.length ?? 0), 0);

type Sealing = { seal: Sealer; place: string; ofAddress(email: string): Subject };

function sealPeople(table: Table, rows: Values[], { seal, place, ofAddress }: Sealing): Batch {
  const columns = table.columns.map(({ name }) => name);
  const of = PEOPLE[table.plain];
  const people: Batch["people"] = {};
  if (!of) return { columns, rows, people };
  const indexes = (of.columns ?? columns).map((name) => columns.indexOf(name));
  const kept = rows.map((values, index) => {
    const row: Row = Object.fromEntries(columns.map((name, at) => [name, values[at]!]));
    const subjects = subjectsOf(of, row, ofAddress);
    if (subjects.length === 0) return values;
    const own = indexes.map((at) => values[at]!);
    people[index] = seal.values(`${place} ${index}`, subjects, own);
    return values.map((value, at) => (indexes.includes(at) ? null : value));
  });
  return { columns, rows: kept, people };
}

function subjectsOf(of: OfPeople, row: Row, ofAddress: (email: string) => Subject): Subject[] {
  if (of.unless && row[of.unless] === "true") return [];
  if (of.person) return row[of.person] ? [`person:${row[of.person]!}`] : [];
  const addresses = of.columns!.flatMap((name) => addressesIn(row[name] ?? ""));
  return [...new Set(addresses)].sort().map(ofAddress);
}
