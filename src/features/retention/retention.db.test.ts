import { pino } from "pino";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { expectStatus, seedTeam, type Team } from "#tests/factories/approval";
import { testAnchors } from "#tests/harness/anchors";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testStorage } from "#tests/harness/storage";
import { sealTask } from "@/features/audit";
import { systemClock } from "@/platform/clock";
import { removeTask, sweepTask } from "./index";
import { KINDS, WHATS, type What } from "./kinds";

const t = testDatabase();
const anchors = testAnchors();
const call = caller(t, { anchors });
let team: Team;
beforeAll(async () => {
  team = await seedTeam(t);
});
afterEach(async () => {
  await t.asOwner("update retention_rules set days = null");
  await t.asOwner("update retention_holds set since = null");
  await t.asOwner("delete from graphile_worker._private_jobs");
});

const sealing = { anchors, keyring: testKeyring, clock: systemClock, log: pino({ level: "silent" }) };
const tasks = () => ({
  "audit.seal": sealTask({ ...sealing, db: t.db, auditKeepDays: undefined }),
  "retention.remove": removeTask({ db: t.db, keyring: testKeyring, storage: testStorage() }),
});
const seal = async () => {
  await t.asOwner("select app.wake_sealers(null)");
  await runJobs(t, tasks());
};
/** As the clock does. */
async function sweep() {
  await sweepTask({ db: t.db })({}, { jobId: "0", workerId: "none" }, new AbortController().signal);
  await runJobs(t, tasks());
}
const set = (what: What, days: number | null, by = team.admin) => call(by, "PUT", "/retention", { what, days });
const hold = (held: boolean, reason?: string) =>
  expectStatus(call(team.admin, "PUT", "/retention/hold", { held, ...(reason && { reason }) }), 200);
const preview = async (what: What, days: number, by = team.admin) =>
  (await call(by, "GET", `/retention/preview?what=${what}&days=${days}`)).body.rows;
const told = async (action: string, workspaceId = team.workspace.id) =>
  (
    await t.asOwner<{ detail: Record<string, unknown> }>(
      "select detail from audit_events where workspace_id = $1 and action = $2 order by at, id",
      [workspaceId, action],
    )
  ).map(({ detail }) => detail);

/** Deliveries and notifications of so many days ago, each under its age as a type and a source. */
async function seedAged(workspace: { id: string; admin: { userId: string } }, ...ages: number[]) {
  const [endpoint] = await t.asOwner<{ id: string }>(
    `insert into webhooks_endpoints (workspace_id, url, sealed_secret, created_by) values ($1, 'https://x.example', '', $2) returning id`,
    [workspace.id, workspace.admin.userId],
  );
  for (const age of ages) {
    await t.asOwner(
      `with made as (
         insert into webhooks_deliveries (workspace_id, endpoint_id, type, occurred_at, data, status, created_at)
         values ($1, $2, $3, now(), '{}', 'Delivered', now() - make_interval(days => $4)) returning id)
       insert into webhooks_attempts (workspace_id, delivery_id, number, started_at) select $1, id, 1, now() from made`,
      [workspace.id, endpoint!.id, `${age} days`, age],
    );
    await t.asOwner(
      `insert into notifications (workspace_id, user_id, kind, source, subject_id, created_at)
       values ($1, $2, 'MemberJoined', $3, gen_random_uuid(), now() - make_interval(days => $4))`,
      [workspace.id, workspace.admin.userId, `${age} days ${endpoint!.id}`, age],
    );
  }
  return {
    left: async () => ({
      deliveries: (
        await t.asOwner<{ type: string }>(
          "select type from webhooks_deliveries where endpoint_id = $1 order by created_at desc",
          [endpoint!.id],
        )
      ).map(({ type }) => type),
      notifications: (
        await t.asOwner<{ source: string }>(
          "select source from notifications where source like '%' || $1 order by created_at desc",
          [endpoint!.id],
        )
      ).map(({ source }) => source.replace(` ${endpoint!.id}`, "")),
    }),
  };
}
const ours = () => ({ id: team.workspace.id, admin: team.admin });

