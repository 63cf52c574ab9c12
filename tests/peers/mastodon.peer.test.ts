import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deadOrigin, routedFetch, startCuttingProxy } from "#tests/harness/cutting-proxy";
import { rememberParts } from "#tests/harness/remembered-parts";
import {
  aPublication,
  connectAccount,
  describeAdapter,
  kindOf,
  partsFor,
  publishAll,
} from "#tests/peers/adapter-contract";
import { type SnacServer, snacMissing, startSnac } from "#tests/peers/snac-server";
import type { Account, AssetPort, CallContext } from "@/channels/adapter";
import { createMastodonAdapter } from "@/channels/mastodon/adapter";
import type { MastodonCredentials } from "@/channels/mastodon/client";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const missing = snacMissing();
const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
const plain: CallContext = { fetch: outbound, clock: systemClock, signal: new AbortController().signal };

/**
 * snac speaks Mastodon's API and does without some of it, so that the harder half of the adapter is tried on a real server.
 * Measured with 2.75: it ignores Idempotency-Key, max_id and limit; has neither /api/v2/instance, DELETE of a post nor a
 * Date header; answers a token that is nobody's with 422; takes an answer to a post that is gone; makes HTML of Markdown;
 * tells every post as public and in English, and one that was boosted as the boost. What only Mastodon does is tried on an
 * imitation, in src/channels/mastodon/adapter.test.ts.
 */
