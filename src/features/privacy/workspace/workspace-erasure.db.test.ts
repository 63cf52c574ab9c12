import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { hash } from "@node-rs/argon2";
import { compactVerify, importJWK } from "jose";
import pg from "pg";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aPicture, ingestAll, uploadAsset } from "#tests/factories/assets";
import { keepingMailer } from "#tests/factories/notifications";
import { caller, testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { holdJob, makeDue, runJobs } from "#tests/harness/jobs";
import { testShredding } from "#tests/harness/shredding";
import { testFolder, testStorage } from "#tests/harness/storage";
import { readTables, setTheStage } from "#tests/isolation/stage";
import { person, ref, workspace as staged } from "#tests/isolation/vocabulary";
import { enqueue } from "@/db/queue";
import { withJob, withWorkspace } from "@/db/scope";
import { systemClock } from "@/platform/clock";
import type { Erased } from "@/platform/ledger";
import type { Storage } from "@/platform/storage/storage";
import { eraseAgain } from "../index";
import { eraseWorkspaceTask } from "./jobs";

const t = testDatabase();
const log = pino({ level: "silent" });
const { mailer, mails } = keepingMailer();
const call = caller(t, { mailer });
const ledger: Erased[] = [];
const erasures = { add: async (entry: Erased) => void ledger.push(entry), list: async () => ledger };
type Deps = Parameters<typeof eraseWorkspaceTask>[0];
const task = (over: Partial<Deps> = {}) =>
  eraseWorkspaceTask({
    db: t.db,
    identity: testIdentity(t),
    storage: testStorage(),
    mailer,
    erasures,
    shredding: testShredding(),
    clock: systemClock,
    log,
    publicUrl: "https://contentos.test",
    ...over,
  });
const runErasures = (over: Partial<Deps> = {}) => runJobs(t, { "privacy.erase_workspace": task(over) });

const at = ({ workspaceId }: Member) => `/workspaces/${workspaceId}/erasure`;
const ask = (who: Member, name = "Acme", password?: string) => call(who, "POST", at(who), { name, password });
/** Of what was asked last; of the stage's rows, what is due. */
const statusOf = async (workspaceId: string) =>
  (
    await t.asOwner<{ status: string }>(
      "select status from privacy_workspace_erasures where workspace_id = $1 order by (status = 'Undone'), asked_at desc limit 1",
      [workspaceId],
    )
  )[0]?.status;
const dueNow = async (workspaceId: string) => {
  await t.asOwner("update privacy_workspace_erasures set due_at = now() where workspace_id = $1", [workspaceId]);
  await makeDue(t);
};

describe("that a workspace is erased", () => {
  test("is asked by its owner, who names it and has just signed in, and told to its Admins", async () => {
    const { id, admin: owner } = await seedWorkspace(t);
    const admin = await seedMember(t, id, "Admin");
    const viewer = await seedMember(t, id, "Viewer");
    const elsewhere = (await seedWorkspace(t)).admin;
    expect(await ask(owner, "Acne")).toMatchObject({ status: 409, body: { code: "name_mismatch" } });
    expect(await ask(admin)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await ask(viewer)).status).toBe(403);
    expect((await ask({ ...elsewhere, workspaceId: id })).status).toBe(404);
    expect((await call(null, "POST", at(owner), { name: "Acme" })).status).toBe(401);
    expect((await call(owner, "POST", at(owner), {})).status).toBe(400);
    await t.asOwner("update auth_sessions set created_at = now() - interval '11 minutes' where id = $1", [
      owner.sessionId,
    ]);
    expect(await ask(owner)).toMatchObject({ status: 403, body: { code: "proof_required" } });
    await t.asOwner("update auth_sessions set created_at = now() where id = $1", [owner.sessionId]);
    expect(await statusOf(id)).toBeUndefined();

    expect(await ask(owner)).toMatchObject({ status: 201, body: { status: "Waiting", askedBy: owner.userId } });
    expect(
      mails
        .map(({ to }) => to)
        .filter((to) => [owner.email, admin.email, viewer.email].includes(to))
        .sort(),
    ).toEqual([owner.email, admin.email].sort());
    expect((await call(viewer, "GET", at(viewer))).body).toMatchObject({ erasure: { status: "Waiting" } });
    expect((await call({ ...elsewhere, workspaceId: id }, "GET", at(owner))).status).toBe(404);
    expect((await ask(owner)).status).toBe(409);
  });

  test("asks for the password of who has one", async () => {
    const { admin } = await seedWorkspace(t);
    await t.asOwner(
      "insert into auth_accounts (user_id, account_id, provider_id, password) values ($1, $2, 'credential', $3)",
      [admin.userId, admin.userId, await hash("a long walk")],
    );
    expect(await ask(admin, "Acme", "a guess")).toMatchObject({ status: 401, body: { code: "invalid_credentials" } });
    expect((await ask(admin)).status).toBe(401);
    await t.asOwner("delete from auth_attempts");
    expect(await statusOf(admin.workspaceId)).toBeUndefined();
    await t.asOwner("delete from auth_attempts");
    expect((await ask(admin, "Acme", "a long walk")).status).toBe(201);
  });

  test("freezes it, and says so to people, keys and jobs; its site and other workspaces go on", async () => {
    const { id, admin, slug } = await seedWorkspace(t);
    const writer = await seedMember(t, id, "Writer");
    const item = await seedItem(t, { createdBy: writer });
    const key = (await call(admin, "POST", "/auth/keys", { name: "The shop", role: "Editor" })).body.key as string;
    await withWorkspace(t.db, { ...admin, requestId: "test" }, (tx) =>
      enqueue(tx, { task: "test.work", payload: {}, jobKey: "work" }),
    );
    expect((await ask(admin)).status).toBe(201);
    const frozen = { status: 409, body: { code: "workspace_read_only" } };
    expect(await call(writer, "PUT", `/content/${item.id}`, { title: "Changed" })).toMatchObject(frozen);
    expect(await call(writer, "POST", "/content", { title: "New", body: "x" })).toMatchObject(frozen);
    expect(await call({ key }, "POST", "/content", { title: "New", body: "x" })).toMatchObject(frozen);
    expect((await call(writer, "GET", `/content/${item.id}`)).body).toMatchObject({ title: "Spring launch" });
    expect((await call({ key }, "GET", "/content")).status).toBe(200);
    expect((await call(writer, "GET", "/privacy/export")).status).toBe(200);
    const held = await holdJob(t, "test.work");
    await expect(withJob(t.db, held.claim, async () => 1)).rejects.toMatchObject({ code: "COFRZ" });
    await held.die();
    expect((await testApp(t).request(`/s/${slug}`)).status).toBe(200);
    const other = (await seedWorkspace(t)).admin;
    expect((await call(other, "POST", "/content", { title: "New", body: "x" })).status).toBe(201);
  });

  test("lets nobody in while it goes: no person, no key, no visitor", async () => {
    const { id, admin, slug } = await seedWorkspace(t);
    const key = (await call(admin, "POST", "/auth/keys", { name: "The shop", role: "Editor" })).body.key as string;
    const site = async () => (await testApp(t).request(`/s/${slug}`)).status;
    expect((await ask(admin)).status).toBe(201);
    const answers = async () => [
      (await call(admin, "GET", "/content")).status,
      (await call({ key }, "GET", "/content")).status,
      await site(),
    ];
    expect(await answers()).toEqual([200, 200, 200]);
    await t.asOwner("update privacy_workspace_erasures set status = 'Running' where workspace_id = $1", [id]);
    expect(await answers()).toEqual([404, 404, 404]);
  });

  test("is taken back by any Admin, and what waited goes on", async () => {
    const { id, admin: owner } = await seedWorkspace(t);
    const [admin, editor] = [await seedMember(t, id, "Admin"), await seedMember(t, id, "Editor")];
    expect((await ask(owner)).status).toBe(201);
    await t.asOwner(
      `select graphile_worker.add_job('test.waits', json_build_object('workspaceId', $1::text), run_at => now() + interval '1 day', max_attempts => 3)`,
      [id],
    );
    await t.asOwner(
      "update graphile_worker._private_jobs set attempts = 3, last_error = 'This workspace is frozen' where payload ->> 'workspaceId' = $1",
      [id],
    );
    const undo = (who: Member) => call(who, "POST", `${at(who)}/undo`);
    expect((await undo(editor)).status).toBe(403);
    expect((await undo({ ...(await seedWorkspace(t)).admin, workspaceId: id })).status).toBe(404);
    expect(await undo(admin)).toMatchObject({ status: 200, body: { erasure: null } });
    expect((await undo(admin)).status).toBe(404);
    expect((await call(editor, "POST", "/content", { title: "New", body: "x" })).status).toBe(201);
    const jobs = await t.asOwner(
      "select k.identifier, j.attempts, j.run_at <= now() as due from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where j.payload ->> 'workspaceId' = $1 and k.identifier in ('test.waits', 'privacy.erase_workspace')",
      [id],
    );
    expect(jobs).toEqual([{ identifier: "test.waits", attempts: 0, due: true }]);
    await dueNow(id);
    await runErasures();
    expect(await statusOf(id)).toBe("Undone");
    const { body } = await call(admin, "GET", "/audit?limit=50");
    expect(body.items!.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["privacy.workspace_erasure_asked", "privacy.workspace_erasure_undone"]),
    );
  });

  test("is refused while it is held, and put off where the hold came at the same moment", async () => {
    const { id, admin } = await seedWorkspace(t);
    const hold = (held: boolean) => call(admin, "PUT", "/retention/hold", { held });
    expect((await hold(true)).status).toBe(200);
    expect(await ask(admin)).toMatchObject({ status: 409, body: { code: "legal_hold" } });
    expect(await statusOf(id)).toBeUndefined();
    expect((await hold(false)).status).toBe(200);
    expect((await ask(admin)).status).toBe(201);
    // From now on it is frozen, so that this stands for a transaction that was under way.
    expect((await hold(true)).status).toBe(409);
    await t.asOwner("update retention_holds set since = now() where workspace_id = $1", [id]);
    await dueNow(id);
    await runErasures();
    expect(await statusOf(id)).toBe("Waiting");
    const put = await t.asOwner<{ hours: number }>(
      "select round(extract(epoch from run_at - now()) / 3600)::int as hours from graphile_worker._private_jobs where payload ->> 'workspaceId' = $1 and key like '%privacy.erase_workspace'",
      [id],
    );
    expect(put).toEqual([{ hours: 24 }]);
    expect(
      await t.asOwner("select 1 as told from audit_events where workspace_id = $1 and action = $2", [
        id,
        "privacy.workspace_erasure_held",
      ]),
    ).toEqual([{ told: 1 }]);
    expect((await call(admin, "POST", `${at(admin)}/undo`)).status).toBe(200);
    expect((await ask(admin)).status).toBe(409);
    await hold(false);
    expect((await ask(admin)).status).toBe(201);
    await dueNow(id);
    await runErasures();
    expect(await statusOf(id)).toBe("Done");
  });

  test("is not done ahead of its time, also where the job comes early", async () => {
    const { id, admin } = await seedWorkspace(t);
    await ask(admin);
    await makeDue(t);
    await runErasures();
    expect(await statusOf(id)).toBe("Waiting");
    expect(await t.asOwner("select 1 as there from workspaces where id = $1", [id])).toEqual([{ there: 1 }]);
  });
});

