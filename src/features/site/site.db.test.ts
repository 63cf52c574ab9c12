import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { PUBLIC_URL, sitePublisher } from "#tests/factories/site";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import type { SiteTx } from "@/db/client";
import { readSite, withSite } from "@/db/scope";

const t = testDatabase({ max: 8 });
const call = caller(t);
let app: ReturnType<typeof testApp>;
type Workspace = Awaited<ReturnType<typeof seedWorkspace>>;
type Publisher = Awaited<ReturnType<typeof sitePublisher>>;
let workspace: Workspace;
let site: Publisher;
const publishers: Publisher[] = [];

const open = async (over: { slug?: string; name?: string; branding?: object; language?: string } = {}) => {
  const made = await seedWorkspace(t, over);
  await t.asOwner("update workspaces set branding = $2, language = $3 where id = $1", [
    made.id,
    JSON.stringify(over.branding ?? {}),
    over.language ?? "en",
  ]);
  const publisher = await sitePublisher(t, made);
  publishers.push(publisher);
  return [made, publisher] as const;
};

beforeAll(async () => {
  app = testApp(t);
  [workspace, site] = await open({ name: "Acme", branding: { primaryColor: "#0a7d5a", tagline: "Plainly told" } });
});
afterAll(() => Promise.all(publishers.map(({ close }) => close())));

/** Every answer of the site, so that one test can look at all of them. */
const answers: Response[] = [];
async function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await app.request(path, { method, headers });
  answers.push(response.clone());
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const pathOf = (page: { remoteUrl: string | undefined }) => new URL(page.remoteUrl!).pathname;
const beaconOf = async (path: string) => (await get(path)).text.match(/<body[^>]* data-beacon="([^"]+)"/)?.[1] ?? "";
const post = async (path: string, body?: string, headers: Record<string, string> = {}) => {
  const response = await app.request(path, { method: "POST", headers, ...(body !== undefined && { body }) });
  answers.push(response.clone());
  return response;
};
const counted = async (pageId: string) =>
  Object.fromEntries(
    (
      await t.asOwner<{ metric_type: string; value: string }>(
        "select metric_type, sum(value) as value from site_counters where page_id = $1 group by 1 order by 1",
        [pageId],
      )
    ).map(({ metric_type, value }) => [metric_type, Number(value)]),
  );

