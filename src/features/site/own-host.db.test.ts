import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { expectStatus } from "#tests/factories/approval";
import { type Dns, verifiedDomain } from "#tests/factories/domains";
import { PUBLIC_URL, sitePublisher } from "#tests/factories/site";
import { caller, testApp, testIdentity } from "#tests/harness/app";
import { startCountingProxy } from "#tests/harness/counting-proxy";
import { testDatabase } from "#tests/harness/database";
import { startDnsServer } from "#tests/harness/dns-server";
import { createDatabase } from "@/db/client";
import { createAuthenticator } from "@/features/auth";
import { createTextLookup, type LookUpTexts } from "@/platform/dns";
import type { Mail } from "@/platform/mailer";
import { react } from "@/reactions";

const t = testDatabase({ max: 8 });
let dns: Dns;
const lookUpTexts: LookUpTexts = (name) => createTextLookup({ servers: [dns.address] })(name);
const mails: Mail[] = [];
const mailer = { send: async (mail: Mail) => void mails.push(mail) };
const call = caller(t, { lookUpTexts, mailer });
let app: ReturnType<typeof testApp>;
type Workspace = Awaited<ReturnType<typeof seedWorkspace>>;
let ours: Workspace;
let theirs: Workspace;
let site: Awaited<ReturnType<typeof sitePublisher>>;
let other: Awaited<ReturnType<typeof sitePublisher>>;

beforeAll(async () => {
  dns = await startDnsServer();
  const identity = testIdentity(t);
  app = testApp(t, { lookUpTexts, identity, authenticate: createAuthenticator(identity) });
  ours = await seedWorkspace(t, { name: "Larkspur" });
  theirs = await seedWorkspace(t, { name: "Rivals" });
  await t.asOwner(`update workspaces set branding = '{"primaryColor": "#7a3b1d"}' where id = $1`, [ours.id]);
  site = await sitePublisher(t, ours);
  other = await sitePublisher(t, theirs);
  await verifiedDomain(call, dns, ours.admin, "client.example");
  await verifiedDomain(call, dns, ours.admin, "www.client.example");
  await verifiedDomain(call, dns, theirs.admin, "rivals.example");
});
afterAll(() => Promise.all([site.close(), other.close(), dns.close()]));

async function get(host: string, path: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await app.request(path, { method, headers: { host, ...headers } });
  const { status } = response;
  return { status, headers: response.headers, to: response.headers.get("location"), text: await response.text() };
}

