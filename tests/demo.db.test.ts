import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "#tests/harness/database";
import { createRuntime } from "@/entry/runtime";
import { parseConfig } from "@/platform/config";
import { linksOf } from "@/platform/markdown";
import { createClient } from "../scripts/demo/client";
import { readGuides } from "../scripts/demo/guides";
import { found, signUpAll } from "../scripts/demo/people";
import { type Item, type Page, PLAN, type Schedule, type Stage } from "../scripts/demo/stage";
import { tellStory } from "../scripts/demo/story";

const t = testDatabase();
const SECRET = "the secret of a story that is told in a test";
const stop: (() => Promise<unknown>)[] = [];
let base = "";

/** The server and the worker as they are started, but for the pages. */
beforeAll(async () => {
  let serve: ReturnType<typeof getRequestListener> | undefined;
  const server = createServer((request, response) => void serve?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = parseConfig({ PUBLIC_URL: base, LOG_LEVEL: "silent" });
  const runtime = await createRuntime({ config, secret: SECRET, urls: { ...t.urls, session: t.urls.worker } });
  stop.push(runtime.stop);
  serve = getRequestListener((request, env) => runtime.app.fetch(request, env), { overrideGlobalObjects: false });
  stop.push(await runtime.startWorker());
});

afterAll(async () => {
  for (const each of stop.reverse()) await each();
});

const guides = readGuides("docs/guides");
const statuses = (items: { status: string }[]) =>
  Object.fromEntries(
    [...new Set(items.map(({ status }) => status))].map((status) => [
      status,
      items.filter((item) => item.status === status).length,
    ]),
  );

async function expectNoDeadLink({ workspace }: Stage) {
  const sitemap = await (await fetch(`${base}/s/${workspace.slug}/sitemap.xml`)).text();
  const pages = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url!).slice(1);
  const links = new Set<string>();
  for (const page of pages) {
    const html = await (await fetch(page)).text();
    const prose = html.split('<div class="prose">')[1]!.split("<div data-end")[0]!;
    for (const [, href = ""] of prose.matchAll(/<a href="([^"#]+)"/g))
      if (!/^https?:/.test(href)) links.add(new URL(href, page).href);
  }
  expect(links.size).toBeGreaterThan(5);
  for (const link of links) expect([link, (await fetch(link)).status]).toEqual([link, 200]);
  return pages.length;
}

test("the story is told to its end, and leaves a workspace worth exploring", { timeout: 180_000 }, async () => {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const stage = await tellStory({ base, suffix: "first", guides, bluesky: undefined, patient: true, print });
  const { client, cast, workspace } = stage;

  const { items } = await client.get<Page<Item>>(cast.cleo, "/content?limit=100");
  expect(items).toHaveLength(guides.size);
  expect(statuses(items)).toEqual({ Draft: guides.size - 18, InReview: 3, Approved: 2, Published: 13 });
  const schedules = await client.get<Page<Schedule>>(cast.ben, "/distribution?limit=100");
  expect(statuses(schedules.items)).toEqual({ Published: 13, Scheduled: 2, OnHold: 1 });
  expect((await client.get<Page<object>>(cast.ben, "/approval/inbox")).items).toHaveLength(2);
  expect((await client.get<Page<object>>(cast.ada, "/approval/inbox")).items).toHaveLength(3);

  for (const { id, title, status } of items) {
    const { currentVersion } = await client.get<{ currentVersion: { body: string } }>(cast.ben, `/content/${id}`);
    expect(currentVersion.body.startsWith(`# ${title}\n`)).toBe(true);
    expect(linksOf(currentVersion.body).filter(({ url }) => url.endsWith(".md"))).toEqual([]);
    if (status === "Published") expect(currentVersion.body.length).toBeGreaterThan(2_000);
  }
  expect(await expectNoDeadLink(stage)).toBe(13);

  const campaign = `/content?campaign=${stage.plan.campaignId}&limit=100`;
  expect((await client.get<Page<object>>(cast.ben, campaign)).items).toHaveLength(Object.values(PLAN).flat().length);

  const told = lines.join("\n");
  expect(told).toContain("views – (Unknown)");
  expect(told).toContain("Now: views 7 (Measured), reads 3 (Measured), clicks 1 (Measured).");
  expect(told).toContain("Her receipt says Approved, and is signed.");
  expect(told).toContain(`${base}/s/${workspace.slug}`);
  expect(told).toContain("ben.first@example.com");
  expect(told).toMatch(/the persona “Writer in a team of three” → .* → site → views 7 \(Measured\)/);
});

test("told again, it makes people and a workspace of its own", async () => {
  const say = () => {};
  const told = { client: createClient(base, say), say };
  const { slug } = await found(told, await signUpAll(told, "second"));
  expect(slug).toMatch(/^the-contentos-handbook-[a-z0-9]+$/);
});

test("where nothing answers, one sentence says what to do", async () => {
  const env = { ...process.env, CONTENTOS_URL: "http://127.0.0.1:9" };
  const ended = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) =>
    execFile("node", ["--import", "tsx", "scripts/demo.ts"], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    ),
  );
  expect(ended).toEqual({
    code: 1,
    stdout: "",
    stderr: "Nothing answers at http://127.0.0.1:9: run `npm start` first, in another terminal.\n",
  });
});