describe("an article", () => {
  it("says what it is to readers, search engines and networks", async () => {
    const body =
      "# Launch day\n\nHello **there**.\n\n![Cover](https://pictures.example/cover.png)\n\n# Part two\n\n[x](https://e.com)";
    const page = await site.publishNew({ title: "Launch day", body, excerpt: "What <it> is", language: "de-AT" });
    const { status, headers, text } = await get(pathOf(page));
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    for (const part of [
      '<html lang="de-AT" dir="ltr">',
      "<title>Launch day · Acme</title>",
      '<meta name="description" content="What &lt;it&gt; is"/>',
      `<link rel="canonical" href="${page.remoteUrl}"/>`,
      '<meta property="og:type" content="article"/>',
      '<meta property="og:image" content="https://pictures.example/cover.png"/>',
      '<meta name="twitter:card" content="summary_large_image"/>',
      `<link rel="alternate" type="application/rss+xml" title="Acme (RSS)" href="/s/${workspace.slug}/rss.xml"/>`,
      '<main id="text"',
      'href="#text"',
      "<p>Hello <strong>there</strong>.</p>",
      '<h2 id="user-content-part-two">Part two</h2>',
      "Zum Text springen",
    ]) {
      expect(text).toContain(part);
    }
    expect(text.match(/<h1/g)).toHaveLength(1);
    const structured = JSON.parse(text.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)![1]!);
    const [said, trail] = structured["@graph"];
    expect(trail).toMatchObject({
      "@type": "BreadcrumbList",
      itemListElement: [{ name: "Acme" }, { name: "Launch day" }],
    });
    expect(said).toMatchObject({
      "@type": "Article",
      headline: "Launch day",
      inLanguage: "de-AT",
      mainEntityOfPage: page.remoteUrl,
      publisher: { "@type": "Organization", name: "Acme" },
    });
    expect(text).not.toMatch(/<(link|script|img)[^>]+(href|src)="https?:\/\/(?!pictures\.example|contentos\.test)/);
  });

  it("runs nothing that an author, a title or a branding brings", async () => {
    const evil = `"><script>alert(1)</script></title></style><img src=x onerror=alert(1)>`;
    const [, publisher] = await open({
      name: evil,
      branding: {
        tagline: evil,
        footer: evil,
        logoUrl: 'https://a.example/"onerror="alert(1)',
        primaryColor: "red;}</style>",
      },
    });
    const body = `${evil}\n\n[x](javascript:alert(1)) <svg onload=alert(1)> ![x](https://a.example/"onerror=alert(1))`;
    const page = await publisher.publishNew({ title: evil, body, excerpt: evil });
    const home = pathOf(page).split("/").slice(0, 3).join("/");
    for (const path of [pathOf(page), home, `${home}/nothing`]) {
      const { text, headers } = await get(path);
      expect(text).toContain("&lt;script&gt;alert(1)");
      // Ours are the structured data and the beacon; all else would be theirs.
      expect(text.match(/<script/g)?.length ?? 0).toBeLessThanOrEqual(2);
      expect(text.match(/<style/g)).toHaveLength(1);
      // Without what stands in quotes, an attribute is an attribute.
      expect(text.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/);
      expect(text).not.toMatch(/(href|src)="\s*javascript:/i);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    }
  });

  it("allows its own style and script by hash, and nothing else", async () => {
    const page = await site.publishNew({ title: "Policy" });
    for (const path of [pathOf(page), `/s/${workspace.slug}`, `/s/${workspace.slug}/nothing`]) {
      const { headers, text } = await get(path);
      const policy = headers.get("content-security-policy")!;
      const hash = (code: string) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
      expect(policy).toContain(`style-src ${hash(text.match(/<style>(.*?)<\/style>/s)![1]!)};`);
      const script = text.match(/<script>(.*?)<\/script>/s)?.[1];
      if (script) expect(policy).toContain(`script-src ${hash(script)};`);
      expect(policy).not.toContain("unsafe");
      for (const part of ["form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'"])
        expect(policy).toContain(part);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("may be cached, and is told apart by tag and date", async () => {
    const page = await site.publishNew({ title: "Cached" });
    const first = await get(pathOf(page));
    expect(first.headers.get("cache-control")).toBe("public, max-age=60, s-maxage=60, stale-while-revalidate=600");
    const [etag, date] = [first.headers.get("etag")!, first.headers.get("last-modified")!];
    for (const headers of [{ "if-none-match": `"other", ${etag}` }, { "if-modified-since": date }] as Record<
      string,
      string
    >[]) {
      const again = await get(pathOf(page), headers);
      expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag]);
    }
    await t.asOwner("update site_pages set updated_at = now() + interval '2 s', html = '<p>New</p>' where id = $1", [
      page.remoteId,
    ]);
    expect((await get(pathOf(page), { "if-none-match": etag })).text).toContain("<p>New</p>");
    expect((await get(pathOf(page), { "if-modified-since": date })).status).toBe(200);
  });

  it("is led to from its item's id and from the slugs that it had", async () => {
    const page = await site.publishNew({ title: "Old address" });
    await site.publish({ ...page.publication, versionNumber: 2, slug: "new-address" });
    const home = `/s/${workspace.slug}`;
    const led = async (path: string) => {
      const { status, headers } = await get(path);
      return [status, headers.get("location")];
    };
    expect(await led(`${home}/old-address`)).toEqual([301, `${home}/new-address`]);
    expect(await led(`${home}/${page.item.id}`)).toEqual([302, `${home}/new-address`]);
    expect(await led(`${home}/new-address/`)).toEqual([301, `${home}/new-address`]);
    expect(await led(`${home}/`)).toEqual([301, home]);
  });

  it("is gone with all its addresses when it was taken down, and tells nothing of what it said", async () => {
    const page = await site.publishNew({ title: "Regretted", body: "Secret words" });
    await site.publish({ ...page.publication, versionNumber: 2, slug: "regretted-more" });
    await site.remove(page.remoteId);
    for (const address of ["regretted", "regretted-more", page.item.id]) {
      const { status, text, headers } = await get(`/s/${workspace.slug}/${address}`);
      expect([status, headers.get("cache-control")]).toEqual([410, "no-store"]);
      expect(text).toContain("This page was taken down");
      expect(text).not.toMatch(/Secret words|Regretted/);
    }
    for (const path of ["", "/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml"])
      expect((await get(`/s/${workspace.slug}${path}`)).text).not.toMatch(/regretted/i);
    expect(await t.asOwner("select title from site_pages where id = $1", [page.remoteId])).toEqual([
      { title: "Regretted" },
    ]);
  });

  it("answers an address without a page in the site's branding, and a site that isn't there plainly", async () => {
    for (const address of [
      "nothing",
      "%00",
      "%F0%9F%8E%89",
      "a".repeat(3_000),
      "00000000-0000-4000-8000-000000000000",
    ]) {
      expect((await get(`/s/${workspace.slug}/${address}`)).status, address).toBe(404);
    }
    const missing = await get(`/s/${workspace.slug}/nothing`);
    expect(missing.text).toContain("--brand:#0a7d5a");
    expect(missing.text).toContain('<meta name="robots" content="noindex"/>');
    for (const path of [
      "/s/no-such-site",
      "/s/no-such-site/page",
      "/s/no-such-site/rss.xml",
      "/s",
      "/s/a/b/c/d",
      "/s/%00",
    ]) {
      const { status, headers } = await get(path);
      expect([path, status, headers.get("content-type")]).toEqual([path, 404, "text/plain; charset=UTF-8"]);
    }
    expect((await post(`/s/${workspace.slug}/nothing`)).status).toBe(404);
  });
});

describe("the list", () => {
  it("is friendly when it is empty", async () => {
    const [empty] = await open({ name: "Empty & new", language: "fr" });
    const { status, text } = await get(`/s/${empty.slug}`);
    expect(status).toBe(200);
    expect(text).toContain('<html lang="fr" dir="ltr">');
    expect(text).toContain("Rien n’est encore publié");
    expect(text).toContain("<h1>Empty &amp; new</h1>");
  });

  it("turns its pages both ways, misses none and shows none twice", async () => {
    const [many, publisher] = await open({ name: "Many" });
    const titles: string[] = [];
    for (let n = 1; n <= 45; n++) {
      const title = `Article number ${n}.`;
      titles.unshift(title);
      const page = await publisher.publishNew({ title });
      // Some at the same instant, so that the id has to decide.
      await t.asOwner(
        "update site_pages set published_at = '2026-01-01'::timestamptz + $2 * interval '1 day' where id = $1",
        [page.remoteId, Math.floor(n / 3)],
      );
    }
    const home = `/s/${many.slug}`;
    const shown = (text: string) => [...text.matchAll(/<h2><a href="[^"]+">(.*?)<\/a>/g)].map(([, title]) => title);
    const turn = (text: string, rel: string) => text.match(new RegExp(`<a href="([^"]+)" rel="${rel}">`))?.[1];
    const first = (await get(home)).text;
    const second = (await get(home + turn(first, "next"))).text;
    const third = (await get(home + turn(second, "next"))).text;
    expect([first, second, third].map((text) => shown(text).length)).toEqual([20, 20, 5]);
    expect([first, second, third].flatMap(shown).sort()).toEqual([...titles].sort());
    expect([turn(first, "prev"), turn(third, "next")]).toEqual([undefined, undefined]);
    expect(shown((await get(home + turn(third, "prev"))).text)).toEqual(shown(second));
    expect((await get(home + turn(second, "prev"))).headers.get("location")).toBe(home);
    for (const cursor of [
      "x",
      "bm9wZQ",
      Buffer.from('["-publishedAt","never","00000000-0000-4000-8000-000000000000"]').toString("base64url"),
    ])
      expect((await get(`${home}?before=${cursor}`)).status).toBeLessThan(500);
    expect((await get(`${home}?before=x`)).status).toBe(404);
  });

  it("shows this workspace's pages only, as do the feeds", async () => {
    const [theirs, publisher] = await open({ name: "Rival" });
    const page = await publisher.publishNew({ title: "Rival secret" });
    expect((await get(`/s/${theirs.slug}`)).text).toContain("Rival secret");
    for (const path of [
      "",
      "/rss.xml",
      "/atom.xml",
      "/feed.json",
      "/sitemap.xml",
      "/rival-secret",
      `/${page.item.id}`,
    ]) {
      expect((await get(`/s/${workspace.slug}${path}`)).text.replaceAll("rival-secret", "")).not.toMatch(/rival/i);
    }
    const ours = `/s/${workspace.slug}/beacon/${page.remoteId}`;
    expect((await post(ours)).status).toBe(404);
    expect(await counted(page.remoteId)).toEqual({});
  });
});

describe("feeds", () => {
  it("are valid, whatever was written, and stay the same bytes while nothing changes", async () => {
    const [odd, publisher] = await open({ name: "Odd & <b>bold</b>", branding: { tagline: "A ]]> & <i>" } });
    const body = "Text ]]> and `]]>` & [rel](/elsewhere?a=1&b=2) [here](#part) \u0001 <script>alert(1)</script>";
    const page = await publisher.publishNew({ title: "T ]]> <script>x</script> & \u0001", body, excerpt: "E ]]> <b>" });
    const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => ["item", "entry"].includes(name) });
    const home = `${PUBLIC_URL}/s/${odd.slug}`;
    for (const file of ["rss.xml", "atom.xml", "sitemap.xml"]) {
      const { text, headers } = await get(`/s/${odd.slug}/${file}`);
      expect(XMLValidator.validate(text), file).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML can't have it
      expect(text).not.toMatch(/\u0001/);
      expect(headers.get("content-type")).toMatch(/xml; charset=utf-8$/);
      const again = await get(`/s/${odd.slug}/${file}`, { "if-none-match": headers.get("etag")! });
      expect(again.status).toBe(304);
      const tree = parser.parse(text);
      if (file === "rss.xml") {
        const [item] = tree.rss.channel.item;
        expect(item.link).toBe(page.remoteUrl);
        expect(item["content:encoded"]).toContain(`href="${PUBLIC_URL}/elsewhere?a=1&#x26;b=2"`);
        expect(item["content:encoded"]).toContain(`href="${page.remoteUrl}#part"`);
        expect(item["content:encoded"]).not.toContain("<script");
      }
      if (file === "atom.xml") {
        const [entry] = tree.feed.entry;
        expect(entry.id).toBe(`urn:uuid:${page.remoteId}`);
        expect(entry.title["@_type"]).toBe("html");
        expect(entry.title["#text"]).toContain("&lt;script&gt;");
      }
      if (file === "sitemap.xml")
        expect(tree.urlset.url.map(({ loc }: { loc: string }) => loc)).toEqual([home, page.remoteUrl]);
    }
    const { text, headers } = await get(`/s/${odd.slug}/feed.json`);
    expect(headers.get("content-type")).toBe("application/feed+json; charset=utf-8");
    const feed = JSON.parse(text);
    expect(feed.items[0]).toMatchObject({ url: page.remoteUrl, title: "T ]]> <script>x</script> & " });
    expect(feed.items[0].content_html).not.toContain("<script");
  });

  it("are valid for a site without pages", async () => {
    const [empty] = await open();
    for (const file of ["rss.xml", "atom.xml", "sitemap.xml"])
      expect(XMLValidator.validate((await get(`/s/${empty.slug}/${file}`)).text)).toBe(true);
    expect(JSON.parse((await get(`/s/${empty.slug}/feed.json`)).text).items).toEqual([]);
  });

  it("leave out of the sitemap what has its home elsewhere", async () => {
    const [elsewhere, publisher] = await open();
    const page = await publisher.publishNew({ title: "Guest", canonicalUrl: "https://home.example/guest" });
    expect((await get(pathOf(page))).text).toContain('<link rel="canonical" href="https://home.example/guest"/>');
    expect((await get(`/s/${elsewhere.slug}/sitemap.xml`)).text).not.toContain("/guest<");
  });
});

describe("the beacon", () => {
  it("counts exactly, 50 at once", async () => {
    const page = await site.publishNew({ title: "Rush" });
    const beacon = await beaconOf(pathOf(page));
    expect(beacon).toBe(`/s/${workspace.slug}/beacon/${page.remoteId}`);
    // A page that was fetched, from here or a cache, is no view yet.
    expect(await counted(page.remoteId)).toEqual({});
    const posts = await Promise.all(Array.from({ length: 50 }, () => post(beacon)));
    expect(new Set(posts.map(({ status }) => status))).toEqual(new Set([204]));
    expect(posts[0]!.headers.get("cache-control")).toBe("no-store");
    expect(await counted(page.remoteId)).toEqual({ views: 50 });
  });

  it("knows views, reads and clicks, said in the body or in the address", async () => {
    const page = await site.publishNew({ title: "Kinds" });
    const beacon = await beaconOf(pathOf(page));
    for (const said of ["read", "click", "click", "view", "", "{}"])
      await post(beacon, said, { "content-type": "text/plain" });
    await post(`${beacon}?event=read`);
    expect(await counted(page.remoteId)).toEqual({ views: 3, reads: 2, clicks: 2 });
    expect((await post(beacon, "x".repeat(5_000))).status).toBe(413);
    const [day] = await t.asOwner("select distinct day::text from site_counters where page_id = $1", [page.remoteId]);
    expect(day).toEqual({ day: new Date().toISOString().slice(0, 10) });
  });

  it("has a picture for who runs no script, and a look at its head is no view", async () => {
    const page = await site.publishNew({ title: "No script" });
    const shown = (await get(pathOf(page))).text;
    const picture = shown.match(/<noscript><img class="gif" src="([^"]+)"/)![1]!;
    expect((await get(picture, {}, "HEAD")).status).toBe(200);
    expect(await counted(page.remoteId)).toEqual({});
    const { status, headers } = await get(picture);
    expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([200, "image/gif", "no-store"]);
    expect(await counted(page.remoteId)).toEqual({ views: 1 });
  });

  it("does not count crawlers, what is fetched ahead, and other sites' pages", async () => {
    const page = await site.publishNew({ title: "Machines" });
    const beacon = await beaconOf(pathOf(page));
    const none: Record<string, string>[] = [
      { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
      { "user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" },
      { "user-agent": "GPTBot/1.2" },
      { "sec-purpose": "prefetch;prerender" },
      { purpose: "prefetch" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const headers of none) {
      expect((await post(beacon, "view", headers)).status).toBe(204);
      expect((await get(`${beacon}.gif`, headers)).status).toBe(200);
    }
    expect(await counted(page.remoteId)).toEqual({});
    const some = [
      {
        "user-agent":
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
      },
      { "user-agent": "curl/8.5.0", "sec-fetch-site": "same-origin" },
    ];
    for (const headers of some) await post(beacon, "view", headers);
    expect(await counted(page.remoteId)).toEqual({ views: 2 });
  });

  it("answers 404 where there is no page, and counts nothing on one that was taken down", async () => {
    const page = await site.publishNew({ title: "Was here" });
    const beacon = await beaconOf(pathOf(page));
    await site.remove(page.remoteId);
    expect((await post(beacon)).status).toBe(404);
    expect(await counted(page.remoteId)).toEqual({});
    const home = `/s/${workspace.slug}/beacon`;
    for (const path of [`${home}/nothing`, `${home}/00000000-0000-4000-8000-000000000000`, "/s/none/beacon/x"])
      expect((await post(path)).status).toBe(404);
  });

  it("has its limit by address", async () => {
    const page = await site.publishNew({ title: "Flood" });
    const limited = testApp(t, { rateLimitFactor: 0.01 });
    const path = `/s/${workspace.slug}/beacon/${page.remoteId}`;
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let n = 0; n < 5; n++) {
      last = await limited.request(path, { method: "POST" });
      statuses.push(last.status);
    }
    expect(statuses).toEqual([204, 204, 204, 429, 429]);
    expect(Number(last!.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await counted(page.remoteId)).toEqual({ views: 3 });
  });
});

describe("a visitor", () => {
  it("sees live pages of this site and its name, and nothing else, also as SQL", async () => {
    const [theirs, publisher] = await open();
    const other = await publisher.publishNew({ title: "Not yours" });
    const live = await site.publishNew({ title: "Live" });
    const gone = await site.publishNew({ title: "Gone" });
    await site.remove(gone.remoteId);
    await seedItem(t, { createdBy: workspace.admin, title: "A draft" });
    await post(await beaconOf(pathOf(live)));

    const seen = async (query: string) => {
      const run = (tx: SiteTx) => tx.execute<{ id: string }>(sql.raw(query));
      try {
        return (await withSite(t.db, workspace, run)).rows.map(({ id }) => id);
      } catch (error) {
        return (error as { cause?: { code?: string } }).cause?.code;
      }
    };
    const pages = await seen("select id from site_pages");
    expect(pages).toContain(live.remoteId);
    expect(pages).not.toContain(gone.remoteId);
    expect(pages).not.toContain(other.remoteId);
    expect(await seen("select id from workspaces")).toEqual([workspace.id]);
    const tables = [
      "content_items",
      "content_versions",
      "distribution_schedules",
      "channels",
      "audit_events",
      "events",
    ];
    for (const table of tables) expect([table, await seen(`select id from ${table}`)]).toEqual([table, []]);
    expect(await seen("select user_id as id from workspace_members")).toEqual([]);
    expect(await seen("select id from users")).toEqual([]);
    expect(await seen("select page_id as id from site_counters")).toEqual([]);
    // All of that is there.
    const [there] = await t.asOwner<Record<string, string>>(
      `select (select count(*) from content_items where workspace_id = $1) as items,
              (select count(*) from workspace_members where workspace_id = $1) as members,
              (select count(*) from site_counters where workspace_id = $1) as counters`,
      [workspace.id],
    );
    for (const count of Object.values(there!)) expect(Number(count)).toBeGreaterThan(0);

    for (const write of [
      `update site_pages set title = 'x' where id = '${live.remoteId}' returning id`,
      `delete from site_pages where id = '${live.remoteId}' returning id`,
      `insert into site_counters (workspace_id, page_id, day, metric_type, value) values ('${workspace.id}', '${live.remoteId}', now(), 'views', 9) returning page_id as id`,
      `update site_counters set value = 9 where page_id = '${live.remoteId}' returning page_id as id`,
    ])
      expect([write, await seen(write)]).toEqual([write, write.startsWith("update site_pages") ? [] : "42501"]);
    expect(theirs.id).not.toBe(workspace.id);
    await expect(readSite(t.db, { slug: "no-such-site" }, (tx) => tx.execute(sql`select 1`))).rejects.toMatchObject({
      cause: { code: "CO404" },
    });
  });

  it("is never given a cookie, by any answer above", () => {
    expect(answers.length).toBeGreaterThan(100);
    for (const { headers } of answers) expect(headers.get("set-cookie")).toBeNull();
  });

  it("costs one connection and one query for a page", async () => {
    const page = await site.publishNew({ title: "Quick" });
    const connects = vi.spyOn(t.db.pool, "connect");
    for (const path of [pathOf(page), `/s/${workspace.slug}`, `/s/${workspace.slug}/rss.xml`]) {
      connects.mockClear();
      await get(path);
      // A read refuses a second statement by itself.
      expect(connects).toHaveBeenCalledTimes(1);
    }
    connects.mockRestore();
  });
});

describe("listSitePages", () => {
  it("lists the live pages to every member, newest first, page by page", async () => {
    const [own, publisher] = await open();
    const viewer = await seedMember(t, own.id, "Viewer");
    const made = [await publisher.publishNew({ title: "One" }), await publisher.publishNew({ title: "Two" })];
    const gone = await publisher.publishNew({ title: "Three" });
    await publisher.remove(gone.remoteId);
    const first = await call(viewer, "GET", "/site/pages?limit=1");
    expect(first.status).toBe(200);
    expect(first.body.items).toEqual([
      {
        id: made[1]!.remoteId,
        contentItemId: made[1]!.item.id,
        versionNumber: 1,
        title: "Two",
        slug: "two",
        url: made[1]!.remoteUrl,
        publishedAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    ]);
    const second = await call(viewer, "GET", `/site/pages?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.items!.map(({ title }) => title)).toEqual(["One"]);
    expect(second.body.nextCursor).toBeNull();
    const of = await call(viewer, "GET", `/site/pages?contentItemId=${made[0]!.item.id}`);
    expect(of.body.items!.map(({ title }) => title)).toEqual(["One"]);
  });

  it("refuses strangers, other workspaces, and what it does not know", async () => {
    const [theirs, publisher] = await open();
    const page = await publisher.publishNew();
    expect((await call(null, "GET", "/site/pages")).status).toBe(401);
    expect((await call({ ...workspace.admin, workspaceId: theirs.id }, "GET", "/site/pages")).status).toBe(404);
    expect((await call(workspace.admin, "GET", "/site/pages?sort=title")).status).toBe(400);
    expect((await call(workspace.admin, "GET", "/site/pages?cursor=x")).body.code).toBe("invalid_cursor");
    const foreign = await call(workspace.admin, "GET", `/site/pages?contentItemId=${page.item.id}`);
    expect(foreign.body.items).toEqual([]);
  });
});
