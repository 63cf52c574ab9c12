import { afterAll, beforeAll, expect, it } from "vitest";
import { seedItem, seedWorkspace } from "#tests/factories";
import { aiAt, FIVE, GARDEN, headlines } from "#tests/factories/ai";
import { seedChannel } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";

const t = testDatabase({ tier: "Free" });
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;
beforeAll(async () => {
  server = await startModelServer(() => ({ text: headlines(...FIVE) }));
  call = caller(t, { ai: aiAt(server.baseUrl) });
});
afterAll(() => server.stop());

async function seedKey(role: string, scopes: string[] | undefined) {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN });
  const { status, body } = await call(workspace.admin, "POST", "/auth/keys", { name: "A program", role, scopes });
  expect(status).toBe(201);
  const { id: keyId, key } = body as { id: string; key: string };
  return { ...workspace, item, keyId, key: { key } };
}

it("asks a model, and its credits are the key's", async () => {
  const { admin, id, item, key, keyId } = await seedKey("Writer", ["ai:write", "content:write"]);
  expect((await call(admin, "POST", "/ai/headline", { contentItemId: item.id })).status).toBe(200);
  const { status, body } = await call(key, "POST", "/ai/headline", { contentItemId: item.id });
  expect([status, body.credits]).toMatchObject([200, { used: 1, remaining: 98 }]);
  const told = (await call(key, "GET", "/ai/generations")).body.items!;
  expect(told).toMatchObject([
    { id: body.generationId, apiKeyId: keyId, createdBy: admin.userId, credits: 1 },
    { apiKeyId: null, createdBy: admin.userId },
  ]);
  const spent = await t.asOwner(
    `select g.api_key_id, sum(l.spent)::int as spent from billing_ledger l
       join ai_generations g on g.workspace_id = l.workspace_id and g.reservation_id = l.reservation_id
     where l.workspace_id = $1 and l.kind = 'Settle' group by 1 order by 1`,
    [id],
  );
  expect(spent).toEqual([
    { api_key_id: keyId, spent: 1 },
    { api_key_id: null, spent: 1 },
  ]);
  const channelId = await seedChannel(t, id);
  expect((await call(key, "POST", "/ai/adapt", { contentItemId: item.id, channelId, useModel: false })).status).toBe(
    200,
  );
  expect((await call(key, "POST", `/ai/generations/${body.generationId}/feedback`, { feedback: "Used" })).status).toBe(
    200,
  );
});

it("is refused without its scope, and beyond its role", async () => {
  const reader = await seedKey("Writer", ["ai:read"]);
  const asked = { contentItemId: reader.item.id };
  expect((await call(reader.key, "GET", "/ai/generations")).status).toBe(200);
  expect((await call(reader.key, "POST", "/ai/headline", asked)).body.code).toBe("key_scope");
  const other = await seedKey("Writer", ["content:write"]);
  expect((await call(other.key, "POST", "/ai/headline", { contentItemId: other.item.id })).body.code).toBe("key_scope");
  const viewer = await seedKey("Viewer", ["ai:write"]);
  expect((await call(viewer.key, "POST", "/ai/headline", { contentItemId: viewer.item.id })).body.code).toBe(
    "forbidden",
  );
  const stranger = await seedKey("Admin", ["ai:write"]);
  expect((await call(stranger.key, "POST", "/ai/headline", asked)).body.code).toBe("not_found");
  expect(await t.asOwner("select 1 from ai_generations where workspace_id = $1", [reader.id])).toEqual([]);
});

it("keeps the workspace's limits, and sets none of them", async () => {
  const { admin, item, key } = await seedKey("Admin", undefined);
  expect((await call(admin, "PUT", "/ai/settings", { maxRequestsPerMinute: 1 })).status).toBe(200);
  expect((await call(key, "POST", "/ai/headline", { contentItemId: item.id })).status).toBe(200);
  expect((await call(key, "POST", "/ai/headline", { contentItemId: item.id })).body.code).toBe("ai_limit");
  const refused = await call(key, "PUT", "/ai/settings", {
    baseUrl: "https://elsewhere.example",
    apiKey: "sk-of-mine",
  });
  expect([refused.status, refused.body.code]).toEqual([403, "key_not_allowed"]);
  expect((await call(key, "GET", "/ai/settings")).body).toMatchObject({ baseUrl: null, maxRequestsPerMinute: 1 });
});
