import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { deadOrigin, routedFetch, startCuttingProxy } from "#tests/harness/cutting-proxy";
import { startMastodon } from "#tests/harness/mastodon";
import { rememberParts } from "#tests/harness/remembered-parts";
import {
  aPublication,
  connectAccount,
  describeAdapter,
  kindOf,
  partsFor,
  publishAll,
} from "#tests/peers/adapter-contract";
import { type Account, type AssetPort, type CallContext, ChannelError, type Part } from "@/channels/adapter";
import { createMastodonAdapter } from "@/channels/mastodon/adapter";
import type { MastodonCredentials } from "@/channels/mastodon/client";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
const context: CallContext = { fetch: outbound, clock: systemClock, signal: new AbortController().signal };
const HOUR_MS = 3_600_000;

for (const [name, keysForMs] of [
  ["mastodon (imitated)", HOUR_MS],
  ["mastodon (imitated, and it keeps no keys)", 0],
] as const) {
  describeAdapter(name, async () => {
    const server = await startMastodon();
    server.can.keysForMs = keysForMs;
    const proxy = await startCuttingProxy(server.url);
    const dead = await deadOrigin();
    let route = proxy.url;
    const { adapter, otherParts } = rememberParts(createMastodonAdapter());
    return {
      adapter,
      context: { ...context, otherParts, fetch: routedFetch(outbound, () => route) },
      input: { server: server.url, accessToken: server.can.token },
      wrongInput: { server: server.url, accessToken: "another-token" },
      tells: true,
      count: async () => server.toots().length,
      cutAnswers: () => proxy.cut((method, path) => method === "POST" && path === "/api/v1/statuses"),
      unplug: () => {
        route = dead;
      },
      restore: () => {
        proxy.pass();
        route = proxy.url;
      },
      async revoke() {
        server.can.token = undefined;
      },
      async close() {
        await proxy.close();
        await server.close();
      },
    };
  });
}

