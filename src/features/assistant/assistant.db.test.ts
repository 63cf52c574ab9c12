import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aiAt, GARDEN } from "#tests/factories/ai";
import { seedFetched, seedPublication } from "#tests/factories/analytics";
import { seedChannel } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";

const t = testDatabase();
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;
const answering = (...answers: object[]) => {
  let turn = 0;
  server.behave(() => ({ text: JSON.stringify(answers[Math.min(turn++, answers.length - 1)]) }));
};
const QUESTION = { question: "How many cuts are enough for a young plant?" };
const SENTENCE = { text: "3 cuts are enough for a young plant.", passages: ["P1"] };

beforeAll(async () => {
  server = await startModelServer(() => ({ text: "" }));
  call = caller(t, { ai: aiAt(server.baseUrl) });
});
beforeEach(() => {
  server.asked.length = 0;
  answering({ sentences: [SENTENCE] });
});
afterAll(() => server.stop());

async function seedGarden() {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN });
  await seedItem(t, { createdBy: workspace.admin, title: "Harbour news", body: "A new pier opens.\n\nIt is long." });
  return { ...workspace, item };
}
const generationsOf = (workspaceId: string) =>
  t.asOwner<Record<string, unknown>>(
    "select operation, prompt, credits, status from ai_generations where workspace_id = $1",
    [workspaceId],
  );
type Passage = { id: string; contentItemId: string; versionNumber: number; text: string };

