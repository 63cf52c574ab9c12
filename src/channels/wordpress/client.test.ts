import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type CallContext, ChannelError } from "@/channels/adapter";
import { find } from "@/channels/wordpress/calls";
import { ask, type Call, endpoint } from "@/channels/wordpress/client";
import { connect, namedRoot } from "@/channels/wordpress/connecting";
import { markerOf } from "@/channels/wordpress/content";
import { OutboundError, type OutboundFetch } from "@/platform/outbound-fetch";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const credentials = { api: "https://a.example/wp-json/", userName: "ada", applicationPassword: "abcd efgh" };
const contextWith = (fetch: OutboundFetch): CallContext => ({
  fetch,
  clock: { now: () => new Date(NOW) },
  signal: new AbortController().signal,
});
const said =
  (status: number, code?: string, headers: Record<string, string> = {}) =>
  async () =>
    new Response(code ? JSON.stringify({ code, message: "why" }) : "<h1>no</h1>", { status, headers });
const failing = (error: Error) => async () => {
  throw error;
};

const errorOf = async (fetch: OutboundFetch, kind: Call["kind"]) => {
  const error = await ask(credentials, { path: "wp/v2/posts", kind }, z.unknown(), contextWith(fetch)).catch(
    (thrown) => thrown,
  );
  if (!(error instanceof ChannelError)) throw error;
  return error;
};

describe("what WordPress' answers mean", () => {
  it.each<[string, OutboundFetch, string, string]>([
    ["no connection", failing(new OutboundError("unreachable", "why", false)), "passing", "passing"],
    ["a forbidden address", failing(new OutboundError("forbidden", "why", false)), "refused", "refused"],
    ["no answer", failing(new OutboundError("lost", "why", true)), "lost", "passing"],
    ["500", said(500, "internal_server_error"), "lost", "passing"],
    ["502 of a proxy", said(502), "lost", "passing"],
    ["maintenance", said(503), "passing", "passing"],
    ["429", said(429), "passing", "passing"],
    ["a page instead of JSON", said(200), "lost", "passing"],
    ["a wrong password", said(401, "incorrect_password"), "revoked", "revoked"],
    ["who may not publish", said(403, "rest_cannot_publish"), "refused", "refused"],
    ["a firewall", said(403), "refused", "refused"],
    ["a wrong parameter", said(400, "rest_invalid_param"), "refused", "refused"],
    ["no such post", said(404, "rest_post_invalid_id"), "refused", "refused"],
    ["a site that moved", said(301, undefined, { location: "https://b.example/" }), "refused", "refused"],
  ])("%s", async (_what, fetch, write, read) => {
    expect([(await errorOf(fetch, "write")).kind, (await errorOf(fetch, "read")).kind]).toEqual([write, read]);
  });

  it("says what to do", async () => {
    const words = async (fetch: OutboundFetch) => (await errorOf(fetch, "write")).message;
    expect(await words(said(403, "rest_cannot_publish"))).toContain("role Author or Editor");
    expect(await words(said(403))).toContain("firewall");
    expect(await words(said(403, "rest_cannot_edit"))).toBe("WordPress does not let this account do that: why");
    expect(await words(said(401, "application_passwords_disabled_for_user"))).toContain("administrator");
  });

  it("says of a site's own words as many as a person reads", async () => {
    const long = (code: string, status: number) => async () =>
      Response.json({ code, message: "x".repeat(9_000) }, { status });
    expect((await errorOf(long("rest_cannot_edit", 403), "read")).message).toHaveLength(345);
    expect((await errorOf(long("rest_invalid_param", 400), "read")).message).toBe(
      `WordPress refused: ${"x".repeat(300)}`,
    );
    const odd = async () => Response.json({ code: 5, message: {} }, { status: 400 });
    expect((await errorOf(odd, "read")).message).toBe("WordPress answered 400.");
    expect((await errorOf(async () => new Response("null", { status: 400 }), "read")).kind).toBe("refused");
  });

  it("waits as long as it is asked to", async () => {
    const wait = async (header: string) =>
      (await errorOf(said(503, undefined, { "retry-after": header }), "write")).retryAfterMs;
    expect(await wait("600")).toBe(600_000);
    expect(await wait(new Date(NOW + 90_000).toUTCString())).toBe(90_000);
  });
});

it("asks with the password, encrypted, and follows no redirect", async () => {
  const calls: [string, RequestInit & { encrypted?: boolean }][] = [];
  const fetch: OutboundFetch = async (input, init = {}) => {
    calls.push([String(input), init]);
    return new Response("[]");
  };
  await ask(
    credentials,
    { method: "POST", path: "wp/v2/posts", body: { title: "a" }, kind: "write" },
    z.unknown(),
    contextWith(fetch),
  );
  expect(calls).toMatchObject([
    [
      "https://a.example/wp-json/wp/v2/posts",
      { method: "POST", body: '{"title":"a"}', redirect: "manual", encrypted: true },
    ],
  ]);
  expect(calls[0]![1].headers).toMatchObject({ authorization: `Basic ${btoa("ada:abcd efgh")}` });
});