describe("on a Mastodon, imitated", () => {
  const adapter = createMastodonAdapter();
  let server: Awaited<ReturnType<typeof startMastodon>>;
  let account: Account<MastodonCredentials>;
  const opened: (typeof server)[] = [];
  beforeEach(async () => {
    server = await startMastodon();
    opened.push(server);
    const input = { server: server.url, accessToken: "a-token" };
    ({ account } = (await connectAccount({ adapter, context, input })) as { account: Account<MastodonCredentials> });
  });
  afterAll(() => Promise.all(opened.map((each) => each.close())));

  const partOf = (text: string, changes: Partial<Part> = {}): Part => ({
    ...partsFor(adapter, aPublication({ parts: [text] }), context)[0]!,
    ...changes,
  });
  const publish = (part: Part, its = context, earlier: Parameters<typeof adapter.publish>[3] = []) =>
    adapter.publish(account, aPublication({ parts: [part.text] }), part, earlier, its);
  const find = (part: Part, its = context) => adapter.find(account, part, its, []);
  const posts = () => server.calls.filter(({ method, path }) => method === "POST" && path === "/api/v1/statuses");
  const errorOf = (act: Promise<unknown>) =>
    act.then(
      () => undefined,
      (error: ChannelError) => error,
    );

  it("makes no second post with a key that Mastodon has forgotten, an hour and a minute later", async () => {
    const part = partOf("Once, and only once");
    const first = await publish(part);
    expect(posts()[0]!.headers["idempotency-key"]).toBe(part.key);
    const later = () => Date.now() + HOUR_MS + 60_000;
    server.setClock(later);
    server.forgetKeys();
    const thenContext = { ...context, clock: { now: () => new Date(later()) } };
    expect(await publish(part, thenContext)).toEqual(first);
    expect(await find(part, thenContext)).toEqual(first);
    expect(server.toots()).toHaveLength(1);
    expect(posts()).toHaveLength(1);
    // The key alone would not have held it back.
    await fetch(`${server.url}/api/v1/statuses`, {
      method: "POST",
      headers: { authorization: "Bearer a-token", "idempotency-key": part.key, "content-type": "application/json" },
      body: JSON.stringify({ status: part.text }),
    });
    expect(server.toots()).toHaveLength(2);
  });

  it("sends the part's key, so that a server that tells its posts late makes one of ten calls", async () => {
    const part = partOf("The list of posts lags behind");
    const lagging: CallContext = {
      ...context,
      fetch: (input, init) =>
        String(input).includes("/109/statuses")
          ? Promise.resolve(new Response("[]", { headers: { "content-type": "application/json" } }))
          : outbound(input, init),
    };
    for (let times = 0; times < 10; times += 1) await publish(part, lagging);
    expect(server.toots()).toHaveLength(1);
    expect(new Set(posts().map(({ headers }) => headers["idempotency-key"]))).toEqual(new Set([part.key]));
  });

  describe("looks a part up by its words", () => {
    it("however the server shows them: links cut, mentions without their server, lines as paragraphs", async () => {
      const text =
        "  Fish & <chips>\n\nRead https://example.com/a/very/long/path/that/is/cut?for=show&and=more, @ana@else.test.\nÜber #alles 👩‍👩‍👧\n";
      for (const source of [true, false]) {
        server.can.source = source;
        const part = partOf(`${text}${source}`);
        const remote = await publish(part);
        expect(await find(part)).toEqual(remote);
        // Words that are much the same may be these, where the server doesn't tell what was written.
        expect(await find(partOf(`${text}else`))).toBe(source ? null : undefined);
        expect(await find(partOf("Nothing of the kind"))).toBeNull();
      }
    });

    it("by what was written, where a server makes something else of it", async () => {
      const part = partOf("**Bold** and _lean_ words");
      const remote = await publish(part);
      server.toots()[0]!.content = "<p><b>Bold</b> and <i>lean</i> words</p>";
      expect(await find(part)).toEqual(remote);
      // A server that doesn't tell what was written may have it all the same: a person looks.
      server.can.source = false;
      expect(await find(part)).toBeUndefined();
    });

    it("and leaves out what another part is known to be", async () => {
      const { id } = server.byHand({ status: "Good morning" });
      const part = partOf("Good morning");
      const others = (...remoteIds: (string | null)[]): CallContext => ({
        ...context,
        otherParts: async () => remoteIds.map((remoteId) => ({ remoteId })),
      });
      expect((await find(part, context))!.remoteId).toBe(id);
      expect(await find(part, others(id))).toBeNull();
      // Another one with the same words may be under way, and nobody can say whose this is.
      expect(await find(part, others(null))).toBeUndefined();
      expect(await find(part, others(id, null))).toBeNull();
      const remote = await publish(part, others(null));
      expect(remote.remoteId).not.toBe(id);
      expect(server.toots()).toHaveLength(2);
    });

    it("since it was made, by the server's own clock", async () => {
      const old = Date.now() - HOUR_MS;
      server.setClock(() => old);
      server.byHand({ status: "Every Monday" });
      server.setClock(() => Date.now());
      expect(await find(partOf("Every Monday"))).toBeNull();
      for (const hours of [-2, 2]) {
        server.can.aheadMs = hours * HOUR_MS;
        const part = partOf(`A clock that is ${hours} hours off`);
        const remote = await publish(part);
        expect(await find(part)).toEqual(remote);
      }
    });

    it("through as many pages as it takes, and says so where a server has no pages", async () => {
      const part = partOf("The first of many");
      const remote = await publish(part);
      for (let count = 0; count < 85; count += 1) server.byHand({ status: `Number ${count} says hello` });
      expect(await find(part)).toEqual(remote);
      expect(await find(partOf("What is not there at all"))).toBeNull();
      server.can.pages = false;
      expect(await find(part)).toBeUndefined();
    });

    it("in its place of the thread, and knows that what answers no part was never sent", async () => {
      const thread = aPublication({ parts: ["Same", "Same", "Same"] });
      const parts = partsFor(adapter, thread, context);
      const out = await publishAll({ adapter, context }, account, thread, parts);
      expect(new Set(out.map(({ remoteId }) => remoteId)).size).toBe(3);
      for (const [position, part] of parts.entries())
        expect(await adapter.find(account, part, context, out.slice(0, position))).toEqual(out[position]);
      expect(await adapter.find(account, parts[2]!, context, out.slice(0, 1))).toBeNull();
      // The same words elsewhere are none of it: by themselves, or in answer to something else.
      server.byHand({ status: "Elsewhere" });
      const reply = partOf("Elsewhere", { position: 3 });
      expect(await adapter.find(account, reply, context, out)).toBeNull();
      server.byHand({ status: "Answered", in_reply_to_id: out[0]!.remoteId });
      expect(await find(partOf("Answered"))).toBeNull();
      expect(await adapter.find(account, partOf("Answered", { position: 3 }), context, out)).toBeNull();
    });

    it("and can't tell where one was edited meanwhile", async () => {
      const part = partOf("With a tpyo");
      await publish(part);
      Object.assign(server.toots()[0]!, {
        text: "With a typo",
        content: "<p>With a typo</p>",
        edited_at: "2026-11-28",
      });
      expect(await find(part)).toBeUndefined();
    });

    it("and is not sure of a no that it could not read", async () => {
      server.can.instead = (_method, path) => (path.endsWith("/statuses") ? { status: 503, error: "x" } : undefined);
      expect(await kindOf(find(partOf("Hello")))).toBe("passing");
    });
  });

  it("chains a thread: the first part is public, each of the rest answers the one before, and is unlisted", async () => {
    const thread = aPublication({ parts: ["One", "Two", "Three"], language: "de-AT" });
    const parts = partsFor(adapter, thread, context);
    const out = await publishAll({ adapter, context }, account, thread, parts);
    expect(server.toots()).toMatchObject([
      { text: "One", visibility: "public", in_reply_to_id: null, language: "de" },
      { text: "Two", visibility: "unlisted", in_reply_to_id: out[0]!.remoteId, language: "de" },
      { text: "Three", visibility: "unlisted", in_reply_to_id: out[1]!.remoteId },
    ]);
    expect(out[0]!.remoteUrl).toBe(`https://social.test/@brand/${out[0]!.remoteId}`);
    await adapter.remove(account, out[1]!, context);
    expect(await kindOf(adapter.publish(account, thread, parts[2]!, out.slice(0, 2), context))).toBe("refused");
    expect(server.toots()).toHaveLength(2);
  });

  it("uploads images with their alt texts, and waits until they are ready", async () => {
    server.can.looks = 3;
    const images = [
      { assetId: "a", altText: "Tulips in the rain", sha256: "a".repeat(64) },
      { assetId: "b", altText: "", sha256: "b".repeat(64) },
    ];
    const assets: AssetPort = {
      jpegOf: async (id) => ({ bytes: Buffer.from(`jpeg ${id}`), width: 8, height: 8 }),
      addressOf: async () => undefined,
    };
    await publish(partOf("Look", { images }), { ...context, assets });
    expect(server.toots()[0]!.media).toMatchObject([
      { description: "Tulips in the rain", bytes: 6 },
      { description: null, bytes: 6 },
    ]);
    expect(new Set(server.toots()[0]!.media.map(({ name }) => name)).size).toBe(2);
    server.can.instead = (_method, path) => (path === "/api/v2/media" ? { status: 502, error: "x" } : undefined);
    expect(await kindOf(publish(partOf("Look again", { images }), { ...context, assets }))).toBe("passing");
    server.can.instead = (_method, path) =>
      path === "/api/v2/media" ? { status: 422, error: "Validation failed: File is invalid" } : undefined;
    const error = await errorOf(publish(partOf("Look again", { images }), { ...context, assets }));
    expect([error?.kind, error?.message]).toEqual(["refused", "Mastodon refused: Validation failed: File is invalid"]);
    expect(server.toots()).toHaveLength(1);
  });

  it("refuses a whole thread of which the server would not take a part, before any of it is out", async () => {
    server.can.maxCharacters = 100;
    const host = new URL(server.url).host;
    const thread = aPublication({ parts: ["One", "x".repeat(101)] });
    const [part] = partsFor(adapter, thread, context);
    const error = await errorOf(adapter.publish(account, thread, part!, [], context));
    expect([error?.kind, error?.message]).toEqual(["refused", `Part 2 has 101 characters; ${host} takes 100.`]);
    expect(server.toots()).toEqual([]);
    // A server that does not say how much it takes says no by itself.
    server.can.instead = (_method, path) => (path.endsWith("/instance") ? { status: 404, error: "x" } : undefined);
    const told = await errorOf(publish(partOf("x".repeat(101))));
    expect(told?.message).toBe("Mastodon refused: Validation failed: Text character limit of 100 exceeded");
  });

  describe("tells what an answer means", () => {
    const answering = (status: number, error: string, headers: Record<string, string> = {}) => {
      server.can.instead = (method, path) =>
        method === "POST" && path === "/api/v1/statuses" ? { status, error, headers } : undefined;
      return errorOf(publish(partOf("Hello")));
    };
    it.each([
      [401, "The access token was revoked", {}, "revoked", /make one under Preferences → Development/],
      [
        403,
        "",
        { "www-authenticate": 'Bearer error="insufficient_scope"' },
        "revoked",
        /write:statuses, write:media, and/,
      ],
      [403, "This action is outside the authorized scopes", {}, "revoked", /make one with read:accounts/],
      [403, "Your login is currently disabled", {}, "revoked", /closed this account: Your login is/],
      [403, "<h1>Blocked by a firewall</h1>", {}, "refused", /^Mastodon refused/],
      [404, "Record not found", {}, "refused", /Record not found/],
      [422, "Validation failed: Text can't be blank", {}, "refused", /Text can't be blank$/],
      [302, "", { location: "https://elsewhere.test" }, "refused", /another address/],
      [500, "", {}, "lost", /answered 500; it may have taken the call/],
      [502, "", {}, "lost", /502/],
      [503, "", {}, "lost", /503/],
    ] as const)("%i %s", async (status, error, headers, kind, message) => {
      const told = await answering(status, error, headers);
      expect(told).toBeInstanceOf(ChannelError);
      expect(told!.kind).toBe(kind);
      expect(told!.message).toMatch(message);
      expect(server.toots()).toEqual([]);
    });

    it("waits as long as Mastodon asks, by a date or by seconds", async () => {
      for (const headers of [
        { "x-ratelimit-reset": new Date(Date.now() + 90_000).toISOString() },
        { "retry-after": "90", "x-ratelimit-reset": new Date(Date.now() + 10_000).toISOString() },
      ]) {
        const told = await answering(429, "Too many requests", headers);
        expect(told!.kind).toBe("passing");
        expect(told!.retryAfterMs).toBeGreaterThan(85_000);
        expect(told!.retryAfterMs).toBeLessThanOrEqual(90_000);
      }
    });

    it("calls a post lost whose answer can't be read", async () => {
      const html: CallContext = {
        ...context,
        fetch: async (input, init) => {
          const answer = await outbound(input, init);
          return init?.method === "POST" ? new Response("<h1>Hello</h1>") : answer;
        },
      };
      const part = partOf("Hello");
      expect(await kindOf(publish(part, html))).toBe("lost");
      expect((await find(part))?.remoteId).toBe(server.toots()[0]!.id);
    });
  });

  describe("connects", () => {
    const connect = (changes: object = {}, its = context) =>
      errorOf(
        connectAccount({ adapter, context: its, input: { server: server.url, accessToken: "a-token", ...changes } }),
      );
    it("whom the token is of, at the server's own address", async () => {
      const input = { server: `${server.url}/@brand?a=b`, accessToken: " a-token " };
      const { connected } = await connectAccount({ adapter, context, input });
      const name = `@brand@${new URL(server.url).host}`;
      expect(connected).toEqual({
        name,
        remoteAccount: name,
        credentials: { server: server.url, accessToken: "a-token" },
      });
      expect(adapter.credentials.safeParse({ server: "ftp://x.test", accessToken: "a" }).success).toBe(false);
    });
    it("no token that does not work, or may do too little", async () => {
      expect((await connect({ accessToken: "x" }))!.kind).toBe("refused");
      server.can.scopes = ["read:accounts", "read:statuses", "write:statuses"];
      expect((await connect())!.message).toMatch(/write:media, and connect again/);
      server.can.scopes = ["read:accounts", "profile"];
      expect((await connect())!.kind).toBe("refused");
    });
    it("no server that isn't one, and none that gave no answer", async () => {
      const html = (status: number): CallContext => ({
        ...context,
        fetch: async () => new Response("<h1>Hi</h1>", { status }),
      });
      expect((await connect({}, html(200)))!.message).toMatch(/no server at this address/);
      expect((await connect({}, html(404)))!.kind).toBe("refused");
      expect((await connect({ server: await deadOrigin() }))!.kind).toBe("passing");
    });
  });

  it("sums what others did over the thread, and leaves out the thread's own answers", async () => {
    const thread = aPublication({ parts: ["One", "Two", "Three"] });
    const out = await publishAll({ adapter, context }, account, thread, partsFor(adapter, thread, context));
    const read = async () =>
      (await adapter.metrics(account, out, context)).map(({ metricType, value }) => [metricType, value]);
    expect(await read()).toEqual([
      ["likes", 0],
      ["reposts", 0],
      ["replies", 0],
    ]);
    server.byHand({ status: "I agree", in_reply_to_id: out[1]!.remoteId });
    Object.assign(server.toots()[0]!, { favourites_count: 2, reblogs_count: 1 });
    Object.assign(server.toots()[2]!, { favourites_count: 3 });
    expect(await read()).toEqual([
      ["likes", 5],
      ["reposts", 1],
      ["replies", 1],
    ]);
    Object.assign(server.toots()[2]!, { reblogs_count: undefined });
    expect(await read()).toEqual([
      ["likes", 5],
      ["replies", 1],
    ]);
    await adapter.remove(account, out[2]!, context);
    expect(await read()).toEqual([
      ["likes", 2],
      ["reposts", 1],
      ["replies", 1],
    ]);
    for (const part of out.slice(0, 2)) await adapter.remove(account, part, context);
    expect(await read()).toEqual([]);
  });

  it("never calls a post gone that a server only would not take down", async () => {
    const remote = await publish(partOf("Here to stay"));
    server.can.deletes = false;
    expect(await kindOf(adapter.remove(account, remote, context))).toBe("refused");
    expect(server.toots()).toHaveLength(1);
  });
});
