import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { seedPublication } from "#tests/factories/analytics";
import { openThread } from "#tests/factories/comments";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startCrew } from "./crew";
import { buildEntry, type Entry } from "./entry";
import { PUBLIC_URL, SECRET } from "./stage";

const t = testDatabase();
const call = caller(t);
const dataDir = mkdtempSync(join(tmpdir(), "contentos-erased-"));
let entry: Entry;
let crew: ReturnType<typeof startCrew>;
/** Held by the test: the step whose turn it is waits for it within its transaction. */
const GATE = 4711;

beforeAll(async () => {
  entry = await buildEntry();
  await t.asOwner("create table public.gate (step int, stop_at int)");
  await t.asOwner("insert into gate values (0, 0)");
  await t.asOwner("grant select, update on gate to public");
  // Each change of an erasure's row is one of its steps, but for the test's own, which makes it due.
  await t.asOwner(
    `create function public.at_gate() returns trigger language plpgsql security definer as $$
     declare at_step int; stop int;
     begin
       update public.gate set step = step + 1 returning step, stop_at into at_step, stop;
       if at_step = stop then perform pg_advisory_xact_lock(${GATE}); end if;
       return null;
     end $$`,
  );
  await t.asOwner(
    `create trigger at_gate after update on privacy_workspace_erasures for each row
     when (old.due_at = new.due_at) execute function public.at_gate()`,
  );
  crew = startCrew({
    t,
    entry,
    secret: SECRET,
    publicUrl: PUBLIC_URL,
    size: 2,
    env: { CONTENTOS_DATA_DIR: dataDir },
  });
  await crew.atLeastTwo();
});
afterAll(async () => {
  await crew?.dismiss();
  await entry?.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const filesOf = (workspaceId: string) => {
  const folder = join(dataDir, "assets");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(workspaceId));
};
const statusOf = async (workspaceId: string) =>
  (
    await t.asOwner<{ status: string; receipt: string | null; done: { rows?: Record<string, number> } }>(
      "select status, receipt, done from privacy_workspace_erasures where workspace_id = $1",
      [workspaceId],
    )
  )[0]!;
/** In all tables with a workspace, but for the record of the erasure itself. */
async function rowsLeft(workspaceId: string): Promise<Record<string, number>> {
  const tables = await t.asOwner<{ name: string; col: string }>(
    `select c.relname::text as name, case c.relname when 'workspaces' then 'id' else 'workspace_id' end as col from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname not in ('privacy_workspace_erasures', 'billing_pool_entries')
       and (c.relname = 'workspaces' or exists (
         select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))`,
  );
  const rows = await t.asOwner<{ name: string; n: number }>(
    tables
      .map(
        ({ name, col }) =>
          `select '${name}' as name, count(*)::int as n from "${name}" where ${col} = '${workspaceId}'`,
      )
      .join(" union all "),
  );
  return Object.fromEntries(rows.filter(({ n }) => n > 0).map(({ name, n }) => [name, n]));
}
const receiptsFor = (workspaceId: string) =>
  existsSync(join(dataDir, "erasures.jsonl"))
    ? readFileSync(join(dataDir, "erasures.jsonl"), "utf8").split(workspaceId).length - 1
    : 0;

/** A workspace with rows in several layers and a file, which is to be erased now. */
async function seedDue(): Promise<string> {
  const { id, admin, siteChannelId } = await seedWorkspace(t);
  const writer = await seedMember(t, id, "Writer");
  const item = await seedItem(t, { createdBy: writer });
  await seedPublication(t, item, writer, siteChannelId);
  await openThread(call, writer, item.id, {});
  const folder = join(dataDir, "assets", "objects", id, randomUUID());
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a".repeat(64)), "bytes");
  expect((await call(admin, "POST", `/workspaces/${id}/erasure`, { name: "Acme" })).status).toBe(201);
  return id;
}
const makeDue = (workspaceId: string) =>
  t.asOwner(
    `with due as (update privacy_workspace_erasures set due_at = now() where workspace_id = '${workspaceId}')
     update graphile_worker._private_jobs set run_at = now() where payload ->> 'workspaceId' = '${workspaceId}' and locked_by is null`,
  );
async function done(workspaceId: string, withinMs = 40_000) {
  const end = Date.now() + withinMs;
  for (;;) {
    const { status, receipt } = await statusOf(workspaceId);
    // Never half erased and told as done.
    if (status === "Done") expect(await rowsLeft(workspaceId)).toEqual({});
    if (receipt) return;
    if (Date.now() > end) throw new Error(`It is ${status} still, with ${JSON.stringify(await rowsLeft(workspaceId))}`);
    await pause(50);
  }
}
async function whole(workspaceId: string) {
  await done(workspaceId);
  expect(await rowsLeft(workspaceId)).toEqual({});
  expect(filesOf(workspaceId)).toEqual([]);
  expect(receiptsFor(workspaceId)).toBeGreaterThanOrEqual(1);
  const { done: told } = await statusOf(workspaceId);
  expect(told.rows).toMatchObject({ workspaces: 1, workspace_members: 2, content_items: 1, content_versions: 1 });
}

/** Kills whoever waits at the gate, and lets what it left behind at the server end. */
async function killAtGate(gate: pg.Client) {
  const { rows } = await gate.query<{ pid: number }>("select pg_backend_pid() as pid");
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(10)) {
    const [waiting] = await t.asOwner<{ name: string }>(
      "select application_name as name from pg_stat_activity where $1 = any(pg_blocking_pids(pid))",
      [rows[0]!.pid],
    );
    if (!waiting) continue;
    await crew.kill(waiting.name);
    return;
  }
  throw new Error("Nobody came to the gate");
}

test("a workspace's erasure that is killed with -9 at each of its steps goes on and ends, and is never half done and told as done", {
  timeout: 400_000,
}, async () => {
  const first = await seedDue();
  await t.asOwner("update gate set step = 0, stop_at = 0");
  await makeDue(first);
  await whole(first);
  const steps = (await t.asOwner<{ step: number }>("select step from gate"))[0]!.step;
  // It begins, goes by several layers, ends, and keeps the receipt.
  expect(steps).toBeGreaterThan(5);

  for (let stop = 1; stop <= steps; stop++) {
    const id = await seedDue();
    await crew.atLeastTwo();
    const gate = new pg.Client({ connectionString: t.urls.superuser });
    await gate.connect();
    try {
      await gate.query("select pg_advisory_lock($1)", [GATE]);
      await t.asOwner("update gate set step = 0, stop_at = $1", [stop]);
      await makeDue(id);
      await killAtGate(gate);
      const { status, receipt } = await statusOf(id);
      // What was under way when it died is not there, and nothing says that all is.
      expect([stop, status, receipt]).toEqual([
        stop,
        stop === 1 ? "Waiting" : expect.stringMatching(/^(Running|Done)$/),
        null,
      ]);
      if (status === "Done") expect(await rowsLeft(id)).toEqual({});
      // The workspace's own row goes in the last layer; ending, what was beside and the receipt come after it.
      else if (stop <= steps - 4) expect(await rowsLeft(id)).toMatchObject({ workspaces: 1 });
    } finally {
      await gate.end();
    }
    await whole(id);
  }

  // At any moment, four times in one erasure.
  const last = await seedDue();
  await t.asOwner("update gate set step = 0, stop_at = 0");
  await makeDue(last);
  for (let kill = 0; kill < 4; kill++) {
    const [name] = await crew.atLeastTwo();
    await pause(Math.random() * 150);
    await crew.kill(name!);
  }
  await whole(last);
});
