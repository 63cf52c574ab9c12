import { afterAll, beforeAll, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startWebhookReceiver } from "#tests/harness/webhook-receiver";
import { withWorkspace } from "@/db/scope";
import { setTier } from "../index";
import type { TierName } from "../tiers";
import { requireChannelInPlan } from "./service";

const t = testDatabase({ tier: "Free", max: 20 });
const call = caller(t);
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
  receiver.answer(204);
});
afterAll(() => receiver.stop());

/** As the operator does. */
const asWorker = (workspaceId: string, tier: TierName) =>
  setTier(
    { query: async (text: string, values: unknown[]) => ({ rows: await t.asOwner(text, values) }) } as never,
    workspaceId,
    tier,
  );

const FIFTY = Array.from({ length: 50 }, (_, i) => i);
const tally = (answers: Answer[]) => {
  const codes = answers.map(({ status, body }) => String(body.code ?? status));
  return Object.fromEntries(Array.from(new Set(codes), (code) => [code, codes.filter((one) => one === code).length]));
};
/** Fifty who want the last place: fifteen that meet at the workspace's subscription, as many as connections allow, and the others. */
async function race(who: Member, attempt: (i: number) => Promise<Answer>) {
  await call(who, "GET", "/billing/subscription");
  const met = await t.collide(
    "billing_subscriptions",
    who.workspaceId,
    FIFTY.slice(0, 15).map((i) => () => attempt(i)),
    "workspace_id",
  );
  return [...met, ...(await Promise.all(FIFTY.slice(15).map(attempt)))];
}
const seedChannels = (workspaceId: string, count: number) =>
  t.asOwner(
    `insert into channels (workspace_id, network, name, remote_account, created_at)
     select $1, 'webhook', 'Hook ' || n, 'https://hooks.example.com/' || n, now() - make_interval(mins => 100 - n) from generate_series(1, $2::int) n`,
    [workspaceId, count],
  );
const limitsOf = async (who: Parameters<typeof call>[0]) =>
  (await call(who, "GET", "/billing/subscription")).body.limits as { name: string; used: number; state: string }[];

test("of fifty who are invited at once, one has the last seat", async () => {
  const { id, admin } = await seedWorkspace(t);
  await seedMember(t, id, "Writer");
  const answers = await race(admin, (i) =>
    call(admin, "POST", `/workspaces/${id}/members`, { email: `p${i}@example.com`, role: "Writer" }),
  );
  expect(tally(answers)).toEqual({ 201: 1, plan_limit: 49 });
  const { body } = answers.find(({ status }) => status === 409)!;
  expect(body).toMatchObject({
    limit: { name: "seats", tier: "Free", allowed: 3, used: 3 },
    detail: expect.stringMatching(/Free has room for 3 members.*remove one.*greater plan/),
  });
  // Whoever is invited anew takes no seat more; and one that is taken back is free again.
  const { items } = (await call(admin, "GET", `/workspaces/${id}/invitations`)).body;
  const again = { email: items![0]!.email, role: "Editor" };
  expect((await call(admin, "POST", `/workspaces/${id}/members`, again)).status).toBe(201);
  const [open] = (await call(admin, "GET", `/workspaces/${id}/invitations`)).body.items!;
  expect((await call(admin, "DELETE", `/workspaces/${id}/invitations/${open!.id}`)).status).toBe(204);
  const other = { email: "other@example.com", role: "Viewer" };
  expect((await call(admin, "POST", `/workspaces/${id}/members`, other)).status).toBe(201);
});

test("who was invited before the plan became smaller finds no seat, and nobody loses theirs", async () => {
  const { id, admin } = await seedWorkspace(t);
  await asWorker(id, "Team");
  for (const _ of [1, 2, 3]) await seedMember(t, id, "Writer");
  const person = await seedPerson(t);
  const invited = await call(admin, "POST", `/workspaces/${id}/members`, { email: person.email, role: "Writer" });
  const token = String(invited.body.inviteUrl).split("#token=")[1];
  await asWorker(id, "Free");
  const refused = await call(person, "POST", "/invitations/accept", { token });
  expect([refused.status, refused.body.code]).toEqual([409, "plan_limit"]);
  const members = await t.asOwner("select from workspace_members where workspace_id = $1 and removed_at is null", [id]);
  expect(members).toHaveLength(4);
  expect(await limitsOf(admin)).toContainEqual({ name: "seats", used: 5, allowed: 3, state: "Over" });
  await asWorker(id, "Team");
  expect((await call(person, "POST", "/invitations/accept", { token })).status).toBe(200);
});

