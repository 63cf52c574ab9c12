import pg from "pg";
import { expect, test } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { withWorkspace } from "@/db/scope";
import { manageCredits } from "@/entry/admin-credits";
import { TIERS } from "./contract";
import { lapseTask, releaseCredits, reserveCredits, settleCredits } from "./index";

const t = testDatabase({ tier: "Free" });
const call = caller(t);

const claim = ({ sessionId, workspaceId }: Member) => ({ sessionId, workspaceId, requestId: undefined });
const reserve = (who: Member, credits: number, seconds = 60) =>
  withWorkspace(t.db, claim(who), (tx) => reserveCredits(tx, { credits, seconds }));
const settle = (who: Member, reservationId: string, used: number) =>
  withWorkspace(t.db, claim(who), (tx, actor) => settleCredits(tx, actor, { reservationId, used }));

async function asOperator<T>(work: (operator: pg.Client) => Promise<T>): Promise<T> {
  const operator = new pg.Client({ connectionString: t.urls.worker });
  await operator.connect();
  return work(operator).finally(() => operator.end());
}
const operate = (workspace: string, more: Parameters<typeof manageCredits>[1]) =>
  asOperator((operator) => manageCredits(operator, { workspace, ...more }));

/** What the rows say, summed anew, and what the last of them says that the accounts hold. */
async function audit(workspaceId: string) {
  const [sums] = await t.asOwner<Record<string, number>>(
    `select coalesce(sum(included), 0)::int as included, coalesce(sum(topped_up), 0)::int as topped_up,
       coalesce(sum(reserved), 0)::int as reserved, coalesce(sum(spent), 0)::int as spent,
       coalesce(sum(issued + included + topped_up + reserved + spent + expired), 0)::int as total,
       count(*)::int as rows, coalesce(max(number), 0)::int as last
     from billing_ledger where workspace_id = $1`,
    [workspaceId],
  );
  const [row] = await t.asOwner<Record<string, number>>(
    `select included_balance, topped_up_balance, reserved_balance from billing_ledger where workspace_id = $1
     order by number desc limit 1`,
    [workspaceId],
  );
  const [open] = await t.asOwner<{ open: number }>(
    "select coalesce(sum(included + topped_up), 0)::int as open from billing_reservations where workspace_id = $1",
    [workspaceId],
  );
  expect(sums!.total).toBe(0);
  expect(sums!.last).toBe(sums!.rows);
  expect(row ?? { included_balance: 0, topped_up_balance: 0, reserved_balance: 0 }).toEqual({
    included_balance: sums!.included,
    topped_up_balance: sums!.topped_up,
    reserved_balance: sums!.reserved,
  });
  expect(sums!.reserved).toBe(open!.open);
  return sums!;
}

const used = async (workspaceId: string) =>
  (
    await t.asOwner<{ used: number }>(
      "select s.ai_credits_used as used from billing_subscriptions s where workspace_id = $1",
      [workspaceId],
    )
  )[0]?.used;

test("the database includes what the table of tiers says", async () => {
  for (const [tier, { creditsPerMonth }] of Object.entries(TIERS)) {
    const [row] = await t.asOwner<{ credits: number }>("select app.included_credits($1) as credits", [tier]);
    expect([tier, row!.credits]).toEqual([tier, creditsPerMonth]);
  }
});

