import { randomBytes, randomUUID } from "node:crypto";
import { pino } from "pino";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { type Answer, caller } from "#tests/harness/app";
import { deadOrigin } from "#tests/harness/cutting-proxy";
import { testDatabase } from "#tests/harness/database";
import { testKeyring } from "#tests/harness/keyring";
import { startWebhookReceiver } from "#tests/harness/webhook-receiver";
import { enqueue } from "@/db/queue";
import { withJob, withWorkspace } from "@/db/scope";
import { drain } from "@/jobs/drain";
import type { Role } from "@/platform/actor";
import { systemClock } from "@/platform/clock";
import { channelOf, channelsByIds, connectedChannels, markHealth, openAccount } from ".";

const t = testDatabase();
const call = caller(t);
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
let workspace: Awaited<ReturnType<typeof seedWorkspace>>;
let admin: Member;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
beforeEach(async () => {
  receiver.answer(204);
  receiver.deliveries.length = 0;
  workspace = await seedWorkspace(t);
  admin = workspace.admin;
});
afterAll(() => receiver.stop());

const newSecret = () => `whsec_${randomBytes(32).toString("base64")}`;
const input = (path = `/${randomUUID()}`) => ({ network: "webhook", url: receiver.origin + path, secret: newSecret() });

async function connect(body: object = input(), who = admin) {
  const answer = await call(who, "POST", "/distribution/channels", body);
  expect(answer.status).toBe(201);
  return answer.body as Record<string, unknown> & { id: string };
}

type Row = {
  status: string;
  name: string;
  removed_at: Date | null;
  sealed: Buffer | null;
  health_message: string | null;
};
const rows = (workspaceId = workspace.id) =>
  t.asOwner<Row & { id: string }>(
    `select c.id, c.status, c.name, c.removed_at, c.health_message, k.sealed from channels c
     left join channel_credentials k on k.workspace_id = c.workspace_id and k.channel_id = c.id
     where c.workspace_id = $1 and c.network <> 'site' order by c.created_at, c.id`,
    [workspaceId],
  );
const events = async () =>
  (
    await t.asOwner<{ type: string }>("select type from events where workspace_id = $1 order by id", [workspace.id])
  ).map(({ type }) => type);
const audited = async () =>
  (
    await t.asOwner<{ action: string }>("select action from audit_events where workspace_id = $1 order by at", [
      workspace.id,
    ])
  ).map(({ action }) => action);

const inWorkspace = <T>(who: Member, work: Parameters<typeof withWorkspace<T>>[2]) =>
  withWorkspace(t.db, { ...who, requestId: undefined }, work);
const opened = (id: string, who = admin) =>
  inWorkspace(who, (tx) => openAccount(tx, id, { keyring: testKeyring, enter: (work) => inWorkspace(who, work) }));

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });

