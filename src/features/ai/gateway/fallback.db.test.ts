import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aiAt, FIVE, GARDEN, headlines } from "#tests/factories/ai";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { type Behaviour, startModelServer } from "#tests/harness/model-server";
import { estimateTokens } from "./models";

const t = testDatabase({ max: 10, tier: "Free" });
type Server = Awaited<ReturnType<typeof startModelServer>>;
let first: Server;
let second: Server;
let gone: string;
const answers: Behaviour = () => ({ text: headlines(...FIVE) });

beforeAll(async () => {
  first = await startModelServer(answers);
  second = await startModelServer(answers);
  const closed = await startModelServer(answers);
  gone = closed.baseUrl;
  await closed.stop();
});
beforeEach(() => {
  for (const server of [first, second]) {
    server.behave(answers);
    server.asked.length = 0;
  }
});
afterAll(() => Promise.all([first.stop(), second.stop()]));

/** The deployment's two endpoints, as an operator configures them. */
const both = (over: { at?: string; models?: string[]; afterMs?: number; now?: () => Date } = {}) =>
  aiAt(over.at ?? first.baseUrl, over.models ?? ["one"], "sk-deployment", {
    baseUrl: second.baseUrl,
    models: ["two;region=eu"],
    ...(over.afterMs && { afterMs: over.afterMs }),
    ...(over.now && { clock: { now: over.now } }),
  });

async function seedGarden() {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN });
  return { ...workspace, item, body: { contentItemId: item.id } };
}
const lastOf = async (workspaceId: string) =>
  (
    await t.asOwner<Record<string, unknown>>(
      "select * from ai_generations where workspace_id = $1 order by created_at desc limit 1",
      [workspaceId],
    )
  )[0]!;
const ledgerOf = async (workspaceId: string) =>
  (
    await t.asOwner(
      `select coalesce(sum(spent), 0)::int as spent, coalesce(sum(reserved), 0)::int as reserved,
         (select count(*)::int from billing_reservations where workspace_id = $1) as open
       from billing_ledger where workspace_id = $1`,
      [workspaceId],
    )
  )[0];
const follow = (ai: ReturnType<typeof aiAt>, admin: Member, body: object) =>
  testApp(t, { ai }).request("/api/v1/ai/headline", {
    method: "POST",
    headers: {
      authorization: `Bearer ${admin.sessionId}`,
      "x-workspace-id": admin.workspaceId,
      "content-type": "application/json",
      accept: "text/event-stream",
    },
    body: JSON.stringify(body),
  });