test("of fifty workspaces that one person founds at once, as many come to be as the plan has", async () => {
  const person = await seedPerson(t);
  const answers = await Promise.all(FIFTY.map((i) => call(person, "POST", "/workspaces", { name: `Client ${i}` })));
  expect(tally(answers)).toEqual({ 201: 1, plan_limit: 49 });
  const founded = answers.find(({ status }) => status === 201)!.body;
  await asWorker(String(founded.id), "Team");
  const more = await Promise.all(FIFTY.map((i) => call(person, "POST", "/workspaces", { name: `More ${i}` })));
  expect(tally(more)).toEqual({ 201: 2, plan_limit: 48 });
  // Each has the plan, and a subscription of its own on the same account.
  const subscriptions = await t.asOwner<{ tier: string; account_id: string }>(
    "select s.tier, s.account_id from billing_subscriptions s join workspaces w on w.id = s.workspace_id where w.owner_id = $1",
    [person.userId],
  );
  expect(subscriptions.map(({ tier }) => tier)).toEqual(["Team", "Team", "Team"]);
  expect(new Set(subscriptions.map(({ account_id }) => account_id)).size).toBe(1);
});

test("of fifty channels that are connected at once, one has the last place", async () => {
  const { id, admin } = await seedWorkspace(t);
  await seedChannels(id, 2);
  const connect = (i: number) => ({ network: "webhook", url: `${receiver.origin}/${i}` });
  const answers = await race(admin, (i) => call(admin, "POST", "/distribution/channels", connect(i)));
  expect(tally(answers)).toEqual({ 201: 1, plan_limit: 49 });
  const live = await t.asOwner("select from channels where workspace_id = $1 and network <> 'site'", [id]);
  expect(live).toHaveLength(3);
  // What is connected already is connected anew, also where there is no room.
  const [kept] = answers.flatMap(({ status }, i) => (status === 201 ? [i] : []));
  expect((await call(admin, "POST", "/distribution/channels", connect(kept!))).status).toBe(201);
});

test("of fifty uploads at once, one has the last room", async () => {
  const { id, admin } = await seedWorkspace(t);
  const GIB = 1024 ** 3;
  const big = { fileName: "film.mp4", contentType: "video/mp4", sizeBytes: 200 * 1024 * 1024 };
  await t.asOwner(
    `insert into assets_uploads (workspace_id, status, file_name, content_type, size_bytes, storage_ref, created_by, expires_at)
     values ($1, 'Processing', 'x', 'video/mp4', $2, 'x', $3, now() + interval '1 hour')`,
    [id, 2 * GIB - big.sizeBytes - 1, admin.userId],
  );
  const answers = await race(admin, () => call(admin, "POST", "/assets/uploads", big));
  expect(tally(answers)).toEqual({ 201: 1, plan_limit: 49 });
  expect(await limitsOf(admin)).toContainEqual(expect.objectContaining({ name: "storageBytes", state: "Near" }));
  const { id: upload } = answers.find(({ status }) => status === 201)!.body;
  expect((await call(admin, "DELETE", `/assets/uploads/${upload}`)).status).toBeLessThan(300);
  expect((await call(admin, "POST", "/assets/uploads", big)).status).toBe(201);
});

