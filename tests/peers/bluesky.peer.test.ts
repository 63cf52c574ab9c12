import type { BlobRef } from "@atproto/api";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deadOrigin, routedFetch, startCuttingProxy } from "#tests/harness/cutting-proxy";
import {
  aPublication,
  connectAccount,
  describeAdapter,
  kindOf,
  partsFor,
  publishAll,
} from "#tests/peers/adapter-contract";
import { type BlueskyServer, blueskyMissing, startBluesky } from "#tests/peers/bluesky-server";
import { type Account, type AssetPort, type CallContext, ChannelError } from "@/channels/adapter";
import { createBlueskyAdapter } from "@/channels/bluesky/adapter";
import type { BlueskyCredentials } from "@/channels/bluesky/client";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch, type OutboundFetch } from "@/platform/outbound-fetch";

const missing = blueskyMissing();
const missingAppView = blueskyMissing({ appView: true });
const skipNote = (why: string | undefined) => (why ? ` (skipped: ${why})` : "");

const adapter = createBlueskyAdapter();
const outbound = createOutboundFetch({ allow: ["127.0.0.1", "localhost"] });
const contextWith = (fetch: OutboundFetch = outbound): CallContext => ({
  fetch,
  clock: systemClock,
  signal: new AbortController().signal,
});

let server: BlueskyServer;
let names = 0;
const newAccount = () => server.createAccount(`brand${process.pid}x${names++}`);