describe("the second endpoint is asked where the first", () => {
  it.each([
    ["is down", () => ({ at: gone }), undefined, "Unavailable"],
    ["answers 503", () => ({}), () => ({ status: 503 }), "Unavailable"],
    ["answers 429", () => ({}), () => ({ status: 429 }), "Busy"],
    ["says nothing for too long", () => ({ afterMs: 200 }), () => ({ hang: true }), "TimedOut"],
  ] as [string, () => object, Behaviour | undefined, string][])("%s", async (_, over, behaviour, outcome) => {
    const { admin, id, body } = await seedGarden();
    if (behaviour) first.behave(behaviour);
    second.behave(() => ({ text: headlines(...FIVE), usage: { prompt_tokens: 2_000, completion_tokens: 900 } }));
    const answer = await caller(t, { ai: both(over()) })(admin, "POST", "/ai/headline", body);
    expect([answer.status, answer.body]).toMatchObject([200, { model: "two", credits: { used: 3 } }]);
    expect(second.asked[0]!.authorization).toBe("Bearer sk-fallback");
    expect(await lastOf(id)).toMatchObject({
      endpoint_host: "127.0.0.1",
      own_key: false,
      model: "two",
      // What the one that answered reported, and nothing else.
      input_tokens: 2_000,
      output_tokens: 900,
      credits: 3,
      tries: [
        { model: "one", host: "127.0.0.1", outcome },
        { model: "two", host: "127.0.0.1", outcome: "Answered" },
      ],
    });
    expect(await ledgerOf(id)).toEqual({ spent: 3, reserved: 0, open: 0 });
  });

  it("has failed three times: then it isn't asked for half a minute, and then once", async () => {
    const { admin, id, body } = await seedGarden();
    let now = new Date();
    first.behave(() => ({ status: 500 }));
    const call = caller(t, { ai: both({ now: () => now }) });
    const ask = async () => {
      first.asked.length = 0;
      expect((await call(admin, "POST", "/ai/headline", body)).status).toBe(200);
      return first.asked.length;
    };
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([1, 1, 1, 0]);
    expect(await lastOf(id)).toMatchObject({ tries: [{ outcome: "Skipped" }, { outcome: "Answered" }] });
    now = new Date(now.getTime() + 31_000);
    expect([await ask(), await ask()]).toEqual([1, 0]);
    first.behave(answers);
    now = new Date(now.getTime() + 31_000);
    expect([await ask(), await ask()]).toEqual([1, 1]);
    expect(await lastOf(id)).toMatchObject({ model: "one" });
  });

  it("can't be allowed by the workspace's regions, and never the other way round", async () => {
    const { admin, body } = await seedGarden();
    const call = caller(t, { ai: both({ models: ["one;region=us"] }) });
    await call(admin, "PUT", "/ai/settings", { regions: ["eu"] });
    expect((await call(admin, "POST", "/ai/headline", body)).body.model).toBe("two");
    expect(first.asked).toHaveLength(0);
    await call(admin, "PUT", "/ai/settings", { regions: ["us"] });
    first.behave(() => ({ status: 503 }));
    second.asked.length = 0;
    expect((await call(admin, "POST", "/ai/headline", body)).body.code).toBe("ai_failed");
    expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
    expect((await call(admin, "GET", "/ai/settings")).body.endpoints).toMatchObject([
      { which: "First", models: ["one"] },
      { which: "Fallback", models: [] },
    ]);
    // Nor where only providers that keep nothing may serve, and nobody said so of either.
    await call(admin, "PUT", "/ai/settings", { regions: [], zeroRetention: true });
    expect((await call(admin, "POST", "/ai/headline", body)).body.code).toBe("ai_no_allowed_model");
    expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
  });
});

describe("the second endpoint is not asked", () => {
  it("for a key that the first doesn't take: it would stay wrong, and nobody would see it", async () => {
    const { admin, id, body } = await seedGarden();
    first.behave(() => ({ status: 401 }));
    const { status, body: told } = await caller(t, { ai: both({ models: ["one", "other"] }) })(
      admin,
      "POST",
      "/ai/headline",
      body,
    );
    expect([status, told.code]).toEqual([502, "ai_key_refused"]);
    expect(JSON.stringify(told)).not.toContain("sk-");
    expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
    expect(await lastOf(id)).toMatchObject({ status: "Failed", error_code: "ai_key_refused", credits: 0 });
    expect(await ledgerOf(id)).toEqual({ spent: 0, reserved: 0, open: 0 });
  });

  it.each([
    ["what the first refuses", () => ({ status: 400 })],
    ["an answer of no use", () => ({ text: "no" })],
  ] as [string, Behaviour][])("for %s", async (_, behaviour) => {
    const { admin, body } = await seedGarden();
    first.behave(behaviour);
    expect((await caller(t, { ai: both() })(admin, "POST", "/ai/headline", body)).body.code).toBe("ai_failed");
    expect(second.asked).toHaveLength(0);
  });

  it("after words of an answer were shown", async () => {
    const { admin, id, body } = await seedGarden();
    first.behave(() => ({ text: headlines(...FIVE), breaksOffAt: 200 }));
    const text = await (await follow(both(), admin, body)).text();
    expect(text).toContain("event: partial");
    expect(text).toContain('"code":"ai_failed"');
    expect(second.asked).toHaveLength(0);
    expect(await lastOf(id)).toMatchObject({ tries: [{ outcome: "Unavailable" }] });
    // In one piece nobody has seen them.
    const whole = await caller(t, { ai: both() })(admin, "POST", "/ai/headline", body);
    expect(whole.body.model).toBe("two");
  });
});

