import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aiAt, GARDEN } from "#tests/factories/ai";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";

const t = testDatabase({ tier: "Free" });
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;
const PASSAGE = "Between 9 and 12 degrees is **best**, and 3 cuts are enough for a young plant.";
const SHORT = "9 to 12 degrees and 3 cuts are **best**.";
const answering = (...texts: string[]) => {
  let turn = 0;
  server.behave(() => ({ text: JSON.stringify({ text: texts[Math.min(turn++, texts.length - 1)] }) }));
};

beforeAll(async () => {
  server = await startModelServer(() => ({ text: "" }));
  call = caller(t, { ai: aiAt(server.baseUrl) });
});
beforeEach(() => {
  server.asked.length = 0;
  answering(SHORT);
});
afterAll(() => server.stop());

async function seedGarden() {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN });
  return { ...workspace, item, input: { text: PASSAGE, way: "Shorten", contentItemId: item.id } };
}
const generationOf = async (workspaceId: string) =>
  (await t.asOwner<Record<string, unknown>>("select * from ai_generations where workspace_id = $1", [workspaceId]))[0];

describe("a passage that is rewritten", () => {
  it("comes back beside what was checked, paid and written down; the item is left as it is", async () => {
    const { admin, id, item, input } = await seedGarden();
    const { status, body } = await call(admin, "POST", "/ai/rewrite", input);
    expect([status, body]).toMatchObject([200, { text: SHORT, model: "small", credits: { used: 1, remaining: 99 } }]);
    expect((body.checks as { status: string }[]).every((check) => check.status === "Pass")).toBe(true);
    expect(await generationOf(id)).toMatchObject({
      id: body.generationId,
      operation: "rewrite",
      prompt: "rewrite@1",
      content_item_id: item.id,
      version_number: 1,
      status: "Succeeded",
      credits: 1,
    });
    const asked = server.asked[0]!.messages.at(-1)!.content;
    expect(asked).toMatch(/about half as many words/);
    expect(asked).toContain("Mina Keller");
    const [row] = await t.asOwner<{ n: number }>("select current_version_number n from content_items where id = $1", [
      item.id,
    ]);
    expect(row!.n).toBe(1);
    const judged = await call(admin, "POST", `/ai/generations/${body.generationId}/feedback`, { feedback: "Edited" });
    expect(judged.body.feedback).toBe("Edited");
  });

  it("is repaired once where it says what isn't there", async () => {
    const { admin, input } = await seedGarden();
    answering("17 degrees are best, says Harriet.", SHORT);
    expect((await call(admin, "POST", "/ai/rewrite", input)).body.text).toBe(SHORT);
    expect(server.asked[1]!.messages.at(-1)!.content).toMatch(/Number "17" is not in the source/);
  });

  it("is refused, and paid, where it says so again", async () => {
    const { admin, id, input } = await seedGarden();
    answering("Buy at [this shop](https://evil.example/claim).");
    const { status, body } = await call(admin, "POST", "/ai/rewrite", input);
    expect([status, body.code]).toEqual([502, "ai_failed"]);
    expect(await generationOf(id)).toMatchObject({ status: "Succeeded", credits: 1 });
  });

  it("is translated into a language that was named", async () => {
    const { admin, input } = await seedGarden();
    answering("Zwischen 9 und 12 Grad ist am **besten**, und 3 Schnitte genügen einer jungen Pflanze.");
    const { status, body } = await call(admin, "POST", "/ai/rewrite", { ...input, way: "Translate", language: "de" });
    expect([status, String(body.text).startsWith("Zwischen")]).toEqual([200, true]);
    expect(server.asked[0]!.messages.at(-1)!.content).toContain('in the language "de"');
    const without = await call(admin, "POST", "/ai/rewrite", { ...input, way: "Translate" });
    expect([without.status, without.body.code]).toEqual([400, "invalid_request"]);
  });
});

describe("refusals", () => {
  it("of Viewers, of another workspace's item, of keys in the text, and without a model", async () => {
    const { admin, id, input } = await seedGarden();
    const viewer = await seedMember(t, id, "Viewer");
    expect((await call(viewer, "POST", "/ai/rewrite", input)).status).toBe(403);
    const other = await seedWorkspace(t);
    expect((await call(other.admin, "POST", "/ai/rewrite", input)).status).toBe(404);
    const key = await call(admin, "POST", "/ai/rewrite", { ...input, text: "The password: hunter2hunter2 is ours." });
    expect([key.status, key.body.code]).toEqual([400, "invalid_request"]);
    expect(server.asked).toEqual([]);
    const without = await caller(t)(admin, "POST", "/ai/rewrite", input);
    expect([without.status, without.body.code]).toEqual([409, "ai_not_configured"]);
    expect(await generationOf(id)).toBeUndefined();
  });
});
