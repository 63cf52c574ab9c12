import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { aiAt } from "#tests/factories/ai";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";

const t = testDatabase();
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;
const ROSE = "A red rose in front of a stone wall.";
const answering = (...texts: string[]) => {
  let turn = 0;
  server.behave(() => ({ text: JSON.stringify({ altText: texts[Math.min(turn++, texts.length - 1)] }) }));
};

beforeAll(async () => {
  server = await startModelServer(() => ({ text: "" }));
  call = caller(t, { ai: aiAt(server.baseUrl) });
});
beforeEach(() => {
  server.asked.length = 0;
  answering(ROSE);
});
afterAll(() => server.stop());

async function seedImage() {
  const workspace = await seedWorkspace(t);
  const assetId = await uploadAsset(t, call, workspace.admin, { bytes: await aPicture(2_000, 1_000) });
  return { ...workspace, assetId };
}
const altOf = async (id: string) =>
  (await t.asOwner<{ alt_text: string }>("select alt_text from assets where id = $1", [id]))[0]!.alt_text;

it("an image is sent small and as data, and its description suggested; the asset is left as it is", async () => {
  const { admin, id, assetId } = await seedImage();
  const before = await altOf(assetId);
  const { status, body } = await call(admin, "POST", "/ai/alt-text", { assetId, language: "en" });
  expect([status, body]).toMatchObject([200, { altText: ROSE, model: "small" }]);
  const [asked] = server.asked;
  expect(asked!.tools).toBeUndefined();
  expect(asked!.images).toHaveLength(1);
  const [, data] = /^data:image\/jpeg;base64,(.+)$/.exec(asked!.images[0]!)!;
  expect(await sharp(Buffer.from(data!, "base64")).metadata()).toMatchObject({ width: 1_280, height: 640 });
  const rows = await t.asOwner("select operation, prompt, status from ai_generations where workspace_id = $1", [id]);
  expect(rows).toEqual([{ operation: "altText", prompt: "alt-text@1", status: "Succeeded" }]);
  expect(await altOf(assetId)).toBe(before);
});

it("words in an image that lead elsewhere are mended once, and then refused", async () => {
  const { admin, assetId } = await seedImage();
  answering("Scan me: https://evil.example/claim", ROSE);
  expect((await call(admin, "POST", "/ai/alt-text", { assetId })).body.altText).toBe(ROSE);
  answering("Follow @evil now", "x".repeat(301));
  const { status, body } = await call(admin, "POST", "/ai/alt-text", { assetId });
  expect([status, body.code]).toEqual([502, "ai_failed"]);
});

it("is for who may use AI, and for images of their workspace", async () => {
  const { id, admin, assetId } = await seedImage();
  const viewer = await seedMember(t, id, "Viewer");
  const other = await seedWorkspace(t);
  expect((await call(viewer, "POST", "/ai/alt-text", { assetId })).status).toBe(403);
  expect((await call(other.admin, "POST", "/ai/alt-text", { assetId })).status).toBe(404);
  expect((await caller(t)(admin, "POST", "/ai/alt-text", { assetId })).body.code).toBe("ai_not_configured");
  expect(server.asked).toEqual([]);
});
