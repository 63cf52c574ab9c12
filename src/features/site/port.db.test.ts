import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { PUBLIC_URL, sitePublisher } from "#tests/factories/site";
import { testDatabase } from "#tests/harness/database";
import { kindOf } from "#tests/peers/adapter-contract";
import { withSite } from "@/db/scope";
import { countVisit } from "./queries";

const t = testDatabase();
let workspace: Awaited<ReturnType<typeof seedWorkspace>>;
let site: Awaited<ReturnType<typeof sitePublisher>>;

beforeAll(async () => {
  workspace = await seedWorkspace(t);
  site = await sitePublisher(t, workspace);
});
afterAll(() => site?.close());

const pageRow = async (id: string) =>
  (await t.asOwner<Record<string, unknown>>("select * from site_pages where id = $1", [id]))[0]!;
const addressOf = (slug: string) => `${PUBLIC_URL}/s/${workspace.slug}/${slug}`;

describe("publishing on the site", () => {
  it("makes a page of the item, and writes it down", async () => {
    const page = await site.publishNew({
      title: "How we plan",
      body: "# How we plan\n\nWith *care*.",
      excerpt: "Care.",
    });
    expect(page.remoteUrl).toBe(addressOf("how-we-plan"));
    expect(await pageRow(page.remoteId)).toMatchObject({
      workspace_id: workspace.id,
      content_item_id: page.item.id,
      html: expect.stringMatching(/^\s*<p>With <em>care<\/em>.<\/p>$/),
      excerpt: "Care.",
      word_count: 5,
      canonical_url: null,
      removed_at: null,
    });
    expect(
      await t.asOwner("select action, actor_kind from audit_events where subject_id = $1", [page.remoteId]),
    ).toEqual([{ action: "site.page_published", actor_kind: "System" }]);
  });

  it("changes nothing when a key comes again, and finds what it made", async () => {
    const page = await site.publishNew({ title: "Twice" }, "key-twice");
    const before = await pageRow(page.remoteId);
    const answer = { remoteId: page.remoteId, remoteUrl: page.remoteUrl };
    expect(await site.publish({ ...page.publication, title: "Other", body: "Other" }, "key-twice")).toEqual(answer);
    expect(await pageRow(page.remoteId)).toEqual(before);
    expect(await site.find("key-twice")).toEqual(answer);
    expect(await site.find("key-of-nobody")).toBeNull();
  });

  it("brings the item's page to a newer version, and keeps address, first date and older keys", async () => {
    const page = await site.publishNew({ title: "First words" }, "key-v1");
    const before = await pageRow(page.remoteId);
    const next = { ...page.publication, versionNumber: 2, title: "Second words", body: "New." };
    expect(await site.publish(next, "key-v2")).toEqual({
      remoteId: page.remoteId,
      remoteUrl: addressOf("first-words"),
    });
    const after = await pageRow(page.remoteId);
    expect(after).toMatchObject({ version_number: 2, title: "Second words", slug: "first-words", former_slugs: [] });
    expect(after.published_at).toEqual(before.published_at);
    expect(+(after.updated_at as Date)).toBeGreaterThan(+(before.updated_at as Date));
    expect((await site.find("key-v1"))?.remoteId).toBe(page.remoteId);

    await site.publish({ ...page.publication, versionNumber: 1 }, "key-v1-late");
    expect(await pageRow(page.remoteId)).toMatchObject({ version_number: 2, title: "Second words" });
    expect((await site.find("key-v1-late"))?.remoteId).toBe(page.remoteId);
  });

  it("gives pages of one title addresses of their own, also when they come at once", async () => {
    const titles = Array.from({ length: 4 }, () => site.publishNew({ title: "Same title!" }));
    const urls = (await Promise.all(titles)).map(({ remoteUrl }) => remoteUrl);
    expect(urls.sort()).toEqual(["same-title", "same-title-2", "same-title-3", "same-title-4"].map(addressOf));
  });

  it("takes the author's address where it is free, and keeps the old one leading there", async () => {
    const taken = await site.publishNew({ title: "Taken" });
    const page = await site.publishNew({ title: "A title", slug: "chosen" });
    expect(page.remoteUrl).toBe(addressOf("chosen"));
    const again = (slug: string, versionNumber: number) => site.publish({ ...page.publication, slug, versionNumber });
    expect((await again("taken", 2)).remoteUrl).toBe(addressOf("chosen"));
    expect((await again("moved", 3)).remoteUrl).toBe(addressOf("moved"));
    expect(await pageRow(page.remoteId)).toMatchObject({ slug: "moved", former_slugs: ["chosen"] });
    // What was once its address is nobody else's.
    expect((await site.publishNew({ title: "Chosen" })).remoteUrl).toBe(addressOf("chosen-2"));
    expect((await again("chosen", 4)).remoteUrl).toBe(addressOf("chosen"));
    expect(taken.remoteUrl).toBe(addressOf("taken"));
  });

  it("makes an address of any title", async () => {
    const slugOf = async (title: string) =>
      decodeURI((await site.publishNew({ title })).remoteUrl!)
        .split("/")
        .at(-1);
    expect(await slugOf("🎉")).toBe("page");
    expect(await slugOf("春天 来了")).toBe("春天-来了");
    expect(await slugOf("rss.xml")).toBe("rssxml");
    expect(await slugOf("../../etc/passwd?x=#y")).toBe("etcpasswdxy");
    expect((await slugOf("long ".repeat(60)))!.length).toBeLessThanOrEqual(100);
  });

  it("keeps a home elsewhere, and the first picture", async () => {
    const body = "![a](http://plain.example/a.png) ![b](https://pictures.example/b.png?w=1&h=2)";
    const page = await site.publishNew({ title: "Elsewhere", body, canonicalUrl: "https://home.example/x" });
    expect(await pageRow(page.remoteId)).toMatchObject({
      canonical_url: "https://home.example/x",
      image_url: "https://pictures.example/b.png?w=1&h=2",
    });
    const own = await site.publishNew({ title: "Here", canonicalUrl: `${PUBLIC_URL}/s/${workspace.slug}/some-id` });
    expect(await pageRow(own.remoteId)).toMatchObject({ canonical_url: null });
  });

  it("refuses for good what can't be rendered", async () => {
    expect(await kindOf(site.publishNew({ title: "Deep", body: `${">".repeat(200)} x` }))).toBe("refused");
    expect(await t.asOwner("select from site_pages where title = 'Deep'")).toEqual([]);
  });

  it("writes for no one but a live job of the same workspace", async () => {
    const other = await seedWorkspace(t);
    const page = await site.publishNew({ title: "Mine" });
    const part = { position: 0, key: "key-foreign", createdAt: new Date(), text: "x", images: [] };
    const { adapter, account, context } = site;
    const publish = (over: object, call: object = {}) =>
      adapter.publish({ ...account, ...over }, page.publication, part, [], { ...context, ...call });
    await expect(publish({}, { job: undefined })).rejects.toThrow();
    await expect(publish({ workspaceId: other.id })).rejects.toThrow();
    await expect(publish({}, { job: { ...context.job!, workerId: "nobody" } })).rejects.toThrow();
    expect(await t.asOwner("select from site_pages where 'key-foreign' = any (remote_keys)")).toEqual([]);
  });
});