describe("a question", () => {
  it("is answered from what the workspace wrote, with item and version of each sentence", async () => {
    const { admin, id, item } = await seedGarden();
    const { status, body } = await call(admin, "POST", "/assistant/ask", QUESTION);
    expect([status, body]).toMatchObject([200, { sentences: [SENTENCE], why: null, model: "small" }]);
    const passages = body.passages as Passage[];
    expect(passages[0]).toMatchObject({ id: "P1", contentItemId: item.id, versionNumber: 1 });
    expect(passages[0]!.text).toContain("3 cuts are enough");
    expect(passages.every(({ contentItemId }) => contentItemId === item.id)).toBe(true);
    expect(await generationsOf(id)).toEqual([{ operation: "ask", prompt: "ask@1", credits: 1, status: "Succeeded" }]);
  });

  it("gets no sentence that cites what wasn't found, cites nothing, or says what its passages don't", async () => {
    const { admin } = await seedGarden();
    answering({
      sentences: [
        SENTENCE,
        { text: "5 cuts are enough for a young plant.", passages: ["P1"] },
        { text: "A young plant needs care.", passages: [] },
        { text: "A young plant needs care.", passages: ["P1", "P99"] },
        { text: "See https://evil.example/claim for cuts.", passages: ["P1"] },
      ],
    });
    const { body } = await call(admin, "POST", "/assistant/ask", QUESTION);
    expect(body.sentences).toEqual([SENTENCE]);
    expect(server.asked[1]!.messages.at(-1)!.content).toMatch(/5 cuts.*don't: 5.*cites no passage.*cites P99/s);
    answering({ sentences: [{ text: "Nobody knows.", passages: ["P77"] }] });
    expect((await call(admin, "POST", "/assistant/ask", QUESTION)).body).toMatchObject({
      sentences: [],
      why: "NotAnswered",
    });
  });

  it("sees nothing of another workspace, and nothing that was archived", async () => {
    const { admin, item } = await seedGarden();
    const there = await seedWorkspace(t);
    await seedItem(t, { createdBy: there.admin, title: "Cuts of a young plant", body: "Our secret: 99 cuts." });
    const { body } = await call(admin, "POST", "/assistant/ask", QUESTION);
    expect(JSON.stringify([body, server.asked])).not.toContain("99 cuts");
    await call(admin, "POST", `/content/${item.id}/archive`, {});
    const after = await call(admin, "POST", "/assistant/ask", QUESTION);
    expect(after.body).toMatchObject({ passages: [], why: "NotFound", credits: null });
  });

  it("is plain search without a model, for Viewers, and where nobody wants one", async () => {
    const { admin, id, item } = await seedGarden();
    const viewer = await seedMember(t, id, "Viewer");
    const asks = [
      () => caller(t)(admin, "POST", "/assistant/ask", QUESTION),
      () => call(viewer, "POST", "/assistant/ask", QUESTION),
      () => call(admin, "POST", "/assistant/ask", { ...QUESTION, useModel: false }),
    ];
    for (const ask of asks) {
      const { status, body } = await ask();
      expect([status, body]).toMatchObject([200, { sentences: [], why: "NoModel", generationId: null, model: null }]);
      expect((body.passages as Passage[])[0]!.contentItemId).toBe(item.id);
    }
    expect(server.asked).toEqual([]);
    expect(await generationsOf(id)).toEqual([]);
  });
});

const IDEA = {
  title: "Which wood water should follow in the evening",
  goal: "Readers know what to do after pruning.",
  keyword: "pruning roses",
  basedOn: ["B1"],
};

async function seedPublished() {
  const seeded = await seedGarden();
  const channelId = await seedChannel(t, seeded.id);
  const publication = await seedPublication(t, seeded.item, seeded.admin, channelId);
  const [before, after] = ["2026-11-20T12:00:00Z", new Date().toISOString()];
  await seedFetched(t, publication, { views: { value: 90, at: after } }, [
    ["views", before, 10],
    ["views", after, 90],
  ]);
  return seeded;
}
type Slot = {
  dueAt: string;
  why: string;
  campaign: { name: string } | null;
  idea: { title: string; basedOn: string[] } | null;
};

describe("a week's plan", () => {
  it("is of times by rule and of ideas that grow out of what did best; nothing is made", async () => {
    const { admin, id, item } = await seedPublished();
    answering({ ideas: [IDEA] });
    const { status, body } = await call(admin, "POST", "/assistant/plan", { count: 1 });
    expect([status, body]).toMatchObject([200, { model: "small", best: [{ contentItemId: item.id }] }]);
    const [slot] = body.slots as Slot[];
    expect(slot!.idea).toEqual({ title: IDEA.title, goal: IDEA.goal, keyword: IDEA.keyword, basedOn: [item.id] });
    expect(new Date(slot!.dueAt).getTime()).toBeGreaterThanOrEqual(new Date(String(body.from)).getTime());
    expect(new Date(slot!.dueAt).getTime()).toBeLessThan(new Date(String(body.to)).getTime());
    const rows = await t.asOwner("select 1 from content_items where workspace_id = $1", [id]);
    expect(rows).toHaveLength(2);
    expect((await generationsOf(id))[0]).toMatchObject({ operation: "plan", prompt: "plan@1" });
  });

  it("has no idea that invents, repeats, or grows out of nothing", async () => {
    const { admin } = await seedPublished();
    answering({
      ideas: [
        { ...IDEA, title: "17 ways to prune" },
        { ...IDEA, title: GARDEN.title },
        { ...IDEA, basedOn: ["B9"] },
        { ...IDEA, goal: "Readers go to https://evil.example/claim." },
      ],
    });
    const { body } = await call(admin, "POST", "/assistant/plan", { count: 2 });
    expect((body.slots as Slot[]).map(({ idea }) => idea)).toEqual([null, null]);
  });

  it("leaves days alone that have something, and tells of campaigns", async () => {
    const { admin } = await seedGarden();
    const campaign = await call(admin, "POST", "/planning/campaigns", {
      name: "Winter",
      startsOn: "2026-01-01",
      endsOn: "2099-12-31",
    });
    expect(campaign.status).toBe(201);
    const before = (await call(admin, "POST", "/assistant/plan", { count: 1, useModel: false })).body;
    const [first] = before.slots as Slot[];
    expect(first).toMatchObject({ why: "Gap", campaign: { name: "Winter" }, idea: null });
    await call(admin, "POST", "/content", { title: "Due", body: "x", dueAt: first!.dueAt });
    const [next] = (await call(admin, "POST", "/assistant/plan", { count: 1, useModel: false })).body.slots as Slot[];
    expect(next!.dueAt.slice(0, 10)).not.toBe(first!.dueAt.slice(0, 10));
  });

  it("is of times alone without a model, and for those who write", async () => {
    const { admin, id } = await seedPublished();
    const without = await caller(t)(admin, "POST", "/assistant/plan", { count: 2 });
    expect([without.status, without.body.model, (without.body.slots as Slot[]).length]).toEqual([200, null, 2]);
    const viewer = await seedMember(t, id, "Viewer");
    expect((await call(viewer, "POST", "/assistant/plan", {})).status).toBe(403);
    const other = await seedWorkspace(t);
    const elsewhere = await call(other.admin, "POST", "/assistant/plan", {});
    expect(elsewhere.body).toMatchObject({ best: [], model: null });
  });
});
