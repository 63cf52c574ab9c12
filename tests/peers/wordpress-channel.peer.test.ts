import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deadOrigin, routedFetch, startCuttingProxy } from "#tests/harness/cutting-proxy";
import { aPublication, connectAccount, describeAdapter, kindOf, partsFor } from "#tests/peers/adapter-contract";
import { startWordPress, type WordPressServer, wordPressMissing } from "#tests/peers/wordpress-server";
import type { Account, AssetPort, CallContext, Part, Publication } from "@/channels/adapter";
import { createWordPressAdapter } from "@/channels/wordpress/adapter";
import type { WordPressCredentials } from "@/channels/wordpress/client";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch, type OutboundFetch } from "@/platform/outbound-fetch";

const missing = wordPressMissing();
const adapter = createWordPressAdapter();
const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
const contextWith = (fetch: OutboundFetch = outbound): CallContext => ({
  fetch,
  clock: systemClock,
  signal: new AbortController().signal,
});

type Post = { id: number; status: string; slug: string; link: string; title: Raw; content: Raw; excerpt: Raw };
type Raw = { raw: string; rendered: string };
type PostWithPicture = Post & { featured_media: number };

let wordpress: WordPressServer;
let proxy: Awaited<ReturnType<typeof startCuttingProxy>>;
const list = <T>(path: string) => wordpress.rest("GET", path) as unknown as Promise<T>;
const allPosts = () =>
  list<PostWithPicture[]>("posts?status=publish,draft,pending,private,future&per_page=100&context=edit");
const isPublishing = (method: string, path: string) =>
  method === "POST" && /wp\/v2\/posts\/\d+/.test(decodeURIComponent(path));
const isDrafting = (method: string, path: string) =>
  method === "POST" && /wp\/v2\/posts(\?|&|$)/.test(decodeURIComponent(path));
const isUploading = (method: string, path: string) =>
  method === "POST" && /wp\/v2\/media/.test(decodeURIComponent(path));