test("what is reserved and settled is told to the credit, at every moment", async () => {
  const { admin, id } = await seedWorkspace(t);
  const before = await call(admin, "GET", "/billing/subscription");
  expect(before.body).toMatchObject({
    tier: "Free",
    status: "Active",
    nextBillingDate: null,
    aiCredits: { included: 100, used: 0, remaining: 100, low: false },
  });
  const { reservationId, credits } = await reserve(admin, 30);
  expect(credits).toMatchObject({ remaining: 70 });
  expect(await settle(admin, reservationId, 12)).toMatchObject({ closed: true, used: 12, credits: { remaining: 88 } });
  // Done again, it is done once.
  expect(await settle(admin, reservationId, 12)).toMatchObject({ closed: false, used: 0, credits: { remaining: 88 } });
  const other = await reserve(admin, 10);
  await withWorkspace(t.db, claim(admin), (tx, actor) => releaseCredits(tx, actor, other));
  expect(await used(id)).toBe(12);
  await audit(id);

  const { body } = await call(admin, "GET", "/billing/credits?limit=2");
  expect(body.items!.map(({ kind }) => kind)).toEqual(["Release", "Reserve"]);
  const rest = await call(admin, "GET", `/billing/credits?cursor=${body.nextCursor}`);
  expect(rest.body.items!.map(({ kind, remaining }) => [kind, remaining])).toEqual([
    ["Settle", 88],
    ["Reserve", 70],
    ["Included", 100],
  ]);
  const [settled, reserved] = rest.body.items!;
  expect(settled!.entries).toEqual([
    { account: "included", amount: 18 },
    { account: "reserved", amount: -30 },
    { account: "spent", amount: 12 },
  ]);
  const then = await call(admin, "GET", `/billing/credits?limit=1&until=${reserved!.at}`);
  expect(then.body.items![0]).toMatchObject({ kind: "Reserve", remaining: 70, reserved: 30 });
});

test("billing is the Admins', and each workspace's own", async () => {
  const { id, admin } = await seedWorkspace(t);
  const stranger = await seedWorkspace(t);
  const editor = await seedMember(t, id, "Editor");
  await reserve(admin, 5);
  for (const path of ["/billing/subscription", "/billing/credits"]) {
    expect((await call(null, "GET", path)).status).toBe(401);
    expect((await call(editor, "GET", path)).status).toBe(403);
    expect((await call({ ...stranger.admin, workspaceId: id }, "GET", path)).status).toBe(404);
  }
  expect((await call(stranger.admin, "GET", "/billing/credits")).body.items).toEqual([]);
  expect((await call(admin, "GET", "/billing/credits?until=yesterday")).status).toBe(400);
  expect((await call(admin, "GET", "/billing/credits?cursor=nothing")).body.code).toBe("invalid_cursor");
});

test("two at once can't reserve the same credits", async () => {
  const { id, admin } = await seedWorkspace(t);
  await reserve(admin, 40);
  const [subscription] = await t.asOwner<{ id: string }>(
    "select id from billing_subscriptions where workspace_id = $1",
    [id],
  );
  const outcomes = await t.collide(
    "billing_subscriptions",
    subscription!.id,
    [1, 2, 3].map(
      () => () =>
        reserve(admin, 25).then(
          ({ credits }) => credits.remaining,
          ({ code }) => code,
        ),
    ),
  );
  expect(outcomes.sort()).toEqual([10, 35, "credits_exhausted"]);
  await audit(id);
});

test("who has too few is told how many there are, and nothing is booked", async () => {
  const { id, admin } = await seedWorkspace(t);
  await expect(reserve(admin, 101)).rejects.toMatchObject({
    code: "credits_exhausted",
    extensions: { credits: { needed: 101, remaining: 100 } },
  });
  expect((await audit(id)).rows).toBe(0);
});

test("a reservation that nobody settles is free again, by the job and by whoever comes next", async () => {
  const { id, admin } = await seedWorkspace(t);
  const stale = await reserve(admin, 60);
  const live = await reserve(admin, 10);
  const late = () =>
    t.asOwner("update billing_reservations set expires_at = now() - interval '1 s' where id = $1", [
      stale.reservationId,
    ]);
  await late();
  await lapseTask({ db: t.db })({}, { jobId: "1", workerId: "x" }, new AbortController().signal);
  expect((await audit(id)).reserved).toBe(10);
  // Too late to settle: it is closed, once.
  expect(await settle(admin, stale.reservationId, 60)).toMatchObject({ closed: false, credits: { remaining: 90 } });
  expect((await settle(admin, live.reservationId, 99)).used).toBe(10);
  const again = await reserve(admin, 80);
  await t.asOwner("update billing_reservations set expires_at = now() - interval '1 s' where id = $1", [
    again.reservationId,
  ]);
  expect((await reserve(admin, 85)).credits.remaining).toBe(5);
  expect(await audit(id)).toMatchObject({ spent: 10, reserved: 85 });
});

