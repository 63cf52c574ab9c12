import { expect, test } from "vitest";
import { type Member, seedPerson } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { withWorkspace } from "@/db/scope";
import { reserveCredits, settleCredits } from "../index";

const t = testDatabase({ tier: "Team", max: 20 });
const call = caller(t);
const claim = ({ sessionId, workspaceId }: Member) => ({ sessionId, workspaceId, requestId: undefined });
const reserve = (who: Member, credits: number) =>
  withWorkspace(t.db, claim(who), (tx) => reserveCredits(tx, { credits, seconds: 60 }));
const settle = (who: Member, reservationId: string, used: number) =>
  withWorkspace(t.db, claim(who), (tx, actor) => settleCredits(tx, actor, { reservationId, used }));

/** Three workspaces of one account that share from this month on. */
async function seedSharing() {
  const person = await seedPerson(t);
  const members: Member[] = [];
  for (const name of ["North", "South", "West"]) {
    const { body } = await call(person, "POST", "/workspaces", { name });
    members.push({ ...person, workspaceId: String(body.id), role: "Admin" });
  }
  const [first] = members as [Member, Member, Member];
  const set = await call(first, "PUT", "/billing/pooling", { pooling: true });
  expect(set.body).toMatchObject({ pooling: { now: false, next: true, from: expect.stringMatching(/-01$/) } });
  // As if it had been wanted last month.
  await t.asOwner("update billing_accounts set pooling_from = date_trunc('month', now())::date where owner_id = $1", [
    person.userId,
  ]);
  return members as [Member, Member, Member];
}

type Entry = { number: number; kind: string; amount: number; balance: number; drawn_by: string | null; at: Date };
const poolOf = (who: Member) =>
  t.asOwner<Entry>(
    `select e.* from billing_pool_entries e join billing_accounts a on a.id = e.account_id where a.owner_id = $1 order by number`,
    [who.userId],
  );
const ledgerOf = (who: Member) =>
  t.asOwner<Record<string, number> & { at: Date; kind: string }>(
    "select * from billing_ledger where workspace_id = $1 order by number",
    [who.workspaceId],
  );

/** Every row says what there was after it; summed anew, at each of them, it is so, and what the pool gave the workspaces had. */
async function audit(members: Member[]) {
  const pool = await poolOf(members[0]!);
  let balance = 0;
  for (const [i, entry] of pool.entries()) {
    balance += entry.amount;
    expect([entry.number, entry.balance]).toEqual([i + 1, balance]);
  }
  let spent = 0;
  let held = 0;
  for (const member of members) {
    const sums = { included: 0, topped_up: 0, reserved: 0 };
    let drawn = 0;
    for (const row of await ledgerOf(member)) {
      for (const key of ["included", "topped_up", "reserved"] as const) sums[key] += row[key]!;
      expect([row.included_balance, row.topped_up_balance, row.reserved_balance]).toEqual(Object.values(sums));
      spent += row.spent!;
      if (row.kind === "Included" || row.kind === "Return") drawn += row.included!;
    }
    held += sums.included + sums.reserved;
    const given = pool.filter(({ drawn_by }) => drawn_by === member.workspaceId);
    expect(given.reduce((sum, { amount }) => sum - amount, 0)).toBe(drawn);
  }
  const granted = pool.filter(({ kind }) => kind === "Granted").reduce((sum, { amount }) => sum + amount, 0);
  expect(balance + held + spent).toBe(granted);
  return { balance, spent, granted };
}

test("workspaces that share spend what all of them have, and see one balance", async () => {
  const [north, south, west] = await seedSharing();
  const shown = async (who: Member) => (await call(who, "GET", "/billing/subscription")).body.aiCredits;
  expect(await shown(north)).toMatchObject({ pooled: true, included: 6_000, remaining: 6_000 });
  // More than one of them would have by itself.
  const { reservationId } = await reserve(north, 5_000);
  expect(await shown(south)).toMatchObject({ remaining: 1_000, used: 0 });
  await expect(reserve(south, 1_001)).rejects.toMatchObject({ code: "credits_exhausted" });
  await settle(north, reservationId, 1_500);
  expect(await shown(west)).toMatchObject({ remaining: 4_500, used: 0 });
  expect(await shown(north)).toMatchObject({ remaining: 4_500, used: 1_500 });
  expect(await audit([north, south, west])).toEqual({ balance: 4_500, spent: 1_500, granted: 6_000 });
  // What happened in one is in the ledger of none of the others.
  expect(await ledgerOf(south)).toEqual([]);
});