describe("a workspace's own host", () => {
  it("has its site at its root: list, articles, feeds, sitemap and counters, all by its own address", async () => {
    const page = await site.publishNew({ title: "Spring", body: "Hello. [Shop](https://shop.example)" });
    expect(page.remoteUrl).toBe("https://client.example/spring");
    const list = await get("client.example", "/");
    expect(list.status).toBe(200);
    expect(list.text).toContain('<link rel="canonical" href="https://client.example"/>');
    expect(list.text).toContain('<a href="/spring">');
    const article = await get("Client.Example.:443", "/spring");
    for (const part of [
      '<link rel="canonical" href="https://client.example/spring"/>',
      '<meta property="og:url" content="https://client.example/spring"/>',
      'href="/rss.xml"',
      '"item":"https://client.example/spring"',
    ])
      expect(article.text).toContain(part);
    for (const feed of ["/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml"]) {
      const { status, text } = await get("client.example", feed);
      expect([feed, status, text.includes("https://client.example/spring")]).toEqual([feed, 200, true]);
      expect(text).not.toContain("contentos.test");
    }
    const beacon = article.text.match(/data-beacon="([^"]+)"/)![1]!;
    expect(beacon).toMatch(/^\/beacon\//);
    expect((await get("client.example", beacon, { "sec-fetch-site": "same-origin" }, "POST")).status).toBe(204);
    const [counted] = await t.asOwner("select sum(value)::int as views from site_counters where page_id = $1", [
      page.remoteId,
    ]);
    expect(counted).toEqual({ views: 1 });
    expect((await get("client.example", "/no-such-page")).status).toBe(404);
    for (const [path, to] of [
      ["/spring/", "/spring"],
      [`/${page.item.id}`, "/spring"],
    ] as const)
      expect([path, (await get("client.example", path)).to]).toEqual([path, to]);
  });

  it("is one round trip to Postgres", async () => {
    const proxy = await startCountingProxy(t.urls.app);
    const db = createDatabase(proxy.connectionString, react, { max: 1 });
    try {
      const counted = testApp({ ...t, db });
      const trips: number[] = [];
      for (const host of ["client.example", "client.example", "nobody.example"]) {
        const before = proxy.roundTrips();
        await counted.request("/", { headers: { host } });
        trips.push(proxy.roundTrips() - before);
      }
      // The first opens the connection.
      expect(trips.slice(1)).toEqual([1, 1]);
    } finally {
      await db.pool.end();
      await proxy.close();
    }
  });

  it("shows nothing of another workspace, whatever is asked", async () => {
    const mine = await site.publishNew({ title: "Ours alone" });
    const page = await other.publishNew({ title: "Rivals alone", body: "Their words." });
    expect((await get("rivals.example", "/rivals-alone")).status).toBe(200);
    for (const path of ["/rivals-alone", `/${page.item.id}`, `/${page.remoteId}`, `/beacon/${page.remoteId}.gif`])
      expect([path, (await get("client.example", path)).status]).toEqual([path, 404]);
    expect((await get("rivals.example", `/${mine.item.id}`)).status).toBe(404);
    for (const path of ["/", "/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml"]) {
      expect((await get("client.example", path)).text).not.toMatch(/rivals/i);
      expect((await get("rivals.example", path)).text).not.toMatch(/larkspur|ours-alone/i);
    }
  });

  it("is where the address by slug leads, but for a page whose word is the application's", async () => {
    const page = await site.publishNew({ title: "Summer" });
    const at = (path: string) => get("contentos.test", `/s/${ours.slug}${path}`);
    expect(await at("")).toMatchObject({ status: 301, to: "https://client.example" });
    expect(await at("/summer")).toMatchObject({ status: 301, to: "https://client.example/summer" });
    expect(await at(`/${page.item.id}`)).toMatchObject({ status: 302, to: "https://client.example/summer" });
    expect(await at("/rss.xml")).toMatchObject({ status: 301, to: "https://client.example/rss.xml" });
    expect(await at("/no-such-page")).toMatchObject({ status: 404 });
    // A new one gets another word; one from before stays where no word is taken.
    expect((await site.publishNew({ title: "Review" })).remoteUrl).toBe("https://client.example/review-2");
    await t.asOwner("update site_pages set slug = 'w' where id = $1", [page.remoteId]);
    const kept = await at("/w");
    expect(kept.status).toBe(200);
    expect(kept.text).toContain(`<link rel="canonical" href="${PUBLIC_URL}/s/${ours.slug}/w"/>`);
    expect((await get("client.example", "/")).text).toContain(`<a href="/s/${ours.slug}/w">`);
    const second = await get("www.client.example", "/");
    expect(second.text).toContain('<link rel="canonical" href="https://client.example"/>');
  });

  it("leads nowhere else, by no slash and no host that is made up", async () => {
    for (const path of [
      "//evil.example",
      "//evil.example/",
      "/\\evil.example/",
      "///evil.example//",
      "/s/@",
      "/s/@/spring",
    ]) {
      const answer = await get("contentos.test", path);
      expect([path, answer.status >= 400 || /^\/(?![/\\])/.test(answer.to ?? "")]).toEqual([path, true]);
    }
    for (const path of ["//evil.example/", "///evil.example//", "/%2f%2fevil.example/"]) {
      const { status, to } = await get("client.example", path);
      expect([path, status >= 400 || /^\/(?![/\\])/.test(to ?? "")]).toEqual([path, true]);
    }
    for (const host of [
      "evil.example",
      "client.example.evil.example",
      "xclient.example",
      "client.example, evil.example",
      "client.example@evil.example",
      "127.0.0.1",
      "[::1]:3000",
      "localhost",
      "",
    ])
      expect([host, (await get(host, "/spring")).status]).toEqual([host, 404]);
    // Nobody trusted says so here.
    expect((await get("evil.example", "/spring", { "x-forwarded-host": "client.example" })).status).toBe(404);
    expect((await get("client.example", "/spring", { "x-forwarded-host": "rivals.example" })).status).toBe(200);
  });

  it("tells whose it is, as a visitor may know, and nothing at the deployment's own", async () => {
    const told = JSON.parse((await get("client.example", "/api/v1/site/host")).text);
    expect(told).toEqual({
      site: {
        slug: ours.slug,
        name: "Larkspur",
        language: "en",
        primaryColor: "#7a3b1d",
        logoUrl: null,
        faviconUrl: null,
      },
    });
    for (const host of ["contentos.test", "evil.example"])
      expect(JSON.parse((await get(host, "/api/v1/site/host")).text)).toEqual({ site: null });
  });

  it("looks as the theme says, in a style that its policy names", async () => {
    const theme = { font: "Mono", header: "Band", textWidth: 40, light: { background: "#fffdf7", link: "#0b5d3b" } };
    const put = (branding: object) => call(ours.admin, "PUT", `/workspaces/${ours.id}`, { branding });
    await expectStatus(put({ primaryColor: "#7a3b1d", theme }), 200);
    const shown = await get("client.example", "/");
    for (const part of ["--page:#fffdf7", "--link:#0b5d3b", "--width:40rem", "ui-monospace"])
      expect(shown.text).toContain(part);
    const style = shown.text.match(/<style>(.*?)<\/style>/s)![1]!;
    const hash = `sha256-${createHash("sha256").update(style).digest("base64")}`;
    expect(shown.headers.get("content-security-policy")).toContain(`style-src '${hash}'`);
    const refused = await put({ theme: { light: { text: "#cccccc" }, dark: { link: "#000000}" } } });
    expect(refused).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect(refused.body.issues).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: "branding.theme.dark.link" })]),
    );
    await expectStatus(put({ primaryColor: "#7a3b1d" }), 200);
    expect((await get("client.example", "/")).text).toContain("--page:#ffffff");
  });
});

