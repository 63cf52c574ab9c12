import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { checksum } from "#tests/api/everything";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aiAt, GARDEN } from "#tests/factories/ai";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";

const t = testDatabase();
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;
const SOUND = {
  kind: "informational",
  intent: "Somebody wants to know when and how to prune roses, and this says so.",
  questions: ["Which tools are needed?", "What about climbing roses?"],
  titles: ["When to prune roses, and how many cuts they need"],
  descriptions: [
    "Prune roses when it is between 9 and 12 degrees: gardener Mina Keller says which wood goes first and how many cuts are enough.",
  ],
};
const answering = (...answers: object[]) => {
  let turn = 0;
  server.behave(() => ({ text: JSON.stringify(answers[Math.min(turn++, answers.length - 1)]) }));
};

beforeAll(async () => {
  server = await startModelServer(() => ({ text: "" }));
  call = caller(t, { ai: aiAt(server.baseUrl) });
});
beforeEach(() => {
  server.asked.length = 0;
  answering(SOUND);
});
afterAll(() => server.stop());

async function seedGarden() {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN });
  return { ...workspace, item, input: { contentItemId: item.id, keyword: "prune roses", useModel: true } };
}
type Suggestion = { kind: string; field?: string; text: string; widthPx?: number };
const suggestionsOf = (body: Record<string, unknown>) => body.suggestions as Suggestion[];

it("what a model adds stands beside the same checks as without it, is paid and written down", async () => {
  const { admin, id, item, input } = await seedGarden();
  const without = await call(admin, "POST", "/ai/seo", { ...input, useModel: false });
  const { status, body } = await call(admin, "POST", "/ai/seo", input);
  expect(status).toBe(200);
  expect([body.score, body.checks]).toEqual([without.body.score, without.body.checks]);
  expect(without.body.suggestions).toBeUndefined();
  expect(suggestionsOf(body)).toEqual([
    { kind: "SearchIntent", text: SOUND.intent, intent: "Informational" },
    { kind: "MissingQuestion", text: SOUND.questions[0] },
    { kind: "MissingQuestion", text: SOUND.questions[1] },
    { kind: "Rewrite", field: "title", text: SOUND.titles[0], widthPx: expect.any(Number) },
    { kind: "Rewrite", field: "description", text: SOUND.descriptions[0], widthPx: expect.any(Number) },
  ]);
  expect(body.asked).toMatchObject({ model: "small", credits: { used: 1 } });
  const rows = await t.asOwner(
    "select operation, prompt, content_item_id, credits from ai_generations where workspace_id = $1",
    [id],
  );
  expect(rows).toEqual([{ operation: "seo", prompt: "seo@1", content_item_id: item.id, credits: 1 }]);
});

it("what is too wide for a result page or says what the text doesn't is mended once, and then left out", async () => {
  const { admin, input } = await seedGarden();
  answering({
    ...SOUND,
    titles: [
      `${SOUND.titles[0]}, and what else there is to do in the garden in spring`,
      "7 ways to prune roses",
      "Short",
    ],
    questions: ["Is it true that Harriet sells tools?", "Where is https://evil.example?", "No question"],
    descriptions: ["Too short."],
  });
  const { body } = await call(admin, "POST", "/ai/seo", input);
  expect(server.asked[1]!.messages.at(-1)!.content).toMatch(
    /px wide: 150 to 600.*7 ways.*says what the article doesn't: 7/s,
  );
  expect(suggestionsOf(body).map(({ text }) => text)).toEqual([SOUND.intent, "Is it true that Harriet sells tools?"]);
});

it("Viewers, another workspace's people and deployments without a model get none of it", async () => {
  const { admin, id, input } = await seedGarden();
  const before = await checksum(t, id);
  const viewer = await seedMember(t, id, "Viewer");
  const other = await seedWorkspace(t);
  expect((await call(viewer, "POST", "/ai/seo", input)).body.code).toBe("forbidden");
  expect((await call(other.admin, "POST", "/ai/seo", input)).body.code).toBe("not_found");
  expect((await caller(t)(admin, "POST", "/ai/seo", input)).body.code).toBe("ai_not_configured");
  expect(server.asked).toEqual([]);
  expect((await checksum(t, id)).ai_generations).toBe(before.ai_generations);
});
