import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import {
  type Answer,
  type ContentItem,
  type ContentItemWithBody,
  createClient,
  createContent,
  exportItem,
  getAssetContent,
  getContent,
  getFile,
  getMe,
  type Input,
  isProblem,
  listContent,
  login,
  logout,
  Problem,
  streamEvents,
  submitContent,
  updateContent,
} from "./index.ts";
import { cut, half, json, problem, startServer } from "./test-server.ts";

let server: Awaited<ReturnType<typeof startServer>>;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const keys = () => server.asked.map(({ headers }) => headers["idempotency-key"]);
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("It was answered"),
    (error: unknown) => error as Problem,
  );
const item = { id: "a/b", title: "Hello" };
const draft = { body: { title: "Hello" } };

describe("a request", () => {
  it("has path, query, header and body from one flat input", async () => {
    server.answerAlways(json(200, item));
    const client = server.client({ token: "t", workspaceId: "w" });
    await client.call(getContent, { id: "a/b" });
    await client.call(listContent, { status: "Draft", tag: ["x", "y"], overdue: true, q: undefined });
    await client.call(streamEvents, { subjectId: "s", lastEventId: "9" });
    await client.call(updateContent, { id: "1", body: { title: "Ähm" } });
    await client.in("v").call(getMe);
    expect(server.asked.map(({ method, path }) => `${method} ${path.replace("/api/v1", "")}`)).toEqual([
      "GET /content/a%2Fb",
      "GET /content?status=Draft&tag=x&tag=y&overdue=true",
      "GET /events/stream?subjectId=s",
      "PUT /content/1",
      "GET /auth/me",
    ]);
    expect(server.asked[0]!.headers).toMatchObject({ authorization: "Bearer t", "x-workspace-id": "w" });
    expect(server.asked[2]!.headers["last-event-id"]).toBe("9");
    expect(server.asked[3]).toMatchObject({
      body: '{"title":"Ähm"}',
      headers: { "content-type": "application/json" },
    });
    // An operation outside workspaces is told none.
    expect(server.asked[4]!.headers["x-workspace-id"]).toBeUndefined();
  });

  it("is typed by its operation", async () => {
    expectTypeOf<Input<typeof getContent>>().toEqualTypeOf<{ id: string }>();
    expectTypeOf<Answer<typeof getContent>>().toEqualTypeOf<ContentItemWithBody>();
    expectTypeOf<Answer<typeof logout>>().toEqualTypeOf<undefined>();
    const client = server.client();
    const all = () => client.pages(listContent);
    expectTypeOf(all).returns.toEqualTypeOf<AsyncGenerator<ContentItem, void, undefined>>();
    // @ts-expect-error An id is needed.
    void (() => client.call(getContent));
    // @ts-expect-error There is no such field.
    void (() => client.call(getContent, { id: "1", ids: "2" }));
    // @ts-expect-error It is no list.
    void (() => client.pages(getContent, { id: "1" }));
    // @ts-expect-error There is no such code.
    void ((error: Problem) => error.code === "not_fund");
  });

  it("is not sent without what its address needs", async () => {
    await expect(async () => server.client().call(getContent, { id: "" })).rejects.toThrow('getContent needs "id"');
    expect(server.asked).toEqual([]);
  });

  it("of a guest has their credential, and nobody's session, cookies or workspace", async () => {
    server.answerAlways(problem(401, "unauthenticated"));
    const refresh = vi.fn(async () => true);
    const inits: RequestInit[] = [];
    const client = server.client({
      token: "t",
      workspaceId: "w",
      credentials: "same-origin",
      refresh,
      fetch: (url, init) => {
        inits.push(init);
        return fetch(url, init);
      },
    });
    await caught(client.asGuest("c").call(getContent, { id: "1" }));
    expect(server.asked[0]!.headers).toMatchObject({ authorization: "Review c" });
    expect(server.asked[0]!.headers["x-workspace-id"]).toBeUndefined();
    await caught(client.in(undefined).request("POST", "/auth/x"));
    expect(inits.map(({ credentials }) => credentials)).toEqual(["omit", "same-origin"]);
    expect(refresh).not.toHaveBeenCalled();
  });
});