test("two workspaces at once never spend the same credits of a pool", async () => {
  const members = await seedSharing();
  const [north, south, west] = members;
  const taken = await Promise.all(
    Array.from({ length: 30 }, (_, i) => {
      const who = members[i % 3]!;
      return reserve(who, 1_000).then(
        ({ reservationId }) => ({ who, reservationId }),
        ({ code }) => code as string,
      );
    }),
  );
  const got = taken.filter((one) => typeof one !== "string");
  expect(taken.filter((one) => one === "credits_exhausted")).toHaveLength(24);
  expect(got).toHaveLength(6);
  await Promise.all(got.map(({ who, reservationId }, i) => settle(who, reservationId, i % 2 ? 1_000 : 0)));
  expect(await audit([north, south, west])).toEqual({ balance: 3_000, spent: 3_000, granted: 6_000 });
});

test("two that meet at the account can't have the same last credits", async () => {
  const members = await seedSharing();
  const [north, south] = members;
  await reserve(north, 5_000);
  const [account] = await t.asOwner<{ id: string }>("select id from billing_accounts where owner_id = $1", [
    north.userId,
  ]);
  const outcomes = await t.collide("billing_accounts", account!.id, [
    () =>
      reserve(north, 700).then(
        () => "got",
        ({ code }) => code,
      ),
    () =>
      reserve(south, 700).then(
        () => "got",
        ({ code }) => code,
      ),
  ]);
  expect(outcomes.toSorted()).toEqual(["credits_exhausted", "got"]);
  await audit(members);
});

test("at any time of the past, the ledgers say what there was", async () => {
  const members = await seedSharing();
  const [north, south] = members;
  const moments: { at: Date; balance: number }[] = [];
  for (const [who, credits] of [
    [north, 300],
    [south, 450],
    [north, 50],
  ] as const) {
    const { reservationId } = await reserve(who, credits);
    await settle(who, reservationId, credits);
    const [{ at, balance }] = (await poolOf(north)).slice(-1) as [Entry];
    moments.push({ at, balance });
  }
  expect(moments.map(({ balance }) => balance)).toEqual([5_700, 5_250, 5_200]);
  for (const { at, balance } of moments) {
    const [then] = await t.asOwner<{ sum: number }>(
      `select sum(amount)::int as sum from billing_pool_entries e join billing_accounts a on a.id = e.account_id
       where a.owner_id = $1 and e.at <= $2`,
      [north.userId, at],
    );
    expect(then!.sum).toBe(balance);
  }
});

test("a new month fills the pool anew, and a further workspace brings its share", async () => {
  const members = await seedSharing();
  const [north, south] = members;
  const { reservationId } = await reserve(north, 4_000);
  await settle(north, reservationId, 4_000);
  const lastMonth = "(date_trunc('month', now() at time zone 'UTC') - interval '1 month')::date";
  const ids = members.map(({ workspaceId }) => workspaceId);
  await t.asOwner(
    `update billing_ledger set period = ${lastMonth}, at = at - interval '1 month' where workspace_id = any ($1)`,
    [ids],
  );
  await t.asOwner(
    `update billing_pool_entries e set period = ${lastMonth}, at = at - interval '1 month' from billing_accounts a where a.id = e.account_id and a.owner_id = $1`,
    [north.userId],
  );
  await reserve(south, 5_999);
  const pool = await poolOf(north);
  expect(pool.slice(-3).map(({ kind, amount }) => [kind, amount])).toEqual([
    ["Expired", -2_000],
    ["Granted", 6_000],
    ["Drawn", -5_999],
  ]);
});

test("only whoever pays has the workspaces share, and a pool is nobody's to write", async () => {
  const [north] = await seedSharing();
  const stranger = await seedPerson(t);
  expect(
    (await call({ ...stranger, workspaceId: north.workspaceId }, "PUT", "/billing/pooling", { pooling: false })).status,
  ).toBe(404);
  await reserve(north, 1);
  await expect(t.asOwner("update billing_pool_entries set balance = -1")).rejects.toMatchObject({ code: "23514" });
  await expect(t.db.pool.query("select from billing_pool_entries")).rejects.toMatchObject({ code: "42501" });
});
