import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aiAt, GARDEN } from "#tests/factories/ai";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";
import { ADAPTABLE, type Adaptable } from "@/channels/network-names";
import { rulesOf } from "@/channels/networks";

const t = testDatabase({ tier: "Free" });
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;
const plain = caller(t);
const says = (...parts: string[]) => server.behave(() => ({ text: JSON.stringify({ parts }) }));

beforeAll(async () => {
  server = await startModelServer(() => ({ text: "{}" }));
  call = caller(t, { ai: aiAt(server.baseUrl) });
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(() => server.stop());

async function seedGarden() {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN });
  return { ...workspace, item, ask: (network: Adaptable) => ({ contentItemId: item.id, network }) };
}
const textsOf = ({ parts }: Record<string, unknown>) => (parts as { text: string }[]).map(({ text }) => text);
const statusesOf = ({ checks }: Record<string, unknown>) =>
  (checks as { status: string }[]).map(({ status }) => status);
const askedFor = () => (server.asked as unknown as { messages: { role: string; content: string }[] }[])[0]!.messages;

it.each(ADAPTABLE)("adapts for %s without a channel and without a model, within its limits", async (network) => {
  const { admin, item, ask } = await seedGarden();
  const { status, body } = await plain(admin, "POST", "/ai/adapt", ask(network));
  expect([status, body.model]).toEqual([200, null]);
  expect(statusesOf(body)).not.toContain("Fail");
  const parts = textsOf(body);
  const findings = rulesOf(network).validate({ parts, partImages: [], images: [], title: "", body: "" } as never);
  expect(findings.filter(({ severity }) => severity === "Error")).toEqual([]);
  const { items } = (await plain(admin, "GET", `/content/${item.id}/adaptations`)).body as { items: object[] };
  expect(items).toMatchObject([
    { id: body.adaptationId, channelId: null, network, versionNumber: 1, isCurrent: true, parts: body.parts },
  ]);
});

it("asks a model for one post, and for the pieces of a newsletter in their order", async () => {
  const { admin, ask, slug, item } = await seedGarden();
  const link = `https://contentos.test/s/${slug}/${item.id}`;
  says("Time to prune your roses.\n\nOld wood goes first, says @minakeller.");
  const post = (await call(admin, "POST", "/ai/adapt", ask("linkedin"))).body;
  expect([post.model, textsOf(post)]).toEqual([
    "small",
    [`Time to prune your roses.\n\nOld wood goes first, says @minakeller.\n\n${link}`],
  ]);
  expect(askedFor().at(-1)!.content).toContain("Write one post for LinkedIn");
  server.asked.length = 0;
  says("Prune your roses", "Old wood goes first", "## Roses\n\nOld wood goes first.");
  const letter = (await call(admin, "POST", "/ai/adapt", ask("newsletter"))).body;
  expect([letter.model, textsOf(letter)]).toEqual([
    "small",
    ["Prune your roses", "Old wood goes first", `## Roses\n\nOld wood goes first.\n\n${link}`],
  ]);
  expect(askedFor().at(-1)!.content).toContain("- subject, at most 150 characters\n- preheader");
});

it("takes the source's own words where a model leaves pieces out, or says more than the source", async () => {
  const { admin, ask } = await seedGarden();
  says("Only a subject");
  expect((await call(admin, "POST", "/ai/adapt", ask("newsletter"))).body).toMatchObject({ model: null });
  says("Roses need 44 cuts, says Angela Merkel.");
  const { body } = await call(admin, "POST", "/ai/adapt", ask("linkedin"));
  expect(body.model).toBeNull();
  expect(JSON.stringify(body.parts)).not.toMatch(/44 cuts|Merkel/);
});

it("divides for X what a model made too long, as X counts it", async () => {
  const { admin, ask } = await seedGarden();
  says(Array(12).fill("Old wood goes first, then what rubs against other branches.").join(" "));
  const { body } = await call(admin, "POST", "/ai/adapt", ask("x"));
  expect([body.model, textsOf(body).length > 2]).toEqual(["small", true]);
  for (const text of textsOf(body)) expect(rulesOf("x").limits.count!(text)).toBeLessThanOrEqual(280);
});

