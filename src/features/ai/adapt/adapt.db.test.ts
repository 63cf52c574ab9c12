import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aiAt, FIVE, GARDEN, headlines } from "#tests/factories/ai";
import { seedChannel } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";
import { countGraphemes } from "@/channels/text";

const t = testDatabase({ tier: "Free" });
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;
const plain = caller(t);

const thread = (...parts: string[]) => ({ text: JSON.stringify({ parts }) });
const GOOD = [
  "Time to prune your roses: 3 cuts are enough for a young plant.",
  "Old wood goes first, says @minakeller.",
];

beforeAll(async () => {
  server = await startModelServer(() => thread(...GOOD));
  call = caller(t, { ai: aiAt(server.baseUrl) });
});
beforeEach(() => {
  server.behave(() => thread(...GOOD));
  server.asked.length = 0;
});
afterAll(() => server.stop());

async function seedGarden(over: { title?: string; body?: string } = {}) {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN, ...over });
  const channelId = await seedChannel(t, workspace.id);
  return { ...workspace, item, channelId, asked: { contentItemId: item.id, channelId } };
}
type Check = { id: string; status: string; evidence: string[] };
const textsOf = ({ parts }: Record<string, unknown>) => (parts as { text: string }[]).map(({ text }) => text);
const checkOf = ({ checks }: Record<string, unknown>, id: string) => (checks as Check[]).find((one) => one.id === id)!;
const adaptationsOf = async (who: Parameters<typeof call>[0], item: { id: string }) =>
  (await plain(who, "GET", `/content/${item.id}/adaptations`)).body.items!;

it("rewrites a version within the channel's limits, and keeps it pinned to it", async () => {
  const { admin, item, asked, slug, id } = await seedGarden();
  const { status, body } = await call(admin, "POST", "/ai/adapt", asked);
  expect([status, body]).toMatchObject([200, { versionNumber: 1, model: "small", credits: { used: 1 } }]);
  expect(textsOf(body)).toEqual([GOOD[0], `${GOOD[1]}\n\nhttps://contentos.test/s/${slug}/${item.id}`]);
  expect(checkOf(body, "limits").status).toBe("Pass");
  expect(checkOf(body, "links")).toMatchObject({ status: "Warn", evidence: ["https://example.com/roses"] });
  expect(checkOf(body, "numbers").evidence).toEqual(["9", "12"]);
  expect(await adaptationsOf(admin, item)).toMatchObject([
    { id: body.adaptationId, versionNumber: 1, findings: [], parts: body.parts },
  ]);
  const rows = await t.asOwner("select operation, prompt, channel_id from ai_generations where workspace_id = $1", [
    id,
  ]);
  expect(rows).toEqual([{ operation: "adapt", prompt: "adapt@1", channel_id: asked.channelId }]);
});

it("divides at sentences what a model made too long", async () => {
  const { admin, asked } = await seedGarden();
  server.behave(() => thread(Array(12).fill("Old wood goes first, then what rubs against other branches.").join(" ")));
  const { body } = await call(admin, "POST", "/ai/adapt", asked);
  expect(textsOf(body).length).toBeGreaterThan(2);
  for (const text of textsOf(body)) expect(countGraphemes(text)).toBeLessThanOrEqual(300);
  expect(body.model).toBe("small");
});

it("doesn't let out the words of the task, which small models give back", async () => {
  const { admin, asked } = await seedGarden();
  server.behave(() => thread("The text of the first part", "…"));
  const { body } = await call(admin, "POST", "/ai/adapt", asked);
  expect([body.model, server.asked.length]).toEqual([null, 2]);
  expect(textsOf(body)[0]).toContain("Spring is the time to prune roses");
});

