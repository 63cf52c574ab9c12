import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { type Answer, caller } from "#tests/harness/app";
import { routedFetch } from "#tests/harness/cutting-proxy";
import { testDatabase } from "#tests/harness/database";
import { startLinkedin } from "#tests/harness/linkedin";
import { createChannels } from "@/channels/registry";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const t = testDatabase();
const CALLBACK = "https://contentos.test/channels/callback";
let linkedin: Awaited<ReturnType<typeof startLinkedin>>;
let call: ReturnType<typeof caller>;
let workspace: Awaited<ReturnType<typeof seedWorkspace>>;
let admin: Member;
const time = { ahead: 0 };

const unused = () => Promise.reject(new Error("No page is published here"));
const site = { publish: unused, find: unused, remove: unused, metrics: unused };

beforeAll(async () => {
  linkedin = await startLinkedin();
  call = caller(t, {
    channels: createChannels({ site, linkedin: linkedin.app }),
    fetch: routedFetch(createOutboundFetch({ allow: ["127.0.0.1"] }), () => linkedin.url),
    clock: { now: () => new Date(Date.now() + time.ahead) },
  });
});
beforeEach(async () => {
  time.ahead = 0;
  linkedin.requests.length = 0;
  Object.assign(linkedin.told, { answer: () => undefined });
  workspace = await seedWorkspace(t);
  admin = workspace.admin;
});
afterAll(() => linkedin.close());

const begin = (who: Member | null = admin, network = "linkedin") =>
  call(who, "POST", "/distribution/channels/authorizations", { network });
const complete = (state: string, code: string, who: Member | null = admin) =>
  call(who, "POST", "/distribution/channels/authorizations/complete", { state, code });
/** Begun, and agreed to on LinkedIn's page. */
async function agreed(who = admin) {
  const { status, body } = await begin(who);
  expect(status).toBe(200);
  const url = new URL(body.authorizeUrl as string);
  const redirectUri = url.searchParams.get("redirect_uri")!;
  return { url, redirectUri, state: url.searchParams.get("state")!, code: linkedin.agree(redirectUri) };
}
const accounts = () =>
  t.asOwner("select id from channels where workspace_id = $1 and network = 'linkedin'", [workspace.id]);
const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const over = { status: 404, body: { code: "not_found" } };

