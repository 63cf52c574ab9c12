import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { inDatabase, onServer } from "#tests/harness/global-setup";
import { type HeldJob, holdJob, runJobs } from "#tests/harness/jobs";
import { migrate } from "@/db/migrate";
import { reindexByOperator } from "./index";
import { reindexTask } from "./jobs";

const t = testDatabase();
const call = caller(t);
/** So small that few texts make several jobs. */
const task = () => reindexTask({ db: t.db }, { batch: 3, batches: 2 });
const reindexAll = () => runJobs(t, { "search.reindex": task() });

const find = async (who: Member, q: string) =>
  (await call(who, "GET", `/search?q=${encodeURIComponent(q)}`)).body.items!.map(({ title }) => title);
const documents = (workspaceId: string) =>
  t.asOwner<{ subject_id: string; config: string; version_number: number | null }>(
    "select subject_id, config, version_number from search_documents where workspace_id = $1 order by subject_id",
    [workspaceId],
  );
const waiting = () =>
  t.asOwner<{ payload: Record<string, string> }>(
    `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id
     where k.identifier = 'search.reindex' and j.locked_by is null order by j.id`,
  );
const queued = async () => (await waiting()).map(({ payload }) => payload.workspaceId);

describe("the index", () => {
  /** As somebody in a scope, with how often each index and table was scanned meanwhile. */
  async function scansOf(who: Member, statement: string) {
    const client = new pg.Client({ connectionString: t.urls.superuser });
    await client.connect();
    try {
      await client.query("begin; set local session authorization contentos_app");
      await client.query("select app.enter_session($1, $2)", [who.sessionId, who.workspaceId]);
      const { rows } = await client.query(statement);
      await client.query("reset session authorization");
      const { rows: scans } = await client.query<{ terms: string; table: string }>(
        `select pg_stat_get_xact_numscans('search_documents_terms'::regclass) as terms,
           pg_stat_get_xact_numscans('search_documents'::regclass) as table`,
      );
      return { rows, terms: Number(scans[0]!.terms), table: Number(scans[0]!.table) };
    } finally {
      await client.end();
    }
  }

  test("is what a search and a look through titles use, and the table is never read through", async () => {
    const { admin } = await seedWorkspace(t);
    await seedItem(t, { createdBy: admin, title: "Barometer" });
    const searched = await scansOf(
      admin,
      "select subject_id from app.search(array['barometer'], array['Prefix'], null, null, null, false, null, null, null, 25)",
    );
    expect(searched).toMatchObject({ rows: [{}], table: 0 });
    expect(searched.terms).toBeGreaterThan(0);
    const titled = await scansOf(admin, "select * from app.items_titled('barom')");
    expect(titled).toMatchObject({ rows: [{}], table: 0 });
    expect(titled.terms).toBeGreaterThan(0);
  });

  test("is closed to whoever asks under row-level security, which is why functions ask it", async () => {
    const { admin } = await seedWorkspace(t);
    await seedItem(t, { createdBy: admin, title: "Barometer" });
    const mine = admin.workspaceId.slice(-6);
    const direct = await scansOf(admin, `select 1 from search_documents where terms @@ '''${mine}tbarometer'''`);
    expect(direct).toMatchObject({ rows: [{}], terms: 0 });
  });

  test("is not written when a status changes", async () => {
    const { admin } = await seedWorkspace(t);
    const item = await seedItem(t, { createdBy: admin });
    const client = new pg.Client({ connectionString: t.urls.superuser });
    await client.connect();
    await client.query("begin");
    await client.query("update content_items set status = 'Approved' where id = $1", [item.id]);
    const { rows } = await client.query(
      "select pg_stat_get_xact_tuples_hot_updated('search_documents'::regclass) as hot",
    );
    await client.query("rollback");
    await client.end();
    expect(rows).toEqual([{ hot: "1" }]);
  });
});

