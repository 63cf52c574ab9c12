import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deadOrigin, routedFetch, startCuttingProxy } from "#tests/harness/cutting-proxy";
import { startLinkedin } from "#tests/harness/linkedin";
import { aPublication, connectAccount, describeAdapter, kindOf, partsFor } from "#tests/peers/adapter-contract";
import { type Account, type ChannelAdapter, ChannelError } from "@/channels/adapter";
import { createLinkedinAdapter } from "@/channels/linkedin/adapter";
import type { LinkedinCredentials } from "@/channels/linkedin/client";
import { fromLittle, toLittle } from "@/channels/linkedin/little";
import type { Clock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const REDIRECT = "https://contentos.test/channels/callback";
const DAY_MS = 86_400_000;
const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
const time = { ahead: 0 };
const clock: Clock = { now: () => new Date(Date.now() + time.ahead) };
const contextWith = (fetch = outbound) => ({ fetch, clock, signal: new AbortController().signal });

describeAdapter("linkedin (imitated from its documentation)", async () => {
  const linkedin = await startLinkedin();
  const proxy = await startCuttingProxy(linkedin.url);
  const dead = await deadOrigin();
  let route = proxy.url;
  return {
    adapter: createLinkedinAdapter(linkedin.app) as ChannelAdapter,
    context: contextWith(routedFetch(outbound, () => route)),
    get input() {
      return { code: linkedin.agree(REDIRECT), redirectUri: REDIRECT };
    },
    wrongInput: { code: "made-up", redirectUri: REDIRECT },
    tells: true,
    refusesRepeats: true,
    count: async () => linkedin.posts.size,
    cutAnswers: () => proxy.cut((method, path) => method === "POST" && path === "/rest/posts"),
    unplug: () => {
      route = dead;
    },
    restore: () => {
      proxy.pass();
      route = proxy.url;
    },
    revoke: async () => linkedin.revoke(),
    async close() {
      await proxy.close();
      await linkedin.close();
    },
  };
});

describe("LinkedIn (imitated from its documentation)", () => {
  let linkedin: Awaited<ReturnType<typeof startLinkedin>>;
  let adapter: ReturnType<typeof createLinkedinAdapter>;
  const context = contextWith(routedFetch(outbound, () => linkedin.url));
  const scopes = "openid profile w_member_social";

  beforeAll(async () => {
    linkedin = await startLinkedin();
    adapter = createLinkedinAdapter(linkedin.app);
  });
  beforeEach(() => {
    time.ahead = 0;
    linkedin.posts.clear();
    linkedin.requests.length = 0;
    Object.assign(linkedin.told, { scopes, refreshes: false, answer: () => undefined });
  });
  afterAll(() => linkedin.close());

  /** What was kept, with the ends that were told. */
  async function connected() {
    const input = { code: linkedin.agree(REDIRECT), redirectUri: REDIRECT };
    const { connected: made } = await connectAccount({ adapter: adapter as ChannelAdapter, context, input });
    const kept: { credentials: LinkedinCredentials; endsAt: Date | undefined }[] = [];
    const account: Account<LinkedinCredentials> = {
      channelId: "0199a000-0000-7000-8000-00000000c0de",
      workspaceId: "0199a000-0000-7000-8000-000000000002",
      credentials: made.credentials as LinkedinCredentials,
      async saveCredentials(credentials, access) {
        kept.push({ credentials, endsAt: access?.endsAt });
      },
    };
    return { made, account, kept };
  }
  const partOf = (text: string) => partsFor(adapter as ChannelAdapter, aPublication({ parts: [text] }), context)[0]!;
  const publish = (account: Account<LinkedinCredentials>, part = partOf("Hello"), images = part.images) =>
    adapter.publish(account, aPublication(), { ...part, images }, [], {
      ...context,
      assets: {
        jpegOf: async () => ({ bytes: new Uint8Array([1, 2, 3]), width: 1, height: 1 }),
        addressOf: async () => undefined,
      },
    });
  const daysUntil = (at: Date | undefined) => at && Math.round((at.getTime() - Date.now()) / DAY_MS);
  const asked = (path: string) => linkedin.requests.filter((request) => request.path.startsWith(path));

  it("is offered by the operator's app alone, and sends people to LinkedIn's page with our address", () => {
    expect(createLinkedinAdapter(undefined).authorization).toBeUndefined();
    const url = adapter.authorization!.url({ redirectUri: REDIRECT, state: "w.r" });
    expect(url.origin + url.pathname).toBe("https://www.linkedin.com/oauth/v2/authorization");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: "code",
      client_id: "app-1",
      redirect_uri: REDIRECT,
      state: "w.r",
      scope: scopes,
    });
    expect(url.href).not.toContain(linkedin.app.clientSecret);
  });

  it("ends after 60 days without a refresh token, and after a year with one", async () => {
    const without = await connected();
    expect(without.made).toMatchObject({ name: "Kim Example", remoteAccount: "urn:li:person:8675309_Ab" });
    expect(daysUntil(without.made.accessEndsAt)).toBe(60);
    linkedin.told.refreshes = true;
    const { made } = await connected();
    expect(daysUntil(made.accessEndsAt)).toBe(365);
    // Connected again without one: the old one is good, and so is its end.
    const again = adapter.keep!(made.credentials as LinkedinCredentials, without.made as never);
    expect(daysUntil(again.accessEndsAt)).toBe(365);
    expect(again.credentials).toMatchObject({
      accessToken: (without.made.credentials as LinkedinCredentials).accessToken,
      refreshToken: (made.credentials as LinkedinCredentials).refreshToken,
    });
    // One that ends before the new access does is no help, and would end the channel ahead of its time.
    const soonOver = { ...(made.credentials as LinkedinCredentials), refreshEndsAt: new Date().toISOString() };
    expect(daysUntil(adapter.keep!(soonOver, without.made as never).accessEndsAt)).toBe(60);
  });

  it("renews access ahead of its end and where LinkedIn says that it is over, and keeps the refresh token", async () => {
    linkedin.told.refreshes = true;
    const { account, kept } = await connected();
    time.ahead = 60 * DAY_MS - 60_000;
    await adapter.check(account, context);
    expect(kept).toHaveLength(1);
    expect(kept[0]!.credentials.refreshToken).toBe(account.credentials.refreshToken);
    time.ahead = 0;
    linkedin.revoke("access");
    await publish(account);
    expect(kept).toHaveLength(2);
    expect(kept[1]!.endsAt?.toISOString()).toBe(kept[1]!.credentials.refreshEndsAt);
    expect(linkedin.posts.size).toBe(1);
  });

  it.each([
    ["a server's fault", { status: 500 }, "passing"],
    ["a gateway's fault", { status: 503, body: { error: "invalid_grant" } }, "passing"],
    ["too many calls", { status: 429 }, "passing"],
    ["the operator's wrong secret", { status: 401, body: { error: "invalid_client" } }, "passing"],
    ["words that nobody knows", { status: 400, body: "?" }, "passing"],
    ["an answer without a token", { status: 200, body: {} }, "passing"],
    ["a clear no", { status: 400, body: { error: "invalid_grant" } }, "revoked"],
  ] as const)("takes %s at a renewal for what it is", async (_, answer, kind) => {
    linkedin.told.refreshes = true;
    const { account, kept } = await connected();
    linkedin.revoke("access");
    linkedin.told.answer = ({ path }) => (path === "/oauth/v2/accessToken" ? answer : undefined);
    expect(await kindOf(adapter.check(account, context))).toBe(kind);
    expect(await kindOf(publish(account))).toBe(kind);
    expect([kept, linkedin.posts.size]).toEqual([[], 0]);
  });

  it("takes no answer at a renewal for a fault that passes, and sends nothing that could not be kept", async () => {
    linkedin.told.refreshes = true;
    const { account } = await connected();
    linkedin.revoke("access");
    const failing = { ...account, saveCredentials: () => Promise.reject(new Error("No database")) };
    expect(await kindOf(publish(failing))).toBe("passing");
    const dead = await deadOrigin();
    const unplugged = contextWith(routedFetch(outbound, () => dead));
    time.ahead = 60 * DAY_MS;
    expect(await kindOf(adapter.check(account, unplugged))).toBe("passing");
    expect(linkedin.posts.size).toBe(0);
  });

  it("asks a person where nobody may read what a member posts, also of a text that LinkedIn has", async () => {
    const { account } = await connected();
    const part = partOf("Once");
    await publish(account, part);
    expect(await adapter.find(account, part, context)).toBeUndefined();
    expect(await kindOf(publish(account, part))).toBe("lost");
    expect(linkedin.posts.size).toBe(1);
    expect(asked("/rest/posts?")).toEqual([]);
  });

  it("knows its own post by text and time, and not one of before", async () => {
    linkedin.told.scopes = `${scopes} r_member_social`;
    const { account } = await connected();
    const part = partOf("Spring (is) here #spring_2027");
    const remote = await publish(account, part);
    // As LinkedIn tells it.
    const stored = linkedin.posts.get(remote.remoteId)!;
    stored.commentary = stored.commentary.replace("#spring\\_2027", "{hashtag|\\#|spring_2027}");
    expect(await adapter.find(account, part, context)).toEqual(remote);
    expect(await adapter.find(account, partOf("Something else"), context)).toBeNull();
    stored.createdAt -= 3_600_000;
    expect(await adapter.find(account, part, context)).toBeNull();
    stored.createdAt += 3_600_000;
    stored.author = "urn:li:person:another";
    expect(await adapter.find(account, part, context)).toBeNull();
    // A whole page that is newer hides what is behind it.
    linkedin.told.answer = ({ path }) =>
      path.startsWith("/rest/posts?")
        ? {
            status: 200,
            body: {
              elements: Array.from({ length: 100 }, (_, n) => ({
                id: `urn:li:share:${n}`,
                author: "urn:li:person:8675309_Ab",
                createdAt: Date.now(),
              })),
            },
          }
        : undefined;
    expect(await adapter.find(account, part, context)).toBeUndefined();
  });

  it("sends text that nothing is cut off of, and reads it back as it was", () => {
    const text = "A (b) [c] {d} <e> | f_g *h* ~i~ @j \\k #tag # no, c# yes";
    expect(toLittle(text)).toBe(
      "A \\(b\\) \\[c\\] \\{d\\} \\<e\\> \\| f\\_g \\*h\\* \\~i\\~ \\@j \\\\k #tag \\# no, c\\# yes",
    );
    expect(fromLittle(toLittle(text))).toBe(text);
  });

  it("uploads images ahead of the post, one as media and more as several, with their alt texts", async () => {
    const { account } = await connected();
    const image = (n: number) => ({ assetId: `${n}`, altText: `Image ${n}`, sha256: "0" });
    const one = await publish(account, partOf("One image"), [image(1)]);
    expect(linkedin.posts.get(one.remoteId)!.content).toEqual({
      media: { id: expect.stringMatching(/^urn:li:image:/), altText: "Image 1" },
    });
    const two = await publish(account, partOf("Two images"), [image(1), image(2)]);
    expect(linkedin.posts.get(two.remoteId)!.content).toMatchObject({
      multiImage: { images: [{ altText: "Image 1" }, { altText: "Image 2" }] },
    });
    expect([...linkedin.uploads.values()]).toEqual([3, 3, 3]);
  });

  it("sends no token to where an upload should not go, and no post without its image", async () => {
    const { account } = await connected();
    for (const uploadUrl of ["https://linkedin.com.evil.example/x", "http://www.linkedin.com/x"]) {
      linkedin.told.answer = ({ path }) =>
        path.startsWith("/rest/images")
          ? { status: 200, body: { value: { uploadUrl, image: "urn:li:image:1" } } }
          : undefined;
      const image = { assetId: "1", altText: "x", sha256: "0" };
      expect(await kindOf(publish(account, partOf("With an image"), [image]))).toBe("passing");
    }
    expect([linkedin.posts.size, linkedin.requests.filter(({ method }) => method === "PUT")]).toEqual([0, []]);
  });

  it("tells numbers where the scopes give them, all parts together, and else none", async () => {
    const parts = ["1", "2"].map((n) => ({ remoteId: `urn:li:share:${n}`, remoteUrl: undefined }));
    const { account } = await connected();
    expect(await adapter.metrics(account, parts, context)).toEqual([]);
    linkedin.told.scopes = `${scopes} r_member_postAnalytics`;
    const { account: approved } = await connected();
    expect(await adapter.metrics(approved, parts, context)).toEqual([
      { metricType: "views", value: 80 },
      { metricType: "likes", value: 4 },
      { metricType: "reposts", value: 4 },
      { metricType: "replies", value: 4 },
    ]);
  });

  it.each([
    [{ status: 429, headers: { "retry-after": "7" } }, "passing", 7_000],
    [{ status: 500 }, "lost", undefined],
    [{ status: 201 }, "lost", undefined],
    [{ status: 400, body: { message: "commentary is too long" } }, "refused", undefined],
    [{ status: 422, body: { message: "not a valid URN" } }, "refused", undefined],
    [{ status: 403, body: { message: "Not enough permissions" } }, "refused", undefined],
    [{ status: 426 }, "refused", undefined],
  ] as const)("takes %j to a post for %s", async (answer, kind, wait) => {
    const { account } = await connected();
    linkedin.told.answer = ({ path }) => (path === "/rest/posts" ? answer : undefined);
    const thrown = await publish(account).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ChannelError);
    expect([(thrown as ChannelError).kind, (thrown as ChannelError).retryAfterMs]).toEqual([kind, wait]);
  });

  it("asks for a version of the API with each call, and for no secret of the app", async () => {
    const { account } = await connected();
    await publish(account);
    const [sent] = asked("/rest/posts");
    expect(sent!.headers).toMatchObject({ "linkedin-version": "202605", "x-restli-protocol-version": "2.0.0" });
    expect(JSON.stringify(sent)).not.toContain(linkedin.app.clientSecret);
    expect(JSON.parse(sent!.body)).toMatchObject({ visibility: "PUBLIC", lifecycleState: "PUBLISHED" });
  });

  it("is connected by nobody where a code is made up, used, or for another address", async () => {
    const connect = (code: string, redirectUri = REDIRECT) => kindOf(adapter.connect({ code, redirectUri }, context));
    expect(await connect("made-up")).toBe("refused");
    const code = linkedin.agree(REDIRECT);
    expect(await connect(code, "https://evil.example/callback")).toBe("refused");
    expect(await connect(code)).toBe("none");
    expect(await connect(code)).toBe("refused");
    linkedin.told.answer = () => ({ status: 502 });
    expect(await connect(linkedin.agree(REDIRECT))).toBe("passing");
    expect(await kindOf(createLinkedinAdapter(undefined).connect({ code, redirectUri: REDIRECT }, context))).toBe(
      "refused",
    );
  });
});