describe.skipIf(missing)(`a real WordPress, to publish to${missing ? ` (skipped: ${missing})` : ""}`, () => {
  beforeAll(async () => {
    wordpress = await startWordPress();
    proxy = await startCuttingProxy(wordpress.url);
  }, 300_000);
  afterAll(async () => {
    await proxy?.close();
    await wordpress?.close();
  });

  const inputOf = async (role = "editor") => {
    const { user, password, revoke } = await wordpress.person(role);
    return { input: { site: wordpress.url, userName: user, applicationPassword: password }, revoke };
  };
  const throughProxy = () => contextWith(routedFetch(outbound, () => proxy.url));
  const connected = async (role?: string) => {
    const { input, revoke } = await inputOf(role);
    const { account } = await connectAccount({ adapter, context: contextWith(), input });
    return { account: account as Account<WordPressCredentials>, input, revoke };
  };
  /** A publication of its own, so that each test finds its own post. */
  const aPost = (changes: Partial<Publication> = {}) => {
    const publication = aPublication({ title: `Plan ${randomUUID()}`, ...changes });
    const part = partsFor(adapter, publication, contextWith())[0]!;
    return { publication, part };
  };
  const copiesOf = async (part: Part) => (await allPosts()).filter(({ content }) => content.raw.includes(part.key));

  describeAdapter("wordpress", async () => {
    const { input, revoke } = await inputOf();
    const dead = await deadOrigin();
    let route = proxy.url;
    return {
      adapter,
      context: contextWith(routedFetch(outbound, () => route)),
      input,
      wrongInput: { ...input, applicationPassword: "aaaa bbbb cccc dddd" },
      tells: true,
      count: async () => (await allPosts()).length,
      cutAnswers: () => proxy.cut(isPublishing),
      unplug: () => {
        route = dead;
      },
      restore: () => {
        proxy.pass();
        route = proxy.url;
      },
      revoke,
      close: async () => {},
    };
  });

  it("WordPress and Ghost have none and give a second post the slug -2, so look it up by our marker before a retry", async () => {
    const { account } = await connected();
    const { publication, part } = aPost({ slug: `plan-${randomUUID()}` });
    const context = throughProxy();
    const publish = () => adapter.publish(account, publication, part, [], context);
    for (let tried = 0; tried < 10; tried += 1) {
      proxy.cut(tried % 2 === 0 ? isDrafting : isPublishing);
      await kindOf(publish());
      proxy.pass();
    }
    const remote = await publish();
    const copies = await copiesOf(part);
    expect(copies.map(({ id, status, slug }) => [String(id), status, slug])).toEqual([
      [remote.remoteId, "publish", publication.slug],
    ]);
    const bin = await list<Post[]>("posts?status=trash&per_page=100&context=edit");
    expect(bin.filter(({ content }) => content.raw.includes(part.key))).toEqual([]);
  });

  it("finds a post whose answer was cut off, and goes on with a draft whose answer was: no second post", async () => {
    const { account } = await connected("author");
    const context = throughProxy();
    const { publication, part } = aPost();
    proxy.cut(isDrafting);
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("lost");
    proxy.pass();
    // A draft is nothing that a reader sees: not there, and never a reason for another one.
    expect(await adapter.find(account, part, context)).toBeNull();
    const [draft, ...others] = await copiesOf(part);
    expect([draft!.status, others]).toEqual(["draft", []]);
    proxy.cut(isPublishing);
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("lost");
    proxy.pass();
    const found = await adapter.find(account, part, context);
    expect(found).toMatchObject({ remoteId: String(draft!.id) });
    expect(await adapter.publish(account, publication, part, [], context)).toEqual(found);
    expect((await copiesOf(part)).map(({ id, status }) => [id, status])).toEqual([[draft!.id, "publish"]]);
  });

  it("shows readers one post of ten calls at once with one key", async () => {
    const { account } = await connected();
    const { publication, part } = aPost();
    const calls = Array.from({ length: 10 }, () => adapter.publish(account, publication, part, [], contextWith()));
    const out = await Promise.all(calls);
    expect(new Set(out.map(({ remoteId }) => remoteId)).size).toBe(1);
    // The other drafts are in the bin: none is left for people there to wonder at.
    expect((await copiesOf(part)).map(({ status }) => status)).toEqual(["publish"]);
  });

  it("finds a post that people there have edited, moved and renamed, also without the site's own search", async () => {
    const { account } = await connected();
    const { publication, part } = aPost();
    const remote = await adapter.publish(account, publication, part, [], contextWith());
    const [post] = await copiesOf(part);
    const content = post!.content.raw.replace("learnt", "were taught");
    await wordpress.rest("POST", `posts/${post!.id}`, {
      title: "Another",
      slug: "another",
      date: "2020-02-02T02:02:02",
      content,
    });
    expect(await adapter.find(account, part, contextWith())).toMatchObject({ remoteId: remote.remoteId });
    const blind: OutboundFetch = async (input, init) => {
      const url = new URL(String(input));
      if (!url.searchParams.has("search")) return outbound(input, init);
      return new Response("[]", { headers: { "x-wp-totalpages": "0" } });
    };
    expect(await adapter.find(account, part, contextWith(blind))).toMatchObject({ remoteId: remote.remoteId });
    const long = { ...part, key: randomUUID() };
    const endless: OutboundFetch = async () => new Response("[]", { headers: { "x-wp-totalpages": "99" } });
    expect(await adapter.find(account, long, contextWith(endless))).toBeUndefined();
  });

  it("says nothing twice where the site throws our marker away: it makes no post at all", async () => {
    const { account } = await connected();
    const { publication, part } = aPost();
    const stripping: OutboundFetch = async (input, init) => {
      const body = typeof init?.body === "string" ? init.body.replaceAll(/<!-- contentos-[^>]*-->/g, "") : init?.body;
      return outbound(input, { ...init, ...(body && { body }) });
    };
    expect(await kindOf(adapter.publish(account, publication, part, [], contextWith(stripping)))).toBe("refused");
    expect((await allPosts()).filter(({ title }) => title.raw === publication.title)).toEqual([]);
  });

  it("stores a script in the text as nothing, and one in a title as words, also for an administrator", async () => {
    const body =
      "Before\n\n<script>alert(1)</script>\n\n[go](javascript:alert(1)) <img src=x onerror=alert(1)> [gallery] after";
    for (const role of ["administrator", "author"]) {
      const { account } = await connected(role);
      const title = `<script>alert(2)</script> & ${randomUUID()}`;
      const { publication, part } = aPost({ title, excerpt: "<b onclick=x>Short</b>", body });
      await adapter.publish(account, publication, part, [], contextWith());
      const [post] = await copiesOf(part);
      expect(post!.content.raw).not.toMatch(/<script|javascript:|onerror/);
      expect(post!.content.rendered).toMatch(/&#0?91;gallery\]/);
      expect(`${post!.title.rendered}${post!.excerpt.rendered}`).not.toMatch(/<script|<b /);
      expect(post!.title.rendered).toContain("&lt;script&gt;alert(2)");
    }
  });

  it("takes an article and its adaptation, as blocks that leave the lines as they are", async () => {
    const { account } = await connected("author");
    const title = `Plan ${randomUUID()}`;
    const body = `# ${title}\n\nOne line\nand its next.\n\n## Steps\n\n1. a\n2. b\n   - c\n\n> said\n\n\`\`\`js\nlet x = [1] < 2;\nhttps://a.example/rose.mp3\n\n  https://a.example/tulip.mp3\n\`\`\`\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n---\n\n- [x] done`;
    const article = aPost({ title, body, excerpt: "Short & sweet" });
    await adapter.publish(account, article.publication, article.part, [], contextWith());
    const [plain] = await copiesOf(article.part);
    const raw = plain!.content.raw;
    expect([...raw.matchAll(/<!-- wp:([\w-]+)/g)].map(([, name]) => name)).toEqual([
      "paragraph",
      "heading",
      "list",
      "list-item",
      "list-item",
      "list",
      "list-item",
      "quote",
      "paragraph",
      "code",
      "table",
      "separator",
      "list",
      "list-item",
      "html",
    ]);
    expect(plain!.content.rendered).toContain("<li>☑ done</li>");
    expect(plain!.content.rendered).toContain("<p>One line\nand its next.</p>");
    expect(plain!.content.rendered).toMatch(/let x = &#0?91;1\] &lt; 2;/);
    // WordPress makes a player of such an address, without asking anybody.
    expect(plain!.content.rendered).toMatch(/\n(https:&#0?47;&#0?47;a\.example\/rose\.mp3)\n/);
    expect(plain!.content.rendered).not.toContain("<audio");
    expect(plain!.content.rendered).not.toContain(title);
    expect([plain!.title.raw, plain!.excerpt.raw]).toEqual([title, "Short &amp; sweet"]);

    const adapted = aPost({ title, body, parts: [`Roses ${title}`, "What to cut", "First.", "Second."] });
    expect(adapter.validate(adapted.publication)).toEqual([]);
    await adapter.publish(account, adapted.publication, adapted.part, [], contextWith());
    const [post] = await copiesOf(adapted.part);
    expect([post!.title.raw, post!.excerpt.raw]).toEqual([`Roses ${title}`, "What to cut"]);
    expect(post!.content.rendered.replace(/<!--.*?-->/g, "").trim()).toMatch(/^<p>First\.<\/p>\s+<p>Second\.<\/p>$/);
  });

  it("takes images of the library along, each once, with their alt texts; the first stands for the whole", async () => {
    const { account } = await connected("author");
    const raw = { create: { width: 900, height: 500, channels: 3, background: "#0a0" } } as const;
    const bytes = await sharp(raw).jpeg().toBuffer();
    const assets: AssetPort = {
      jpegOf: async () => ({ bytes, width: 900, height: 500 }),
      addressOf: async () => undefined,
    };
    const [cover, inText, file] = [randomUUID(), randomUUID(), randomUUID()];
    const { publication, part } = aPost({
      body: `Look\n\n![Tulips "now"](asset:${inText})\n\nwith ![](asset:${inText}) in [a file](asset:${file}).`,
      images: [
        { assetId: cover, altText: "A cover", sha256: "a".repeat(64) },
        { assetId: inText, altText: 'Tulips "now"', sha256: "b".repeat(64) },
      ],
      assets: [cover, inText, file].map((id) => ({ id, altText: "From the library" })),
    });
    const context = { ...throughProxy(), assets };
    proxy.cut(isUploading);
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("passing");
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("passing");
    proxy.pass();
    await adapter.publish(account, publication, part, [], context);
    type Media = { id: number; slug: string; alt_text: string; source_url: string };
    const media = (await list<Media[]>("media?per_page=100")).filter(
      ({ slug }) => slug.includes(cover) || slug.includes(inText),
    );
    expect(media.map(({ slug, alt_text: alt }) => [slug, alt]).sort()).toEqual(
      [
        [`contentos-${cover}`, "A cover"],
        [`contentos-${inText}`, 'Tulips "now"'],
      ].sort(),
    );
    const [post] = await copiesOf(part);
    const tulips = media.find(({ slug }) => slug.includes(inText))!;
    expect(post!.featured_media).toBe(media.find(({ slug }) => slug.includes(cover))!.id);
    expect(post!.content.raw).toContain(
      `<!-- wp:image {"id":${tulips.id}} -->\n<figure class="wp-block-image"><img src="${tulips.source_url}" alt="Tulips &quot;now&quot;" class="wp-image-${tulips.id}" />`,
    );
    expect(post!.content.raw).not.toMatch(/asset:/);
    expect(post!.content.rendered).toContain("a file");
    expect((await fetch(tulips.source_url)).headers.get("content-type")).toBe("image/jpeg");
    // In the next article they are there already.
    const next = aPost({ body: `![Tulips](asset:${inText})`, assets: publication.assets });
    await adapter.publish(account, next.publication, next.part, [], context);
    expect(await list<Media[]>(`media?per_page=100&slug=contentos-${inText},contentos-${inText}-2`)).toHaveLength(1);
  });

  it("goes by where the site says its API is, also with plain permalinks and in a folder's address", async () => {
    const { input } = await inputOf();
    await wordpress.permalinks("");
    try {
      const made = await connectAccount({
        adapter,
        context: contextWith(),
        input: { ...input, site: `${input.site}/?p=1` },
      });
      const account = made.account as Account<WordPressCredentials>;
      expect(account.credentials.api).toContain("rest_route=");
      const { publication, part } = aPost();
      const context = throughProxy();
      const remote = await adapter.publish(account, publication, part, [], context);
      expect(remote.remoteUrl).toMatch(/\?p=\d+$/);
      expect(await adapter.find(account, part, context)).toEqual(remote);
      await adapter.remove(account, remote, context);
      expect(await adapter.find(account, part, context)).toBeNull();
    } finally {
      await wordpress.permalinks("/%postname%/");
    }
  });

  it("counts comments as replies, and tells nothing of a post that is gone", async () => {
    const { account } = await connected();
    const { publication, part } = aPost();
    const remote = await adapter.publish(account, publication, part, [], contextWith());
    const metrics = () => adapter.metrics(account, [remote], contextWith());
    expect(await metrics()).toEqual([{ metricType: "replies", value: 0 }]);
    for (const content of ["One", "Two"])
      await wordpress.rest("POST", "comments", {
        post: Number(remote.remoteId),
        author_name: "R",
        author_email: "r@example.com",
        content,
        status: "approve",
      });
    expect(await metrics()).toEqual([{ metricType: "replies", value: 2 }]);
    await adapter.remove(account, remote, contextWith());
    expect(await metrics()).toEqual([]);
    await adapter.remove(account, { ...remote, remoteId: "999999" }, contextWith());
  });

  it("tells who may not publish from a password that no longer works", async () => {
    const context = contextWith();
    const contributor = await inputOf("contributor");
    const refused = await connectAccount({ adapter, context, input: contributor.input }).catch((error) => error);
    expect([refused.kind, refused.message]).toEqual(["refused", expect.stringContaining("role Author or Editor")]);

    const { account, revoke } = await connected("author");
    const { publication, part } = aPost();
    await wordpress.rest(
      "POST",
      `users/${(await list<{ id: number }[]>(`users?context=edit&slug=${account.credentials.userName}`))[0]!.id}`,
      { roles: ["contributor"] },
    );
    expect(await kindOf(adapter.check(account, context))).toBe("refused");
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("refused");
    await revoke();
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("revoked");
    expect(await kindOf(adapter.find(account, part, context))).toBe("revoked");
    expect((await copiesOf(part)).filter(({ status }) => status === "publish")).toEqual([]);
  });

  it("sends no password over http but to hosts that the operator allowed, and knows what is no WordPress", async () => {
    const { account, input } = await connected();
    const strict = createOutboundFetch({ allow: [], lookup: async () => [{ address: "127.0.0.1", family: 4 }] });
    const { publication, part } = aPost();
    const error = await adapter.publish(account, publication, part, [], contextWith(strict)).catch((thrown) => thrown);
    expect([error.kind, error.message]).toEqual(["refused", expect.stringContaining("with https")]);
    const html: OutboundFetch = async () => new Response("<h1>Hello</h1>");
    expect(await kindOf(connectAccount({ adapter, context: contextWith(html), input }))).toBe("refused");
    const busy: OutboundFetch = async () => new Response("", { status: 503, headers: { "retry-after": "90" } });
    const wait = await adapter.publish(account, publication, part, [], contextWith(busy)).catch((thrown) => thrown);
    expect([wait.kind, wait.retryAfterMs]).toEqual(["passing", 90_000]);
    const moved: OutboundFetch = async () =>
      new Response(null, { status: 301, headers: { location: "https://b.example" } });
    expect(await kindOf(adapter.publish(account, publication, part, [], contextWith(moved)))).toBe("refused");
  });
});
