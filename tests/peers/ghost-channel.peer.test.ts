import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deadOrigin, routedFetch, startCuttingProxy } from "#tests/harness/cutting-proxy";
import { aPublication, connectAccount, describeAdapter, kindOf, partsFor } from "#tests/peers/adapter-contract";
import { type GhostServer, ghostMissing, startGhost } from "#tests/peers/ghost-server";
import type { Account, AssetPort, CallContext, Part, Publication } from "@/channels/adapter";
import { createGhostAdapter } from "@/channels/ghost/adapter";
import type { GhostCredentials } from "@/channels/ghost/client";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch, type OutboundFetch } from "@/platform/outbound-fetch";

const missing = ghostMissing();
const adapter = createGhostAdapter();
const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
const contextWith = (fetch: OutboundFetch = outbound): CallContext => ({
  fetch,
  clock: systemClock,
  signal: new AbortController().signal,
});

type Post = {
  id: string;
  status: string;
  slug: string;
  title: string;
  html: string | null;
  custom_excerpt: string | null;
  codeinjection_foot: string | null;
  feature_image: string | null;
  feature_image_alt: string | null;
  updated_at: string;
};

let ghost: GhostServer;
let proxy: Awaited<ReturnType<typeof startCuttingProxy>>;
const allPosts = async () =>
  (await ghost.admin("GET", "posts/?limit=100&formats=html,lexical")).posts as unknown as Post[];
const isPublishing = (method: string, path: string) => method === "PUT" && path.includes("/posts/");
const isDrafting = (method: string, path: string) => method === "POST" && path.includes("/posts/");
const isUploading = (method: string, path: string) => method === "POST" && path.includes("/images/upload");