describe("an answer", () => {
  it("is what its operation says: JSON, nothing, text, bytes, or the response itself", async () => {
    const plain = (_: unknown, response: { end: (text: string) => void }) => response.end("{}");
    server.answer(json(200, item), (_, response) => response.writeHead(204).end(), plain, plain, plain);
    const client = server.client();
    expect(await client.call(getContent, { id: "1" })).toEqual(item);
    expect(await client.call(logout)).toBeUndefined();
    expect(await client.call(exportItem, { id: "1" })).toBe("{}");
    expect(await (await client.call(getFile, { token: "1" })).text()).toBe("{}");
    expect((await client.call(streamEvents)).status).toBe(200);
  });

  it("may be 304 where it is taken raw", async () => {
    server.answer((_, response) => response.writeHead(304, { etag: '"1"' }).end());
    const options = { headers: { "If-None-Match": '"1"' } };
    const answer = await server.client().raw(getAssetContent, { id: "1" }, options);
    expect([answer.status, answer.headers.get("etag")]).toEqual([304, '"1"']);
    expect(server.asked[0]!.headers["if-none-match"]).toBe('"1"');
  });

  it("that refuses is a Problem with all that it says", async () => {
    server.answer(
      problem(409, "version_conflict", {}, { issues: [{ path: "title", message: "Hm" }], currentVersion: 3 }),
    );
    const error = await caught(server.client().call(getContent, { id: "1" }));
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({
      status: 409,
      code: "version_conflict",
      message: "It is version_conflict.",
      issues: [{ path: "title", message: "Hm" }],
      requestId: "r-1",
      members: { currentVersion: 3 },
      retryAfterMs: 0,
    });
    expect([isProblem(error), isProblem(error, "forbidden"), isProblem(error, "version_conflict")]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("of something that is not ContentOS is told as such", async () => {
    const page = (status: number) => (_: unknown, response: import("node:http").ServerResponse) => {
      response.writeHead(status, { "content-type": "text/html" }).end("<h1>Hello</h1>");
    };
    server.answer(page(404), page(200), page(502));
    const client = server.client({ retries: 0 });
    const codes = [];
    for (let n = 0; n < 3; n += 1) codes.push((await caught(client.call(getContent, { id: "1" }))).code);
    expect(codes).toEqual(["unexpected_answer", "unexpected_answer", "unreachable"]);
    expect(server.asked).toHaveLength(3);
  });
});

describe("another try", () => {
  it("has the same key after the connection was cut, before or in the middle of an answer", async () => {
    server.answer(cut, half, json(201, item));
    expect(await server.client().call(createContent, draft)).toEqual(item);
    expect(new Set(keys()).size).toBe(1);
    expect(keys()[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(server.waits).toEqual([500, 1_000]);
    server.answer(json(201, item), json(201, item));
    await server.client().call(createContent, draft);
    await server.client().call(createContent, draft, { idempotencyKey: "mine" });
    expect([new Set(keys()).size, keys().at(-1)]).toEqual([3, "mine"]);
  });

  it("ends, and tells why", async () => {
    server.answerAlways(cut);
    const error = await caught(server.client().call(createContent, draft));
    expect(error).toMatchObject({
      status: 0,
      code: "unreachable",
      message: "ContentOS can't be reached. What you wrote is still here: try again.",
    });
    expect(error.cause).toBeInstanceOf(Error);
    expect(server.asked).toHaveLength(3);
    await caught(server.client({ retries: 5 }).call(getContent, { id: "1" }));
    await caught(server.client().call(getContent, { id: "1" }, { retries: 0 }));
    expect(server.asked).toHaveLength(3 + 6 + 1);
  });

  it.each([429, 503])("waits as long as a %d asks", async (status) => {
    const date = new Date(Date.now() + 20_000).toUTCString();
    const code = status === 429 ? "rate_limited" : "overloaded";
    server.answer(problem(status, code, { "retry-after": "7" }), problem(status, code, { "retry-after": date }));
    server.answer(json(200, item));
    await server.client().call(getContent, { id: "1" });
    expect(server.waits[0]).toBe(7_000);
    expect(server.waits[1]).toBeGreaterThan(17_000);
    expect(server.waits[1]).toBeLessThanOrEqual(20_000);
  });

  it("is not made where the server asks for a longer wait than wanted", async () => {
    server.answer(problem(429, "rate_limited", { "retry-after": "61" }));
    const error = await caught(server.client().call(getContent, { id: "1" }));
    expect(error).toMatchObject({ code: "rate_limited", retryAfterMs: 61_000 });
    expect([server.asked.length, server.waits]).toEqual([1, []]);
  });

  it("is spread by chance", async () => {
    server.answer(cut, json(200, item));
    await server.client({ random: () => 0 }).call(getContent, { id: "1" });
    expect(server.waits).toEqual([250]);
  });

  it.each([400, 404, 409, 500])("is not made after a %d", async (status) => {
    server.answer(problem(status, "not_found"));
    await caught(server.client().call(getContent, { id: "1" }));
    expect(server.asked).toHaveLength(1);
  });

  it("is not made of a write without a key that may have been done", async () => {
    const client = server.client();
    const update = (by = client) => by.call(updateContent, { id: "1", body: { title: "B" } });
    for (const answer of [cut, half, problem(503, "overloaded"), problem(502, "internal")]) {
      server.answer(answer);
      await caught(update());
    }
    expect(server.asked).toHaveLength(4);
    expect(keys().every((key) => key === undefined)).toBe(true);
    // What was refused at the door was not done, and what was never sent neither.
    server.answer(problem(429, "rate_limited"), json(200, item));
    await update();
    expect(server.waits).toHaveLength(1);
    const gone = await startServer();
    await gone.stop();
    await caught(update(gone.client()));
    expect(gone.waits).toHaveLength(2);
  });

  it("is given up as soon as nobody wants it", async () => {
    server.answerAlways(problem(503, "overloaded", { "retry-after": "30" }));
    const stop = new AbortController();
    const began = performance.now();
    const calling = caught(
      createClient({ baseUrl: server.baseUrl }).call(getContent, { id: "1" }, { signal: stop.signal }),
    );
    setTimeout(() => stop.abort(new Error("Enough")), 50);
    expect((await calling).message).toBe("Enough");
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(server.asked).toHaveLength(1);
  });

  it("is not made where the request itself was called off", async () => {
    const stop = new AbortController();
    server.answerAlways(() => stop.abort());
    const error = await caught(server.client().call(getContent, { id: "1" }, { signal: stop.signal, retries: 0 }));
    expect(error.name).toBe("AbortError");
    expect(server.asked).toHaveLength(1);
  });
});

describe("a session", () => {
  const guarded = (good: () => string) =>
    server.answerAlways((asked, response) =>
      (asked.headers.authorization === `Bearer ${good()}` ? json(200, item) : problem(401, "unauthenticated"))(
        asked,
        response,
      ),
    );

  it("is renewed once for ten who were refused at the same time, and for who comes late", async () => {
    guarded(() => "new");
    let token = "old";
    let renewals = 0;
    const late: (() => void)[] = [];
    const client = server.client({
      token: () => token,
      refresh: async () => {
        renewals += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
        token = "new";
        return true;
      },
      // The last one's refusal is told after the session was renewed.
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        if (url.endsWith("/9") && answer.status === 401) await new Promise<void>((resolve) => late.push(resolve));
        return answer;
      },
    });
    const calls = [...Array(10).keys()].map((id) => client.call(getContent, { id: String(id) }));
    await Promise.all(calls.slice(0, 9));
    for (const go of late) go();
    expect(await calls[9]).toEqual(item);
    expect(renewals).toBe(1);
    expect(server.asked).toHaveLength(20);
  });

  it("that can't be renewed is over: the refusal is told, and a later call may try again", async () => {
    guarded(() => "none");
    const broken = () => {
      throw new Error("A defect");
    };
    const answers = [async () => false, () => Promise.reject(new Error("Away")), broken];
    const client = server.client({ token: "old", refresh: () => answers.shift()!() });
    expect(await caught(client.call(getContent, { id: "1" }))).toMatchObject({ code: "unauthenticated" });
    expect(await caught(client.call(getContent, { id: "1" }))).toMatchObject({ code: "unauthenticated" });
    expect(await caught(client.call(getContent, { id: "1" }))).toMatchObject({ code: "unauthenticated" });
    expect(answers).toEqual([]);
    expect(server.asked).toHaveLength(3);
  });

  it("is not renewed for who signs in, by whatever way, nor for a wrong password", async () => {
    const refresh = vi.fn(async () => true);
    const client = server.client({ refresh });
    server.answer(
      problem(401, "unauthenticated"),
      problem(401, "unauthenticated"),
      problem(401, "invalid_credentials"),
    );
    await caught(client.call(login, { body: { email: "a@example.com", password: "b" } }));
    await caught(client.request("POST", "/auth/refresh", { body: {} }));
    await caught(client.call(submitContent, { id: "1" }));
    expect(server.asked).toHaveLength(3);
    expect(refresh).not.toHaveBeenCalled();
  });

  it("that was renewed in the middle of a write keeps its key", async () => {
    let token = "old";
    guarded(() => "new");
    const client = server.client({
      token: () => token,
      refresh: async () => {
        token = "new";
        return true;
      },
    });
    await client.call(createContent, draft);
    expect([keys().length, new Set(keys()).size]).toEqual([2, 1]);
  });
});

describe("a list", () => {
  const walk = () =>
    server.answer(
      json(200, { items: [1, 2], nextCursor: "b" }),
      json(200, { items: [], nextCursor: "c" }),
      json(200, { items: [3], nextCursor: null }),
    );

  it("is walked to its end, page after page, and no further than somebody wants", async () => {
    walk();
    const client = server.client();
    const seen = [];
    for await (const one of client.pages(listContent, { sort: "title" })) seen.push(one);
    expect(seen).toEqual([1, 2, 3]);
    expect(server.asked.map(({ path }) => path.split("?")[1])).toEqual([
      "limit=100&sort=title",
      "limit=100&sort=title&cursor=b",
      "limit=100&sort=title&cursor=c",
    ]);
    server.answer(json(200, { items: [1, 2], nextCursor: "b" }));
    for await (const _ of client.pages(listContent)) break;
    expect(server.asked).toHaveLength(4);
  });

  it("comes as pages, too, in the size that was asked for", async () => {
    walk();
    const sizes = [];
    for await (const { items } of server.client().eachPage(listContent, { limit: 2 })) sizes.push(items.length);
    expect(sizes).toEqual([2, 0, 1]);
    expect(server.asked[0]!.path).toContain("limit=2");
  });
});
