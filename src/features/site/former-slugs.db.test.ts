import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { expectStatus } from "#tests/factories/approval";
import { sitePublisher } from "#tests/factories/site";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase({ max: 8 });
const call = caller(t);
let app: ReturnType<typeof testApp>;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(() => {
  app = testApp(t);
});
afterAll(() => Promise.all(closing.map((close) => close())));

type Workspace = Awaited<ReturnType<typeof seedWorkspace>>;
const move = ({ id, admin }: Workspace, slug: string, status = 200) =>
  expectStatus(call(admin, "PUT", `/workspaces/${id}`, { slug }), status);
async function get(path: string) {
  const { status, headers } = await app.request(path);
  return [status, headers.get("location")];
}
/** A site with a page `/spring`, which has moved to a new address. */
async function moved(slug: string) {
  const workspace = await seedWorkspace(t, { slug });
  const site = await sitePublisher(t, workspace);
  closing.push(site.close);
  const page = await site.publishNew({ title: "Spring" });
  await move(workspace, `${slug}-new`);
  return { workspace, page };
}

describe("an address that a site has left", () => {
  it("leads on to the new one, page by page, for good", async () => {
    const { page } = await moved("harbour");
    expect(await get("/s/harbour")).toEqual([308, "/s/harbour-new"]);
    expect(await get("/s/harbour/spring")).toEqual([308, "/s/harbour-new/spring"]);
    expect(await get(`/s/harbour/${page.item.id}`)).toEqual([302, "/s/harbour-new/spring"]);
    for (const file of ["rss.xml", "atom.xml", "feed.json", "sitemap.xml"])
      expect(await get(`/s/harbour/${file}`)).toEqual([308, `/s/harbour-new/${file}`]);
    expect((await get("/s/harbour/nothing"))[0]).toBe(404);
    expect((await get("/s/harbour-new/spring"))[0]).toBe(200);
  });

  it("still leads there after more moves, and ends where the site comes back", async () => {
    const { workspace } = await moved("quay");
    await move(workspace, "quay-newer");
    expect(await get("/s/quay/spring")).toEqual([308, "/s/quay-newer/spring"]);
    expect(await get("/s/quay-new/spring")).toEqual([308, "/s/quay-newer/spring"]);
    await move(workspace, "quay");
    expect((await get("/s/quay/spring"))[0]).toBe(200);
    expect(await get("/s/quay-newer/spring")).toEqual([308, "/s/quay/spring"]);
  });

  it("is another workspace's as soon as that one takes it, and never comes back by itself", async () => {
    const { workspace } = await moved("mole");
    const other = await seedWorkspace(t);
    await move(other, "mole");
    expect(await get("/s/mole/spring")).toEqual([404, null]);
    expect((await get("/s/mole"))[0]).toBe(200);
    await move(other, "breakwater");
    expect(await get("/s/mole")).toEqual([308, "/s/breakwater"]);
    await move(workspace, "breakwater", 409);
    const kept = await t.asOwner("select slug from workspace_former_slugs where workspace_id = $1", [workspace.id]);
    expect(kept).toEqual([]);
  });

  it("leads straight to the site's own host, where it has one", async () => {
    const { workspace } = await moved("lighthouse");
    await t.asOwner("update workspaces set primary_host = 'light.example' where id = $1", [workspace.id]);
    const [status, location] = await get("/s/lighthouse/spring");
    expect([status, location]).toEqual([301, "https://light.example/spring"]);
  });
});