it("wants a channel or a network, and one that it knows", async () => {
  const { admin, item, siteChannelId, id, ask } = await seedGarden();
  const tries: [object, number][] = [
    [{ contentItemId: item.id }, 400],
    [{ contentItemId: item.id, channelId: siteChannelId, network: "x" }, 400],
    [{ contentItemId: item.id, network: "myspace" }, 400],
    [{ contentItemId: item.id, network: "site" }, 400],
    [{ contentItemId: randomUUID(), network: "x" }, 404],
  ];
  for (const [body, status] of tries) expect((await plain(admin, "POST", "/ai/adapt", body)).status).toBe(status);
  const parts = [{ text: "Roses." }];
  const byHand = (who: Parameters<typeof plain>[0], body: object) =>
    plain(who, "POST", `/content/${item.id}/adaptations`, body);
  const refused = await byHand(admin, { channelId: siteChannelId, network: "x", parts });
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([
    400,
    expect.stringContaining("Give either channelId, for a connected channel, or network"),
  ]);
  expect((await byHand(admin, { parts })).status).toBe(400);
  const stranger = await seedWorkspace(t);
  const viewer = await seedMember(t, id, "Viewer");
  expect((await byHand(viewer, { network: "x", parts })).status).toBe(403);
  expect((await byHand(stranger.admin, { network: "x", parts })).status).toBe(404);
  expect((await plain(viewer, "POST", "/ai/adapt", ask("x"))).status).toBe(403);
  expect((await plain(stranger.admin, "POST", "/ai/adapt", ask("x"))).status).toBe(404);
  expect((await byHand(null, { network: "x", parts })).status).toBe(401);
  expect(await t.asOwner("select 1 from content_adaptations where content_item_id = $1", [item.id])).toEqual([]);
  const made = await byHand(admin, { network: "x", parts: [{ text: "計".repeat(141) }] });
  expect([made.status, made.body]).toMatchObject([
    201,
    { channelId: null, network: "x", isCurrent: true, findings: [{ code: "part_too_long" }] },
  ]);
});

it("tells which version a text was made of, and whether that is still the current one", async () => {
  const { admin, item, ask } = await seedGarden();
  await plain(admin, "POST", "/ai/adapt", ask("x"));
  const saved = await plain(admin, "POST", `/content/${item.id}/versions`, { body: "Roses again.", baseVersion: 1 });
  expect(saved.status).toBe(201);
  await plain(admin, "POST", "/ai/adapt", ask("x"));
  const { items } = (await plain(admin, "GET", `/content/${item.id}/adaptations`)).body as { items: object[] };
  expect(items).toMatchObject([
    { network: "x", versionNumber: 1, isCurrent: false },
    { network: "x", versionNumber: 2, isCurrent: true },
  ]);
});

it("is approved with the submission, part of its hash, and not to be scheduled", async () => {
  const { admin, id, item, siteChannelId } = await seedGarden();
  await t.asOwner("update workspaces set approval_steps = '[]' where id = $1", [id]);
  const parts = [{ text: "Old wood goes first." }];
  const path = `/content/${item.id}/adaptations`;
  const made = await plain(admin, "POST", path, { network: "linkedin", parts });
  const same = await plain(admin, "POST", path, { network: "x", parts });
  expect(made.body.contentHash).not.toBe(same.body.contentHash);
  const adaptationIds = [made.body.id];
  const submitted = await plain(admin, "POST", `/content/${item.id}/submit`, { adaptationIds });
  expect([submitted.status, submitted.body]).toMatchObject([
    201,
    {
      status: "Approved",
      adaptations: [{ id: made.body.id, channelId: null, network: "linkedin", contentHash: made.body.contentHash }],
    },
  ]);
  const when = { scheduledTime: "2030-01-01T10:00:00", timeZone: "UTC" };
  const schedule = (adaptationId: unknown) =>
    plain(admin, "POST", "/distribution/schedule", {
      contentItemId: item.id,
      channelId: siteChannelId,
      ...when,
      adaptationId,
    });
  const refused = await schedule(made.body.id);
  expect([refused.status, refused.body]).toMatchObject([409, { code: "not_published_here" }]);
  expect(refused.body.detail).toContain("This adaptation is for LinkedIn without a channel");
  expect((await schedule(randomUUID())).status).toBe(404);
  // The database holds it to one of both, whatever the code says.
  await expect(
    t.asOwner("update content_adaptations set network = 'x', channel_id = $2 where id = $1", [
      made.body.id,
      siteChannelId,
    ]),
  ).rejects.toThrow(/channel_or_network/);
  // A change of the words takes the approval away.
  await plain(admin, "PUT", `${path}/${made.body.id}`, { parts: [{ text: "Old wood goes." }] });
  const [row] = await t.asOwner("select status from content_items where id = $1", [item.id]);
  expect(row).toEqual({ status: "Draft" });
});

it("isn't approved where its network would refuse it", async () => {
  const { admin, item } = await seedGarden();
  const parts = [{ text: "x".repeat(3_001) }];
  const made = await plain(admin, "POST", `/content/${item.id}/adaptations`, { network: "linkedin", parts });
  const refused = await plain(admin, "POST", `/content/${item.id}/submit`, { adaptationIds: [made.body.id] });
  expect([refused.status, refused.body]).toMatchObject([
    409,
    { code: "channel_limits", issues: [{ message: "LinkedIn: Part 1 has 3001 characters; LinkedIn takes 3000." }] },
  ]);
});