describe("where the API is", () => {
  const input = { site: "https://a.example", userName: "ada", applicationPassword: "abcd efgh" };
  /** As the real one, which refuses before it sends, and after a redirect. */
  const encryptedOnly =
    (calls: [string, RequestInit][], sent: boolean, answer: () => Response): OutboundFetch =>
    async (url, init = {}) => {
      calls.push([String(url), init]);
      if (init.encrypted && (sent || !String(url).startsWith("https:")))
        throw new OutboundError("forbidden", "Give an address with https.", sent);
      return answer();
    };

  it.each([
    ["an address without encryption", "http://a.example", false],
    ["a redirect to one", "https://a.example", true],
  ])("is not learnt from %s, where anybody on the way could name a root of theirs", async (_what, site, sent) => {
    const calls: [string, RequestInit][] = [];
    const link = { link: '<https://evil.example/wp-json/>; rel="https://api.w.org/"' };
    const index = { name: "A", namespaces: ["wp/v2"], id: 1, capabilities: { publish_posts: true } };
    const fetch = encryptedOnly(calls, sent, () => Response.json(index, { headers: link }));
    const tried = connect({ ...input, site }, contextWith(fetch));
    await expect(tried).rejects.toMatchObject({ kind: "refused", message: "Give an address with https." });
    expect(calls.map(([url, { headers }]) => [url, headers])).toEqual([[site, undefined]]);
  });

  it("is told by a header among others", () => {
    const link = '<https://a.example/x>; rel="alternate", <https://a.example/wp-json/>; rel="https://api.w.org/"';
    expect(namedRoot(link)).toBe("https://a.example/wp-json/");
    expect(namedRoot('<https://a.example/?rest_route=/>; rel="https://api.w.org/"')).toBe(
      "https://a.example/?rest_route=/",
    );
    expect([namedRoot(null), namedRoot('<https://a.example/x>; rel="alternate"')]).toEqual([undefined, undefined]);
  });

  it("is a path or a query", () => {
    const at = (api: string) => endpoint(api, "wp/v2/posts", { search: "a b" }).href;
    expect(at("https://a.example/blog/wp-json/")).toBe("https://a.example/blog/wp-json/wp/v2/posts?search=a+b");
    expect(at("https://a.example/index.php?rest_route=/")).toBe(
      "https://a.example/index.php?rest_route=%2Fwp%2Fv2%2Fposts&search=a+b",
    );
  });
});

const SOMETHING_ELSE = {
  kind: "passing",
  message: "WordPress answered with something else than its REST API says.",
};

describe("an answer that is not as it should be", () => {
  const index = { name: "A", home: "https://a.example/blog", namespaces: ["wp/v2"] };
  const me = { id: 7, capabilities: { publish_posts: true } };
  const connected = (itsIndex: unknown, itsMe: unknown = me) =>
    connect(
      { site: "https://a.example/blog", userName: "ada", applicationPassword: "abcd efgh" },
      contextWith(async (url) => Response.json(String(url).includes("users/me") ? itsMe : itsIndex)),
    );

  it("gives an account its name by its address", async () => {
    expect(await connected(index)).toMatchObject({ name: "A", remoteAccount: "a.example/blog 7" });
    for (const odd of [{ home: "no address" }, { home: 5 }, { name: 5 }, { name: null }, { name: " " }])
      expect((await connected({ ...index, name: "", ...odd })).name).toBe("a.example/blog");
    expect((await connected({ ...index, name: "x".repeat(500) })).name).toBe("x".repeat(120));
  });

  it("is no WordPress, or none that is well", async () => {
    for (const odd of [null, 5, [], {}, { namespaces: "wp/v2" }, { namespaces: {} }])
      await expect(connected(odd)).rejects.toMatchObject({ name: "ChannelError", kind: "refused" });
    for (const odd of [null, 5, [], {}, { ...me, id: "7" }])
      await expect(connected(index, odd)).rejects.toMatchObject({ name: "ChannelError", ...SOMETHING_ELSE });
    for (const odd of [null, [], "all"])
      await expect(connected(index, { ...me, capabilities: odd })).rejects.toMatchObject({ kind: "refused" });
  });

  const part = { position: 0, key: "k1", createdAt: new Date(NOW), text: "Text", images: [] };
  const post = { id: 3, status: "publish", link: "https://a.example/plan", content: { raw: markerOf("k1") } };
  const found = (posts: unknown) =>
    find(
      { channelId: "c", workspaceId: "w", credentials } as Parameters<typeof find>[0],
      part,
      contextWith(async () => Response.json(posts, { headers: { "x-wp-totalpages": "1" } })),
    );

  it("names a post by its id alone where its address is none for people", async () => {
    expect(await found([post])).toEqual({ remoteId: "3", remoteUrl: post.link });
    for (const link of ["javascript:alert(1)", `https://a.example/${"x".repeat(2_000)}`, 5, null, undefined])
      expect(await found([{ ...post, link }])).toEqual({ remoteId: "3", remoteUrl: undefined });
  });

  it("is no list of posts", async () => {
    for (const odd of [null, {}, [null], [{ ...post, id: "3" }], [{ ...post, content: null }]])
      await expect(found(odd)).rejects.toMatchObject(SOMETHING_ELSE);
  });
});