it("an answer that is cut off is paid by what was sent for it, the repair of the one before it too", async () => {
  const { admin, id, body } = await seedGarden();
  const useless = "no ".repeat(500);
  const usage = { prompt_tokens: 300, completion_tokens: 500 };
  first.behave(({ messages }) =>
    messages.length > 2 ? { text: headlines(...FIVE), breaksOffAt: 200 } : { text: useless, usage },
  );
  await (await follow(both(), admin, body)).text();
  const sent = first.asked[1]!.messages.map(({ content }) => content).join("");
  expect(sent).toContain(useless);
  expect(await lastOf(id)).toMatchObject({
    tries: [{ outcome: "Invalid" }, { outcome: "Unavailable" }],
    input_tokens: 300 + estimateTokens(sent),
  });
});

it("both fail: one refusal, and the credits are given back", async () => {
  const { admin, id, body } = await seedGarden();
  for (const server of [first, second]) server.behave(() => ({ status: 503 }));
  const { status, body: told } = await caller(t, { ai: both() })(admin, "POST", "/ai/headline", body);
  expect([status, told.code]).toEqual([502, "ai_failed"]);
  expect(await lastOf(id)).toMatchObject({
    status: "Failed",
    credits: 0,
    tries: [{ outcome: "Unavailable" }, { outcome: "Unavailable" }],
  });
  expect(await ledgerOf(id)).toEqual({ spent: 0, reserved: 0, open: 0 });
});

it.each([
  ["first", () => first],
  ["second", () => second],
])("whoever hangs up cuts the call at the %s", async (which, server) => {
  const { admin, id, body } = await seedGarden();
  if (which === "second") first.behave(() => ({ status: 503 }));
  server().behave(() => ({ hang: true }));
  const before = server().hangUps();
  const response = await follow(both(), admin, body);
  await expect.poll(() => server().asked.length, { timeout: 5_000 }).toBe(1);
  await response.body!.cancel();
  await expect.poll(() => server().hangUps(), { timeout: 5_000 }).toBe(before + 1);
  await expect.poll(async () => (await lastOf(id)).status, { timeout: 5_000 }).toBe("Canceled");
  if (which === "first") expect(second.asked).toHaveLength(0);
  expect(await ledgerOf(id)).toMatchObject({ reserved: 0, open: 0 });
});

