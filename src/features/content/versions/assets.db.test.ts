import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { seedChannel } from "#tests/factories/approval";
import { aPicture, sha256, uploadAsset } from "#tests/factories/assets";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { canonicalHash } from "@/platform/canonical-json";

const t = testDatabase();
const call = caller(t);

let [writer, editor, stranger]: Member[] = [];
let channelId: string;
const picture = { id: "", sha256: "", altText: "Tulips" };
const notes = { id: "", sha256: "", altText: "" };
beforeAll(async () => {
  const workspace = await seedWorkspace(t);
  writer = await seedMember(t, workspace.id, "Writer");
  editor = await seedMember(t, workspace.id, "Editor");
  stranger = (await seedWorkspace(t)).admin;
  channelId = await seedChannel(t, workspace.id);
  const bytes = await aPicture(60, 40);
  Object.assign(picture, {
    id: await uploadAsset(t, call, writer, { bytes, altText: "Tulips" }),
    sha256: sha256(bytes),
  });
  const text = Buffer.from(randomUUID());
  const id = await uploadAsset(t, call, writer, { bytes: text, fileName: "a.txt", contentType: "text/plain" });
  Object.assign(notes, { id, sha256: sha256(text) });
});

const create = (input: object) => call(writer!, "POST", "/content", { title: "Spring", ...input });
const current = async (id: unknown) =>
  (await call(writer!, "GET", `/content/${id}`)).body.currentVersion as Record<string, unknown>;
const expectIssues = ({ status, body }: Answer, issues: object[]) => {
  expect([status, body.code]).toEqual([400, "invalid_request"]);
  expect(body.issues).toEqual(issues);
};

describe("a version", () => {
  it("names the files of its text, each once and with its hash, and is hashed over them", async () => {
    const body = `![](asset:${picture.id}) [notes][n] ![again](ASSET:${picture.id.toUpperCase()})\n\n[n]: asset:${notes.id}\n\n\`asset:${randomUUID()}\``;
    const { body: item } = await create({ body });
    const version = await current(item.id);
    const assets = [picture, notes].sort((one, other) => (one.id < other.id ? -1 : 1));
    expect(version.assets).toEqual(assets);
    expect(version.contentHash).toBe(canonicalHash({ title: "Spring", body, metadata: {}, assets }));
    const read = await call(writer!, "GET", `/content/${item.id}/versions/1`);
    expect(read.body.assets).toEqual(assets);
  });

  it("names the image of its metadata", async () => {
    const { body: item } = await create({ metadata: { imageAssetId: picture.id } });
    expect((await current(item.id)).assets).toEqual([picture]);
    const changed = await call(writer!, "PUT", `/content/${item.id}`, { metadata: {} });
    expect(changed.body.currentVersion).toMatchObject({ versionNumber: 2 });
    expect((await current(item.id)).assets).toEqual([]);
  });

  it("keeps the alt text that it had, whatever the library says later", async () => {
    const bytes = await aPicture(20, 20);
    const id = await uploadAsset(t, call, writer!, { bytes, altText: "As it was" });
    const { body: item } = await create({ body: `![](asset:${id})` });
    await call(writer!, "PUT", `/assets/${id}`, { altText: "As it is" });
    expect((await current(item.id)).assets).toEqual([expect.objectContaining({ altText: "As it was" })]);
    const saved = await call(writer!, "POST", `/content/${item.id}/versions`, {
      body: `![](asset:${id}) `,
      baseVersion: 1,
    });
    expect(saved.body.assets).toEqual([expect.objectContaining({ altText: "As it is" })]);
  });

  it("without files is hashed as ever", async () => {
    const { body: item } = await create({ body: "Plain" });
    const { contentHash } = await current(item.id);
    expect(contentHash).toBe(canonicalHash({ title: "Spring", body: "Plain", metadata: {}, assets: [] }));
  });

  it.each<[string, () => { text: string; id: string }]>([
    ["nobody's", () => ({ text: "![](asset:ID)", id: randomUUID() })],
    ["that is no id", () => ({ text: "![](asset:ID)", id: "spring.png" })],
    ["by a reference", () => ({ text: "[a][b]\n\n[b]: asset:ID", id: randomUUID() })],
  ])("is refused where it names a file %s", async (_, make) => {
    const { text, id } = make();
    const message = `No asset of this workspace has the id ${id}, or it was removed.`;
    const before = await t.asOwner("select from content_items");
    expectIssues(await create({ body: text.replace("ID", id) }), [{ path: "body", message }]);
    expect(await t.asOwner("select from content_items")).toEqual(before);
  });

  it("is refused where it names another workspace's file, as one that doesn't exist", async () => {
    const theirs = await uploadAsset(t, call, stranger!, { bytes: await aPicture(10, 10) });
    const foreign = await create({ body: `![](asset:${theirs})`, metadata: { imageAssetId: theirs } });
    const message = `No asset of this workspace has the id ${theirs}, or it was removed.`;
    expectIssues(foreign, [
      { path: "metadata.imageAssetId", message },
      { path: "body", message },
    ]);
    expect(await t.asOwner("select from assets_uses where asset_id = $1", [theirs])).toEqual([]);
  });

  it("is refused where it shows what is no image", async () => {
    const message = `The file ${notes.id} is not an image.`;
    expectIssues(await create({ body: `![](asset:${notes.id})` }), [{ path: "body", message }]);
    expectIssues(await create({ metadata: { imageAssetId: notes.id } }), [{ path: "metadata.imageAssetId", message }]);
  });
});

