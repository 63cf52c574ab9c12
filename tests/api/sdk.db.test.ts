import { readFileSync } from "node:fs";
import * as sdk from "@contentos/sdk";
import { transform } from "esbuild";
import { afterEach, expect, it, vi } from "vitest";
import { testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { createAuthenticator } from "@/features/auth";

const {
  createClient,
  createContent,
  createWorkspace,
  exportItem,
  getContent,
  getMe,
  getVersion,
  isProblem,
  listContent,
  listVersions,
  logout,
  saveVersion,
  signup,
  submitContent,
  updateContent,
  updateWorkspace,
} = sdk;

const t = testDatabase();
const baseUrl = "http://localhost:3000/api/v1";
const person = (email: string) => ({ body: { email, password: "a long walk to the sea", name: "Kim" } });

/** The whole API behind the client's `fetch`, and what it was asked. */
function serve() {
  const identity = testIdentity(t);
  const app = testApp(t, { identity, authenticate: createAuthenticator(identity) });
  const asked: string[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    asked.push(`${init.method} ${new URL(url).pathname.replace("/api/v1", "")}`);
    return app.request(url, init);
  };
  return { asked, fetch };
}

afterEach(() => vi.unstubAllGlobals());

it("goes from a sign-up to a list of pages", async () => {
  const { asked, fetch } = serve();
  let session = await createClient({ baseUrl, fetch }).call(signup, person("kim@example.com"));
  const client = createClient({
    baseUrl,
    fetch,
    token: () => session.accessToken,
    refresh: async () => {
      session = await client.call(sdk.refresh, { body: { refreshToken: session.refreshToken } });
      return true;
    },
  });
  expect((await client.call(getMe)).user.email).toBe("kim@example.com");
  const { id: workspaceId } = await client.call(createWorkspace, { body: { name: "Kim alone" } });
  const { id: otherId } = await client.call(createWorkspace, { body: { name: "Elsewhere" } });
  const workspace = client.in(workspaceId);

  // Without a workspace nobody knows which of the two is meant.
  const unsaid = await client.call(listContent).catch((error: unknown) => error);
  expect(isProblem(unsaid, "workspace_required") && unsaid.requestId).toMatch(/^[0-9a-f-]{36}$/);

  const item = await workspace.call(createContent, { body: { title: "First", body: "One" } });
  const saved = await workspace.call(saveVersion, {
    id: item.id,
    body: { title: "First", body: "One, two", baseVersion: 1 },
  });
  expect([saved.versionNumber, saved.merged]).toEqual([2, false]);
  const stale = { id: item.id, body: { title: "First", body: "Three", baseVersion: 1 } };
  const conflict = await workspace.call(saveVersion, stale).catch((error: unknown) => error);
  expect(isProblem(conflict, "version_conflict")).toBe(true);
  const version = await workspace.call(getVersion, { id: item.id, versionNumber: 1 });
  expect(version.body).toBe("One");

  for (let n = 2; n <= 5; n += 1) await workspace.call(createContent, { body: { title: `Item ${n}` } });
  const titles = [];
  for await (const { title } of workspace.pages(listContent, { sort: "createdAt", limit: 2 })) titles.push(title);
  expect(titles).toEqual(["First", "Item 2", "Item 3", "Item 4", "Item 5"]);
  const sizes = [];
  for await (const page of workspace.eachPage(listVersions, { id: item.id, limit: 1 })) sizes.push(page.items.length);
  expect(sizes).toEqual([1, 1]);
  expect((await client.in(otherId).call(listContent)).items).toEqual([]);

  const first = await workspace.raw(getContent, { id: item.id });
  const headers = { "If-None-Match": first.headers.get("etag")! };
  expect((await workspace.raw(getContent, { id: item.id }, { headers })).status).toBe(304);
  expect(await workspace.call(exportItem, { id: item.id })).toContain("One, two");
  await client.call(updateWorkspace, { id: workspaceId, body: { approvalSteps: [] } });
  expect((await workspace.call(submitContent, { id: item.id })).status).toBe("Approved");

  // A session that has run out is renewed on the way.
  session = { ...session, accessToken: "run.out.now" };
  asked.length = 0;
  expect((await workspace.call(updateContent, { id: item.id, body: { title: "Anew" } })).title).toBe("Anew");
  expect(asked).toEqual([`PUT /content/${item.id}`, "POST /auth/refresh", `PUT /content/${item.id}`]);
  expect(await client.call(logout)).toBeUndefined();
});

it("does once what was asked for twice", async () => {
  const { fetch } = serve();
  const { accessToken: token } = await createClient({ baseUrl, fetch }).call(signup, person("twice@example.com"));
  let cuts = 1;
  const client = createClient({
    baseUrl,
    token,
    wait: async () => {},
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      if (url.endsWith("/workspaces") && cuts-- > 0) throw new TypeError("terminated");
      return answer;
    },
  });
  const { id } = await client.call(createWorkspace, { body: { name: "Once" } });
  const all = [];
  for await (const workspace of client.pages(sdk.listWorkspaces)) all.push(workspace.id);
  expect(all).toEqual([id]);
});

const EXAMPLES = ["README.md", "packages/sdk/README.md", "docs/guides/sdk.md"];

it.each(EXAMPLES)("%s has an example that runs", async (path) => {
  const { fetch } = serve();
  vi.stubGlobal("fetch", fetch);
  const [, example = ""] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(path, "utf8")) ?? [];
  const named = example.replace(/^import (\{[^}]*\}) from "@contentos\/sdk";$/m, "const $1 = sdk;");
  expect(named).not.toBe(example);
  const { code } = await transform(`async () => {${named}}`, { loader: "ts" });
  const said: string[] = [];
  const run = new Function("sdk", "console", `return (${code.trim().replace(/;$/, "")})()`);
  await run(sdk, { log: (...words: unknown[]) => said.push(words.join(" ")) });
  expect(said).toEqual(["Hello Draft"]);
});
