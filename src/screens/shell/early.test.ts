import { runInNewContext } from "node:vm";
import { createClient, listContent, listWorkspaces } from "@contentos/sdk";
import { afterEach, expect, test, vi } from "vitest";
import { EVERYTHING, inputOf } from "@/features/content/ui/list/filter";
import { earlyKey, takeEarly } from "@/ui/early";
import { EARLY_SCRIPT } from "./early-script";

const here = { id: "w1", slug: "harbour" };

/** What a page at this address asks for before its scripts have come. */
async function askedAt(pathname: string, search = "") {
  const page = { location: { pathname, search }, fetch: vi.fn(async () => Response.json({ items: [here] })) };
  const window: { contentosEarly?: Record<string, Promise<Response>> } = {};
  runInNewContext(EARLY_SCRIPT, { ...page, window });
  await vi.waitFor(() => expect(page.fetch.mock.results.every(({ type }) => type === "return")).toBe(true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  return Object.keys(window.contentosEarly ?? {});
}

/** The same, as the scripts ask for it. */
async function asked() {
  const urls: string[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    urls.push(earlyKey(url, (init.headers as Record<string, string>)["X-Workspace-Id"]));
    return Response.json({ items: [], nextCursor: null });
  };
  const client = createClient({ baseUrl: "/api/v1", fetch });
  await client.call(listWorkspaces, { limit: 100 });
  await client.in(here.id).call(listContent, inputOf(EVERYTHING));
  return urls;
}

afterEach(() => {
  globalThis.contentosEarly = undefined;
});

test("what is asked early is what the scripts ask for first, word for word", async () => {
  expect(await askedAt("/w/harbour/content")).toEqual(await asked());
});

test("the list's items are asked for where the whole list is shown, and of a workspace one is in", async () => {
  const [workspaces] = await asked();
  expect(await askedAt("/w/harbour/calendar")).toEqual([workspaces]);
  expect(await askedAt("/w/harbour/content", "?status=Draft")).toEqual([workspaces]);
  expect(await askedAt("/w/elsewhere/content")).toEqual([workspaces]);
  expect(await askedAt("/sign-in")).toEqual([]);
});

test("an early answer is given once, to a read in its own workspace", async () => {
  const answer = Promise.resolve(new Response());
  globalThis.contentosEarly = { [earlyKey("/a", "w1")]: answer };
  expect(takeEarly("/a", { method: "GET", headers: { "X-Workspace-Id": "w2" } })).toBeUndefined();
  expect(takeEarly("/a", { method: "POST", headers: { "X-Workspace-Id": "w1" } })).toBeUndefined();
  const late = vi.spyOn(performance, "now").mockReturnValue(1_000);
  expect(takeEarly("/a", { method: "GET", headers: { "X-Workspace-Id": "w1" } })).toBe(answer);
  expect(takeEarly("/a", { method: "GET", headers: { "X-Workspace-Id": "w1" } })).toBeUndefined();
  globalThis.contentosEarly = { [earlyKey("/a")]: answer };
  late.mockReturnValue(60_000);
  expect(takeEarly("/a", { method: "GET", headers: {} })).toBeUndefined();
  late.mockRestore();
});