/** Everything that the storage has, by name. */
const files = async () =>
  (await readdir(testFolder(), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const tables = async () =>
  t.asOwner<{ name: string; col: string }>(
    `select c.oid::regclass::text as name, case c.relname when 'workspaces' then 'id' else 'workspace_id' end as col
     from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       and c.relname <> 'privacy_workspace_erasures' and (c.relname = 'workspaces' or exists (
         select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))`,
  );
/** Each row of each table of every schema, its bytes read as text as well. */
async function dump(...but: string[]): Promise<string> {
  const names = await t.asOwner<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'app', 'graphile_worker') and c.relname <> all ($1)`,
    [but],
  );
  const parts: string[] = [];
  for (const { name } of names)
    for (const { row } of await t.asOwner<{ row: string }>(`select x::text as row from ${name} x order by 1`))
      parts.push(
        row,
        row.replaceAll(/[0-9a-f]{8,}/g, (hex) => Buffer.from(hex, "hex").toString("latin1")),
      );
  return parts.join("\n");
}
const rowsOf = async (workspaceId: string) => {
  const rows: Record<string, string[]> = {};
  for (const { name, col } of await tables())
    rows[name] = (
      await t.asOwner<{ row: string }>(`select x::text as row from ${name} x where ${col} = $1 order by 1`, [
        workspaceId,
      ])
    ).map(({ row }) => row);
  return rows;
};

/** A word in every column of a workspace's rows that takes one. Answers in how many tables it stands. */
async function plant(workspaceId: string, word: string) {
  const marked = new Set<string>();
  const columns = await t.asOwner<{ name: string; col: string; attname: string; type: string }>(
    `select c.oid::regclass::text as name, case c.relname when 'workspaces' then 'id' else 'workspace_id' end as col, a.attname::text,
       format_type(a.atttypid, null) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and a.attgenerated = ''
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype)
       and c.relname <> 'privacy_workspace_erasures'
       and (c.relname = 'workspaces' or exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id'))`,
  );
  for (const { name, col, attname, type } of columns) {
    const value = { text: "$2::text", jsonb: "to_jsonb($2::text)", bytea: "convert_to($2::text, 'UTF8')" }[type];
    const changed = await t
      .asOwner(
        `with r as (select set_config('session_replication_role', 'replica', true))
         update ${name} set ${attname} = ${value} where ${col} = $1 and (select count(*) from r) = 1 returning 1 as one`,
        [workspaceId, word],
      )
      // A closed list of words, or a name that is taken.
      .catch(() => []);
    if (changed.length > 0) marked.add(name);
  }
  return marked;
}