it("doesn't let out what the source doesn't say: it asks again, and then takes the source's own words", async () => {
  const { admin, item, asked } = await seedGarden();
  server.behave(() => thread("Roses need 44 cuts, says Angela Merkel. See https://evil.example/x"));
  const { status, body } = await call(admin, "POST", "/ai/adapt", asked);
  expect([status, body.model, server.asked.length]).toEqual([200, null, 2]);
  expect(body.credits).toMatchObject({ used: 1 });
  expect(checkOf(body, "model").status).toBe("Warn");
  expect(JSON.stringify(await adaptationsOf(admin, item))).not.toMatch(/44 cuts|Merkel|evil/);
  expect((body.checks as Check[]).filter(({ status }) => status === "Fail")).toEqual([]);
});

it("works without a model, by rules, and says so", async () => {
  const { admin, item, asked, slug, siteChannelId } = await seedGarden();
  const { status, body } = await plain(admin, "POST", "/ai/adapt", asked);
  expect([status, body]).toMatchObject([200, { model: null, credits: null, generationId: null }]);
  const text = textsOf(body).join("\n");
  expect(text.startsWith(`${GARDEN.title}\n\nSpring is the time to prune roses`)).toBe(true);
  expect(text).toContain("the guide (https://example.com/roses)");
  expect(text.endsWith(`https://contentos.test/s/${slug}/${item.id}`)).toBe(true);
  for (const part of textsOf(body)) expect(countGraphemes(part)).toBeLessThanOrEqual(300);
  expect((body.checks as Check[]).map(({ status }) => status)).toEqual([
    "Pass",
    "Pass",
    "Pass",
    "Pass",
    "Pass",
    "Warn",
  ]);
  const article = await plain(admin, "POST", "/ai/adapt", { ...asked, channelId: siteChannelId });
  expect(textsOf(article.body)).toEqual([GARDEN.body]);
});

it("makes rules do it where that is asked, and spends nothing", async () => {
  const { admin, asked, id } = await seedGarden();
  const { body } = await call(admin, "POST", "/ai/adapt", { ...asked, useModel: false });
  expect([body.model, server.asked.length]).toEqual([null, 0]);
  expect(await t.asOwner("select 1 from billing_ledger where workspace_id = $1", [id])).toEqual([]);
});

it("is for who may write the item", async () => {
  const { admin, id, item, asked } = await seedGarden();
  const stranger = await seedWorkspace(t);
  const [viewer, writer, editor] = [
    await seedMember(t, id, "Viewer"),
    await seedMember(t, id, "Writer"),
    await seedMember(t, id, "Editor"),
  ];
  const statusOf = async (who: typeof viewer | null, body: object = asked) =>
    (await call(who, "POST", "/ai/adapt", body)).status;
  expect(await statusOf(null)).toBe(401);
  expect(await statusOf(viewer)).toBe(403);
  expect(await statusOf(writer)).toBe(403);
  expect(await statusOf(stranger.admin)).toBe(404);
  expect(await statusOf(editor, { ...asked, contentItemId: randomUUID() })).toBe(404);
  expect(await statusOf(editor, { ...asked, channelId: stranger.siteChannelId })).toBe(404);
  expect(await statusOf(editor, { ...asked, personaId: randomUUID() })).toBe(404);
  expect(await statusOf(editor, { contentItemId: item.id })).toBe(400);
  await t.asOwner("update content_items set archived_at = now() where id = $1", [item.id]);
  expect((await call(admin, "POST", "/ai/adapt", asked)).body.code).toBe("archived");
  expect([server.asked.length, await adaptationsOf(admin, item)]).toEqual([0, []]);
});

it("keeps one adaptation for one Idempotency-Key", async () => {
  const { admin, item, asked } = await seedGarden();
  const headers = { "idempotency-key": randomUUID() };
  const first = await call(admin, "POST", "/ai/adapt", asked, headers);
  expect((await call(admin, "POST", "/ai/adapt", asked, headers)).body).toEqual(first.body);
  expect((await adaptationsOf(admin, item)).length).toBe(1);
});

