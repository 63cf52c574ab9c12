import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Member, seedMember } from "#tests/factories";
import { approveItem, type Planners, seedPlanners } from "#tests/factories/distribution";
import { notify, toldIn } from "#tests/factories/notifications";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { type ChannelAdapter, ChannelError } from "@/channels/adapter";
import { blueskyInput } from "@/channels/bluesky/input";
import { blueskyRules } from "@/channels/bluesky/rules";
import { createChannels } from "@/channels/registry";
import { withWorkspace } from "@/db/scope";
import { openAccount, warnTask } from ".";

const t = testDatabase();
const HOUR_MS = 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * 24 * HOUR_MS);

/** What a network in memory gives whoever connects, since none that ends for good can run here. */
type Tokens = { access: string; refresh?: string };
const given = { endsAt: undefined as Date | undefined, tokens: { access: "1" } as Tokens, fault: undefined as unknown };
const ending: ChannelAdapter<{ identifier: string }, Tokens> = {
  ...blueskyRules,
  credentials: blueskyInput as never,
  metricTypes: [],
  removable: false,
  connect: async ({ identifier }) => ({
    name: identifier,
    remoteAccount: identifier,
    credentials: given.tokens,
    accessEndsAt: given.endsAt,
  }),
  keep: (before, next) => ({ ...next, credentials: { ...before, ...next.credentials } }),
  async check() {
    if (given.fault) throw given.fault;
  },
  newKey: () => randomUUID(),
  publish: () => Promise.reject(new Error("Nothing is sent here")),
  find: async () => undefined,
  metrics: async () => [],
  remove: async () => {},
};
const unused = () => Promise.reject(new Error("No page is published here"));
const site = { publish: unused, find: unused, remove: unused, metrics: unused };
const call = caller(t, { channels: { ...createChannels({ site }), bluesky: ending as ChannelAdapter } });

let team: Planners;
beforeEach(async () => {
  await t.asOwner("delete from graphile_worker._private_jobs");
  Object.assign(given, { endsAt: inDays(20), tokens: { access: "1" }, fault: undefined });
  team = await seedPlanners(t);
});

async function connect(identifier = "brand") {
  const body = { network: "bluesky", identifier, appPassword: "x" };
  const answer = await call(team.admin, "POST", "/distribution/channels", body);
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body as { id: string; accessEndsAt: string | null };
}

/** Lets time pass until so many days are left, to the second. */
const daysLeft = (id: string, days: number) =>
  t.asOwner("update channels set access_ends_at = $2 where id = $1", [id, inDays(days)]);
async function pass() {
  await makeDue(t);
  await runJobs(t, { "channels.warn": warnTask({ db: t.db }) });
  await notify(t);
}
const warnings = () =>
  t.asOwner<{ run_at: Date }>(
    `select j.run_at from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id
     where k.identifier = 'channels.warn'`,
  );
const told = async () =>
  (await toldIn(t, team.id)).filter(({ kind }) => kind === "ChannelExpiring").map(({ userId }) => userId);
const expiring = async () =>
  (
    await t.asOwner<{ payload: Record<string, unknown> }>(
      "select payload from events where workspace_id = $1 and type = 'channels.expiring' order by id",
      [team.id],
    )
  ).map(({ payload }) => payload);
const statusOf = async (id: string) => (await call(team.viewer, "GET", `/distribution/channels/${id}`)).body;
const opened = (id: string) => {
  const enter = <T>(work: Parameters<typeof withWorkspace<T>>[2]) =>
    withWorkspace<T>(t.db, { ...team.admin, requestId: undefined }, work);
  return enter((tx) => openAccount(tx, id, { keyring: testKeyring, enter: (work) => enter(work) }));
};
async function plan(channelId: string, at: Date, by: Member = team.editor) {
  const { id: contentItemId } = await approveItem(call, team.writer);
  const body = { contentItemId, channelId, scheduledTime: at.toISOString() };
  const answer = await call(by, "POST", "/distribution/schedule", body);
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body as { id: string; warnings: { code: string; message: string; at: string }[] };
}