test("a new month brings new credits, takes what was left, and leaves what was topped up", async () => {
  const { id, admin } = await seedWorkspace(t);
  await operate(id, { add: "50", note: "Thanks" });
  const over = await reserve(admin, 120);
  // As if all of that had been last month.
  const lastMonth = "(date_trunc('month', now() at time zone 'UTC') - interval '1 month')::date";
  await t.asOwner(
    `update billing_ledger set period = ${lastMonth}, at = at - interval '1 month' where workspace_id = $1`,
    [id],
  );
  await t.asOwner(`update billing_reservations set period = ${lastMonth} where workspace_id = $1`, [id]);
  expect(await used(id)).toBe(0);
  const read = async () => (await call(admin, "GET", "/billing/subscription")).body.aiCredits;
  expect(await read()).toMatchObject({ included: 100, used: 0, remaining: 130, toppedUp: 30, reserved: 120 });
  // What comes back of the old month's own is gone; what comes back of the rest is there.
  expect((await settle(admin, over.reservationId, 90)).credits).toMatchObject({ remaining: 150, used: 90 });
  expect(await read()).toMatchObject({ included: 100, used: 90, remaining: 150, toppedUp: 50, reserved: 0 });
  await audit(id);
});

test("an operator adds credits, takes them back and sets a tier", async () => {
  const { id } = await seedWorkspace(t);
  expect(await operate(id, { add: "500", note: "A gift" })).toMatch(/^600 credits remain/);
  expect(await operate(id, { add: "-700" })).toMatch(/^100 credits remain.* 0 topped up/);
  expect(await operate(id, { tier: "Team" })).toMatch(/^2000 credits remain/);
  // Back and up again within a month is no second helping.
  await operate(id, { tier: "Free" });
  expect(await operate(id, { tier: "Team" })).toMatch(/^2000 credits remain/);
  await expect(operate(id, { tier: "Gold" })).rejects.toThrow("one of Free, Team");
  await expect(operate(id, { add: "many" })).rejects.toThrow("whole number");
  await expect(operate("00000000-0000-4000-8000-00000000dead", {})).rejects.toThrow("no workspace");
  await audit(id);
});

test("when four fifths are gone it is said once", async () => {
  const { id, admin } = await seedWorkspace(t);
  for (const amount of [70, 9, 2, 1]) {
    const { reservationId } = await reserve(admin, amount);
    await settle(admin, reservationId, amount);
  }
  const events = await t.asOwner<{ payload: object }>(
    "select payload from events where workspace_id = $1 and type = 'billing.credits_low'",
    [id],
  );
  expect(events).toEqual([{ payload: { remaining: 19, included: 100 } }]);
});

test("when the last credit is gone it is said", async () => {
  const { id, admin } = await seedWorkspace(t);
  const { reservationId } = await reserve(admin, 100);
  await settle(admin, reservationId, 100);
  const events = await t.asOwner<{ type: string; payload: object }>(
    "select type, payload from events where workspace_id = $1 and type like 'billing.credits%'",
    [id],
  );
  expect(events).toEqual([{ type: "billing.credits_exhausted", payload: { included: 100 } }]);
});

test("the database itself refuses a transaction that doesn't sum to zero, a balance below zero, and any change", async () => {
  const { id, admin } = await seedWorkspace(t);
  await reserve(admin, 5);
  const insert = (more: string, values: string) =>
    t.asOwner(
      `insert into billing_ledger (workspace_id, number, kind, period, at, ${more}) values ($1, 99, 'TopUp', current_date, now(), ${values})`,
      [id],
    );
  await expect(insert("issued, topped_up", "-5, 6")).rejects.toMatchObject({ code: "23514" });
  await expect(insert("issued, topped_up, topped_up_balance", "5, -5, -5")).rejects.toMatchObject({ code: "23514" });
  // As the owner of the table, who is bound as well.
  const owner = new pg.Client({ connectionString: t.urls.owner });
  await owner.connect();
  owner.on("error", () => {});
  expect((await owner.query("update billing_ledger set note = 'x'")).rowCount).toBe(0);
  expect((await owner.query("delete from billing_ledger")).rowCount).toBe(0);
  await owner.end();
  expect((await audit(id)).rows).toBe(2);
});