describe("taking a page down", () => {
  it("does it once, and a later publication brings the page back", async () => {
    const page = await site.publishNew({ title: "Down" }, "key-down");
    await site.remove(page.remoteId);
    const removed = await pageRow(page.remoteId);
    expect(removed.removed_at).not.toBeNull();
    await site.remove(page.remoteId);
    expect(await pageRow(page.remoteId)).toEqual(removed);
    expect(await site.find("key-down")).toBeNull();
    expect(await kindOf(site.publish(page.publication, "key-down"))).toBe("refused");
    expect((await pageRow(page.remoteId)).removed_at).not.toBeNull();

    const back = await site.publish({ ...page.publication, versionNumber: 2 }, "key-back");
    expect(back).toEqual({ remoteId: page.remoteId, remoteUrl: page.remoteUrl });
    expect((await pageRow(page.remoteId)).removed_at).toBeNull();
    expect(
      await t.asOwner("select action from audit_events where subject_id = $1 order by id", [page.remoteId]),
    ).toEqual(["published", "removed", "updated"].map((verb) => ({ action: `site.page_${verb}` })));
  });

  it("leaves another workspace's page alone", async () => {
    const other = await seedWorkspace(t);
    const theirs = await sitePublisher(t, other);
    const page = await theirs.publishNew();
    await site.remove(page.remoteId);
    expect((await pageRow(page.remoteId)).removed_at).toBeNull();
    expect(await site.metrics([page.remoteId])).toEqual([]);
    await theirs.close();
  });
});

describe("metrics of pages", () => {
  it("are real zeros for a page that nobody visited, and unknown for what is no page", async () => {
    const page = await site.publishNew({ title: "Quiet" });
    const all = (value: number) => ["views", "reads", "clicks"].map((metricType) => ({ metricType, value }));
    expect(await site.metrics([page.remoteId])).toEqual(all(0));
    expect(await site.metrics(["00000000-0000-4000-8000-000000000000"])).toEqual([]);
  });

  it("are sums over pages and days", async () => {
    const [one, other] = [await site.publishNew({ title: "One" }), await site.publishNew({ title: "Other" })];
    const count = (id: string, type: "views" | "reads" | "clicks") =>
      withSite(t.db, workspace, (tx) => countVisit(tx, id, type));
    for (const type of ["views", "views", "reads"] as const) await count(one.remoteId, type);
    await t.asOwner("update site_counters set day = day - 1 where page_id = $1", [one.remoteId]);
    for (const type of ["views", "clicks"] as const) await count(one.remoteId, type);
    await count(other.remoteId, "views");
    expect(await site.metrics([one.remoteId, other.remoteId])).toEqual([
      { metricType: "views", value: 4 },
      { metricType: "reads", value: 1 },
      { metricType: "clicks", value: 1 },
    ]);
  });
});