describe("an adaptation", () => {
  const itemOf = async () => (await create({ body: "Text" })).body.id as string;
  const adapt = (item: string, parts: object[]) =>
    call(writer!, "POST", `/content/${item}/adaptations`, { channelId, parts });

  it("carries images with each part, hashed with their bytes, and is told what its network makes of them", async () => {
    const item = await itemOf();
    const image = { assetId: picture.id, altText: "Red tulips" };
    const parts = [{ text: "One", images: [image] }, { text: "Two" }];
    const made = await adapt(item, parts);
    const stored = [{ text: "One", images: [{ ...image, sha256: picture.sha256 }] }, { text: "Two" }];
    expect(made).toMatchObject({ status: 201, body: { parts: stored, findings: [] } });
    const row = { contentItemId: item, versionNumber: 1, channelId, parts: stored };
    expect(made.body.contentHash).toBe(canonicalHash(row));
    const five = await adapt(item, [{ text: "Many", images: Array(5).fill(image) }]);
    expect(five.body.findings).toEqual([
      expect.objectContaining({ severity: "Error", code: "too_many_images", position: 0 }),
    ]);
    const silent = await adapt(item, [{ text: "Silent", images: [{ assetId: picture.id, altText: " " }] }]);
    expect(silent.body.findings).toEqual([
      expect.objectContaining({ severity: "Warning", code: "alt_text_missing", position: 0 }),
    ]);
    const refused = await call(writer!, "POST", `/content/${item}/submit`, { adaptationIds: [five.body.id] });
    expect([refused.status, refused.body.code]).toEqual([409, "channel_limits"]);
  });

  it("without images is hashed as ever", async () => {
    const item = await itemOf();
    const made = await adapt(item, [{ text: "One" }]);
    const row = { contentItemId: item, versionNumber: 1, channelId, parts: [{ text: "One" }] };
    expect(made.body.contentHash).toBe(canonicalHash(row));
  });

  it("is refused where it names what isn't there, or is no image", async () => {
    const item = await itemOf();
    const unknown = randomUUID();
    const path = "parts.1.images.0.assetId";
    const withImage = (assetId: string) => [{ text: "One" }, { text: "Two", images: [{ assetId, altText: "" }] }];
    expectIssues(await adapt(item, withImage(unknown)), [
      { path, message: `No asset of this workspace has the id ${unknown}, or it was removed.` },
    ]);
    expectIssues(await adapt(item, withImage(notes.id)), [{ path, message: `The file ${notes.id} is not an image.` }]);
  });

  it("holds its images until its parts or the item's text are others", async () => {
    const id = await uploadAsset(t, call, editor!, { bytes: await aPicture(30, 10) });
    const item = await itemOf();
    const parts = [{ text: "One", images: [{ assetId: id, altText: "" }] }];
    const made = await adapt(item, parts);
    const path = `/content/${item}/adaptations/${made.body.id}`;
    const inForce = async () => {
      const { body } = await call(editor!, "GET", `/assets/${id}/usage`);
      expect(body.items).toEqual([expect.objectContaining({ id: item, adaptationIds: [made.body.id] })]);
      return body.items![0]!.inForce;
    };
    expect(await inForce()).toBe(true);
    expect((await call(editor!, "DELETE", `/assets/${id}`)).status).toBe(409);
    await call(writer!, "PUT", path, { parts: [{ text: "One" }] });
    expect(await inForce()).toBe(false);
    await call(writer!, "PUT", path, { parts });
    expect(await inForce()).toBe(true);
    await call(writer!, "POST", `/content/${item}/versions`, { body: "Another", baseVersion: 1 });
    expect(await inForce()).toBe(false);
    expect((await call(editor!, "DELETE", `/assets/${id}`)).status).toBe(204);
  });
});
