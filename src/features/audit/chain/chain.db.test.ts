import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { testAnchors } from "#tests/harness/anchors";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { holdJob, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { createSealWaker } from "@/db/hints";
import { withJob, withWorkspace } from "@/db/scope";
import { type Anchors, createFileAnchors } from "@/platform/anchors";
import { systemClock } from "@/platform/clock";
import { record, sealTask, sweepTask } from "..";
import { GENESIS, sealHash } from "./hash";
import { type Fault, retireRows, sealWaiting } from "./service";

const t = testDatabase();
const log = pino({ level: "silent" });
const anchors = testAnchors();
const call = caller(t, { anchors });

type Workspace = Awaited<ReturnType<typeof seedWorkspace>>;
type Check = {
  status: string;
  sequence: number;
  checked: number;
  waiting: number;
  faultCount: number;
  firstBroken: Fault | null;
  faults: Fault[];
};

const tasksWith = (store: Anchors = anchors) => ({
  "audit.seal": sealTask({
    db: t.db,
    anchors: store,
    keyring: testKeyring,
    clock: systemClock,
    auditKeepDays: undefined,
    log,
  }),
  "audit.sweep": sweepTask({ db: t.db, clock: systemClock, auditKeepDays: undefined }),
});
async function seal(store?: Anchors) {
  await t.asOwner("select app.wake_sealers(null)");
  await runJobs(t, tasksWith(store));
}
const verify = async ({ admin }: Workspace, from?: number) => {
  const { status, body } = await call(admin, "POST", "/audit/verify", from === undefined ? {} : { from });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as unknown as Check;
};
/** Rows as an application leaves them, in one statement. */
const fill = ({ id, admin }: Workspace, count: number) =>
  t.asOwner(
    `insert into audit_events (workspace_id, actor_kind, actor_id, action, subject_type, subject_id, detail, at)
     select $1, 'Member', $2, 'content.version_saved', 'content_item', gen_random_uuid(), jsonb_build_object('versionNumber', n),
       now() - interval '1 day' + n * interval '10 ms' from generate_series(1, $3::int) n`,
    [id, admin.userId, count],
  );

async function sealedWorkspace(count: number) {
  const workspace = await seedWorkspace(t);
  await fill(workspace, count);
  await seal();
  return workspace;
}

describe("the chain", () => {
  test("has every row of a workspace, is intact, and can be made anew from the rows alone", async () => {
    const workspace = await sealedWorkspace(50);
    await call(workspace.admin, "POST", "/personas", { name: "A" });
    await seal();
    const found = await verify(workspace);
    const [rows] = await t.asOwner<{ events: string; changes: string }>(
      `select (select count(*) from audit_events where workspace_id = $1 and action <> 'audit.verified') as events,
              (select count(*) from audit_changes where workspace_id = $1) as changes`,
      [workspace.id],
    );
    const count = Number(rows!.events) + Number(rows!.changes);
    expect(found).toMatchObject({ status: "Intact", faultCount: 0, waiting: 0, checked: count, sequence: count });
    const [first] = await t.asOwner<{ sealed_at: Date; hash: string; row_id: string; kind: "Event" | "Change" }>(
      "select * from audit_seals where workspace_id = $1 and sequence = 1",
      [workspace.id],
    );
    const [row] = await t.asOwner<Record<string, unknown>>(
      `select workspace_id as "workspaceId", id, at, actor_kind as "actorKind", actor_id as "actorId", action,
         subject_type as "subjectType", subject_id as "subjectId", detail, request_id as "requestId",
         api_key_id as "apiKeyId"
       from audit_events where id = $1`,
      [first!.row_id],
    );
    expect(sealHash(GENESIS, { sequence: 1, kind: first!.kind, sealedAt: first!.sealed_at }, row!)).toBe(first!.hash);
  });

  test("is one, whoever seals at the same time; a sealer that is killed leaves nothing half done", async () => {
    const workspace = await seedWorkspace(t);
    await fill(workspace, 1_500);
    const wake = () => t.asOwner("select app.wake_sealer($1)", [workspace.id]);
    await wake();
    const killed = await holdJob(t, "audit.seal");
    const dying = withJob(t.db, killed.claim, async (tx, actor) => {
      await sealWaiting(tx, actor);
      throw new Error("killed");
    });
    await expect(dying).rejects.toThrow("killed");
    expect(await t.asOwner("select 1 from audit_seals where workspace_id = $1", [workspace.id])).toEqual([]);
    await wake();
    const second = await holdJob(t, "audit.seal");
    const both = await Promise.all(
      [killed, second].map(({ claim }) => withJob(t.db, claim, (tx, actor) => sealWaiting(tx, actor))),
    );
    expect(both[0]).toMatchObject({ sequence: both[1]!.sequence, hash: both[1]!.hash });
    await Promise.all([killed.die(), second.die()]);
    await seal();
    const found = await verify(workspace);
    expect(found).toMatchObject({ status: "Intact", waiting: 0 });
    expect(found.checked).toBeGreaterThan(1_500);
  });

  test("is sealed within a second after a change, by a job that the commit wakes", async () => {
    const workspace = await seedWorkspace(t);
    const db = { ...t.db, sealSoon: createSealWaker(t.db.pool) };
    await withWorkspace(db, { ...workspace.admin, requestId: undefined }, async (tx, actor) =>
      record(tx, actor, { action: "content.created", subjectType: "content_item", subjectId: workspace.id }),
    );
    await expect
      .poll(() =>
        t.asOwner("select 1 from graphile_worker._private_jobs where key = $1", [`${workspace.id}:audit.seal`]),
      )
      .toHaveLength(1);
    await runJobs(t, tasksWith());
    expect((await verify(workspace)).waiting).toBe(0);
  });

  test("has all rows of a backlog beyond one batch, also those of one moment that a batch's end parts", async () => {
    const workspace = await seedWorkspace(t);
    await fill(workspace, 11_000);
    await t.asOwner(
      "update audit_events set at = date_trunc('second', at) where workspace_id = $1 and action = 'content.version_saved'",
      [workspace.id],
    );
    await seal();
    expect(await verify(workspace)).toMatchObject({ status: "Intact", waiting: 0, faultCount: 0 });
    const [count] = await t.asOwner<{ n: string }>("select count(*) n from audit_seals where workspace_id = $1", [
      workspace.id,
    ]);
    expect(Number(count!.n)).toBeGreaterThanOrEqual(11_000);
  });
});

/** What the database's superuser does past every guard. Each says where the first fault is to be found. */
describe("an edit by the database's superuser is found, and where:", () => {
  let workspace: Workspace;
  let superuser: pg.Client;
  const ROWS = 1_000;
  beforeAll(async () => {
    workspace = await sealedWorkspace(ROWS);
    superuser = new pg.Client({ connectionString: t.urls.superuser });
    await superuser.connect();
  });
  afterAll(() => superuser.end());

  const at = (sequence: number) =>
    `(select row_id from audit_seals where workspace_id = '${workspace.id}' and sequence = ${sequence})`;
  const mine = () => `workspace_id = '${workspace.id}'`;
  /** Back again afterwards, so that each edit stands alone. */
  async function withEdit(statements: string[], look: (found: Check) => void) {
    const copy = ["audit_events", "audit_changes", "audit_seals"];
    for (const table of copy)
      await superuser.query(`create table copy_${table} as select * from ${table} where ${mine()}`);
    await superuser.query("set session_replication_role = replica");
    for (const statement of statements) await superuser.query(statement);
    look(await verify(workspace));
    for (const table of copy)
      await superuser.query(
        `delete from ${table} where ${mine()}; insert into ${table} select * from copy_${table}; drop table copy_${table}`,
      );
    await superuser.query("set session_replication_role = origin");
  }

  const places = [1, 500, ROWS - 1];
  test.each(places)("a row that was changed, at %i", async (n) => {
    for (const set of ["detail = detail || '{\"versionNumber\": 0}'", "actor_id = null", "at = at + interval '1 ms'"])
      await withEdit([`update audit_events set ${set} where id = ${at(n)}`], ({ firstBroken, faultCount }) =>
        expect({ firstBroken, faultCount }).toMatchObject({
          faultCount: 1,
          firstBroken: { kind: "Changed", sequence: n },
        }),
      );
  });

  test.each(places)("a row that was removed, with its seal and without, at %i", async (n) => {
    await withEdit([`delete from audit_events where id = ${at(n)}`], ({ firstBroken }) =>
      expect(firstBroken).toMatchObject({ kind: "Removed", sequence: n }),
    );
    await withEdit(
      [`delete from audit_events where id = ${at(n)}`, `delete from audit_seals where ${mine()} and sequence = ${n}`],
      ({ firstBroken }) => expect(firstBroken).toMatchObject({ kind: "SealRemoved", sequence: n }),
    );
  });

  test.each(places)("two rows in each other's place, and a hash that was changed, at %i", async (n) => {
    const swap = `with two as (select sequence, row_id from audit_seals where ${mine()} and sequence in (${n}, ${n + 1}))
      update audit_seals s set row_id = (select row_id from two where two.sequence <> s.sequence) where ${mine()} and sequence in (${n}, ${n + 1})`;
    await withEdit(
      ["alter table audit_seals drop constraint audit_seals_workspace_id_row_id_key", swap],
      ({ firstBroken }) => expect(firstBroken).toMatchObject({ kind: "Changed", sequence: n }),
    );
    await superuser.query("alter table audit_seals add unique (workspace_id, row_id)");
    await withEdit(
      [`update audit_seals set hash = '${"0".repeat(64)}' where ${mine()} and sequence = ${n}`],
      ({ firstBroken }) => expect(firstBroken).toMatchObject({ kind: "Changed", sequence: n }),
    );
  });

  test("a row that was put in between", async () => {
    const added = `insert into audit_events (workspace_id, actor_kind, action, subject_type, subject_id, at)
      select workspace_id, 'System', 'made.up', 'x', gen_random_uuid(), at from audit_events where id = ${at(700)}`;
    await withEdit([added], ({ faults, faultCount }) =>
      expect({ faults, faultCount }).toMatchObject({ faultCount: 1, faults: [{ kind: "Inserted", sequence: null }] }),
    );
  });

  test("an end that was cut off, also where the seals were cut with it", async () => {
    const [{ head } = { head: 0 }] = await t.asOwner<{ head: number }>(
      `select max(sequence)::int as head from audit_seals where ${mine()}`,
    );
    for (const many of [1, 2, 500, ROWS])
      await withEdit(
        [
          `delete from audit_events using audit_seals s where audit_events.${mine()} and s.${mine()} and s.row_id = audit_events.id and s.sequence > ${head - many}`,
          `delete from audit_changes using audit_seals s where audit_changes.${mine()} and s.${mine()} and s.row_id = audit_changes.id and s.sequence > ${head - many}`,
          `delete from audit_seals where ${mine()} and sequence > ${head - many}`,
        ],
        ({ faults }) => expect(faults).toContainEqual({ kind: "Truncated", sequence: head - many + 1, rowId: null }),
      );
    await withEdit(["truncate audit_events, audit_changes, audit_seals"], ({ firstBroken }) =>
      expect(firstBroken).toMatchObject({ kind: "Truncated", sequence: 1 }),
    );
  });
});

describe("a chain that was made anew as a whole", () => {
  test("is found by what was written down outside, also after it has grown on", async () => {
    const directory = await mkdtemp(join(tmpdir(), "contentos-anchors-"));
    const store = createFileAnchors(directory);
    const outside = caller(t, { anchors: store });
    const workspace = await seedWorkspace(t);
    await fill(workspace, 40);
    await seal(store);
    const check = async () => (await outside(workspace.admin, "POST", "/audit/verify", {})).body as unknown as Check;
    expect((await check()).status).toBe("Intact");

    await t.asOwner(
      "update audit_events set actor_id = null where workspace_id = $1 and detail ->> 'versionNumber' = '30'",
      [workspace.id],
    );
    await t.asOwner("delete from audit_seals where workspace_id = $1", [workspace.id]);
    await seal(store);
    expect(await check()).toMatchObject({ status: "Broken", faults: [{ kind: "Rewritten" }] });
    await fill(workspace, 1);
    await call(workspace.admin, "POST", "/personas", { name: "Later" });
    await seal(store);
    expect((await check()).faults.map(({ kind }) => kind)).toContain("Rewritten");

    const head = join(directory, `${workspace.id}.head.json`);
    const anchor = JSON.parse(await readFile(head, "utf8"));
    await writeFile(head, JSON.stringify({ ...anchor, hash: "1".repeat(64) }));
    expect((await check()).faults.map(({ kind }) => kind)).toContain("Anchor");
    await rm(directory, { recursive: true });
  });
});

describe("a head that was written down", () => {
  test("is kept where the chain has lost it, however the chain goes on", async () => {
    const directory = await mkdtemp(join(tmpdir(), "contentos-anchors-"));
    const store = createFileAnchors(directory);
    const outside = caller(t, { anchors: store });
    const workspace = await seedWorkspace(t);
    await seal(store);
    const { sequence } = (await store.newest(workspace.id))!;
    await call(workspace.admin, "POST", "/personas", { name: "Later" });
    await seal(store);
    const lost = await store.newest(workspace.id);
    await t.asOwner("update audit_events set actor_id = null where workspace_id = $1 and action = 'personas.created'", [
      workspace.id,
    ]);
    await t.asOwner("delete from audit_seals where workspace_id = $1 and sequence > $2", [workspace.id, sequence]);
    await call(workspace.admin, "POST", "/personas", { name: "Later still" });
    await seal(store);
    expect((await store.newest(workspace.id))!.sequence).toBeGreaterThan(lost!.sequence);
    expect((await outside(workspace.admin, "POST", "/audit/verify", {})).body).toMatchObject({
      status: "Broken",
      faults: [{ kind: "Rewritten", sequence: lost!.sequence }],
    });
    await rm(directory, { recursive: true });
  });
});

describe("rows that are old enough", () => {
  test("go by a job, and the chain stays provable; a checkpoint that the log doesn't tell of is a fault", async () => {
    const workspace = await sealedWorkspace(20);
    await t.asOwner(
      "update audit_seals set sealed_at = sealed_at - interval '60 days' where workspace_id = $1 and sequence <= 10",
      [workspace.id],
    );
    await t.asOwner("delete from graphile_worker._private_jobs");
    await t.asOwner("select app.wake_sealer($1)", [workspace.id]);
    const job = await holdJob(t, "audit.seal");
    const before = new Date(Date.now() - 40 * 86_400_000);
    expect(await withJob(t.db, job.claim, (tx, actor) => retireRows(tx, actor, testKeyring, before))).toBe(false);
    await job.die();
    const left = await t.asOwner<{ n: number }>(
      "select min(sequence)::int as n from audit_seals where workspace_id = $1",
      [workspace.id],
    );
    expect(left).toEqual([{ n: 11 }]);
    expect(await verify(workspace)).toMatchObject({ status: "Intact", checkpoint: { sequence: 10, rows: 10 } });
    await t.asOwner("delete from audit_events where workspace_id = $1 and action = 'audit.retired'", [workspace.id]);
    expect((await verify(workspace)).firstBroken).toMatchObject({ kind: "Removed", sequence: 10 });
  });

  test("are not made up by whoever owns the database: a checkpoint needs a proof that it can't make", async () => {
    const workspace = await sealedWorkspace(20);
    const [seal10] = await t.asOwner<{ hash: string }>(
      "select hash from audit_seals where workspace_id = $1 and sequence = 10",
      [workspace.id],
    );
    // All that a retiring leaves, but for the proof: the row of the log, which is sealed as any other, and the checkpoint.
    await t.asOwner(
      `insert into audit_events (workspace_id, actor_kind, action, subject_type, subject_id, detail)
       values ($1, 'System', 'audit.retired', 'workspace', $1, jsonb_build_object('sequence', 10, 'hash', $2::text))`,
      [workspace.id, seal10!.hash],
    );
    await seal();
    await t.asOwner(
      "delete from audit_events where workspace_id = $1 and id in (select row_id from audit_seals where workspace_id = $1 and sequence <= 10)",
      [workspace.id],
    );
    await t.asOwner("delete from audit_seals where workspace_id = $1 and sequence <= 10", [workspace.id]);
    await t.asOwner(
      "insert into audit_checkpoints (workspace_id, sequence, hash, rows, before, proof) values ($1, 10, $2, 10, now(), repeat('a', 64))",
      [workspace.id, seal10!.hash],
    );
    expect(await verify(workspace)).toMatchObject({
      status: "Broken",
      faultCount: 1,
      firstBroken: { kind: "Checkpoint", sequence: 10 },
    });
    await t.asOwner("update audit_checkpoints set proof = null where workspace_id = $1", [workspace.id]);
    expect((await verify(workspace)).firstBroken).toMatchObject({ kind: "Checkpoint" });
  });
});

describe("a checkpoint of before there were proofs", () => {
  /** As a deployment has it that was brought up to date: the constraint is for what is written afterwards. */
  const mark = async (workspaceId: string) => {
    await t.asOwner(
      `do $$ begin
         alter table audit_checkpoints drop constraint audit_checkpoints_proven;
         update audit_checkpoints set proof = null, before_proofs = true where workspace_id = '${workspaceId}';
         alter table audit_checkpoints add constraint audit_checkpoints_proven check (not before_proofs) not valid;
       end $$`,
    );
  };
  const retired = async (sequence: number) => {
    const workspace = await sealedWorkspace(20);
    await t.asOwner(
      "update audit_seals set sealed_at = sealed_at - interval '60 days' where workspace_id = $1 and sequence <= $2",
      [workspace.id, sequence],
    );
    await t.asOwner("delete from graphile_worker._private_jobs");
    await t.asOwner("select app.wake_sealer($1)", [workspace.id]);
    const job = await holdJob(t, "audit.seal");
    const before = new Date(Date.now() - 40 * 86_400_000);
    await withJob(t.db, job.claim, (tx, actor) => retireRows(tx, actor, testKeyring, before));
    await job.die();
    return workspace;
  };

  test("is told as unproven and is no fault; one with a proof is told as proven", async () => {
    const workspace = await retired(10);
    expect(await verify(workspace)).toMatchObject({ status: "Intact", checkpoint: { sequence: 10, proven: true } });
    await mark(workspace.id);
    expect(await verify(workspace)).toMatchObject({ status: "Intact", checkpoint: { sequence: 10, proven: false } });
    // Its hash has to be the one that the rows after it go on from.
    await t.asOwner("update audit_events set action = 'other' where workspace_id = $1 and action <> 'audit.retired'", [
      workspace.id,
    ]);
    expect(await verify(workspace)).toMatchObject({ status: "Broken" });
  });

  test("is made up by nobody who inserts or changes rows, and follows none with a proof", async () => {
    const workspace = await retired(10);
    await expect(
      t.asOwner(
        "insert into audit_checkpoints (workspace_id, sequence, hash, rows, before, before_proofs) values ($1, 12, 'x', 1, now(), true)",
        [workspace.id],
      ),
    ).rejects.toMatchObject({ constraint: "audit_checkpoints_proven" });
    await expect(
      t.asOwner("update audit_checkpoints set before_proofs = true, proof = null where workspace_id = $1", [
        workspace.id,
      ]),
    ).rejects.toMatchObject({ constraint: "audit_checkpoints_proven" });
    await t.asOwner("update audit_checkpoints set proof = null where workspace_id = $1", [workspace.id]);
    expect((await verify(workspace)).firstBroken).toMatchObject({ kind: "Checkpoint", sequence: 10 });
    await mark(workspace.id);
    await t.asOwner(
      "insert into audit_checkpoints (workspace_id, sequence, hash, rows, before, proof) values ($1, 3, 'x', 3, now(), repeat('a', 64))",
      [workspace.id],
    );
    expect((await verify(workspace)).firstBroken).toMatchObject({ kind: "Checkpoint", sequence: 10 });
  });
});

describe("the chain's operations", () => {
  test("tell the head, signed, and go on from a seal", async () => {
    const workspace = await sealedWorkspace(5);
    const head = await call(workspace.admin, "GET", "/audit/head");
    expect(head).toMatchObject({
      status: 200,
      body: { workspaceId: workspace.id, hash: expect.stringMatching(/^\w{64}$/) },
    });
    const [, payload] = String(head.body.jws).split(".");
    expect(JSON.parse(Buffer.from(payload!, "base64url").toString())).toMatchObject({ hash: head.body.hash });
    expect(await verify(workspace, 2)).toMatchObject({ status: "Intact", checked: Number(head.body.sequence) - 2 });
    expect((await call(workspace.admin, "POST", "/audit/verify", { from: 99_999 })).status).toBe(404);
    expect((await call(workspace.admin, "POST", "/audit/verify", { from: 0 })).status).toBe(400);
  });

  test("are for Admins", async () => {
    const { id } = await seedWorkspace(t);
    const editor = await seedMember(t, id, "Editor");
    for (const [method, path, body] of [
      ["POST", "/audit/verify", {}],
      ["GET", "/audit/head"],
      ["GET", "/audit/changes"],
      ["GET", "/audit/export"],
    ] as const) {
      expect({ path, status: (await call(editor, method, path, body)).status }).toEqual({ path, status: 403 });
      expect((await call(null, method, path, body)).status).toBe(401);
    }
  });
});