describe("connecting on a network's own page", () => {
  it("is offered where the operator has an app there, and else nowhere", async () => {
    const list = (on: typeof call) => on(admin, "GET", "/distribution/authorized-networks");
    expect((await list(call)).body.items).toEqual([{ network: "linkedin", label: "LinkedIn" }]);
    const without = caller(t);
    expect((await list(without)).body.items).toEqual([]);
    const refused = await without(admin, "POST", "/distribution/channels/authorizations", { network: "linkedin" });
    expect(refused).toMatchObject({ status: 422, body: { code: "channel_refused" } });
    expect((await begin(admin, "webhook")).status).toBe(400);
  });

  it("connects the account that was agreed to, and tells when access ends", async () => {
    const { state, code, url } = await agreed();
    expect(url.origin).toBe("https://www.linkedin.com");
    const made = await complete(state, code);
    expect(made).toMatchObject({
      status: 200,
      body: { network: "linkedin", name: "Kim Example", status: "Connected", builtIn: false },
    });
    expect(Date.parse(made.body.accessEndsAt as string)).toBeGreaterThan(Date.now() + 59 * 86_400_000);
    const [row] = await t.asOwner<{ sealed: Buffer }>("select sealed from channel_credentials where channel_id = $1", [
      made.body.id,
    ]);
    expect(row!.sealed.includes("access-")).toBe(false);
    expect(JSON.stringify(made.body)).not.toContain("access-");
    // Again, it is the same channel.
    const again = await agreed();
    expect((await complete(again.state, again.code)).body.id).toBe(made.body.id);
    const audited = await t.asOwner("select action from audit_events where workspace_id = $1", [workspace.id]);
    expect(audited).toEqual([{ action: "channels.connected" }, { action: "channels.connected" }]);
  });

  it("sends people back to one address of ours, whatever a request says", async () => {
    for (const headers of [
      { host: "evil.example" },
      { "x-forwarded-host": "evil.example", origin: "https://evil.example" },
    ]) {
      const answer = await call(
        admin,
        "POST",
        "/distribution/channels/authorizations",
        { network: "linkedin" },
        headers as Record<string, string>,
      );
      if (answer.status !== 200) continue;
      expect(new URL(answer.body.authorizeUrl as string).searchParams.get("redirect_uri")).toBe(CALLBACK);
    }
    const named = { network: "linkedin", redirectUri: "https://evil.example" };
    expect((await call(admin, "POST", "/distribution/channels/authorizations", named)).status).toBe(400);
    expect((await agreed()).redirectUri).toBe(CALLBACK);
  });

  it("takes what comes back once, also of two at the same moment", async () => {
    const { state, code, redirectUri } = await agreed();
    const answers = await Promise.all([complete(state, code), complete(state, linkedin.agree(redirectUri))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(await complete(state, linkedin.agree(redirectUri))).toMatchObject(over);
    expect(await accounts()).toHaveLength(1);
  });

  it("takes nothing after ten minutes", async () => {
    const { state, code } = await agreed();
    time.ahead = 10 * 60_000 + 1;
    expect(await complete(state, code)).toMatchObject(over);
    expect(linkedin.requests).toEqual([]);
    expect(await accounts()).toEqual([]);
  });

  it("takes it of whoever began alone, and in that workspace alone", async () => {
    const { state, code } = await agreed();
    const other = await seedMember(t, workspace.id, "Admin");
    const elsewhere = await seedWorkspace(t);
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Admin')", [
      elsewhere.id,
      admin.userId,
    ]);
    const madeUp = await complete(`${workspace.id}.${randomUUID()}`, code);
    for (const who of [other, elsewhere.admin, { ...admin, workspaceId: elsewhere.id }])
      expect(said(await complete(state, code, who))).toEqual(said(madeUp));
    expect(madeUp).toMatchObject(over);
    expect(linkedin.requests).toEqual([]);
    expect((await complete(state, code)).status).toBe(200);
  });

  it("keeps no state that could be used by who reads it", async () => {
    const { state } = await agreed();
    const rows = await t.asOwner<{ state_hash: Buffer; all: string }>(
      "select state_hash, a::text as all from channels_authorizations a where workspace_id = $1",
      [workspace.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.state_hash).toHaveLength(32);
    expect(rows[0]!.all).not.toContain(state.split(".")[1]);
  });

  it("is over with a second one that is begun, and with what the network refuses", async () => {
    const first = await agreed();
    const second = await agreed();
    expect(await complete(first.state, first.code)).toMatchObject(over);
    expect(await complete(second.state, "made-up")).toMatchObject({ status: 422, body: { code: "channel_refused" } });
    expect(await complete(second.state, second.code)).toMatchObject(over);
    const third = await agreed();
    linkedin.told.answer = () => ({ status: 503 });
    expect(await complete(third.state, third.code)).toMatchObject({
      status: 422,
      body: { code: "channel_unreachable" },
    });
    expect(await accounts()).toEqual([]);
  });

  it("is for Admins, also by the time that they come back, and needs a session", async () => {
    const second = await seedMember(t, workspace.id, "Admin");
    const { state, code } = await agreed(second);
    await t.asOwner("update workspace_members set role = 'Editor' where user_id = $1", [second.userId]);
    expect((await complete(state, code, second)).status).toBe(403);
    expect((await begin(second)).status).toBe(403);
    expect((await begin(null)).status).toBe(401);
    expect((await complete(state, code, null)).status).toBe(401);
    expect(linkedin.requests).toEqual([]);
    expect(await accounts()).toEqual([]);
  });
});
