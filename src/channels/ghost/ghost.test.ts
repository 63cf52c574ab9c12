import { decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { aPublication } from "#tests/peers/adapter-contract";
import { type CallContext, ChannelError } from "@/channels/adapter";
import { connect, find } from "@/channels/ghost/calls";
import { ask, type Call, endpoint } from "@/channels/ghost/client";
import { markerOf, postOf, toCards } from "@/channels/ghost/content";
import { ghostInput } from "@/channels/ghost/input";
import { ghostRules } from "@/channels/ghost/rules";
import { OutboundError, type OutboundFetch } from "@/platform/outbound-fetch";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const credentials = { apiUrl: "https://a.example/", adminApiKey: `${"1".repeat(24)}:${"ab".repeat(32)}` };
const contextWith = (fetch: OutboundFetch): CallContext => ({
  fetch,
  clock: { now: () => new Date(NOW) },
  signal: new AbortController().signal,
});
const said =
  (status: number, message?: string, headers: Record<string, string> = {}) =>
  async () =>
    new Response(message ? JSON.stringify({ errors: [{ message }] }) : "<h1>no</h1>", { status, headers });
const failing = (error: Error) => async () => {
  throw error;
};
const errorOf = async (fetch: OutboundFetch, kind: Call["kind"]) => {
  const error = await ask(credentials, { path: "posts/", kind }, z.unknown(), contextWith(fetch)).catch(
    (thrown) => thrown,
  );
  if (!(error instanceof ChannelError)) throw error;
  return error;
};

describe("what Ghost's answers mean", () => {
  it.each<[string, OutboundFetch, string, string]>([
    ["no connection", failing(new OutboundError("unreachable", "why", false)), "passing", "passing"],
    ["no answer", failing(new OutboundError("lost", "why", true)), "lost", "passing"],
    ["500", said(500, "why"), "lost", "passing"],
    ["maintenance", said(503, "why"), "passing", "passing"],
    ["429", said(429, "why"), "passing", "passing"],
    ["a page instead of JSON", said(200), "lost", "passing"],
    ["a wrong key", said(401, "Unknown Admin API Key"), "revoked", "revoked"],
    ["a wrong clock", said(401, "Invalid token: jwt expired"), "passing", "passing"],
    ["another change ahead", said(409, "Saving failed!"), "passing", "passing"],
    ["a firewall", said(403), "refused", "refused"],
    ["what it would not store", said(422, "why"), "refused", "refused"],
    ["a site that moved", said(301, undefined, { location: "https://b.example/" }), "refused", "refused"],
  ])("%s", async (_what, fetch, write, read) => {
    expect([(await errorOf(fetch, "write")).kind, (await errorOf(fetch, "read")).kind]).toEqual([write, read]);
  });

  it("says of a site's own words as many as a person reads", async () => {
    expect((await errorOf(said(422, "x".repeat(9_000)), "read")).message).toBe(`Ghost refused: ${"x".repeat(300)}`);
    for (const odd of [null, 5, {}, { errors: {} }, { errors: [null] }, { errors: [{ message: 5, context: {} }] }])
      expect((await errorOf(async () => Response.json(odd, { status: 422 }), "read")).message).toBe(
        "Ghost answered 422.",
      );
  });

  it("waits as long as it is asked to", async () => {
    expect((await errorOf(said(429, "why", { "retry-after": "90" }), "write")).retryAfterMs).toBe(90_000);
  });
});

it("signs a token of five minutes for each call, encrypted, and follows no redirect", async () => {
  const calls: [string, RequestInit & { encrypted?: boolean }][] = [];
  const fetch: OutboundFetch = async (input, init = {}) => {
    calls.push([String(input), init]);
    return new Response("{}");
  };
  await ask(credentials, { path: "posts/", query: { limit: "1" }, kind: "read" }, z.unknown(), contextWith(fetch));
  expect(calls).toMatchObject([
    ["https://a.example/ghost/api/admin/posts/?limit=1", { redirect: "manual", encrypted: true }],
  ]);
  const token = new Headers(calls[0]![1].headers).get("authorization")!.replace("Ghost ", "");
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: "HS256", kid: "1".repeat(24) });
  expect(decodeJwt(token)).toEqual({ iat: NOW / 1000, exp: NOW / 1000 + 300, aud: "/admin/" });
  await jwtVerify(token, Buffer.from("ab".repeat(32), "hex"), { currentDate: new Date(NOW) });
  expect(JSON.stringify(calls[0]![1].headers)).not.toContain("ab".repeat(32));
});

it("knows the Admin API key from the other one, and where the API is", () => {
  expect(ghostInput.safeParse(credentials).success).toBe(true);
  expect(ghostInput.safeParse({ ...credentials, adminApiKey: "ab".repeat(13) }).success).toBe(false);
  expect(endpoint("https://a.example/blog/", "site/").href).toBe("https://a.example/blog/ghost/api/admin/site/");
});