describe.skipIf(missing)(`a real Ghost, to publish to${missing ? ` (skipped: ${missing})` : ""}`, () => {
  beforeAll(async () => {
    ghost = await startGhost();
    proxy = await startCuttingProxy(ghost.url);
  }, 300_000);
  afterAll(async () => {
    await proxy?.close();
    await ghost?.close();
  });

  const throughProxy = () => contextWith(routedFetch(outbound, () => proxy.url));
  const connected = async () => {
    const { adminApiKey, revoke } = await ghost.integration();
    const input = { apiUrl: ghost.url, adminApiKey };
    const { account } = await connectAccount({ adapter, context: contextWith(), input });
    return { account: account as Account<GhostCredentials>, input, revoke };
  };
  const aPost = (changes: Partial<Publication> = {}) => {
    const publication = aPublication({ title: `Plan ${randomUUID()}`, ...changes });
    return { publication, part: partsFor(adapter, publication, contextWith())[0]! };
  };
  const copiesOf = async (part: Part) =>
    (await allPosts()).filter((post) => post.codeinjection_foot?.includes(part.key));

  describeAdapter("ghost", async () => {
    const { adminApiKey, revoke } = await ghost.integration();
    const dead = await deadOrigin();
    let route = proxy.url;
    return {
      adapter,
      context: contextWith(routedFetch(outbound, () => route)),
      input: { apiUrl: ghost.url, adminApiKey },
      wrongInput: { apiUrl: ghost.url, adminApiKey: `${"a".repeat(24)}:${"b".repeat(64)}` },
      tells: true,
      count: async () => (await allPosts()).filter(({ status }) => status === "published").length,
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

  it("makes one post of ten tries after lost answers, under a slug without -2", async () => {
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
    expect((await copiesOf(part)).map(({ id, status, slug }) => [id, status, slug])).toEqual([
      [remote.remoteId, "published", publication.slug],
    ]);
    expect((await fetch(remote.remoteUrl!)).status).toBe(200);
  });

  it("finds a post whose answer was cut off, and goes on with a draft whose answer was: no second post", async () => {
    const { account } = await connected();
    const context = throughProxy();
    const { publication, part } = aPost();
    proxy.cut(isDrafting);
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("lost");
    proxy.pass();
    expect(await adapter.find(account, part, context)).toBeNull();
    const [draft, ...others] = await copiesOf(part);
    expect([draft!.status, others]).toEqual(["draft", []]);
    // Somebody changes the draft meanwhile: what was approved goes out.
    await ghost.admin("PUT", `posts/${draft!.id}/`, { posts: [{ title: "Mine", updated_at: draft!.updated_at }] });
    proxy.cut(isPublishing);
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("lost");
    proxy.pass();
    const found = await adapter.find(account, part, context);
    expect(found).toMatchObject({ remoteId: draft!.id });
    const written: string[] = [];
    const watched: OutboundFetch = async (input, init) => {
      if (init?.method !== "GET") written.push(String(input));
      return outbound(input, init);
    };
    expect(await adapter.publish(account, publication, part, [], contextWith(watched))).toEqual(found);
    expect(written).toEqual([]);
    expect((await copiesOf(part)).map(({ status, title }) => [status, title])).toEqual([
      ["published", publication.title],
    ]);
  });

  it("shows readers one post of ten calls at once with one key", async () => {
    const { account } = await connected();
    const { publication, part } = aPost();
    const calls = Array.from({ length: 10 }, () =>
      adapter.publish(account, publication, part, [], contextWith()).catch((error) => error.kind),
    );
    const out = (await Promise.all(calls)).filter((one) => one !== "passing");
    expect(new Set(out.map(({ remoteId }) => remoteId)).size).toBe(1);
    expect((await copiesOf(part)).map(({ status }) => status)).toEqual(["published"]);
  });

  it("finds a post that people there have edited and renamed, and says when Ghost can't be asked by the mark", async () => {
    const { account } = await connected();
    const { publication, part } = aPost();
    const remote = await adapter.publish(account, publication, part, [], contextWith());
    const [post] = await copiesOf(part);
    const body = { posts: [{ title: "Another", slug: "another", updated_at: post!.updated_at }] };
    await ghost.admin("PUT", `posts/${post!.id}/`, body);
    expect(await adapter.find(account, part, contextWith())).toMatchObject({ remoteId: remote.remoteId });
    const deaf: OutboundFetch = async (input, init) => {
      const url = new URL(String(input));
      url.searchParams.delete("filter");
      return outbound(url, init);
    };
    expect(await adapter.find(account, { ...part, key: randomUUID() }, contextWith(deaf))).toBeUndefined();
  });

  it("stores a script in the text as nothing, and takes an article and its adaptation", async () => {
    const { account } = await connected();
    const title = `<b>Plan</b> & ${randomUUID()}`;
    const body =
      "Before <script>alert(1)</script>[go](javascript:alert(1))\n\nOne line\nand its next.\n\n## Steps\n\n1. a\n2. b\n\n> said\n\n```js\nlet x = 1 < 2;\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done";
    const { publication, part } = aPost({ title, body, excerpt: "word ".repeat(80) });
    await adapter.publish(account, publication, part, [], contextWith());
    const [post] = await copiesOf(part);
    expect(post!.html).not.toMatch(/<script|javascript:/);
    expect(post!.html).toMatch(/<h2[^>]*>Steps<\/h2>/);
    expect(post!.html).toMatch(/<table>.*<\/table>/s);
    expect(post!.html).toContain("let x = 1 &lt; 2;");
    expect(post!.html).toContain("☑");
    expect(post!.title).toBe(title);
    expect(post!.custom_excerpt!.length).toBeLessThanOrEqual(300);

    const adapted = aPost({ parts: [`Roses ${randomUUID()}`, "What to cut", "First.", "Second."] });
    expect(adapter.validate(adapted.publication)).toEqual([]);
    await adapter.publish(account, adapted.publication, adapted.part, [], contextWith());
    const [own] = await copiesOf(adapted.part);
    expect([own!.title, own!.custom_excerpt]).toEqual(adapted.publication.parts.slice(0, 2));
    expect(own!.html).toBe("<p>First.</p><p>Second.</p>");
  });

  it("agrees with its own limits: a title of 255 goes out, one of 256 does not", async () => {
    const { account } = await connected();
    for (const [length, expected] of [
      [255, "none"],
      [256, "refused"],
    ] as const) {
      const { publication, part } = aPost({ title: "x".repeat(length) });
      expect(await kindOf(adapter.publish(account, publication, part, [], contextWith()))).toBe(expected);
      const errors = adapter.validate(publication).filter(({ severity }) => severity === "Error");
      expect(errors.length > 0).toBe(expected === "refused");
    }
  });

  it("takes images of the library along, each once, also after an answer that was lost", async () => {
    const { account } = await connected();
    const raw = { create: { width: 900, height: 500, channels: 3, background: "#0a0" } } as const;
    const bytes = await sharp(raw).jpeg().toBuffer();
    let asked = 0;
    const assets: AssetPort = {
      jpegOf: async () => {
        asked += 1;
        return { bytes, width: 900, height: 500 };
      },
      addressOf: async () => undefined,
    };
    const [cover, inText] = [randomUUID(), randomUUID()];
    const { publication, part } = aPost({
      body: `Look\n\n![Tulips](asset:${inText})\n\nagain ![](asset:${inText})`,
      images: [{ assetId: cover, altText: "A cover", sha256: "a".repeat(64) }],
      assets: [cover, inText].map((id) => ({ id, altText: "From the library" })),
    });
    const context = { ...throughProxy(), assets };
    proxy.cut(isUploading);
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("passing");
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("passing");
    proxy.pass();
    await adapter.publish(account, publication, part, [], context);
    expect(asked).toBe(2);
    const [post] = await copiesOf(part);
    expect(post!.feature_image).toMatch(new RegExp(`/contentos-${cover}\\.jpg$`));
    expect(post!.feature_image_alt).toBe("A cover");
    const [, src] = /<img src="([^"]+)"[^>]*alt="Tulips"/.exec(post!.html!)!;
    expect((await fetch(src!)).headers.get("content-type")).toBe("image/jpeg");
    expect(post!.html).not.toMatch(/asset:/);
  });

  it("makes a draft of what is taken down, and gives its slug free", async () => {
    const { account } = await connected();
    const slug = `plan-${randomUUID()}`;
    const first = aPost({ slug });
    const remote = await adapter.publish(account, first.publication, first.part, [], contextWith());
    await adapter.remove(account, remote, contextWith());
    expect((await copiesOf(first.part)).map(({ status }) => status)).toEqual(["draft"]);
    const next = aPost({ slug });
    await adapter.publish(account, next.publication, next.part, [], contextWith());
    expect((await copiesOf(next.part)).map((post) => post.slug)).toEqual([slug]);
    await adapter.remove(account, { remoteId: "0123456789abcdef01234567", remoteUrl: undefined }, contextWith());
  });

  it("tells a key that no longer works from a clock that is wrong", async () => {
    const { account, revoke } = await connected();
    const { publication, part } = aPost();
    const late = { ...contextWith(), clock: { now: () => new Date(Date.now() - 3_600_000) } };
    expect(await kindOf(adapter.publish(account, publication, part, [], late))).toBe("passing");
    await revoke();
    expect(await kindOf(adapter.publish(account, publication, part, [], contextWith()))).toBe("revoked");
    expect(await kindOf(adapter.find(account, part, contextWith()))).toBe("revoked");
    expect(await copiesOf(part)).toEqual([]);
  });
});