test("a smaller plan removes nothing: the channels beyond it are there, and plan nothing new", async () => {
  const { id, admin, siteChannelId } = await seedWorkspace(t);
  await asWorker(id, "Team");
  await seedChannels(id, 5);
  const before = await everything(id);
  await asWorker(id, "Free");
  expect(await everything(id)).toEqual(before);
  const channels = await t.asOwner<{ id: string }>(
    "select id from channels where workspace_id = $1 and network <> 'site' order by created_at",
    [id],
  );
  const claim = { sessionId: admin.sessionId, workspaceId: id, requestId: undefined };
  const planOn = (channelId: string) =>
    withWorkspace(t.db, claim, (tx) => requireChannelInPlan(tx, channelId)).then(
      () => "planned",
      ({ code }) => code,
    );
  const outcomes = await Promise.all(channels.map((channel) => planOn(channel.id)));
  expect(outcomes).toEqual(["planned", "planned", "planned", "plan_limit", "plan_limit"]);
  expect(await planOn(siteChannelId)).toBe("planned");
  // Through the door as well.
  const item = await seedItem(t, { createdBy: admin });
  const schedule = { contentItemId: item.id, scheduledTime: new Date(Date.now() + 3_600_000).toISOString() };
  const beyond = await call(admin, "POST", "/distribution/schedule", { ...schedule, channelId: channels[4]!.id });
  expect([beyond.status, beyond.body.code]).toEqual([409, "plan_limit"]);
  const within = await call(admin, "POST", "/distribution/schedule", { ...schedule, channelId: channels[0]!.id });
  expect(within.body.code).toBe("not_approved");
  expect(await limitsOf(admin)).toContainEqual({ name: "channels", used: 5, allowed: 3, state: "Over" });
});

const everything = (id: string) =>
  t.asOwner(
    `select (select json_agg(c order by c.id) from channels c where c.workspace_id = $1) as channels,
       (select json_agg(m order by m.user_id) from workspace_members m where m.workspace_id = $1) as members,
       (select count(*) from content_items i where i.workspace_id = $1) as items`,
    [id],
  );

test("of the workspaces beyond a smaller plan, the newest are read and edited, and nothing is added to them", async () => {
  const person = await seedPerson(t);
  const found = async (name: string) => {
    const { body } = await call(person, "POST", "/workspaces", { name });
    return { ...person, workspaceId: String(body.id) };
  };
  const first = await found("First");
  await asWorker(first.workspaceId, "Agency");
  const second = await found("Second");
  await asWorker(first.workspaceId, "Free");
  const shown = (who: typeof first) => call(who, "GET", "/billing/subscription");
  expect((await shown(first)).body).toMatchObject({ overPlan: false, tier: "Free" });
  expect((await shown(second)).body).toMatchObject({ overPlan: true, tier: "Free" });
  const invite = (who: typeof first) =>
    call(who, "POST", `/workspaces/${who.workspaceId}/members`, { email: "a@example.com", role: "Writer" });
  expect((await invite(first)).status).toBe(201);
  const refused = await invite(second);
  expect([refused.status, refused.body.code]).toEqual([409, "workspace_over_plan"]);
  expect((await call(second, "POST", "/content", { title: "Still here" })).status).toBe(201);
});

test("the owner of a workspace that somebody else pays for takes its payment over, where they have room", async () => {
  const { id, admin } = await seedWorkspace(t);
  await call(admin, "GET", "/billing/subscription");
  const heir = await seedMember(t, id, "Admin");
  const handed = await call(admin, "POST", `/workspaces/${id}/hand-over`, { userId: heir.userId });
  expect(handed.status).toBe(200);
  expect((await call(heir, "GET", "/billing/subscription")).body).toMatchObject({
    payer: { you: false, owner: false },
    offers: { takeOver: true },
  });
  expect((await call(admin, "POST", "/billing/payer")).status).toBe(403);
  expect((await call(heir, "POST", "/billing/payer")).body).toMatchObject({ payer: { you: true, owner: true } });
  expect((await call(heir, "POST", "/billing/payer")).body.code).toBe("conflict");
  // Their own account has its one workspace now.
  expect((await call(heir, "POST", "/workspaces", { name: "One more" })).body.code).toBe("plan_limit");
});

test("where nobody sells plans, nobody is limited", async () => {
  await t.asOwner("select app.set_billing_defaults('Enterprise', 14)");
  const { id, admin } = await seedWorkspace(t);
  const { body } = await call(admin, "GET", "/billing/subscription");
  expect(body).toMatchObject({ tier: "Enterprise", provider: "Manual", overPlan: false });
  for (const i of FIFTY.slice(0, 6)) {
    const invited = await call(admin, "POST", `/workspaces/${id}/members`, {
      email: `q${i}@example.com`,
      role: "Writer",
    });
    expect(invited.status).toBe(201);
  }
  await t.asOwner("select app.set_billing_defaults('Free', 14)");
  expect((await call(admin, "GET", "/billing/subscription")).body).toMatchObject({ tier: "Free" });
});