const unquoted = (literal: string) => literal.slice(1, -1);

describe("a workspace that is erased", () => {
  test("is nowhere any more, with a word planted in every table and file; another one is untouched, and the receipt says what was done", async () => {
    const superuser = new pg.Client({ connectionString: t.urls.superuser });
    await superuser.connect();
    await setTheStage(superuser, await readTables(superuser));
    await superuser.end();
    await t.asOwner("update graphile_worker._private_jobs set locked_by = null, locked_at = null");
    await t.asOwner("delete from auth_signing_keys");
    const [gone, stays] = [unquoted(staged("theirs")), unquoted(staged("mine"))];
    const erasureId = unquoted(ref("due workspace erasure"));
    await t.asOwner("update workspace_members set role = 'Admin' where workspace_id = $1", [gone]);
    const marked = await plant(gone, "MarkerGoneQ7");
    expect(marked.size).toBeGreaterThan(55);
    await plant(stays, "MarkerStaysQ7");
    const storage = testStorage();
    const put = (key: string) =>
      storage.put(
        key,
        5,
        (async function* () {
          yield Buffer.from("bytes");
        })(),
      );
    for (const workspaceId of [gone, stays]) {
      await put(`objects/${workspaceId}/${randomUUID()}/${"a".repeat(64)}`);
      await put(`objects/${workspaceId}/${randomUUID()}/${"b".repeat(64)}`);
      await put(`exports/${workspaceId}/${randomUUID()}`);
      await storage.begin(`staging/${workspaceId}/${randomUUID()}`, "image/png");
    }
    const before = await dump();
    expect(before).toContain("MarkerGoneQ7");
    const untouched = await rowsOf(stays);
    for (const [name, rows] of Object.entries(await rowsOf(gone)))
      expect([name, rows.length > 0]).toEqual([name, true]);
    expect((await files()).filter((file) => file.includes(gone))).toHaveLength(3);

    await t.asOwner(
      `select graphile_worker.add_job('privacy.erase_workspace', json_build_object('workspaceId', $1::text, 'erasureId', $2::text))`,
      [gone, erasureId],
    );
    await runErasures();

    expect(await statusOf(gone)).toBe("Done");
    const after = await dump();
    expect(after).not.toContain("MarkerGoneQ7");
    expect(after).toContain("MarkerStaysQ7");
    // Its id alone is left, in the record of what was done and in the books of whoever paid for it.
    expect(await dump("privacy_workspace_erasures", "billing_pool_entries")).not.toContain(gone);
    expect((await files()).filter((file) => file.includes(gone))).toEqual([]);
    expect((await readdir(testFolder(), { recursive: true })).filter((name) => name.includes(gone))).toEqual([]);
    expect((await files()).filter((file) => file.includes(stays))).toHaveLength(3);
    expect(await rowsOf(stays)).toEqual(untouched);

    const entry = ledger.find((one) => "workspaceId" in one && one.workspaceId === gone)!;
    const { keys } = await testIdentity(t).getAllKeys();
    const { payload, protectedHeader } = await compactVerify(entry.receipt, await importJWK(keys[0]!));
    const told = JSON.parse(new TextDecoder().decode(payload));
    expect(protectedHeader.typ).toBe("contentos-workspace-erasure+json");
    expect(told).toMatchObject({
      workspaceId: gone,
      erasureId,
      beside: { objects: 3 },
      audit: { sequence: expect.any(Number) },
    });
    expect(Object.keys(told.rows).sort()).toEqual((await tables()).map(({ name }) => name).sort());
    const [stranger] = await t.asOwner<{ email: string }>(`select email from users where id = ${person("stranger")}`);
    expect(mails.filter(({ to, text }) => to === stranger!.email && text.includes(entry.receipt))).toHaveLength(1);
  });

  test.each([0, 1, 2, 3, 5])(
    "goes on where it was cut off, after %i of its steps; nobody enters meanwhile",
    async (steps) => {
      const { id, admin } = await seedWorkspace(t);
      const item = await seedItem(t, { createdBy: admin });
      await uploadAsset(t, call, admin, { bytes: await aPicture(8, 8) });
      await ingestAll(t);
      expect((await files()).some((file) => file.includes(id))).toBe(true);
      await ask(admin);
      await dueNow(id);
      let left = steps;
      const dies: Storage = {
        ...testStorage(),
        removeBelow: async (place) => {
          if (left-- <= 0) throw new Error("The process was killed here");
          return testStorage().removeBelow(place);
        },
      };
      const held = await holdJob(t, "privacy.erase_workspace");
      await expect(task({ storage: dies })(held.payload, held.claim, new AbortController().signal)).rejects.toThrow(
        "killed",
      );
      expect(await statusOf(id)).toBe("Running");
      expect((await call(admin, "GET", `/content/${item.id}`)).status).toBe(404);
      expect((await call(admin, "POST", `${at(admin)}/undo`)).status).toBe(404);
      await held.die();
      await runErasures();
      expect(await statusOf(id)).toBe("Done");
      expect(await t.asOwner("select 1 from content_items where workspace_id = $1", [id])).toEqual([]);
      expect((await files()).filter((file) => file.includes(id))).toEqual([]);
      expect(ledger.filter((one) => "workspaceId" in one && one.workspaceId === id)).toHaveLength(1);
      const { items } = (await call(admin, "GET", "/privacy/workspaces")).body;
      expect(items).toMatchObject([{ workspaceId: id, status: "Done", receipt: expect.any(String) }]);
    },
  );

  test("is gone from caches before its rows are, and again from a restored backup", async () => {
    const { id, admin, slug } = await seedWorkspace(t);
    await seedItem(t, { createdBy: admin });
    const backup = await rowsOf(id);
    const all: Record<string, string> = {};
    for (const { name, col } of await tables())
      all[name] = (
        await t.asOwner<{ all: string }>(
          `select coalesce(json_agg(x), '[]')::text as all from ${name} x where ${col} = $1`,
          [id],
        )
      )[0]!.all;
    await ask(admin);
    await dueNow(id);
    const purged: string[] = [];
    await runErasures({
      purge: async (url) => {
        expect(await t.asOwner("select 1 as there from workspaces where id = $1", [id])).toEqual([{ there: 1 }]);
        purged.push(url);
      },
    });
    expect(purged).toEqual(expect.arrayContaining([`https://contentos.test/s/${slug}`]));
    expect(await statusOf(id)).toBe("Done");

    for (const [name, json] of Object.entries(all)) {
      if (json === "[]") continue;
      const [{ columns } = { columns: "" }] = await t.asOwner<{ columns: string }>(
        "select string_agg(quote_ident(attname), ', ') as columns from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
        [name],
      );
      await t.asOwner(
        `begin; set local session_replication_role = replica; insert into ${name} (${columns}) overriding system value
         select ${columns} from json_populate_recordset(null::${name}, '${json.replaceAll("'", "''")}'); commit`,
      );
    }
    expect((await rowsOf(id)).content_items).toEqual(backup.content_items);
    const asWorker = { query: async (...asked: Parameters<typeof t.asOwner>) => ({ rows: await t.asOwner(...asked) }) };
    const isIt = (one: Erased) => "workspaceId" in one && one.workspaceId === id;
    const again = () =>
      eraseAgain(asWorker as never, {
        erasures: { list: async () => ledger.filter(isIt) },
        storage: testStorage(),
        shredding: testShredding(),
      });
    expect(await again()).toEqual({ people: 0, workspaces: 1 });
    expect(await again()).toEqual({ people: 0, workspaces: 0 });
    expect(Object.values(await rowsOf(id)).flat()).toEqual([]);
  });
});