describe("a workspace's own second endpoint", () => {
  const ownSecond = () => ({
    fallbackBaseUrl: second.baseUrl,
    fallbackApiKey: "sk-own-second",
    fallbackModels: ["mine"],
  });

  it("stands behind the deployment's, is paid by its own key, and costs no credits", async () => {
    const { admin, id, body } = await seedGarden();
    const call = caller(t, { ai: aiAt(first.baseUrl, ["one"]) });
    const set = await call(admin, "PUT", "/ai/settings", ownSecond());
    expect([set.status, set.body]).toMatchObject([200, { fallbackKeyHint: "cond", fallbackModels: ["mine"] }]);
    expect(JSON.stringify(set.body)).not.toContain("sk-own");
    first.behave(() => ({ status: 503 }));
    const answer = await call(admin, "POST", "/ai/headline", body);
    expect(answer.body).toMatchObject({ model: "mine", credits: { used: 0 } });
    expect(second.asked[0]!.authorization).toBe("Bearer sk-own-second");
    expect(await lastOf(id)).toMatchObject({ own_key: true, credits: 0, model: "mine" });
    expect(await ledgerOf(id)).toEqual({ spent: 0, reserved: 0, open: 0 });
  });

  it("is the only one behind an endpoint of its own: the deployment's is not asked", async () => {
    const { admin, body } = await seedGarden();
    const call = caller(t, { ai: both() });
    const own = { baseUrl: first.baseUrl, apiKey: "sk-own-first", models: ["one"] };
    await call(admin, "PUT", "/ai/settings", own);
    first.behave(() => ({ status: 503 }));
    expect((await call(admin, "POST", "/ai/headline", body)).body.code).toBe("ai_failed");
    expect(second.asked).toHaveLength(0);
    await call(admin, "PUT", "/ai/settings", ownSecond());
    expect((await call(admin, "POST", "/ai/headline", body)).body.model).toBe("mine");
  });

  it("needs a key and models, and a kept key goes to no other host", async () => {
    const { admin } = await seedGarden();
    const call = caller(t, { ai: both() });
    const pathOf = async (body: object) => {
      const answer = await call(admin, "PUT", "/ai/settings", body);
      return [answer.status, (answer.body.issues as { path: string }[] | undefined)?.[0]?.path];
    };
    expect(await pathOf({ fallbackBaseUrl: second.baseUrl })).toEqual([400, "fallbackApiKey"]);
    expect(await pathOf({ ...ownSecond(), fallbackModels: [] })).toEqual([400, "fallbackModels"]);
    expect(await pathOf(ownSecond())).toEqual([200, undefined]);
    expect(await pathOf({ fallbackBaseUrl: first.baseUrl })).toEqual([400, "fallbackApiKey"]);
    expect(await pathOf({ fallbackBaseUrl: null, fallbackApiKey: null })).toEqual([200, undefined]);
  });
});

describe("a test of an endpoint", () => {
  it("asks that one alone, and is paid", async () => {
    const { admin, id } = await seedGarden();
    const call = caller(t, { ai: both() });
    const test = (which: string) => call(admin, "POST", "/ai/settings/test", { which });
    for (const server of [first, second]) server.behave(() => ({ text: '{"ready": true}' }));
    expect((await test("First")).body).toMatchObject({ works: true, model: "one", credits: { used: 1 } });
    expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
    expect((await test("Fallback")).body).toMatchObject({ works: true, model: "two", outcome: "Answered" });
    expect(await lastOf(id)).toMatchObject({ operation: "test", prompt: "endpoint-test@1", credits: 1 });
    first.behave(() => ({ status: 503 }));
    expect((await test("First")).body).toMatchObject({ works: false, outcome: "Unavailable", credits: { used: 0 } });
    first.behave(() => ({ status: 401 }));
    expect((await test("First")).body).toMatchObject({ works: false, outcome: "KeyRefused" });
    expect(second.asked).toHaveLength(1);
  });

  it("is for Admins, of what there is and what is allowed", async () => {
    const { admin, id } = await seedGarden();
    const stranger = await seedWorkspace(t);
    const call = caller(t, { ai: aiAt(first.baseUrl, ["one"]) });
    const test = async (who: Parameters<typeof call>[0], which = "First") => {
      const { status, body } = await call(who, "POST", "/ai/settings/test", { which });
      return [status, body.code];
    };
    expect(await test(null)).toEqual([401, "unauthenticated"]);
    expect(await test(await seedMember(t, id, "Editor"))).toEqual([403, "forbidden"]);
    expect(await test({ ...stranger.admin, workspaceId: id })).toEqual([404, "not_found"]);
    const { body: made } = await call(admin, "POST", "/auth/keys", { name: "A program", role: "Admin" });
    expect(await test({ key: made.key as string })).toEqual([403, "key_not_allowed"]);
    expect(await test(admin, "Third")).toEqual([400, "invalid_request"]);
    expect(await test(admin, "Fallback")).toEqual([409, "ai_not_configured"]);
    await call(admin, "PUT", "/ai/settings", { regions: ["eu"] });
    expect(await test(admin)).toEqual([409, "ai_no_allowed_model"]);
    expect(first.asked).toHaveLength(0);
  });
});