describe("what is older than a workspace says", () => {
  it("goes, what is younger stays, and another workspace is left alone", async () => {
    const other = await seedWorkspace(t);
    const [mine, theirs] = [await seedAged(ours(), 2, 6, 20), await seedAged(other, 2, 6, 20)];
    expect([await preview("Webhooks", 5), await preview("Notifications", 10)]).toEqual([2, 1]);
    await expectStatus(set("Webhooks", 5), 200);
    await expectStatus(set("Notifications", 10), 200);
    await sweep();
    expect(await mine.left()).toEqual({ deliveries: ["2 days"], notifications: ["2 days", "6 days"] });
    const all = ["2 days", "6 days", "20 days"];
    expect(await theirs.left()).toEqual({ deliveries: all, notifications: all });
    expect(await told("retention.removed")).toEqual([
      { what: "Webhooks", rows: 2, before: expect.any(String) },
      { what: "Notifications", rows: 1, before: expect.any(String) },
    ]);
    expect(await told("retention.removed", other.id)).toEqual([]);
    // Done once, it leaves no row of nothing.
    await sweep();
    expect(await told("retention.removed")).toHaveLength(2);
  });

  it("stays where it is on its way still", async () => {
    const mine = await seedAged(ours(), 9);
    await t.asOwner("update webhooks_deliveries set status = 'Pending' where type = '9 days'");
    await expectStatus(set("Webhooks", 5), 200);
    await sweep();
    expect((await mine.left()).deliveries).toEqual(["9 days"]);
    await t.asOwner("update webhooks_deliveries set status = 'Failed' where type = '9 days'");
    await sweep();
    expect((await mine.left()).deliveries).toEqual([]);
  });

  it("goes in bounded steps, each of which the log tells", async () => {
    const workspace = await seedWorkspace(t);
    await t.asOwner(
      `insert into notifications (workspace_id, user_id, kind, source, subject_id, created_at)
       select $1, $2, 'MemberJoined', 'many ' || n, gen_random_uuid(), now() - interval '60 days' from generate_series(1, 5001) n`,
      [workspace.id, workspace.admin.userId],
    );
    await expectStatus(set("Notifications", 30, workspace.admin), 200);
    await sweep();
    expect((await told("retention.removed", workspace.id)).map(({ rows }) => rows)).toEqual([5_000, 1]);
  });
});

describe("the audit log", () => {
  /** Rows that were sealed so long ago, a year or two. */
  async function oldLog() {
    const workspace = await seedWorkspace(t);
    for (const _ of [1, 2, 3, 4]) await call(workspace.admin, "POST", "/personas", { name: crypto.randomUUID() });
    await seal();
    await t.asOwner(
      "update audit_seals set sealed_at = sealed_at - interval '500 days' where workspace_id = $1 and sequence <= 3",
      [workspace.id],
    );
    const count = async () =>
      Number(
        (
          await t.asOwner<{ n: string }>(
            "select count(*) n from audit_seals where workspace_id = $1 and sequence <= 3",
            [workspace.id],
          )
        )[0]!.n,
      );
    const verify = async () =>
      (await call(workspace.admin, "POST", "/audit/verify", {})).body as Record<string, unknown>;
    return { workspace, count, verify };
  }

  it("loses its oldest rows, says so, and is verified from the checkpoint on", async () => {
    const { workspace, count, verify } = await oldLog();
    expect(await preview("Audit", 400, workspace.admin)).toBe(3);
    await expectStatus(set("Audit", 600, workspace.admin), 200);
    await sweep();
    expect(await count()).toBe(3);
    await expectStatus(set("Audit", 400, workspace.admin), 200);
    await sweep();
    expect(await count()).toBe(0);
    expect(await told("audit.retired", workspace.id)).toMatchObject([{ sequence: 3, rows: 3 }]);
    await seal();
    const found = await verify();
    expect(found.checkpoint).toMatchObject({ sequence: 3, rows: 3 });
    // The seals that this test made older no longer have their hashes, but they are gone; what is left is as it was.
    expect(found).toMatchObject({ status: "Intact", faultCount: 0 });
    await t.asOwner("update audit_checkpoints set before = before - interval '1 day' where workspace_id = $1", [
      workspace.id,
    ]);
    expect(await verify()).toMatchObject({ status: "Broken", firstBroken: { kind: "Checkpoint", sequence: 3 } });
  });

  it("loses nothing while it is held, neither by its own rule nor by the operator's", async () => {
    const { workspace, count } = await oldLog();
    await expectStatus(set("Audit", 400, workspace.admin), 200);
    await expectStatus(call(workspace.admin, "PUT", "/retention/hold", { held: true }), 200);
    await sweep();
    const byOperator = sealTask({ ...sealing, db: t.db, auditKeepDays: 400 });
    await t.asOwner("select app.wake_sealer($1)", [workspace.id]);
    await runJobs(t, { "audit.seal": byOperator });
    expect(await count()).toBe(3);
    await expectStatus(call(workspace.admin, "PUT", "/retention/hold", { held: false }), 200);
    await sweep();
    expect(await count()).toBe(0);
  });
});

