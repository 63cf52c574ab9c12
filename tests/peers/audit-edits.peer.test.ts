import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { testAnchors } from "#tests/harness/anchors";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import type { WorkspaceTx } from "@/db/client";
import { sealTask, verifyChain } from "@/features/audit";
import { sealHash } from "@/features/audit/chain/hash";
import type { Actor } from "@/platform/actor";
import { systemClock } from "@/platform/clock";

const ROWS = 100_000;
const ROUNDS = 10;
/** The eight kinds make ten faults, and a hundred are told at once. */
const EDITS_A_ROUND = 80;
const ENDS = 134;
const PUT_IN = 66;

const t = testDatabase();
const anchors = testAnchors();
const deps = { anchors, keyring: testKeyring };
let workspace: Awaited<ReturnType<typeof seedWorkspace>>;
let superuser: pg.Client;
let head = 0;

beforeAll(async () => {
  workspace = await seedWorkspace(t);
  await t.asOwner(
    `insert into audit_events (workspace_id, actor_kind, actor_id, action, subject_type, subject_id, detail, at)
     select $1, 'Member', $2, 'content.version_saved', 'content_item', gen_random_uuid(), jsonb_build_object('versionNumber', n),
       now() - interval '2 days' + n * interval '1 s' from generate_series(1, $3::int) n`,
    [workspace.id, workspace.admin.userId, ROWS],
  );
  await t.asOwner("select app.wake_sealers(null)");
  const log = pino({ level: "silent" });
  const begun = performance.now();
  await runJobs(
    t,
    { "audit.seal": sealTask({ db: t.db, ...deps, clock: systemClock, auditKeepDays: undefined, log }) },
    { withinMs: 280_000 },
  );
  head = anchors.all.at(-1)!.sequence;
  console.info(`${head} rows sealed in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  superuser = new pg.Client({ connectionString: t.urls.superuser });
  await superuser.connect();
  // As the server does by itself a minute after so many rows came.
  await superuser.query("analyze audit_events, audit_changes, audit_seals");
  await superuser.query("set session_replication_role = replica");
});
afterAll(() => superuser.end());

/** Edits in a transaction that is undone, and what is found in it. */
async function verifyWith(edit: () => Promise<void>, from = 0) {
  await superuser.query("begin");
  try {
    await edit();
    await superuser.query("select app.enter_session($1, $2)", [workspace.admin.sessionId, workspace.id]);
    const tx = drizzle({ client: superuser, casing: "snake_case" }) as unknown as WorkspaceTx;
    const actor: Actor = {
      workspaceId: workspace.id,
      userId: workspace.admin.userId,
      role: "Admin",
      requestId: undefined,
    };
    return await verifyChain(tx, actor, deps, from);
  } finally {
    await superuser.query("rollback");
  }
}

const mine = () => `workspace_id = '${workspace.id}'`;
const rowAt = (n: number) => `(select row_id from audit_seals where ${mine()} and sequence = ${n})`;
const sql = (...statements: string[]) => superuser.query(statements.join("; ")).then(() => undefined);

/** Each edits around one place; where it is to be found, or by which row. */
const LOCAL: ((n: number) => Promise<void>)[] = [
  (n) => sql(`update audit_events set detail = detail || '{"versionNumber": 0}' where id = ${rowAt(n)}`),
  (n) => sql(`update audit_events set actor_id = null where id = ${rowAt(n)}`),
  (n) => sql(`update audit_events set at = at + interval '1 ms' where id = ${rowAt(n)}`),
  (n) => sql(`update audit_events set action = 'content.created' where id = ${rowAt(n)}`),
  (n) => sql(`delete from audit_events where id = ${rowAt(n)}`),
  (n) =>
    sql(
      `delete from audit_events where id = ${rowAt(n)}`,
      `delete from audit_seals where ${mine()} and sequence = ${n}`,
    ),
  (n) => sql(`update audit_seals set hash = repeat('0', 64) where ${mine()} and sequence = ${n}`),
  (n) =>
    sql(`with two as (select e.id, e.detail, s.sequence from audit_events e join audit_seals s on s.row_id = e.id
           where s.${mine()} and s.sequence in (${n}, ${n + 1}))
         update audit_events e set detail = other.detail from two me, two other where e.id = me.id and other.id <> me.id`),
];

test(`${ROUNDS * EDITS_A_ROUND} edits of rows and seals, ${EDITS_A_ROUND} at a time, are each found at their place`, async () => {
  expect(await verifyWith(async () => {})).toMatchObject({ status: "Intact", checked: head });
  let found = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const step = Math.floor((ROWS - 100) / EDITS_A_ROUND);
    const places = Array.from({ length: EDITS_A_ROUND }, (_, i) => 10 + i * step + ((round * 97) % (step - 10)));
    const check = await verifyWith(async () => {
      for (const [i, n] of places.entries()) await LOCAL[(i + round) % LOCAL.length]!(n);
    });
    const at = new Set(check.faults.map(({ sequence }) => sequence));
    expect(places.filter((n) => !at.has(n))).toEqual([]);
    expect(check.firstBroken!.sequence).toBe(places[0]);
    expect(check.faults).toHaveLength(check.faultCount);
    found += places.length;
  }
  console.info(`${found} edits found`);
});

test(`${ENDS} ends that were cut off and tails made anew, and ${PUT_IN} rows put in, are each found`, async () => {
  const from = head - 2 * (ENDS + PUT_IN);
  for (let i = 0; i < ENDS; i++) {
    const n = head - 1 - i;
    const isCut = i % 2 === 0;
    const check = await verifyWith(() => (isCut ? cutOff(n) : makeAnew(n)), from);
    const expected = isCut ? { kind: "Truncated", sequence: n + 1 } : { kind: "Rewritten", sequence: head };
    expect(check.faults).toContainEqual(expect.objectContaining(expected));
  }
  // One alone, and all the others at once: what tells one from another is its id.
  for (const count of [1, PUT_IN - 1]) {
    let ids: string[] = [];
    const check = await verifyWith(async () => {
      ids = await putIn(count);
    }, from);
    const found = check.faults.filter(({ kind, sequence }) => kind === "Inserted" && sequence === null);
    expect(found.map(({ rowId }) => rowId).sort()).toEqual(ids.sort());
    expect(ids).toHaveLength(count);
  }
  console.info(`${ENDS + PUT_IN} edits found`);
});

const cutOff = (n: number) =>
  sql(
    `delete from audit_events e using audit_seals s where e.${mine()} and s.${mine()} and s.row_id = e.id and s.sequence > ${n}`,
    `delete from audit_changes e using audit_seals s where e.${mine()} and s.${mine()} and s.row_id = e.id and s.sequence > ${n}`,
    `delete from audit_seals where ${mine()} and sequence > ${n}`,
  );

/** Answers their ids. */
async function putIn(count: number): Promise<string[]> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into audit_events (workspace_id, actor_kind, action, subject_type, subject_id, at)
     select '${workspace.id}', 'System', 'made.up', 'x', gen_random_uuid(), now() - interval '1 day'
     from generate_series(1, ${count}) returning id`,
  );
  return rows.map(({ id }) => id);
}

/** As somebody would who knows how hashes are made, and has the database alone. */
async function makeAnew(n: number) {
  const { rows } = await superuser.query(
    `select s.sequence::int, s.kind, s.sealed_at, s.hash, s.row_id,
       json_build_object('workspaceId', e.workspace_id, 'id', e.id, 'actorKind', e.actor_kind, 'actorId', e.actor_id, 'action', e.action,
         'subjectType', e.subject_type, 'subjectId', e.subject_id, 'detail', e.detail, 'requestId', e.request_id, 'apiKeyId', e.api_key_id) as row, e.at
     from audit_seals s left join audit_events e on e.id = s.row_id where s.${mine()} and s.sequence >= ${n - 1} order by 1`,
  );
  let previous: string = rows[0].hash;
  await sql(`update audit_events set actor_id = null where id = ${rowAt(n)}`);
  for (const { sequence, kind, sealed_at, row_id, row, at } of rows.slice(1)) {
    // Rows of the other table are at the chain's very end here, and stay what they are.
    const forged = { ...row, at, ...(sequence === n && { actorId: null }) };
    previous = sealHash(previous, { sequence, kind, sealedAt: sealed_at }, kind === "Event" ? forged : { row_id });
    await superuser.query(`update audit_seals set hash = $1 where ${mine()} and sequence = $2`, [previous, sequence]);
  }
}