describe("access that ends", () => {
  it("is told with the channel, to all members, and its end is planned for", async () => {
    const { id, accessEndsAt } = await connect();
    expect(accessEndsAt).toBe(given.endsAt!.toISOString());
    expect(await statusOf(id)).toMatchObject({ accessEndsAt });
    const [job, ...others] = await warnings();
    expect(others).toEqual([]);
    expect(job!.run_at.getTime()).toBe(given.endsAt!.getTime() - 14 * 24 * HOUR_MS);
  });

  it("is told to Admins, and to who planned something for later, 14 and 3 days ahead, once each", async () => {
    const { id } = await connect();
    const other = await seedMember(t, team.id, "Admin");
    await plan(id, inDays(19));
    await plan(id, inDays(2), team.admin);
    await daysLeft(id, 13.9);
    await pass();
    const everybody = [team.admin, other, team.editor].map(({ userId }) => userId).sort();
    expect((await told()).sort()).toEqual(everybody);
    expect(await expiring()).toMatchObject([{ network: "bluesky", why: "InDays", days: 14 }]);
    const { body } = await call(team.editor, "GET", "/notifications");
    expect(body.items).toMatchObject([{ kind: "ChannelExpiring", channelName: "brand", place: "channels" }]);
    expect(body.items![0]!.endsAt).toBe((await statusOf(id)).accessEndsAt);

    // Whenever that job comes again, it has nothing to tell until three days are left.
    await pass();
    expect(await expiring()).toHaveLength(1);
    await daysLeft(id, 2.9);
    await pass();
    await pass();
    expect(await expiring()).toMatchObject([{ days: 14 }, { days: 3 }]);
    expect((await told()).sort()).toEqual([...everybody, ...everybody].sort());
  });

  it("once it is over, has the channel connected again before anything else is tried", async () => {
    const { id } = await connect();
    await daysLeft(id, -0.001);
    await pass();
    expect(await statusOf(id)).toMatchObject({
      status: "Revoked",
      healthMessage: "The access that was given has ended.",
    });
    expect(await warnings()).toEqual([]);
    expect(await told()).toEqual([]);
  });

  it("is never told again once the channel was connected anew", async () => {
    const { id } = await connect();
    await daysLeft(id, 13.9);
    await pass();
    given.endsAt = inDays(60);
    expect(await connect()).toMatchObject({ id, accessEndsAt: given.endsAt.toISOString() });
    const [{ run_at: next } = { run_at: null }] = await warnings();
    expect(next?.getTime()).toBe(given.endsAt.getTime() - 14 * 24 * HOUR_MS);
    await pass();
    expect(await expiring()).toHaveLength(1);
    // Of the new end it is told in its turn.
    await daysLeft(id, 13.9);
    await pass();
    expect(await expiring()).toHaveLength(2);
    given.endsAt = undefined;
    expect(await connect()).toMatchObject({ id, accessEndsAt: null });
    expect(await warnings()).toEqual([]);
  });

  it("is forgotten with the credentials", async () => {
    const { id } = await connect();
    await call(team.admin, "DELETE", `/distribution/channels/${id}`);
    expect(await warnings()).toEqual([]);
    expect(await t.asOwner("select access_ends_at from channels where id = $1", [id])).toEqual([
      { access_ends_at: null },
    ]);
  });

  it("begins anew with a renewal that gives more of it, and not with one that came too late", async () => {
    const { id } = await connect();
    const account = await opened(id);
    const later = inDays(40);
    await account.saveCredentials({ access: "2" }, { endsAt: later });
    expect((await statusOf(id)).accessEndsAt).toBe(later.toISOString());
    await account.saveCredentials({ access: "3" });
    expect((await statusOf(id)).accessEndsAt).toBe(later.toISOString());
    given.endsAt = inDays(60);
    await connect();
    await account.saveCredentials({ access: "4" }, { endsAt: inDays(1) });
    expect((await statusOf(id)).accessEndsAt).toBe(given.endsAt.toISOString());
  });
});