describe("a legal hold", () => {
  it("stops that anything goes, also what goes everywhere after its days, until it ends", async () => {
    const other = await seedWorkspace(t);
    const [mine, theirs] = [await seedAged(ours(), 8, 100), await seedAged(other, 8, 100)];
    await expectStatus(set("Webhooks", 5), 200);
    expect(await hold(true, "Case 4711")).toMatchObject({
      hold: { reason: "Case 4711", updatedBy: team.admin.userId },
    });
    await sweep();
    await t.db.pool.query("select app.purge_webhooks(), app.purge_notifications()");
    const all = { deliveries: ["8 days", "100 days"], notifications: ["8 days", "100 days"] };
    expect(await mine.left()).toEqual(all);
    expect(await theirs.left()).toEqual({ deliveries: ["8 days"], notifications: ["8 days"] });
    expect(await hold(false)).toMatchObject({ hold: null });
    await sweep();
    await t.db.pool.query("select app.purge_webhooks(), app.purge_notifications()");
    expect(await mine.left()).toEqual({ deliveries: [], notifications: ["8 days"] });
    expect([await told("retention.hold_begun"), await told("retention.hold_ended")]).toEqual([[{}], [{}]]);
    const log = JSON.stringify((await call(team.admin, "GET", "/audit/changes?tableName=retention_holds")).body);
    expect(log).toContain("(masked)");
    expect(log).not.toContain("4711");
  });
});

describe("the bounds", () => {
  it.each(WHATS)("of %s hold in the API and in the database", async (what) => {
    const { minimumDays, maximumDays } = KINDS[what];
    for (const days of [minimumDays, maximumDays, null]) await expectStatus(set(what, days), 200);
    for (const days of [minimumDays - 1, maximumDays + 1]) {
      const answer = await set(what, days);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request", issues: [{ path: "days" }] } });
      await expect(
        t.asOwner("update retention_rules set days = $1 where what = $2", [days, what]),
      ).rejects.toMatchObject({ constraint: "retention_rules_bounds" });
    }
    const { rules } = (await call(team.admin, "GET", "/retention")).body as unknown as { rules: { what: string }[] };
    const { by, ...bounds } = KINDS[what];
    expect(rules.find((rule) => rule.what === what)).toMatchObject({ days: null, ...bounds });
  });

  it("refuse what is no kind, and no number of days", async () => {
    for (const body of [
      {},
      { what: "Content", days: 400 },
      { what: "Audit", days: 400.5 },
      { what: "Audit", days: "x" },
    ])
      expect([body, (await call(team.admin, "PUT", "/retention", body)).status]).toEqual([body, 400]);
    expect((await call(team.admin, "GET", "/retention/preview?what=Audit&days=0")).status).toBe(400);
    expect((await call(team.admin, "PUT", "/retention/hold", {})).status).toBe(400);
  });
});

it("is said by Admins alone: no other role, no API key", async () => {
  const { key } = (await expectStatus(call(team.admin, "POST", "/auth/keys", { name: "All", role: "Admin" }), 201)) as {
    key?: string;
  };
  const asks = [
    ["GET", "/retention"],
    ["GET", "/retention/preview?what=Audit&days=400"],
    ["PUT", "/retention", { what: "Audit", days: 400 }],
    ["PUT", "/retention/hold", { held: true }],
  ] as const;
  for (const [method, path, body] of asks) {
    for (const who of [team.editor, team.writer, team.viewer, { key: String(key) }])
      expect([path, (await call(who, method, path, body)).status]).toEqual([path, 403]);
    expect([path, (await call(null, method, path, body)).status]).toEqual([path, 401]);
  }
  expect((await call(team.admin, "GET", "/retention")).body).toMatchObject({ hold: null });
});