it("lets Admins set up a key of their own, which nobody reads and which spends no credits", async () => {
  const { admin, id, item } = await seedGarden();
  const own = caller(t, { ai: aiAt("http://127.0.0.1:9/v1") });
  const editor = await seedMember(t, id, "Editor");
  const setup = { apiKey: "sk-of-the-workspace", baseUrl: server.baseUrl, models: ["theirs;region=eu;retention=none"] };
  expect((await own(editor, "PUT", "/ai/settings", setup)).status).toBe(403);
  expect((await own(null, "PUT", "/ai/settings", setup)).status).toBe(401);
  expect((await own(admin, "PUT", "/ai/settings", { models: ["two words"] })).status).toBe(400);
  expect((await own(admin, "PUT", "/ai/settings", { baseUrl: server.baseUrl })).status).toBe(400);
  const set = await own(admin, "PUT", "/ai/settings", setup);
  expect(set.body).toMatchObject({ keyHint: "pace", baseUrl: server.baseUrl, models: setup.models });
  expect(JSON.stringify(set.body)).not.toContain("sk-of");
  // Neither the stored row nor the audit log has it, and it doesn't follow to another host.
  expect(JSON.stringify(await t.asOwner("select sealed_key::text, key_hint from ai_settings"))).not.toContain("sk-of");
  expect(JSON.stringify(await t.asOwner("select detail from audit_events where action like 'ai.%'"))).not.toContain(
    "sk-",
  );
  expect((await own(admin, "PUT", "/ai/settings", { baseUrl: "https://elsewhere.example/v1" })).status).toBe(400);
  expect(
    (await own(admin, "PUT", "/ai/settings", { zeroRetention: true, baseUpdatedAt: "2020-01-01T00:00:00Z" })).body.code,
  ).toBe("version_conflict");
  server.behave(() => ({ text: headlines(...FIVE) }));
  const writer = await seedMember(t, id, "Writer");
  const { body } = await own(writer, "POST", "/ai/headline", { contentItemId: item.id });
  expect(body).toMatchObject({ model: "theirs", credits: { used: 0, remaining: 100 } });
  expect(server.asked.at(-1)).toMatchObject({ authorization: "Bearer sk-of-the-workspace", model: "theirs" });
  expect(await t.asOwner("select own_key, credits from ai_generations where workspace_id = $1", [id])).toEqual([
    { own_key: true, credits: 0 },
  ]);
});

it("asks no model that the workspace doesn't allow", async () => {
  const { admin, item } = await seedGarden();
  const models = ["far;region=us;retention=none", "keeps;region=eu", "near;region=eu;retention=none"];
  const choosy = caller(t, { ai: aiAt(server.baseUrl, models) });
  server.behave(() => ({ text: headlines(...FIVE) }));
  const ask = () => choosy(admin, "POST", "/ai/headline", { contentItemId: item.id });
  await choosy(admin, "PUT", "/ai/settings", { regions: ["eu"], zeroRetention: true });
  expect((await ask()).body.model).toBe("near");
  await choosy(admin, "PUT", "/ai/settings", { regions: ["ch"] });
  expect((await ask()).body.code).toBe("ai_no_allowed_model");
  expect((await choosy(admin, "GET", "/ai/settings")).body).toMatchObject({ configured: true, usable: false });
});

it("reaches no private address that an Admin gives", async () => {
  const { admin, item, id } = await seedGarden();
  const guarded = caller(t, {
    ai: aiAt(server.baseUrl),
    fetch: (await import("@/platform/outbound-fetch")).createOutboundFetch({ allow: [] }),
  });
  await guarded(admin, "PUT", "/ai/settings", { apiKey: "sk-x-1234", baseUrl: server.baseUrl, models: ["inside"] });
  expect((await guarded(admin, "POST", "/ai/headline", { contentItemId: item.id })).body.code).toBe("ai_failed");
  expect(server.asked.length).toBe(0);
  expect(await t.asOwner("select status from ai_generations where workspace_id = $1", [id])).toEqual([
    { status: "Failed" },
  ]);
});
