import { describe, expect, test } from "vitest";
import { checksum } from "#tests/api/everything";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { expectStatus, seedTeam } from "#tests/factories/approval";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { type Answer, caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

type Check = { id: string; status: string; reason: string; message: string; evidence: Evidence };
type Evidence = {
  passages: { field: string; start: number; end: number; quote: string }[];
  items: { id: string; title: string }[];
};
type Analysis = Record<string, unknown> & { checks: Check[]; skipped: { id: string; because: string }[] };

const analyze = async (who: Member, body: object) =>
  (await expectStatus(call(who, "POST", "/ai/seo", body), 200)) as unknown as Analysis;
const create = async (who: Member, item: object) =>
  String((await expectStatus(call(who, "POST", "/content", item), 201)).id);
const said = ({ status, body: { code } }: Answer) => ({ status, code });
const checkOf = ({ checks, skipped }: Analysis, id: string) =>
  checks.find((check) => check.id === id) ?? skipped.find((check) => check.id === id)!;

const GERMAN =
  "Wir backen Brot. Der Laden macht um sechs auf. Viele kommen vor der Arbeit. Sie holen Brot und einen Tee. ";

describe("an analysis", () => {
  test("tells of a bare text what can be told without a page", async () => {
    const { admin } = await seedWorkspace(t);
    const text = "See [here](https://example.com).";
    const answer = await analyze(admin, { text, keyword: "spring menu" });
    expect(answer).toMatchObject({ keyword: "spring menu", language: { source: "Workspace", judged: true } });
    expect(answer.score).toEqual(expect.any(Number));
    expect(checkOf(answer, "title-width")).toEqual({ id: "title-width", because: "NoTitle" });
    expect(checkOf(answer, "duplicate-title")).toEqual({ id: "duplicate-title", because: "NoItem" });
    expect(checkOf(answer, "link-texts")).toMatchObject({
      status: "Warn",
      message: expect.stringContaining("where it leads"),
      evidence: { passages: [{ field: "body", start: 4, end: 31, quote: text.slice(4, 31) }], passageCount: 1 },
    });
    expect("suggestions" in answer).toBe(false);
  });

  test("takes an item's text, brief and metadata, and a draft instead of them", async () => {
    const { admin, id } = await seedWorkspace(t);
    const picture = await uploadAsset(t, call, admin, { bytes: await aPicture(8, 8) });
    const metadata = { language: "de", excerpt: "Brot", slug: "brot-backen", imageAssetId: picture, keyword: "kuchen" };
    const item = await create(admin, { title: "Brot backen", body: GERMAN, metadata });
    const saved = await analyze(admin, { contentItemId: item });
    expect(saved).toMatchObject({ keyword: "kuchen", language: { code: "de", source: "Item", judged: true } });
    expect(checkOf(saved, "structured-data")).toMatchObject({ status: "Pass" });
    expect(checkOf(saved, "slug")).toMatchObject({ status: "Pass", evidence: { params: { slug: "brot-backen" } } });
    await expectStatus(call(admin, "PUT", `/content/${item}/brief`, { keyword: "brot backen", baseVersion: 0 }), 200);
    expect(await analyze(admin, { contentItemId: item })).toMatchObject({ keyword: "brot backen" });

    const draft = { title: "The bread", text: "It was sold. ".repeat(5), keyword: "bread", language: "en" };
    const typed = await analyze(admin, { contentItemId: item, ...draft, slug: "bread", description: "Bread." });
    expect(typed).toMatchObject({ keyword: "bread", language: { code: "en", source: "Given" } });
    expect(checkOf(typed, "keyword-in-title")).toMatchObject({ status: "Pass" });
    expect(checkOf(typed, "keyword-in-slug")).toMatchObject({ status: "Pass" });
    expect(checkOf(typed, "passive-voice")).toMatchObject({ status: "Fail" });
    // Nothing of it was kept.
    const [row] = await t.asOwner("select title, body from content_versions where workspace_id = $1", [id]);
    expect(row).toEqual({ title: "Brot backen", body: GERMAN });
  });

  test("tells the language from the text where nobody said it, and else takes the workspace's", async () => {
    const { admin, id } = await seedWorkspace(t);
    await t.asOwner("update workspaces set language = 'fr' where id = $1", [id]);
    const item = await create(admin, { title: "Brot", body: GERMAN.repeat(3) });
    expect(await analyze(admin, { contentItemId: item })).toMatchObject({
      language: { code: "de", source: "Detected" },
    });
    expect(await analyze(admin, { text: "Brot." })).toMatchObject({ language: { code: "fr", source: "Workspace" } });
  });

  test("finds other items with the same title or keyword, links that lead nowhere, and how old it is", async () => {
    const { admin, id } = await seedWorkspace(t);
    const twin = await create(admin, { title: "THE Spring menu" });
    const rival = await create(admin, { title: "What we cook", metadata: { keyword: "menus of spring" } });
    const second = await create(admin, { title: "Twelve dishes" });
    await expectStatus(call(admin, "PUT", `/content/${second}/brief`, { keyword: "Spring menu", baseVersion: 0 }), 200);
    const archived = await create(admin, { title: "The spring menu", metadata: { keyword: "spring menu" } });
    await expectStatus(call(admin, "POST", `/content/${archived}/archive`), 200);
    await create(admin, { title: "The spring menu for two" });
    const gone = "00000000-0000-4000-8000-00000000dead";
    const body = `[a](content:${twin}) [b](content:${archived}) [c](content:${gone})`;
    const item = await create(admin, { title: "The spring menu", body, metadata: { keyword: "spring menu" } });
    const answer = await analyze(admin, { contentItemId: item });
    expect(checkOf(answer, "duplicate-title")).toMatchObject({
      status: "Fail",
      evidence: { items: [{ id: twin, title: "THE Spring menu" }] },
    });
    const rivals = (checkOf(answer, "cannibalization") as Check).evidence.items.map((other) => other.id);
    expect(rivals).toEqual([rival, second]);
    expect((checkOf(answer, "links-dead") as Check).evidence.passages.map(({ quote }) => quote)).toEqual([
      `[b](content:${archived})`,
      `[c](content:${gone})`,
    ]);
    expect(checkOf(answer, "freshness")).toMatchObject({ because: "NotPublished" });
    await t.asOwner("update content_items set published_at = now() - interval '400 days' where workspace_id = $1", [
      id,
    ]);
    expect(checkOf(await analyze(admin, { contentItemId: item }), "freshness")).toMatchObject({ status: "Warn" });
    const retitled = await analyze(admin, { contentItemId: item, title: "Something else", keyword: "other" });
    expect(checkOf(retitled, "duplicate-title")).toMatchObject({ status: "Pass" });
    expect(checkOf(retitled, "cannibalization")).toMatchObject({ status: "Pass" });
  });

  test("counts links to the workspace's own site as links within", async () => {
    const { admin, slug } = await seedWorkspace(t);
    const text = `[a](https://contentos.test/s/${slug}/x) [b](https://contentos.test/s/${slug}-2/x)`;
    const answer = await analyze(admin, { text });
    expect(checkOf(answer, "links-internal")).toMatchObject({ status: "Pass", evidence: { params: { count: 1 } } });
    expect(checkOf(answer, "links-external")).toMatchObject({ status: "Pass", evidence: { params: { count: 1 } } });
  });

  test("is for every member, writes nothing and costs nothing", async () => {
    const team = await seedTeam(t);
    const item = await create(team.writer, { title: "Notes", body: "We sing." });
    const before = await checksum(t, team.workspace.id);
    for (const member of [team.viewer, team.otherWriter, team.editor, team.admin])
      expect(await analyze(member, { contentItemId: item })).toMatchObject({ counts: { words: 2 } });
    expect(await checksum(t, team.workspace.id)).toEqual(before);
  });
});

describe("it is refused", () => {
  test("what is no question, or is too long", async () => {
    const { admin } = await seedWorkspace(t);
    const asked = (body: object) => call(admin, "POST", "/ai/seo", body).then(said);
    const invalid = { status: 400, code: "invalid_request" };
    expect(await asked({})).toEqual(invalid);
    expect(await asked({ text: "a", contentItemId: "1" })).toEqual(invalid);
    expect(await asked({ text: "a", author: "me" })).toEqual(invalid);
    expect(await asked({ text: "a".repeat(400_001) })).toEqual(invalid);
    expect(await asked({ text: `${"> ".repeat(5_000)}a` })).toEqual(invalid);
  });

  test("to who isn't signed in, and another workspace's item is none", async () => {
    const { admin } = await seedWorkspace(t);
    const stranger = await seedWorkspace(t);
    const item = await create(stranger.admin, { title: "Spring menu", body: "Ours." });
    const answer = await testApp(t).request("/api/v1/ai/seo", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: "a" }),
    });
    expect(answer.status).toBe(401);
    const missing = { status: 404, code: "not_found" };
    expect(said(await call(admin, "POST", "/ai/seo", { contentItemId: item }))).toEqual(missing);
    expect(said(await call(admin, "POST", "/ai/seo", { contentItemId: item, text: "Mine." }))).toEqual(missing);
    expect(await analyze(stranger.admin, { contentItemId: item })).toMatchObject({ counts: { words: 1 } });
    // Its title and keyword are no rivals either, and a link to it leads nowhere.
    const mine = await create(admin, { title: "Spring menu", body: `[a](content:${item})` });
    const own = await analyze(admin, { contentItemId: mine });
    expect(checkOf(own, "duplicate-title")).toMatchObject({ status: "Pass" });
    expect(checkOf(own, "links-dead")).toMatchObject({ status: "Fail" });
  });

  test("a model where none is set up, and to a Viewer in any case", async () => {
    const { admin, id } = await seedWorkspace(t);
    const viewer = await seedMember(t, id, "Viewer");
    const body = { text: "a", useModel: true };
    const refused = await call(admin, "POST", "/ai/seo", body);
    expect(said(refused)).toEqual({ status: 409, code: "ai_not_configured" });
    expect(refused.body.detail).toMatch(/AI is not set up: .* under Settings, AI/);
    expect(said(await call(viewer, "POST", "/ai/seo", body))).toEqual({ status: 403, code: "forbidden" });
  });

  test("beyond its limit by address", async () => {
    const { admin } = await seedWorkspace(t);
    const limited = caller(t, { rateLimitFactor: 1 / 60 });
    const statuses = [];
    for (let asked = 0; asked < 3; asked++)
      statuses.push(await limited(admin, "POST", "/ai/seo", { text: "a" }).then(({ status }) => status));
    expect(statuses).toEqual([200, 200, 429]);
  });
});