describe.skipIf(missing)(`a real server of Mastodon's API${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let server: SnacServer;
  beforeAll(async () => {
    server = await startSnac();
  });
  afterAll(() => server?.close());

  let names = 0;
  const newUser = () => server.createUser(`brand${names++}`);
  const connected = async () => {
    const user = await newUser();
    const { adapter, otherParts } = rememberParts(createMastodonAdapter());
    const context: CallContext = { ...plain, otherParts };
    const input = { server: server.origin, accessToken: user.token };
    const { account } = await connectAccount({ adapter, context, input });
    return { user, adapter, context, account: account as Account<MastodonCredentials> };
  };

  describeAdapter("mastodon (on snac)", async () => {
    const user = await newUser();
    const proxy = await startCuttingProxy(server.origin);
    const dead = await deadOrigin();
    let route = proxy.url;
    const { adapter, otherParts } = rememberParts(createMastodonAdapter());
    return {
      // It takes nothing down for other programs; see below.
      adapter: { ...adapter, removable: false },
      context: { ...plain, otherParts, fetch: routedFetch(outbound, () => route) },
      input: { server: server.origin, accessToken: user.token },
      wrongInput: { server: server.origin, accessToken: "f".repeat(32) },
      tells: true,
      count: async () => (await server.posts(user)).length,
      cutAnswers: () => proxy.cut((method, path) => method === "POST" && path === "/api/v1/statuses"),
      unplug: () => {
        route = dead;
      },
      restore: () => {
        proxy.pass();
        route = proxy.url;
      },
      revoke: () => server.revoke(user),
      close: () => proxy.close(),
    };
  });

  it("names the account by the server", async () => {
    const user = await newUser();
    const input = { server: server.origin, accessToken: user.token };
    const { connected } = await connectAccount({ adapter: createMastodonAdapter(), context: plain, input });
    expect(connected.name).toBe(`@${user.uid}@${new URL(server.origin).host}`);
  });

  it("makes one post of ten calls in a row with one key, on a server that keeps no keys", async () => {
    const { user, adapter, account, context } = await connected();
    const publication = aPublication({
      parts: ["**Ten** times, > once.\n\n- https://example.com/a?b=c&d\n- @ana@else.test #spring"],
    });
    const [part] = partsFor(adapter, publication, context);
    const out = [];
    for (let times = 0; times < 10; times += 1)
      out.push(await adapter.publish(account, publication, part!, [], context));
    const [post, ...more] = await server.posts(user);
    expect(more).toEqual([]);
    expect(new Set(out.map(({ remoteId }) => remoteId))).toEqual(new Set([post!.id]));
    expect(post!.text).toBe(part!.text);
    // The key alone is none here.
    const again = { status: "By key" };
    for (let times = 0; times < 2; times += 1)
      await fetch(`${server.origin}/api/v1/statuses`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${user.token}`,
          "idempotency-key": part!.key,
          "content-type": "application/json",
        },
        body: JSON.stringify(again),
      });
    expect((await server.posts(user)).filter(({ text }) => text === again.status)).toHaveLength(2);
  });

  it("finds what a server took before its answer was cut off: one post, also with the same words posted by another part", async () => {
    const { user, adapter, account, context } = await connected();
    const proxy = await startCuttingProxy(server.origin);
    const cut: CallContext = { ...context, fetch: routedFetch(outbound, () => proxy.url) };
    const publication = aPublication({ parts: ["Every day the same words"] });
    const parts = Array.from({ length: 3 }, () => partsFor(adapter, publication, context)[0]!);
    const before = await adapter.publish(account, publication, parts[0]!, [], context);
    proxy.cut((method, path) => method === "POST" && path === "/api/v1/statuses");
    expect(await kindOf(adapter.publish(account, publication, parts[1]!, [], cut))).toBe("lost");
    proxy.pass();
    const found = await adapter.find(account, parts[1]!, context, []);
    expect(found?.remoteId).toBeDefined();
    expect(found!.remoteId).not.toBe(before.remoteId);
    expect(await adapter.find(account, parts[2]!, context, [])).toBeNull();
    expect(await adapter.publish(account, publication, parts[1]!, [], context)).toEqual(found);
    expect(await server.posts(user)).toHaveLength(2);
    await proxy.close();
  });

  it("chains a thread of three, finds each of its parts, and hangs none in the air", async () => {
    const { user, adapter, account, context } = await connected();
    const publication = aPublication({ parts: ["One", "Two", "Two"] });
    const parts = partsFor(adapter, publication, context);
    const out = await publishAll({ adapter, context }, account, publication, parts);
    const posts = await server.posts(user);
    expect(posts.map(({ text }) => text)).toEqual(["One", "Two", "Two"]);
    expect(posts.map(({ in_reply_to_id: parent }) => parent)).toEqual([null, out[0]!.remoteId, out[1]!.remoteId]);
    for (const [position, part] of parts.entries())
      expect(await adapter.find(account, part, context, out.slice(0, position))).toEqual(out[position]);
    const gone = [out[0]!, { ...out[1]!, remoteId: "1000000000ffffffffffffffffffffffffffffffff" }];
    expect(await kindOf(adapter.publish(account, publication, parts[2]!, gone, context))).toBe("refused");
    expect(await server.posts(user)).toHaveLength(3);
  });

  it("shows images with their alt texts, byte for byte", async () => {
    const { user, adapter, account, context } = await connected();
    const images = [
      { assetId: "a", altText: "Tulips in the rain", sha256: "a".repeat(64) },
      { assetId: "b", altText: "Roses", sha256: "b".repeat(64) },
    ];
    const jpegs = new Map<string, Buffer>();
    for (const { assetId } of images) {
      const background = assetId === "a" ? "#c00" : "#0c0";
      jpegs.set(
        assetId,
        await sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .jpeg()
          .toBuffer(),
      );
    }
    const assets: AssetPort = {
      jpegOf: async (id) => ({ bytes: jpegs.get(id)!, width: 8, height: 8 }),
      addressOf: async () => undefined,
    };
    const publication = aPublication({ parts: ["Look"], partImages: [images] });
    const part = { ...partsFor(adapter, publication, context)[0]!, images };
    const first = await adapter.publish(account, publication, part, [], { ...context, assets });
    expect(await adapter.publish(account, publication, part, [], { ...context, assets })).toEqual(first);
    const [post, ...more] = await server.posts(user);
    expect(more).toEqual([]);
    expect(post!.media_attachments.map(({ description }) => description)).toEqual(["Tulips in the rain", "Roses"]);
    for (const [index, { url }] of post!.media_attachments.entries()) {
      const shown = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(shown.equals(jpegs.get(images[index]!.assetId)!)).toBe(true);
    }
  });

  it("counts what others did, and not the thread's own answers", async () => {
    const { adapter, account, context } = await connected();
    const fan = await newUser();
    const publication = aPublication({ parts: ["One", "Two"] });
    const out = await publishAll({ adapter, context }, account, publication, partsFor(adapter, publication, context));
    const read = async () =>
      Object.fromEntries(
        (await adapter.metrics(account, out, context)).map(({ metricType, value }) => [metricType, value]),
      );
    expect(await read()).toEqual({ likes: 0, reposts: 0, replies: 0 });
    // The account itself stands in for others: what they do reaches a server of its own only by federation.
    await server.act(
      { ...fan, token: account.credentials.accessToken },
      `/api/v1/statuses/${out[0]!.remoteId}/favourite`,
    );
    await server.act({ ...fan, token: account.credentials.accessToken }, `/api/v1/statuses/${out[1]!.remoteId}/reblog`);
    const answer = { status: "I agree", in_reply_to_id: out[1]!.remoteId };
    await server.act({ ...fan, token: account.credentials.accessToken }, "/api/v1/statuses", answer);
    await expect.poll(read, { timeout: 10_000 }).toEqual({ likes: 1, reposts: 1, replies: 1 });
  });

  it("says so where a server takes no posts down, instead of calling them gone", async () => {
    const { user, adapter, account, context } = await connected();
    const publication = aPublication();
    const remote = await adapter.publish(
      account,
      publication,
      partsFor(adapter, publication, context)[0]!,
      [],
      context,
    );
    expect(await kindOf(adapter.remove(account, remote, context))).toBe("refused");
    expect(await server.posts(user)).toHaveLength(1);
    const nowhere = { ...remote, remoteId: "1000000000ffffffffffffffffffffffffffffffff" };
    expect(await kindOf(adapter.remove(account, nowhere, context))).toBe("none");
  });

  it("says revoked once the token is gone, and sends nothing", async () => {
    const { user, adapter, account, context } = await connected();
    await server.revoke(user);
    const publication = aPublication();
    const [part] = partsFor(adapter, publication, context);
    expect(await kindOf(adapter.publish(account, publication, part!, [], context))).toBe("revoked");
    expect(await kindOf(adapter.find(account, part!, context))).toBe("revoked");
    expect(await server.posts(user)).toEqual([]);
  });
});