it("has the same post each time, its marker where no reader sees it, and an excerpt that fits", () => {
  const part = { position: 0, key: "k1", createdAt: new Date(0), text: "<script>1</script>\n\nText", images: [] };
  const post = () => postOf(aPublication({ excerpt: "word ".repeat(100) }), part, new Map());
  expect(post()).toEqual(post());
  expect(post()).toMatchObject({
    title: "How we plan a quarter",
    html: "<p>Text</p>",
    codeinjection_foot: "<!-- contentos-k1 -->",
  });
  expect(String(post().custom_excerpt).length).toBeLessThanOrEqual(300);
  expect(String(post().custom_excerpt).length).toBeGreaterThan(250);
  expect(toCards("<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>")).toBe(
    "<p>a</p><!--kg-card-begin: html-->\n<table><tbody><tr><td>b</td></tr></tbody></table>\n<!--kg-card-end: html-->",
  );
});

it("cuts an alt text between what people take for characters, and says that it goes on", () => {
  const part = { position: 0, key: "k1", createdAt: new Date(0), text: "Text", images: [] };
  const altOf = (altText: string) => {
    const images = [{ assetId: "a1", altText, sha256: "" }];
    return postOf(aPublication({ images }), part, new Map([["a1", "https://a.example/a.jpg"]])).feature_image_alt;
  };
  const family = "👨‍👩‍👧";
  expect(altOf(`a${family.repeat(30)}`)).toBe(`a${family.repeat(23)}…`);
  expect([altOf("x".repeat(191)), altOf("x".repeat(192)), altOf(" ")]).toEqual([
    "x".repeat(191),
    `${"x".repeat(190)}…`,
    null,
  ]);
});

it("says what Ghost would refuse, or cut", () => {
  const codes = (changes: Parameters<typeof aPublication>[0]) =>
    ghostRules.validate(aPublication(changes)).map(({ severity, code }) => [severity, code]);
  expect(codes({})).toEqual([]);
  expect(codes({ title: "x".repeat(256) })).toEqual([["Error", "part_too_long"]]);
  expect(codes({ excerpt: ` ${"x".repeat(300)} ` })).toEqual([]);
  expect(codes({ excerpt: "x".repeat(301) })).toEqual([["Warning", "excerpt_cut"]]);
  const shown = (altText: string) => codes({ images: [{ assetId: "a1", altText, sha256: "" }] });
  expect(shown("x".repeat(191))).toEqual([]);
  expect(shown("x".repeat(192))).toEqual([["Warning", "alt_text_cut"]]);
  expect(codes({ parts: ["x".repeat(255), "x".repeat(300), "Body"] })).toEqual([]);
  expect(codes({ parts: ["Title", "x".repeat(301), "Body"] })).toEqual([["Error", "part_too_long"]]);
});

describe("an answer that is not as it should be", () => {
  const something = { kind: "passing", message: "Ghost answered with something else than its API says." };
  const connected = (site: unknown, posts: unknown = { posts: [] }) =>
    connect(
      credentials,
      contextWith(async (url) => Response.json(String(url).includes("/posts/") ? posts : site)),
    );

  it("gives an account its name by its address", async () => {
    expect((await connected({ site: { title: "A", url: "https://b.example/" } })).remoteAccount).toBe("b.example");
    for (const odd of [{ title: 5 }, { title: null }, { title: " ", url: "no address" }, { url: {} }, null])
      expect((await connected({ site: odd })).name).toBe("a.example");
    expect((await connected({ site: { title: "x".repeat(500) } })).name).toBe("x".repeat(120));
  });

  it("is no Ghost, or none that is well", async () => {
    for (const odd of [null, 5, [], {}, { posts: {} }])
      await expect(connected({}, odd)).rejects.toMatchObject({ name: "ChannelError", kind: "refused" });
    for (const odd of [null, 5, "a"]) await expect(connected(odd)).rejects.toMatchObject(something);
  });

  const part = { position: 0, key: "k1", createdAt: new Date(NOW), text: "Text", images: [] };
  const post = {
    id: "p1",
    status: "published",
    url: "https://a.example/plan/",
    slug: "plan",
    updated_at: "2026-03-01T12:00:00.000Z",
    codeinjection_foot: markerOf("k1"),
  };
  const found = (answer: unknown) =>
    find(
      { channelId: "c", workspaceId: "w", credentials } as Parameters<typeof find>[0],
      part,
      contextWith(async () => Response.json(answer)),
    );

  it("names a post by its id alone where its address is none for people", async () => {
    expect(await found({ posts: [post] })).toEqual({ remoteId: "p1", remoteUrl: post.url });
    for (const url of ["javascript:alert(1)", `https://a.example/${"x".repeat(2_000)}`, 5, null, undefined])
      expect(await found({ posts: [{ ...post, url }] })).toEqual({ remoteId: "p1", remoteUrl: undefined });
  });

  it("is no list of posts", async () => {
    for (const odd of [null, [], {}, { posts: {} }, { posts: [null] }, { posts: [], meta: 5 }])
      await expect(found(odd)).rejects.toMatchObject(something);
  });
});