describe("when a workspace's language changes", () => {
  test("its texts are indexed anew, those with a language of their own as they were", async () => {
    const { id, admin } = await seedWorkspace(t);
    const inherits = await seedItem(t, { createdBy: admin, title: "Zwei Häuser", body: "am Fluss" });
    const own = await seedItem(t, { createdBy: admin, title: "He runs", body: "", metadata: { language: "en" } });
    expect(await find(admin, "Haus Fluss")).toEqual([]);
    expect((await call(admin, "PUT", `/workspaces/${id}`, { language: "de-AT" })).status).toBe(200);
    expect(await queued()).toEqual([id]);
    expect(await find(admin, "Zwei")).toEqual(["Zwei Häuser"]);
    await reindexAll();
    expect(await find(admin, "Haus Fluss")).toEqual(["Zwei Häuser"]);
    expect(await find(admin, "running")).toEqual(["He runs"]);
    const configs = Object.fromEntries((await documents(id)).map((row) => [row.subject_id, row.config]));
    expect(configs).toEqual({ [inherits.id]: "german", [own.id]: "english" });
    expect(await queued()).toEqual([]);
    const [event] = await t.asOwner(
      "select subject_id, payload from events where type = 'workspaces.language_changed' and workspace_id = $1",
      [id],
    );
    expect(event).toEqual({ subject_id: id, payload: {} });
  });

  test("to the one it has, or something else changes, nothing is done", async () => {
    const { id, admin } = await seedWorkspace(t);
    expect((await call(admin, "PUT", `/workspaces/${id}`, { language: "en", name: "Other" })).status).toBe(200);
    expect((await call(admin, "PUT", `/workspaces/${id}`, { name: "Another" })).status).toBe(200);
    expect(await queued()).toEqual([]);
  });
});

describe("indexing anew", () => {
  /** As a worker does when a job is done. */
  const finish = async ({ claim, die }: HeldJob) => {
    await t.asOwner("delete from graphile_worker._private_jobs where id = $1", [claim.jobId]);
    await die();
  };
  const forget = (workspaceId: string) =>
    t.asOwner(
      "update search_documents set title = '', body = '', terms = '', version_number = null, status = null where workspace_id = $1",
      [workspaceId],
    );

  test("makes every document as it was, in as many jobs as it takes, of the asked workspace", async () => {
    const { id, admin } = await seedWorkspace(t);
    const other = await seedWorkspace(t);
    await seedItem(t, { createdBy: other.admin, title: "Elsewhere" });
    await t.asOwner(
      `with made as (insert into content_items (workspace_id, title, created_by, current_content_hash)
         select $1, 'Item ' || n, $2, repeat('0', 64) from generate_series(1, 20) n returning id, title)
       insert into content_versions (workspace_id, content_item_id, version_number, title, body, content_hash, updated_by)
       select $1, id, 1, title, 'some words', repeat('0', 64), $2 from made`,
      [id, admin.userId],
    );
    const sums = () =>
      t.asOwner(
        "select count(*), md5(string_agg(d::text, '' order by d.subject_id)) from search_documents d where workspace_id = $1",
        [id],
      );
    const before = await sums();
    await forget(id);
    await t.asOwner(
      "delete from search_documents where workspace_id = $1 and subject_id in (select subject_id from search_documents where workspace_id = $1 limit 5)",
      [id],
    );
    await forget(other.id);
    expect(await find(admin, "words")).toEqual([]);

    const worker = new pg.Pool({ connectionString: t.urls.worker });
    expect(await reindexByOperator(worker, id)).toBe(1);
    const held = await holdJob(t, "search.reindex");
    // Asked for again while it runs: what then waits begins anew, and doesn't end up where this one goes on.
    expect(await reindexByOperator(worker, id)).toBe(1);
    await task()(held.payload, held.claim, new AbortController().signal);
    const [{ done = 0 } = {}] = await t.asOwner<{ done: number }>(
      "select count(*)::int as done from search_documents where workspace_id = $1 and version_number = 1",
      [id],
    );
    // One job does six and leaves the rest to another.
    expect(done).toBe(6);
    expect((await waiting()).map(({ payload }) => payload)).toEqual([
      { workspaceId: id },
      { workspaceId: id, onBehalfOf: null, kind: "Item", after: expect.any(String), chain: held.claim.jobId },
    ]);
    await finish(held);
    await reindexAll();
    expect(await sums()).toEqual(before);
    expect(await find(other.admin, "elsewhere")).toEqual([]);

    expect(await reindexByOperator(worker)).toBeGreaterThanOrEqual(2);
    await worker.end();
    await reindexAll();
    expect(await find(other.admin, "elsewhere")).toEqual(["Elsewhere"]);
  });

  test("stops with the signal, and where the job is in other hands", async () => {
    const { id, admin } = await seedWorkspace(t);
    await seedItem(t, { createdBy: admin, title: "Sextant" });
    await forget(id);
    const worker = new pg.Pool({ connectionString: t.urls.worker });
    await reindexByOperator(worker, id);
    await worker.end();
    const held = await holdJob(t, "search.reindex");
    const run = (signal: AbortSignal) => task()(held.payload, held.claim, signal);
    await expect(run(AbortSignal.abort())).rejects.toThrow();
    await held.die();
    await expect(run(new AbortController().signal)).rejects.toThrow();
    expect(await find(admin, "sextant")).toEqual([]);
    await reindexAll();
    expect(await find(admin, "sextant")).toEqual(["Sextant"]);
  });

  test("while somebody saves keeps what was saved", async () => {
    const { id, admin } = await seedWorkspace(t);
    const editor = await seedMember(t, id, "Editor");
    const item = await seedItem(t, { createdBy: admin, title: "Compass" });
    const worker = new pg.Pool({ connectionString: t.urls.worker });
    await reindexByOperator(worker, id);
    await worker.end();
    const held = await holdJob(t, "search.reindex");
    const renew = () => task()(held.payload, held.claim, new AbortController().signal);
    const save = () => call(editor, "POST", `/content/${item.id}/versions`, { body: "astrolabe", baseVersion: 1 });
    await t.collide<unknown>("content_items", item.id, [renew, save]);
    await finish(held);
    expect(await find(admin, "astrolabe")).toEqual(["Compass"]);
    expect(await documents(id)).toMatchObject([{ version_number: 2 }]);
  });
});

