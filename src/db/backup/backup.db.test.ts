import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt } from "jose";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { dumpOf, EMAIL, MARKERS, plantMarkers } from "#tests/factories/markers";
import { caller, testIdentity } from "#tests/harness/app";
import { type TestDatabase, testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testShredding } from "#tests/harness/shredding";
import { testStorage } from "#tests/harness/storage";
import { readTables, setTheStage } from "#tests/isolation/stage";
import { columnsOf, PROCESSING } from "@/db/processing";
import { withShreddingLock } from "@/db/shredding-lock";
import { eraseTask, eraseWorkspaceTask } from "@/features/privacy";
import { systemClock } from "@/platform/clock";
import { createKeyring } from "@/platform/secrets";
import { createShreddingFile } from "@/platform/shredding";
import { loadBackup, writeBackup } from "./index";
import { LEFT_OUT, PEOPLE } from "./subjects";

const from = testDatabase();
const into = testDatabase();
const folder = mkdtempSync(join(tmpdir(), "contentos-backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const shredding = testShredding();
const keyring = testKeyring;
const call = caller(from);
const log = pino({ level: "silent" });

const clientOf = async <T>({ urls }: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(urls.superuser);
  await client.connect();
  return work(client).finally(() => client.end());
};
let made = 0;
/** Where it was written to, and how many rows are in it. */
const backUp = async () => {
  made += 1;
  const path = join(folder, `${made}.backup`);
  const rows = await clientOf(from, (client) =>
    withShreddingLock(client, async () => {
      await client.query("begin isolation level repeatable read read only");
      return writeBackup({ client, shredding, keyring, clock: systemClock }, path);
    }),
  );
  return { path, rows };
};
const restore = (path: string, over: Partial<Parameters<typeof loadBackup>[0]> = {}) =>
  clientOf(into, (client) => loadBackup({ client, shredding, keyring, ...over }, path));

const deps = {
  db: from.db,
  ...testOutside(from),
  shredding,
  storage: testStorage(),
  clock: systemClock,
  log,
  publicUrl: "https://contentos.test",
};
const withDb = () => ({ ...deps, db: from.db, identity: testIdentity(from) });
async function erase(person: Member) {
  await call(person, "POST", "/privacy/erasure");
  await from.asOwner("update privacy_erasures set due_at = now() where user_id = $1 and status = 'Waiting'", [
    person.userId,
  ]);
  await eraseTask(withDb())();
}

/** A hash of all rows of each table that a backup has. */
async function digests(t: TestDatabase) {
  const tables = await t.asOwner<{ name: string; columns: string }>(
    `select c.oid::regclass::text as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and n.nspname in ('public', 'app', 'graphile_worker') group by c.oid order by 1`,
  );
  const found: Record<string, string> = {};
  for (const { name, columns } of tables.filter(({ name }) => !LEFT_OUT.has(name) && !name.endsWith(".migrations"))) {
    const rows = await t.asOwner<{ row: string }>(`select row(${columns})::text as row from ${name} order by 1`);
    found[name] = `${rows.length} ${createHash("sha256")
      .update(rows.map(({ row }) => row).join("\n"))
      .digest("hex")}`;
  }
  return found;
}

beforeAll(async () => {
  await clientOf(from, async (client) => setTheStage(client, await readTables(client)));
  await from.asOwner("delete from auth_signing_keys");
  await from.asOwner("update graphile_worker._private_jobs set locked_at = null, locked_by = null");
});
/** As a restore leaves them. */
const settle = () => from.asOwner("update events_consumers set turn = 0; update events set turn = 0");

describe("a backup", () => {
  test("that is restored has every row as it was, and numbers go on", async () => {
    const { admin } = await seedWorkspace(from);
    const item = await seedItem(from, { createdBy: admin, body: 'Tabs\t, "quotes", {braces}, \\x00, naïve 𝒳' });
    await settle();
    const { path, rows } = await backUp();
    expect(await restore(path)).toEqual({ rows, people: 0, workspaces: 0, gone: [] });
    expect(await digests(into)).toEqual(await digests(from));
    const [next] = await into.asOwner<{ id: string }>(
      "insert into auth_events (user_id, action) values ($1, 'x') returning id",
      [admin.userId],
    );
    const [last] = await from.asOwner<{ id: string }>("select max(id) as id from auth_events");
    expect(Number(next!.id)).toBeGreaterThan(Number(last!.id));
    expect((await readFile(path, "latin1")).includes(item.id)).toBe(false);
  });

  test("tells events that were written before ahead of those that come, and each consumer goes on where it was", async () => {
    const { id } = await seedWorkspace(from);
    await from.asOwner(
      `insert into events (workspace_id, type, subject_id, turn) values ($1, 'content.created', gen_random_uuid(), 900000001), ($1, 'content.created', gen_random_uuid(), 900000002)`,
      [id],
    );
    const events = await from.asOwner<{ id: string }>("select id from events where workspace_id = $1 order by turn", [
      id,
    ]);
    const second = events.at(-1)!.id;
    await from.asOwner(
      "insert into events_consumers (workspace_id, consumer, turn, event_id) select $1, 'webhooks', turn, id from events where id = $2",
      [id, events.at(-2)!.id],
    );
    await restore((await backUp()).path);
    const [consumer] = await into.asOwner<{ turn: string; event_id: string }>(
      "select turn, event_id from events_consumers where workspace_id = $1 and consumer = 'webhooks'",
      [id],
    );
    expect(await into.asOwner("select max(turn) as turn from events")).toEqual([{ turn: "0" }]);
    expect(consumer).toEqual({ turn: "0", event_id: String(Number(second) - 1) });
  });
});

describe("a person who is erased after it was made", () => {
  test("can't be read in it, nor restored from it, and the rest is", async () => {
    const { id, admin } = await seedWorkspace(from);
    const person = await seedMember(from, id, "Editor");
    const item = await seedItem(from, { createdBy: person });
    await plantMarkers(from, person, admin, item.id);
    await eraseTask(withDb())();
    const { path } = await backUp();
    await restore(path);
    const passing = ["AGENT", "VERIFY", "CLIENT", "RESPONSE", "OTHERS", "RECEIPTKEY", "FIELD"];
    const words = [EMAIL, ...MARKERS.filter((marker) => !passing.some((place) => marker === `Marker${place}q7`))];
    expect(words.length).toBeGreaterThan(10);
    const before = await dumpOf(into);
    expect(words.filter((word) => !before.includes(word))).toEqual([]);

    await erase(person);
    const [{ receipt } = { receipt: "" }] = await from.asOwner<{ receipt: string }>(
      "select receipt from privacy_erasures where user_id = $1",
      [person.userId],
    );
    expect(decodeJwt(receipt)).toMatchObject({ userId: person.userId, backupKeys: 2, rows: { users: 1 } });
    expect(await restore(path)).toMatchObject({ people: 2, workspaces: 0 });
    const after = await dumpOf(into);
    expect([...MARKERS, EMAIL].filter((word) => after.includes(word))).toEqual([]);
    expect(await into.asOwner("select name, email from users where id = $1", [person.userId])).toEqual([
      { name: "Former member", email: `${person.userId}@erased.invalid` },
    ]);
    expect(await into.asOwner("select created_by from content_items where id = $1", [item.id])).toEqual([
      { created_by: person.userId },
    ]);
    const inTheNew = caller(into);
    expect((await inTheNew(await anew(admin), "POST", "/audit/verify", {})).body).toMatchObject({ status: "Intact" });
  });

  test("stays unreadable when the same address or id has a key again", async () => {
    const { id, admin } = await seedWorkspace(from);
    const person = await seedMember(from, id, "Editor");
    const invite = () =>
      from.asOwner(
        "insert into workspace_invitations (workspace_id, email, role, token_hash, invited_by, expires_at, revoked_at) values ($1, $2, 'Viewer', 'x', $3, now(), now())",
        [id, person.email, admin.userId],
      );
    await invite();
    const old = await backUp();
    await erase(person);
    await invite();
    const young = await backUp();
    await restore(old.path);
    expect((await dumpOf(into)).includes(person.email)).toBe(false);
    await restore(young.path);
    expect((await dumpOf(into)).includes(person.email)).toBe(true);
  });

  test("waits for a backup that is being made, which would have half of it", async () => {
    const { id } = await seedWorkspace(from);
    const person = await seedMember(from, id, "Editor");
    const stateOf = async () =>
      (
        await from.asOwner<{ status: string }>("select status from privacy_erasures where user_id = $1", [
          person.userId,
        ])
      )[0]!.status;
    await clientOf(from, (client) =>
      withShreddingLock(client, async () => {
        await erase(person);
        expect(await stateOf()).toBe("Waiting");
      }),
    );
    await eraseTask(withDb())();
    expect(await stateOf()).toBe("Done");
  });
});

test("a workspace that is erased after it was made can't be read in it, and the others are restored", async () => {
  const { id, admin } = await seedWorkspace(from, { name: "MarkerWorkspaceW3" });
  await seedItem(from, { createdBy: admin, body: "MarkerBodyW3" });
  const other = await seedWorkspace(from, { name: "StaysW3" });
  const { path } = await backUp();
  await restore(path);
  expect((await dumpOf(into)).includes("MarkerBodyW3")).toBe(true);
  expect((await call(admin, "POST", `/workspaces/${id}/erasure`, { name: "MarkerWorkspaceW3" })).status).toBe(201);
  await from.asOwner("update privacy_workspace_erasures set due_at = now() where workspace_id = $1", [id]);
  await makeDue(from);
  await runJobs(from, { "privacy.erase_workspace": eraseWorkspaceTask(withDb()) });
  expect(await restore(path)).toMatchObject({ workspaces: 1 });
  const after = await dumpOf(into);
  expect(["MarkerWorkspaceW3", "MarkerBodyW3", "StaysW3"].filter((word) => after.includes(word))).toEqual(["StaysW3"]);
  expect(await into.asOwner("select id from workspaces where id = any ($1)", [[id, other.id]])).toEqual([
    { id: other.id },
  ]);
});

describe("what is not whole", () => {
  const countUsers = async () => (await into.asOwner<{ n: number }>("select count(*)::int as n from users"))[0]!.n;
  let whole = "";
  beforeAll(async () => {
    whole = await readFile((await backUp()).path, "utf8");
    await into.asOwner("begin; set local session_replication_role = replica; delete from users; commit");
  });
  const refused = async (change: (lines: string[]) => string[], message: RegExp, over = {}) => {
    const changed = join(folder, "changed.backup");
    await writeFile(changed, `${change(whole.trimEnd().split("\n")).join("\n")}\n`);
    await expect(restore(changed, over)).rejects.toThrow(message);
    expect(await countUsers()).toBe(0);
  };
  const flip = (line: string) => {
    const parsed = JSON.parse(line);
    const bytes = Buffer.from(parsed.sealed, "base64");
    bytes[40] = bytes[40]! ^ 1;
    return JSON.stringify({ ...parsed, sealed: bytes.toString("base64") });
  };
  const DAMAGED = /changed or cut off: nothing of it was restored/;

  test.each<[string, (lines: string[]) => string[]]>([
    ["a line less", (lines) => lines.toSpliced(5, 1)],
    ["two lines swapped", (lines) => [...lines.slice(0, 5), lines[6]!, lines[5]!, ...lines.slice(7)]],
    ["a bit changed", (lines) => lines.map((line, at) => (at === 5 ? flip(line) : line))],
    ["its end cut off", (lines) => lines.slice(0, -1)],
    ["half a line", (lines) => [...lines.slice(0, -1), lines.at(-1)!.slice(0, 50)]],
    ["a line after its end", (lines) => [...lines, lines.at(-1)!]],
    [
      "rows given to another table",
      (lines) => lines.map((line) => line.replace('"table":"users"', '"table":"channels"')),
    ],
  ])("%s is refused, and nothing is restored", async (_, change) => {
    await refused(change, DAMAGED);
  });

  test("another master secret is refused, and says so", async () => {
    await refused((lines) => lines, /CONTENTOS_SECRET/, { keyring: createKeyring("another-secret-of-some-length") });
  });

  test("without its keys it is refused, and says which file is missing", async () => {
    await refused((lines) => lines, /shredding-keys\.jsonl/, { shredding: testShredding() });
  });

  test("keys are wrapped by a new master secret at the next backup, and then open without the old one", async () => {
    const both = createKeyring("the new master secret", ["the tests' own master secret"]);
    const mine = testShredding();
    const first = await mine.load();
    const { id } = first.keyOf("deployment");
    await first.save();
    const rotated = await createShreddingFile(mine.path, both).load();
    rotated.keyOf("deployment");
    await rotated.save();
    const alone = createKeyring("the new master secret");
    const { wrapped } = (await createShreddingFile(mine.path, alone).load()).find("deployment", id)!;
    expect(alone.seal(wrapped, Buffer.from("x"), "x").length).toBeGreaterThan(1);
  });
});

test("every table and column of people is known to it, and says what becomes of it", () => {
  const unknown = Object.entries(PROCESSING).flatMap(([table, processing]) => {
    if (LEFT_OUT.has(table) || processing.erasure?.startsWith("kept")) return [];
    const of = PEOPLE[table];
    const columns = [...columnsOf(processing)].filter(([, category]) => category === "person" || category === "device");
    if (!of) return processing.erasure || columns.length > 0 ? [table] : [];
    const left = of.columns
      ? columns.filter(([name]) => !of.columns!.includes(name)).map(([name]) => `${table}.${name}`)
      : [];
    return left;
  });
  expect(unknown).toEqual([]);
});

/** A session in the restored database, where nobody is signed in. */
async function anew(who: Member): Promise<Member> {
  await into.asOwner(
    "insert into auth_sessions (id, user_id, token, expires_at) values ($1, $2, $3, now() + interval '1 hour') on conflict do nothing",
    [who.sessionId, who.userId, `anew ${who.sessionId}`],
  );
  return who;
}
