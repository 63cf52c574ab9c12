import {
  createContent,
  getContent,
  isProblem,
  listContent,
  listWorkspaces,
  Problem,
  updateContent,
} from "@contentos/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { keepKeys } from "./kept-keys";
import { readKey, usePages, useRead, useRefresh, useWrite } from "./query";
import { useWorkspaceId, WorkspaceScope } from "./workspace-scope";

type Asked = { url: string; method: string; headers: Record<string, string>; body?: string };
let asked: Asked[];
let answers: (() => Response)[];
let queries: QueryClient;

beforeEach(() => {
  [asked, answers] = [[], []];
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  vi.stubGlobal("fetch", async (url: string, init: Omit<Asked, "url">) => {
    asked.push({ ...init, url });
    const answer = answers.shift();
    if (!answer) throw new TypeError("Failed to fetch");
    return answer();
  });
});
afterEach(() => {
  queries.clear();
  vi.unstubAllGlobals();
});

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });

function Probe({ take }: { take: () => void }): null {
  take();
  return null;
}

/** What a hook gives in a workspace, or in none, when it is first rendered. */
function use<T>(hook: () => T, workspaceId?: string): T {
  let given: { value: T } | undefined;
  const take = () => {
    given = { value: hook() };
  };
  const probe = createElement(Probe, { take });
  const scoped = workspaceId ? createElement(WorkspaceScope, { id: workspaceId }, probe) : probe;
  renderToString(createElement(QueryClientProvider, { client: queries }, scoped));
  return given!.value;
}

describe("reading", () => {
  it("asks in the workspace around it, and keeps the answer there", async () => {
    answers = [json({ id: "1", title: "Hello" })];
    await use(() => useRead(getContent, { id: "1" }), "w").refetch();
    expect(asked).toMatchObject([{ url: "/api/v1/content/1", method: "GET", headers: { "X-Workspace-Id": "w" } }]);
    expect(use(() => useRead(getContent, { id: "1" }), "w").data?.title).toBe("Hello");
    expect(use(() => useRead(getContent, { id: "1" }), "v").data).toBeUndefined();
    expect(use(() => useRead(getContent, { id: "2" }), "w").data).toBeUndefined();
    expect(queries.getQueryData(readKey("w", getContent, { id: "1" }))).toMatchObject({ title: "Hello" });
    expect(queries.getQueryData(["w", "getContent", { id: "1" }])).toMatchObject({ title: "Hello" });
  });

  it("is outside any workspace where none is around, and may go without an input", async () => {
    expect([use(useWorkspaceId), use(useWorkspaceId, "w")]).toEqual([null, "w"]);
    answers = [json({ items: [], nextCursor: null })];
    await use(() => useRead(listWorkspaces)).refetch();
    expect(queries.getQueryData([null, "listWorkspaces", {}])).toEqual({ items: [], nextCursor: null });
    expect(asked[0]!.headers["X-Workspace-Id"]).toBeUndefined();
  });

  it("leaves trying again to the query client", async () => {
    await use(() => useRead(getContent, { id: "1" })).refetch();
    const error = queries.getQueryState(readKey(null, getContent, { id: "1" }))?.error;
    expect(isProblem(error, "unreachable")).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it("walks pages by their cursors, apart from a single one", async () => {
    answers = [json({ items: [{ id: "1" }], nextCursor: "c" }), json({ items: [{ id: "2" }], nextCursor: null })];
    const pages = () => use(() => usePages(listContent, { status: "Draft" }), "w");
    await pages().refetch();
    expect(pages().hasNextPage).toBe(true);
    await pages().fetchNextPage();
    expect(pages().data?.pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(["1", "2"]);
    expect(pages().hasNextPage).toBe(false);
    expect(asked.map(({ url }) => url)).toEqual([
      "/api/v1/content?status=Draft",
      "/api/v1/content?status=Draft&cursor=c",
    ]);
    expect(use(() => useRead(listContent, { status: "Draft" }), "w").data).toBeUndefined();
  });

  it("is typed by its operation, and by what is selected of the answer", () => {
    const titles = () => useRead(getContent, { id: "1" }, { select: ({ title }) => title.length });
    expectTypeOf<ReturnType<typeof titles>["data"]>().toEqualTypeOf<number | undefined>();
    // @ts-expect-error An id is needed.
    void (() => useRead(getContent));
    // @ts-expect-error It has no pages.
    void (() => usePages(getContent, { id: "1" }));
  });

  it("is had anew by operation, in this workspace", async () => {
    for (const workspace of ["w", "v"])
      for (const operation of [getContent, listContent]) queries.setQueryData(readKey(workspace, operation, {}), {});
    queries.setQueryData(readKey("w", listContent, {}, "pages"), {});
    await use(useRefresh, "w")(listContent);
    const stale = queries.getQueryCache().findAll({ predicate: ({ state }) => state.isInvalidated });
    expect(stale.map(({ queryKey }) => queryKey)).toEqual([
      ["w", "listContent", {}],
      ["w", "listContent", {}, "pages"],
    ]);
  });
});

describe("writing", () => {
  const keys = () => asked.map(({ headers }) => headers["Idempotency-Key"]);

  it("has the same key until the answer has come", async () => {
    const told: string[] = [];
    const write = use(() => useWrite(createContent, { onSuccess: ({ title }) => told.push(title) }), "w");
    const input = { body: { title: "Hello" } };
    answers = [json({ code: "overloaded", detail: "No" }, 500)];
    await expect(write.mutateAsync(input)).rejects.toBeInstanceOf(Problem);
    answers = [json({ title: "Hello" }, 201), json({ title: "Hello" }, 201)];
    await write.mutateAsync(input);
    await write.mutateAsync(input);
    expect(keys()[0]).toBe(keys()[1]);
    expect(keys()[1]).not.toBe(keys()[2]);
    expect(asked[0]).toMatchObject({ body: '{"title":"Hello"}', headers: { "X-Workspace-Id": "w" } });
    expect(told).toEqual(["Hello", "Hello"]);
  });

  it("has none where the operation takes none", async () => {
    answers = [json({})];
    await use(() => useWrite(updateContent)).mutateAsync({ id: "1", body: { title: "A" } });
    expect(keys()).toEqual([undefined]);
  });

  it("keeps keys by what is written, and lets go of one that was refused", async () => {
    let made = 0;
    const kept = keepKeys(() => `k${++made}`);
    const used: string[] = [];
    const fail = (error: unknown) => (key: string) => {
      used.push(key);
      return Promise.reject(error);
    };
    const tries: [string, unknown][] = [
      ["a", new Problem(0, "unreachable", "Away")],
      ["b", new Problem(409, "conflict", "No")],
      ["a", new Error("A defect")],
      ["b", new Problem(503, "overloaded", "Later")],
      ["a", new Problem(400, "invalid_request", "No")],
      ["b", undefined],
      ["a", undefined],
    ];
    for (const [thing, error] of tries) await kept.use(thing, fail(error)).catch(() => {});
    expect(used).toEqual(["k1", "k2", "k1", "k3", "k1", "k3", "k4"]);
  });
});