test("what a database had before there was an index is in it after the migration", { timeout: 120_000 }, async () => {
  const directory = await mkdtemp(join(tmpdir(), "migrations-"));
  const name = `before_search_${process.pid}`;
  const at = (url: string) => inDatabase(url, name);
  await onServer(t.urls.superuser, `create database ${name} owner contentos_owner`);
  try {
    await cp("db/migrations", directory, { recursive: true });
    for (const file of await readdir(directory)) if (file >= "0013") await rm(join(directory, file));
    const passwords = { app: undefined, auth: undefined, worker: undefined };
    const urls = { ownerUrl: at(t.urls.owner), workerUrl: at(t.urls.worker), passwords };
    await migrate({ ...urls, directory });
    const client = new pg.Client({ connectionString: at(t.urls.superuser) });
    await client.connect();
    const asOwner = async (query: string, values: unknown[] = []) => (await client.query(query, values)).rows;
    const old = { ...t, asOwner } as unknown as typeof t;
    for (const title of ["Theodolite", "Planimeter"]) {
      const { admin } = await seedWorkspace(old);
      const item = await seedItem(old, { createdBy: admin, title, status: "Approved" });
      await asOwner(
        "insert into content_versions (workspace_id, content_item_id, version_number, title, body, content_hash, updated_by) values ($1, $2, 2, $3, 'second', repeat('0', 64), $4)",
        [admin.workspaceId, item.id, title, admin.userId],
      );
      await asOwner(
        "update content_items set current_version_number = 2, archived_at = case $1 when 'Planimeter' then now() end where id = $2",
        [title, item.id],
      );
    }
    expect(await migrate({ ...urls, directory: "db/migrations" })).toContain("0013_search");
    expect(
      await asOwner(
        "select d.title, d.body, d.status, d.version_number, d.archived_at is not null as archived, d.author_id = i.created_by as theirs, d.terms @@ (quote_literal(right(d.workspace_id::text, 6) || 'wsecond'))::tsquery as indexed from search_documents d join content_items i on i.id = d.subject_id order by title",
      ),
    ).toEqual(
      ["Planimeter", "Theodolite"].map((title) => ({
        title,
        body: "second",
        status: "Approved",
        version_number: 2,
        archived: title === "Planimeter",
        theirs: true,
        indexed: true,
      })),
    );
    expect(await asOwner("select policyname from pg_policies where policyname like 'backfill%'")).toEqual([]);
    await client.end();
  } finally {
    await onServer(t.urls.superuser, `drop database ${name} with (force)`);
    await rm(directory, { recursive: true, force: true });
  }
});