describe("connectChannel", () => {
  it("tries the credentials with a signed call, and keeps them sealed", async () => {
    const body = input();
    const channel = await connect(body);
    expect(channel).toMatchObject({
      workspaceId: workspace.id,
      network: "webhook",
      label: "Webhook",
      name: new URL(receiver.origin).host,
      status: "Connected",
      builtIn: false,
      healthMessage: null,
      limits: { form: "article", maxGraphemes: null },
    });
    expect(channel.checkedAt).toEqual(expect.any(String));
    expect(channel).not.toHaveProperty("reveal");
    const [{ headers, body: sent }] = receiver.deliveries as [(typeof receiver.deliveries)[0]];
    expect(new Webhook(body.secret).verify(sent, headers as Record<string, string>)).toMatchObject({ type: "ping" });
    const [row] = await rows();
    expect(row?.sealed?.includes(body.url)).toBe(false);
    expect((await opened(channel.id)).credentials).toEqual({ url: body.url, secret: body.secret });
    expect(await events()).toEqual(["channels.connected"]);
    expect(await audited()).toEqual(["channels.connected"]);
  });

  it("shows a secret that was made here once, and stores no answer that has it", async () => {
    const { secret: _, ...body } = input();
    const key = { "idempotency-key": randomUUID() };
    const first = await call(admin, "POST", "/distribution/channels", body, key);
    const secret = (first.body.reveal as Record<string, string>)["Signing secret"]!;
    expect(secret).toMatch(/^whsec_/);
    const stored = await t.asOwner<{ response: string }>("select response::text from idempotency_keys where key = $1", [
      key["idempotency-key"],
    ]);
    expect(stored[0]!.response).toContain(first.body.id as string);
    expect(stored[0]!.response).not.toContain("whsec_");
    const again = await call(admin, "POST", "/distribution/channels", body, key);
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(again.body).not.toHaveProperty("reveal");
    expect((await opened(first.body.id as string)).credentials).toMatchObject({ secret });
    expect((await call(admin, "GET", `/distribution/channels/${first.body.id}`)).body).not.toHaveProperty("reveal");
  });

  it("renews the credentials of an account that is known, under the name that it has", async () => {
    const body = input();
    const { id } = await connect(body);
    await call(admin, "PUT", `/distribution/channels/${id}`, { name: "Ours" });
    const secret = newSecret();
    expect(await connect({ ...body, secret })).toMatchObject({ id, name: "Ours" });
    expect(await rows()).toHaveLength(1);
    expect((await opened(id)).credentials).toEqual({ url: body.url, secret });
  });

  it("makes one channel of an account that two connect at once", async () => {
    const body = input();
    let arrived = 0;
    receiver.answer(204, async () => {
      arrived += 1;
      while (arrived < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    const made = await Promise.all([connect(body), connect(body)]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await rows()).toHaveLength(1);
  });

  it("waits for whoever changes the same channel", async () => {
    const body = input();
    const { id } = await connect(body);
    const other = { ...body, secret: newSecret() };
    const answers = await t.collide("channels", id, [
      () => call(admin, "POST", "/distribution/channels", other),
      () => call(admin, "DELETE", `/distribution/channels/${id}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 204]);
    const [row] = await rows();
    const isLive = row!.status === "Connected";
    expect(row!.removed_at === null).toBe(isLive);
    expect(row!.sealed!.length > 0).toBe(isLive);
  });

  it.each([
    ["a network that there is none of", { network: "myspace" }, ["network"]],
    ["the site, which is built in", { network: "site" }, ["network"]],
    ["no network", {}, ["network"]],
    [
      "everything wrong at once",
      { network: "webhook", url: "ftp://x", secret: "short", nmae: "x" },
      ["url", "secret", "nmae"],
    ],
    [
      "another network's fields",
      { network: "bluesky", url: "https://x.example" },
      ["identifier", "appPassword", "url"],
    ],
  ])("refuses %s", async (_, body, paths) => {
    const answer = await call(admin, "POST", "/distribution/channels", body);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect((answer.body.issues as { path: string }[]).map(({ path }) => path).sort()).toEqual(paths.sort());
    expect(receiver.deliveries).toEqual([]);
  });

  it("keeps nothing that the network refused", async () => {
    receiver.answer(400);
    const answer = await call(admin, "POST", "/distribution/channels", input());
    expect(answer).toMatchObject({
      status: 422,
      body: { code: "channel_refused", detail: "The receiver answered 400." },
    });
    const inside = await call(admin, "POST", "/distribution/channels", { ...input(), url: "http://10.0.0.1/hook" });
    expect(inside).toMatchObject({ status: 422, body: { code: "channel_refused" } });
    expect(await rows()).toEqual([]);
  });

  it("says so where nobody answers", async () => {
    const url = await deadOrigin();
    const answer = await call(admin, "POST", "/distribution/channels", {
      network: "webhook",
      url,
      secret: newSecret(),
    });
    expect(answer).toMatchObject({ status: 422, body: { code: "channel_unreachable" } });
    receiver.answer(503);
    expect(await call(admin, "POST", "/distribution/channels", input())).toMatchObject({
      status: 422,
      body: { code: "channel_unreachable" },
    });
    expect(await rows()).toEqual([]);
  });

  it("holds no transaction while the network is asked", async () => {
    let open = -1;
    receiver.answer(204, async () => {
      const sql = `select count(*)::int as n from pg_stat_activity
        where datname = current_database() and usename = 'contentos_app' and xact_start is not null`;
      open = (await t.asOwner<{ n: number }>(sql))[0]!.n;
    });
    const { id } = await connect();
    expect(open).toBe(0);
    open = -1;
    await call(admin, "POST", `/distribution/channels/${id}/check`);
    expect(open).toBe(0);
  });

  it.each<Role>(["Viewer", "Writer", "Editor"])("is not for a %s, and then nobody is called", async (role) => {
    const member = await seedMember(t, workspace.id, role);
    expect(await call(member, "POST", "/distribution/channels", input())).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect(receiver.deliveries).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it("is refused to who is no Admin any more when the network has answered", async () => {
    const second = await seedMember(t, workspace.id, "Admin");
    receiver.answer(204, async () => {
      await t.asOwner("update workspace_members set role = 'Editor' where user_id = $1", [second.userId]);
    });
    expect((await call(second, "POST", "/distribution/channels", input())).status).toBe(403);
    expect(receiver.deliveries).toHaveLength(1);
    expect(await rows()).toEqual([]);
  });

  it("needs a session", async () => {
    expect((await call(null, "POST", "/distribution/channels", input())).status).toBe(401);
  });
});

describe("listChannels and getChannel", () => {
  it("tell every member of the workspace's channels, the site first, page by page", async () => {
    const one = await connect();
    const two = await connect();
    const viewer = await seedMember(t, workspace.id, "Viewer");
    const all = await call(viewer, "GET", "/distribution/channels");
    expect(all.body.items?.map(({ id }) => id)).toEqual([workspace.siteChannelId, one.id, two.id]);
    expect(all.body.items?.[0]).toMatchObject({ network: "site", builtIn: true, limits: { form: "article" } });
    const page = await call(viewer, "GET", "/distribution/channels?limit=2");
    const next = await call(viewer, "GET", `/distribution/channels?limit=2&cursor=${page.body.nextCursor}`);
    expect([...page.body.items!, ...next.body.items!].map(({ id }) => id)).toEqual(all.body.items?.map(({ id }) => id));
    expect(next.body.nextCursor).toBeNull();
    const sites = await call(viewer, "GET", "/distribution/channels?network=site");
    expect(sites.body.items?.map(({ id }) => id)).toEqual([workspace.siteChannelId]);
    expect((await call(viewer, "GET", `/distribution/channels/${one.id}`)).body).toEqual(one);
  });

  it("refuse what they don't know, and nobody", async () => {
    expect((await call(admin, "GET", "/distribution/channels?cursor=x")).body.code).toBe("invalid_cursor");
    expect((await call(admin, "GET", "/distribution/channels?sort=name")).status).toBe(400);
    expect((await call(null, "GET", "/distribution/channels")).status).toBe(401);
    expect((await call(null, "GET", `/distribution/channels/${workspace.siteChannelId}`)).status).toBe(401);
  });
});

describe("checkChannel", () => {
  it("says how the channel is now, and tells when it was revoked", async () => {
    const { id } = await connect();
    const check = () => call(admin, "POST", `/distribution/channels/${id}/check`);
    receiver.answer(500);
    expect(await check()).toMatchObject({
      status: 200,
      body: { status: "Failing", healthMessage: expect.any(String) },
    });
    receiver.answer(410);
    expect((await check()).body.status).toBe("Revoked");
    await check();
    expect(await events()).toEqual(["channels.connected", "channels.revoked"]);
    receiver.answer(204);
    expect((await check()).body).toMatchObject({ status: "Connected", healthMessage: null });
    expect(await audited()).toEqual([
      "channels.connected",
      "channels.health_changed",
      "channels.health_changed",
      "channels.health_changed",
    ]);
    expect((await call(admin, "POST", `/distribution/channels/${workspace.siteChannelId}/check`)).body.status).toBe(
      "Connected",
    );
  });

  it("is for Admins", async () => {
    const { id } = await connect();
    receiver.deliveries.length = 0;
    const editor = await seedMember(t, workspace.id, "Editor");
    expect((await call(editor, "POST", `/distribution/channels/${id}/check`)).status).toBe(403);
    expect((await call(null, "POST", `/distribution/channels/${id}/check`)).status).toBe(401);
    expect(receiver.deliveries).toEqual([]);
  });

  it("does not revive what was disconnected while the network was asked", async () => {
    const { id } = await connect();
    receiver.answer(204, async () => void (await call(admin, "DELETE", `/distribution/channels/${id}`)));
    expect((await call(admin, "POST", `/distribution/channels/${id}/check`)).status).toBe(404);
    expect(await rows()).toMatchObject([{ status: "Disconnected" }]);
  });
});

describe("updateChannel", () => {
  it("renames", async () => {
    const { id } = await connect();
    const answer = await call(admin, "PUT", `/distribution/channels/${id}`, { name: " Press " });
    expect(answer).toMatchObject({ status: 200, body: { id, name: "Press" } });
    expect(await rows()).toMatchObject([{ name: "Press" }]);
    expect(await audited()).toEqual(["channels.connected", "channels.renamed"]);
  });

  it("refuses an empty name, an unknown field, an Editor and nobody", async () => {
    const { id, name } = await connect();
    const editor = await seedMember(t, workspace.id, "Editor");
    const put = (who: Member | null, body: object) => call(who, "PUT", `/distribution/channels/${id}`, body);
    expect((await put(admin, { name: " " })).status).toBe(400);
    expect((await put(admin, { name: "x", status: "Connected" })).status).toBe(400);
    expect((await put(editor, { name: "x" })).status).toBe(403);
    expect((await put(null, { name: "x" })).status).toBe(401);
    expect(await rows()).toMatchObject([{ name }]);
  });
});

describe("disconnectChannel", () => {
  it("forgets the credentials; the account connected again is the same channel", async () => {
    const body = input();
    const { id } = await connect(body);
    expect((await call(admin, "DELETE", `/distribution/channels/${id}`)).status).toBe(204);
    const [row] = await rows();
    expect(row).toMatchObject({ id, status: "Disconnected" });
    expect(row!.sealed).toHaveLength(0);
    expect((await call(admin, "GET", `/distribution/channels/${id}`)).status).toBe(404);
    expect((await call(admin, "DELETE", `/distribution/channels/${id}`)).status).toBe(404);
    const listed = await call(admin, "GET", "/distribution/channels");
    expect(listed.body.items?.map((item) => item.id)).toEqual([workspace.siteChannelId]);
    expect(await inWorkspace(admin, (tx) => channelOf(tx, id))).toMatchObject({ id, status: "Disconnected" });
    await expect(opened(id)).rejects.toMatchObject({ code: "channel_disconnected" });
    expect(await connect(body)).toMatchObject({ id, status: "Connected" });
    expect((await opened(id)).credentials).toEqual({ url: body.url, secret: body.secret });
    expect(await events()).toEqual(["channels.connected", "channels.disconnected", "channels.connected"]);
  });

  it("leaves the site alone", async () => {
    const answer = await call(admin, "DELETE", `/distribution/channels/${workspace.siteChannelId}`);
    expect(answer).toMatchObject({ status: 409, body: { code: "channel_built_in" } });
    expect((await call(admin, "GET", `/distribution/channels/${workspace.siteChannelId}`)).status).toBe(200);
  });

  it("is for Admins", async () => {
    const { id } = await connect();
    const editor = await seedMember(t, workspace.id, "Editor");
    expect((await call(editor, "DELETE", `/distribution/channels/${id}`)).status).toBe(403);
    expect((await call(null, "DELETE", `/distribution/channels/${id}`)).status).toBe(401);
    expect(await rows()).toMatchObject([{ status: "Connected" }]);
  });
});

describe("another workspace's channel", () => {
  it.each([
    ["GET", "", undefined],
    ["POST", "/check", undefined],
    ["PUT", "", { name: "Mine now" }],
    ["DELETE", "", undefined],
  ])("answers to %s%s as one that doesn't exist, and is left alone", async (method, suffix, body) => {
    const other = await seedWorkspace(t);
    const { id } = await connect(input(), other.admin);
    const before = await rows(other.id);
    receiver.deliveries.length = 0;
    const foreign = await call(admin, method, `/distribution/channels/${id}${suffix}`, body);
    const madeUp = await call(admin, method, `/distribution/channels/${randomUUID()}${suffix}`, body);
    expect(foreign.status).toBe(404);
    expect(said(foreign)).toEqual(said(madeUp));
    expect(await rows(other.id)).toEqual(before);
    expect(receiver.deliveries).toEqual([]);
    expect(await inWorkspace(admin, (tx) => channelOf(tx, id))).toBeUndefined();
  });
});

describe("openAccount", () => {
  it("keeps renewed credentials in a transaction of their own", async () => {
    const { id } = await connect();
    const account = await opened(id);
    await account.saveCredentials({ url: "https://one.example", secret: "1" });
    await account.saveCredentials({ url: "https://two.example", secret: "2" });
    expect((await opened(id)).credentials).toEqual({ url: "https://two.example", secret: "2" });
  });

  it("never undoes a reconnect or a disconnect that came between", async () => {
    const body = input();
    const { id } = await connect(body);
    const account = await opened(id);
    const secret = newSecret();
    await connect({ ...body, secret });
    await account.saveCredentials({ url: "https://old.example", secret: "old" });
    expect((await opened(id)).credentials).toEqual({ url: body.url, secret });
    const later = await opened(id);
    await call(admin, "DELETE", `/distribution/channels/${id}`);
    await later.saveCredentials({ url: "https://old.example", secret: "old" });
    expect((await rows())[0]!.sealed).toHaveLength(0);
  });

  it("says nothing of what was connected since, where those before it were revoked", async () => {
    const body = input();
    const { id } = await connect(body);
    const before = await opened(id);
    const dead = { status: "Revoked", message: "It no longer works." } as const;
    await connect({ ...body, secret: newSecret() });
    await inWorkspace(admin, (tx, actor) => markHealth(tx, actor, before, dead));
    expect((await call(admin, "GET", `/distribution/channels/${id}`)).body.status).toBe("Connected");
    // Its own renewal is no reason: it is the newest all the same.
    const now = await opened(id);
    await now.saveCredentials(now.credentials);
    await inWorkspace(admin, (tx, actor) => markHealth(tx, actor, now, dead));
    expect((await call(admin, "GET", `/distribution/channels/${id}`)).body.status).toBe("Revoked");
  });

  it("opens nothing that was sealed for another channel", async () => {
    const one = await connect();
    const two = await connect();
    await t.asOwner(
      `update channel_credentials set sealed = (select sealed from channel_credentials where channel_id = $1) where channel_id = $2`,
      [one.id, two.id],
    );
    await opened(one.id);
    await expect(opened(two.id)).rejects.toThrow("belongs to something else");
  });

  it("is closed to an Editor, by the database", async () => {
    const { id } = await connect();
    const editor = await seedMember(t, workspace.id, "Editor");
    await expect(opened(id, editor)).rejects.toThrow("neither an Admin nor a job");
  });
});

describe("a job", () => {
  it("opens accounts, keeps what was renewed, and tells that one was revoked", async () => {
    const { id } = await connect();
    await inWorkspace(admin, (tx) => enqueue(tx, { task: "test.revoke", payload: { id }, jobKey: id }));
    await drain({
      workerUrl: t.urls.worker,
      sessionUrl: t.urls.worker,
      log: pino({ level: "silent" }),
      clock: systemClock,
      deadline: new Date(Date.now() + 10_000),
      tasks: {
        "test.revoke": async (_payload, claim) => {
          const account = await withJob(t.db, claim, (tx) =>
            openAccount(tx, id, { keyring: testKeyring, enter: (work) => withJob(t.db, claim, work) }),
          );
          await account.saveCredentials({ url: "https://renewed.example", secret: "r" });
          await withJob(t.db, claim, (tx, actor) =>
            markHealth(tx, actor, { channelId: id }, { status: "Revoked", message: "Gone." }),
          );
        },
      },
    });
    expect((await opened(id)).credentials).toEqual({ url: "https://renewed.example", secret: "r" });
    expect(await rows()).toMatchObject([{ status: "Revoked", health_message: "Gone." }]);
    expect(await events()).toEqual(["channels.connected", "channels.revoked"]);
    const revoked = await t.asOwner("select 1 from audit_events where subject_id = $1 and actor_kind = 'System'", [id]);
    expect(revoked).toHaveLength(1);
  });
});

describe("markHealth", () => {
  it("leaves a disconnected channel as it is", async () => {
    const { id } = await connect();
    await call(admin, "DELETE", `/distribution/channels/${id}`);
    for (const status of ["Connected", "Revoked"] as const) {
      await inWorkspace(admin, (tx, actor) =>
        markHealth(tx, actor, { channelId: id }, { status, message: "Late news." }),
      );
    }
    expect(await rows()).toMatchObject([{ status: "Disconnected", health_message: null }]);
    expect(await events()).toEqual(["channels.connected", "channels.disconnected"]);
  });
});

describe("other rooms", () => {
  it("learn the name, network and status of channels", async () => {
    const { id, name } = await connect();
    const gone = await connect();
    await call(admin, "DELETE", `/distribution/channels/${gone.id}`);
    await inWorkspace(admin, async (tx) => {
      const found = await channelsByIds(tx, [id, id, gone.id, randomUUID()]);
      expect([...found.keys()].sort()).toEqual([id, gone.id].sort());
      expect(found.get(id)).toEqual({ id, network: "webhook", name, status: "Connected", accessEndsAt: null });
      expect((await connectedChannels(tx)).map((channel) => channel.id)).toEqual([workspace.siteChannelId, id]);
      expect(await channelsByIds(tx, [])).toEqual(new Map());
    });
  });
});