describe("signing in on a workspace's own host", () => {
  const password = "a long enough password";
  const post = (host: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(`/api/v1${path}`, {
      method: "POST",
      headers: { host, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const asks = async (host: string, cookie: string, path: string, headers: Record<string, string> = {}) => {
    const response = await app.request(`/api/v1${path}`, { headers: { host, cookie, ...headers } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const cookieOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");

  it("opens that workspace alone, wherever the cookie is taken", async () => {
    const email = "kim.on.both@example.com";
    const first = await post("contentos.test", "/auth/signup", { email, password, name: "Kim" });
    expect(first.status).toBe(201);
    const { user } = (await first.json()) as { user: { id: string } };
    for (const { id } of [ours, theirs])
      await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Editor')", [
        id,
        user.id,
      ]);
    const whole = cookieOf(first);
    expect((await asks("contentos.test", whole, "/workspaces")).body.items).toHaveLength(2);

    const answer = await post("client.example", "/auth/login", { email, password });
    expect(answer.status).toBe(200);
    for (const set of answer.headers.getSetCookie()) expect(set).not.toMatch(/domain=/i);
    const bound = cookieOf(answer);
    for (const host of ["client.example", "contentos.test", "rivals.example"]) {
      const { body } = await asks(host, bound, "/workspaces");
      expect((body.items as { id: string }[]).map(({ id }) => id)).toEqual([ours.id]);
      expect((await asks(host, bound, "/content", { "x-workspace-id": ours.id })).status).toBe(200);
      expect((await asks(host, bound, "/content", { "x-workspace-id": theirs.id })).status).toBe(404);
      expect((await asks(host, bound, `/workspaces/${theirs.id}`)).status).toBe(404);
      expect((await asks(host, bound, "/auth/sessions")).status).toBe(403);
    }
    // Nor does it found one, nor grow by being refreshed elsewhere.
    const founded = await post(
      "client.example",
      "/workspaces",
      { name: "New" },
      { cookie: bound, "sec-fetch-site": "same-origin" },
    );
    expect(founded.status).toBe(403);
    const refreshed = await post(
      "contentos.test",
      "/auth/refresh",
      {},
      { cookie: bound, "sec-fetch-site": "same-origin" },
    );
    expect((await asks("contentos.test", cookieOf(refreshed), `/workspaces/${theirs.id}`)).status).toBe(404);
    expect((await asks("contentos.test", whole, `/workspaces/${theirs.id}`)).status).toBe(200);
  });

  it("takes no request of another origin, be it a sister host", async () => {
    const email = "kim.cross@example.com";
    const cookie = cookieOf(await post("client.example", "/auth/signup", { email, password, name: "Kim" }));
    for (const headers of [
      { "sec-fetch-site": "same-site", origin: "https://www.client.example" },
      { "sec-fetch-site": "cross-site", origin: "https://contentos.test" },
      { origin: "https://www.client.example" },
      { origin: "https://contentos.test" },
    ]) {
      const answer = await post(
        "client.example",
        "/auth/logout",
        {},
        { cookie, ...(headers as Record<string, string>) },
      );
      expect(answer.status).toBe(403);
    }
    expect(
      (await post("client.example", "/auth/logout", {}, { cookie, origin: "https://client.example" })).status,
    ).toBe(204);
  });
});

describe("what is mailed and handed out", () => {
  it("leads to the workspace's own host and carries its name; a new password is set at the deployment's", async () => {
    const invited = { email: "new@example.com", role: "Writer" };
    await expectStatus(call(ours.admin, "POST", `/workspaces/${ours.id}/members`, invited), 201);
    expect(mails.at(-1)).toMatchObject({ fromName: "Larkspur", subject: "Join Larkspur" });
    expect(mails.at(-1)!.text).toContain("https://client.example/invitations/accept#token=");
    expect(mails.at(-1)!.text).not.toMatch(/contentos/i);
    const editor = await seedMember(t, ours.id, "Editor");
    const item = await expectStatus(call(editor, "POST", "/content", { title: "For review", body: "x" }), 201);
    const { url } = await expectStatus(
      call(editor, "POST", "/review/links", { name: "Client", contentItemIds: [item.id] }),
      201,
    );
    expect(url).toMatch(/^https:\/\/client\.example\/review#/);

    const sent: Mail[] = [];
    const identity = testIdentity(t, { mailer: { send: async (mail) => void sent.push(mail) } });
    const asked = testApp(t, { identity });
    await t.asOwner(
      "insert into auth_accounts (user_id, provider_id, account_id, password) values ($1, 'credential', $2, 'x')",
      [editor.userId, editor.userId],
    );
    await asked.request("/api/v1/auth/password/forgot", {
      method: "POST",
      headers: { host: "rivals.example", "content-type": "application/json" },
      body: JSON.stringify({ email: editor.email }),
    });
    await identity.settled();
    expect(sent.map(({ text }) => /https:\/\/[^/]+/.exec(text)?.[0])).toEqual([PUBLIC_URL]);
  });
});