describe.skipIf(missing)(`a real Bluesky server${skipNote(missing)}`, () => {
  beforeAll(async () => {
    server = await startBluesky({ appView: missingAppView === undefined });
  }, 120_000);
  afterAll(() => server?.close());

  /** An account that is connected, and what its owner could do meanwhile. */
  const connected = async (context = contextWith()) => {
    const owner = await newAccount();
    const input = { service: server.pdsUrl, identifier: owner.handle, appPassword: owner.appPassword };
    const { account } = await connectAccount({ adapter, context, input });
    return { owner, account: account as Account<BlueskyCredentials>, context, input };
  };

  describeAdapter("bluesky", async () => {
    const owner = await newAccount();
    const proxy = await startCuttingProxy(server.pdsUrl);
    const dead = await deadOrigin();
    let route = proxy.url;
    return {
      adapter,
      context: contextWith(routedFetch(outbound, () => route)),
      input: { service: server.pdsUrl, identifier: owner.handle, appPassword: owner.appPassword },
      wrongInput: { service: server.pdsUrl, identifier: owner.handle, appPassword: "aaaa-bbbb-cccc-dddd" },
      tells: true,
      countless: missingAppView !== undefined,
      count: async () => (await server.listPosts(owner.did)).length,
      cutAnswers: () => proxy.cut((method, path) => method === "POST" && path.includes("putRecord")),
      unplug: () => {
        route = dead;
      },
      restore: () => {
        proxy.pass();
        route = proxy.url;
      },
      revoke: () => server.revokeAppPassword(owner),
      close: () => proxy.close(),
    };
  });

  it("writes text, language, time, and facets for links, hashtags and mentions", async () => {
    const { owner, account, context } = await connected();
    const friend = await newAccount();
    const text = `Ünïcode 👩‍👩‍👧 @${friend.handle} and @nobody-${process.pid}.test read https://example.com/a?b=c. #launch`;
    const publication = aPublication({ parts: [text], language: "de-AT" });
    const [part] = partsFor(adapter, publication, context);
    const remote = await adapter.publish(account, publication, part!, [], context);
    expect(remote).toEqual({
      remoteId: `at://${owner.did}/app.bsky.feed.post/${part!.key}`,
      remoteUrl: `https://bsky.app/profile/${owner.handle}/post/${part!.key}`,
    });
    const [post] = await server.listPosts(owner.did);
    expect(post!.value).toMatchObject({ text, langs: ["de-AT"], createdAt: part!.createdAt.toISOString() });
    const bytes = Buffer.from(text);
    const facets = (post!.value.facets as { index: { byteStart: number; byteEnd: number }; features: object[] }[]).map(
      ({ index, features }) => [bytes.subarray(index.byteStart, index.byteEnd).toString(), features[0]],
    );
    expect(facets).toEqual([
      [`@${friend.handle}`, { $type: "app.bsky.richtext.facet#mention", did: friend.did }],
      ["https://example.com/a?b=c", { $type: "app.bsky.richtext.facet#link", uri: "https://example.com/a?b=c" }],
      ["#launch", { $type: "app.bsky.richtext.facet#tag", tag: "launch" }],
    ]);
  });

  it("shows images with their alt texts and shapes; called again, it is the same post of the same blobs", async () => {
    const { owner, account, context } = await connected();
    const images = [
      { assetId: "wide", altText: "Tulips in the rain", sha256: "a".repeat(64) },
      { assetId: "tall", altText: "", sha256: "b".repeat(64) },
    ];
    const shapes: Record<string, [number, number]> = { wide: [800, 400], tall: [300, 900] };
    const jpegs = new Map<string, Buffer>();
    for (const [id, [width, height]] of Object.entries(shapes)) {
      const raw = { create: { width, height, channels: 3, background: id === "wide" ? "#c00" : "#0c0" } } as const;
      jpegs.set(id, await sharp(raw).jpeg().toBuffer());
    }
    const assets: AssetPort = {
      jpegOf: async (id) => ({ bytes: jpegs.get(id)!, width: shapes[id]![0], height: shapes[id]![1] }),
      addressOf: async () => undefined,
    };
    const publication = aPublication({ parts: ["Look"], partImages: [images] });
    const part = { ...partsFor(adapter, publication, context)[0]!, images };
    const publish = () => adapter.publish(account, publication, part, [], { ...context, assets });
    await publish();
    const [post, ...more] = await server.listPosts(owner.did);
    expect(more).toEqual([]);
    const embed = post!.value.embed as {
      $type: string;
      images: { alt: string; image: BlobRef; aspectRatio: object }[];
    };
    expect(embed.$type).toBe("app.bsky.embed.images");
    expect(embed.images.map(({ alt, aspectRatio }) => [alt, aspectRatio])).toEqual([
      ["Tulips in the rain", { width: 800, height: 400 }],
      ["", { width: 300, height: 900 }],
    ]);
    for (const [index, { assetId }] of images.entries()) {
      const { ref, mimeType } = embed.images[index]!.image;
      const read = await fetch(`${server.pdsUrl}/xrpc/com.atproto.sync.getBlob?did=${owner.did}&cid=${ref.toString()}`);
      expect([read.status, mimeType]).toEqual([200, "image/jpeg"]);
      expect(Buffer.from(await read.arrayBuffer()).equals(jpegs.get(assetId)!)).toBe(true);
    }
    await publish();
    const [again, ...others] = await server.listPosts(owner.did);
    expect([again!.cid, others]).toEqual([post!.cid, []]);
  });

  it("agrees with its own limits: four images go out, five do not, and none of a million bytes and one", async () => {
    const { owner, account, context } = await connected();
    const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#00c" } })
      .jpeg()
      .toBuffer();
    const padded = (size: number) => Buffer.concat([jpeg, Buffer.alloc(size - jpeg.length)]);
    const image = { assetId: "a", altText: "A", sha256: "a".repeat(64) };
    for (const [count, size, expected] of [
      [4, 1_000, "none"],
      [5, 1_000, "refused"],
      [1, 1_000_000, "none"],
      [1, 1_000_001, "refused"],
    ] as const) {
      const assets: AssetPort = {
        jpegOf: async () => ({ bytes: padded(size), width: 8, height: 8 }),
        addressOf: async () => undefined,
      };
      const images = Array(count).fill(image);
      const publication = aPublication({ parts: ["Look"], partImages: [images] });
      const part = { ...partsFor(adapter, publication, context)[0]!, images };
      const outcome = await kindOf(adapter.publish(account, publication, part, [], { ...context, assets }));
      expect([count, size, outcome]).toEqual([count, size, expected]);
      const errors = adapter.validate(publication).filter(({ severity }) => severity === "Error");
      if (size < 1_000_000) expect(errors.length > 0).toBe(expected === "refused");
    }
    expect(await server.listPosts(owner.did)).toHaveLength(2);
  });

  it("chains a thread: each part answers the one before, all have the first as their root", async () => {
    const { owner, account, context } = await connected();
    const publication = aPublication({ parts: ["One", "Two", "Three"] });
    const parts = partsFor(adapter, publication, context);
    const out = await publishAll({ adapter, context }, account, publication, parts);
    const posts = await server.listPosts(owner.did);
    expect(posts.map(({ value }) => value.text)).toEqual(["One", "Two", "Three"]);
    expect(posts.map(({ uri }) => uri)).toEqual(out.map(({ remoteId }) => remoteId));
    const ref = (at: number) => ({ uri: posts[at]!.uri, cid: posts[at]!.cid });
    expect(posts.map(({ value }) => value.reply)).toEqual([
      undefined,
      { root: ref(0), parent: ref(0) },
      { root: ref(0), parent: ref(1) },
    ]);
    // A part whose predecessor was taken down meanwhile would hang in the air.
    await adapter.remove(account, out[2]!, context);
    await adapter.remove(account, out[1]!, context);
    expect(await kindOf(adapter.publish(account, publication, parts[2]!, out.slice(0, 2), context))).toBe("refused");
  });

  it("has one post of ten calls at once with one key, byte for byte the same", async () => {
    const { owner, account, context } = await connected();
    const publication = aPublication();
    const [part] = partsFor(adapter, publication, context);
    const out = await Promise.all(
      Array.from({ length: 10 }, () => adapter.publish(account, publication, part!, [], context)),
    );
    expect(new Set(out.map(({ remoteId }) => remoteId)).size).toBe(1);
    const [post, ...more] = await server.listPosts(owner.did);
    expect(more).toEqual([]);
    await adapter.publish(account, publication, part!, [], context);
    expect((await server.listPosts(owner.did))[0]!.cid).toBe(post!.cid);
  });

  it("agrees with its own limits: 300 graphemes go out, 301 and 3001 bytes do not", async () => {
    const { account, context } = await connected();
    const family = "👩‍👩‍👧";
    const cases: [string, string][] = [
      ["e\u0301".repeat(300), "none"],
      [family.repeat(166), "none"],
      [family.repeat(167), "refused"],
      ["x".repeat(301), "refused"],
      [" किताब".repeat(60).slice(1), "none"],
    ];
    for (const [text, expected] of cases) {
      const publication = aPublication({ parts: [text] });
      const [part] = partsFor(adapter, publication, context);
      const errors = adapter.validate(publication).filter(({ severity }) => severity === "Error");
      expect(await kindOf(adapter.publish(account, publication, part!, [], context))).toBe(expected);
      expect(errors.length > 0, text.slice(0, 20)).toBe(expected === "refused");
    }
  });

  it("renews a session that ran out, keeps it before it goes on, and needs nobody", async () => {
    const { account, context } = await connected();
    const before = { ...account.credentials };
    account.credentials = { ...before, accessJwt: `${before.accessJwt.slice(0, -8)}AAAAAAAA` };
    const publication = aPublication();
    const [part, other] = [partsFor(adapter, publication, context)[0]!, partsFor(adapter, publication, context)[0]!];
    expect(await kindOf(adapter.publish(account, publication, part, [], context))).toBe("none");
    expect(account.credentials.refreshJwt).not.toBe(before.refreshJwt);

    // The refresh token is over too: the app password opens a new session.
    account.credentials = { ...before, accessJwt: "x.y.z", refreshJwt: "x.y.z" };
    expect(await kindOf(adapter.publish(account, publication, other, [], context))).toBe("none");
    expect(account.credentials.appPassword).toBe(before.appPassword);
    expect(account.credentials.accessJwt).not.toBe("x.y.z");
  });

  it("takes neither a server's hiccup nor a failure to keep the session for a dead password", async () => {
    const { owner, account, context } = await connected();
    const good = { ...account.credentials, accessJwt: "x.y.z" };
    account.credentials = good;
    const publication = aPublication();
    const [part] = partsFor(adapter, publication, context);
    const hiccup: OutboundFetch = async (input, init) =>
      String(input).includes("refreshSession") ? new Response("{}", { status: 502 }) : outbound(input, init);
    expect(await kindOf(adapter.publish(account, publication, part!, [], contextWith(hiccup)))).toBe("passing");
    expect(account.credentials).toEqual(good);
    const forgetful = { ...account, saveCredentials: () => Promise.reject(new Error("no connection")) };
    expect(await kindOf(adapter.publish(forgetful, publication, part!, [], context))).toBe("passing");
    expect(await server.listPosts(owner.did)).toEqual([]);
    expect(await kindOf(adapter.check(account, context))).toBe("none");
  });

  it("says revoked once app password and session are gone, and never before it asked for both", async () => {
    const { owner, account, context } = await connected();
    await server.revokeAppPassword(owner);
    account.credentials = { ...account.credentials, accessJwt: "x.y.z" };
    const publication = aPublication();
    const [part] = partsFor(adapter, publication, context);
    expect(await kindOf(adapter.publish(account, publication, part!, [], context))).toBe("revoked");
    expect(account.credentials.appPassword).toBe(owner.appPassword);
  });

  it("waits as long as Bluesky asks", async () => {
    const { account } = await connected();
    const publication = aPublication();
    const [part] = partsFor(adapter, publication, contextWith());
    const limited: OutboundFetch = async () =>
      new Response(JSON.stringify({ error: "RateLimitExceeded" }), {
        status: 429,
        headers: { "content-type": "application/json", "ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 90) },
      });
    const error = await adapter
      .publish(account, publication, part!, [], contextWith(limited))
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ChannelError);
    expect(error.kind).toBe("passing");
    expect(error.retryAfterMs).toBeGreaterThan(85_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(91_000);
  });

  it("knows a server that isn't one", async () => {
    const { input } = await connected();
    const context = contextWith();
    expect(await kindOf(connectAccount({ adapter, context, input: { ...input, service: await deadOrigin() } }))).toBe(
      "passing",
    );
    const html: OutboundFetch = async () => new Response("<h1>Hello</h1>", { status: 404 });
    expect(await kindOf(connectAccount({ adapter, context: contextWith(html), input }))).toBe("refused");
  });

  describe.skipIf(missingAppView)(`with the AppView that counts${skipNote(missingAppView)}`, () => {
    const metricsOf = async (values: Promise<{ metricType: string; value: number }[]>) =>
      Object.fromEntries((await values).map(({ metricType, value }) => [metricType, value]));

    it("tells zero from unknown, and sums what others did over the thread", async () => {
      const { account, context } = await connected();
      const fan = await server.agent(await newAccount());
      const publication = aPublication({ parts: ["One", "Two"] });
      const out = await publishAll({ adapter, context }, account, publication, partsFor(adapter, publication, context));
      const read = () => metricsOf(adapter.metrics(account, out, context));
      await expect.poll(read, { timeout: 20_000 }).toEqual({ likes: 0, reposts: 0, replies: 0, quotes: 0 });

      const posts = await server.listPosts(account.credentials.did);
      const [first, second] = posts.map(({ uri, cid }) => ({ uri, cid }));
      await fan.like(first!.uri, first!.cid);
      await fan.like(second!.uri, second!.cid);
      await fan.repost(first!.uri, first!.cid);
      await fan.post({ text: "I agree", reply: { root: first!, parent: second! } });
      await fan.post({ text: "Look", embed: { $type: "app.bsky.embed.record", record: second! } });
      await expect.poll(read, { timeout: 20_000 }).toEqual({ likes: 2, reposts: 1, replies: 1, quotes: 1 });

      const [unseen] = partsFor(adapter, publication, context);
      const gone = { ...out[0]!, remoteId: out[0]!.remoteId.replace(/[^/]+$/, unseen!.key) };
      expect(await adapter.metrics(account, [gone], context)).toEqual([]);
    });
  });
});