describe("planning for after the end of access", () => {
  it("is possible, says so, and tells Admins and who planned it at once, once each", async () => {
    const { id } = await connect();
    const before = await plan(id, new Date(given.endsAt!.getTime() - 1));
    expect(before.warnings).toEqual([]);
    const after = await plan(id, given.endsAt!);
    expect(after.warnings).toEqual([
      {
        code: "access_ends_before",
        message: "Access to brand ends before this time: an Admin has to connect it again by then.",
        at: given.endsAt!.toISOString(),
      },
    ]);
    await notify(t);
    expect((await told()).sort()).toEqual([team.admin.userId, team.editor.userId].sort());
    expect(await expiring()).toMatchObject([{ why: "Planned", scheduleId: after.id }]);
    await plan(id, inDays(30));
    await notify(t);
    expect(await told()).toHaveLength(2);
    const second = await seedMember(t, team.id, "Editor");
    await plan(id, inDays(31), second);
    await notify(t);
    expect((await told()).slice(2)).toEqual([second.userId]);
  });

  it("is said by moving something there, and no more by moving it back", async () => {
    const { id } = await connect();
    const { id: scheduleId } = await plan(id, inDays(2));
    const move = async (at: Date) =>
      (await call(team.editor, "POST", `/distribution/${scheduleId}/reschedule`, { scheduledTime: at.toISOString() }))
        .body.warnings;
    expect(await move(inDays(21))).toMatchObject([{ code: "access_ends_before" }]);
    expect(await move(inDays(3))).toEqual([]);
  });

  it("is told as well where the plan was there before the end was known", async () => {
    given.endsAt = undefined;
    const { id } = await connect();
    const { warnings: none } = await plan(id, inDays(30));
    expect(none).toEqual([]);
    given.endsAt = inDays(20);
    await connect();
    await notify(t);
    expect((await told()).sort()).toEqual([team.admin.userId, team.editor.userId].sort());
  });
});

describe("connecting an account again", () => {
  const tokens = async (id: string) => (await opened(id)).credentials;

  it("keeps a refresh token that is good, where the network gives none this time", async () => {
    given.tokens = { access: "1", refresh: "good" };
    const { id } = await connect();
    given.tokens = { access: "2" };
    expect((await connect()).id).toBe(id);
    expect(await tokens(id)).toEqual({ access: "2", refresh: "good" });
    given.tokens = { access: "3", refresh: "newer" };
    await connect();
    expect(await tokens(id)).toEqual({ access: "3", refresh: "newer" });
  });

  it("takes nothing over from another account, nor from what was disconnected or opens no more", async () => {
    given.tokens = { access: "1", refresh: "good" };
    const { id } = await connect();
    given.tokens = { access: "2" };
    const other = await connect("another");
    expect(other.id).not.toBe(id);
    expect(await tokens(other.id)).toEqual({ access: "2" });
    await call(team.admin, "DELETE", `/distribution/channels/${id}`);
    await connect();
    expect(await tokens(id)).toEqual({ access: "2" });
    await t.asOwner("update channel_credentials set sealed = '\\x00' where channel_id = $1", [id]);
    await connect();
    expect(await tokens(id)).toEqual({ access: "2" });
  });
});

describe("a check that fails", () => {
  it.each([
    ["passing", "Failing"],
    ["lost", "Failing"],
    ["refused", "Failing"],
    ["revoked", "Revoked"],
  ] as const)("as %s leaves the channel %s, and its credentials alone", async (kind, status) => {
    given.tokens = { access: "1", refresh: "good" };
    const { id, accessEndsAt } = await connect();
    given.fault = new ChannelError(kind, "The network said so.");
    expect((await call(team.admin, "POST", `/distribution/channels/${id}/check`)).body).toMatchObject({
      status,
      accessEndsAt,
    });
    expect((await opened(id)).credentials).toEqual(given.tokens);
  });
});
