import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedChannel, seedCredentials } from "#tests/factories/approval";
import { approveItem, type Planners, seedPlanners } from "#tests/factories/distribution";
import { asZip, importFile } from "#tests/factories/transfer";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { startWebhookReceiver } from "#tests/harness/webhook-receiver";
import type { ChannelAdapter } from "@/channels/adapter";
import { createChannels } from "@/channels/registry";
import { createSitePort } from "@/features/site";
import { createTasks } from "@/jobs/tasks";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const t = testDatabase();
const call = caller(t);
const publicUrl = "https://contentos.test";

/** What a network of short posts was given. */
const posted: string[] = [];
const channels = () => {
  const made = createChannels({ site: createSitePort({ db: t.db, publicUrl }) });
  const bluesky: ChannelAdapter = {
    ...made.bluesky,
    publish: async (_account, _publication, part) => {
      posted.push(part.text);
      return { remoteId: `at://${part.key}`, remoteUrl: `https://threads.test/${part.key}` };
    },
  };
  return { ...made, bluesky };
};
const work = () =>
  runJobs(
    t,
    createTasks({
      db: t.db,
      channels: channels(),
      keyring: testKeyring,
      storage: testStorage(),
      ...testOutside(t),
      fetch: createOutboundFetch({ allow: ["127.0.0.1"] }),
      clock: systemClock,
      log: pino({ level: "silent" }),
      publicUrl,
    }),
  );

let team: Planners;
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
let webhookId: string;
let threadsId: string;
beforeAll(async () => {
  team = await seedPlanners(t);
  receiver = await startWebhookReceiver();
  const wanted = { network: "webhook", url: receiver.origin };
  const connected = await caller(t, { channels: channels() })(team.admin, "POST", "/distribution/channels", wanted);
  webhookId = String(connected.body.id);
  threadsId = await seedChannel(t, team.id);
  await seedCredentials(t, team.id, threadsId);
});
afterAll(() => receiver.stop());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await testApp(t).request(path, { headers });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};
async function publish(contentItemId: string, channelId = team.siteChannelId, adaptationId?: string) {
  const scheduledTime = new Date().toISOString();
  const asked = { contentItemId, channelId, scheduledTime, ...(adaptationId && { adaptationId }) };
  const planned = await call(team.editor, "POST", "/distribution/schedule", asked);
  expect([planned.status, planned.body]).toEqual([201, expect.anything()]);
  await work();
  const told = await call(team.viewer, "GET", `/distribution/${planned.body.id}/status`);
  expect(told.body).toMatchObject({ status: "Published" });
  return { scheduleId: String(planned.body.id), url: String(told.body.publishedUrl) };
}
async function takeDown(scheduleId: string) {
  await call(team.editor, "POST", `/distribution/${scheduleId}/remove`, {});
  await work();
  const told = await call(team.viewer, "GET", `/distribution/${scheduleId}/status`);
  expect(told.body).toMatchObject({ removedAt: expect.any(String) });
}
const linking = (id: string) => `Read [the *guide*](content:${id}#part-two "More") first, or [nothing](content:none).`;
const prose = (html: string) => /<div class="prose">(.*?)<\/div>/s.exec(html)![1]!.trim();

describe("a link to another item", () => {
  it("leads to its page as long as it has one, and is words before and after, on the page and in feeds", async () => {
    const target = await approveItem(call, team.editor, { title: "The guide" });
    const { id } = await approveItem(call, team.editor, { title: "Beginning", body: linking(target.id) });
    const { url } = await publish(id);
    const { pathname } = new URL(url);
    const site = pathname.slice(0, pathname.lastIndexOf("/"));
    const before = await get(pathname);
    const words = `<p>Read <a title="More">the <em>guide</em></a> first, or nothing.</p>`;
    expect(prose(before.text)).toBe(words);
    const feed = async () =>
      JSON.parse((await get(`${site}/feed.json`)).text).items.find(
        ({ title }: { title: string }) => title === "Beginning",
      ).content_html;
    expect(await feed()).toBe(words);

    const out = await publish(target.id);
    const leading = (address: string) => words.replace("<a", `<a href="${address}#part-two"`);
    const shown = await get(pathname, { "if-none-match": before.headers.get("etag")! });
    expect([shown.status, prose(shown.text)]).toEqual([200, leading(new URL(out.url).pathname)]);
    expect((await get(new URL(out.url).pathname)).status).toBe(200);
    expect(await feed()).toBe(leading(out.url));

    await takeDown(out.scheduleId);
    expect(prose((await get(pathname)).text)).toBe(words);
    expect(await feed()).toBe(words);
  });

  it("is not made of what only looks like one, and leads to no other workspace's page", async () => {
    const other = await seedPlanners(t);
    const theirs = await approveItem(call, other.editor);
    const planned = await call(other.editor, "POST", "/distribution/schedule", {
      contentItemId: theirs.id,
      channelId: other.siteChannelId,
      scheduledTime: new Date().toISOString(),
    });
    await work();
    const told = await call(other.editor, "GET", `/distribution/${planned.body.id}/status`);
    expect((await get(new URL(String(told.body.publishedUrl)).pathname)).status).toBe(200);
    const odd = '[a](content:"><script>) [b](items/------------------------------------) `[c](content:x)`';
    const { id } = await approveItem(call, team.editor, { body: `[Theirs](content:${theirs.id})\n\n${odd}` });
    const { url } = await publish(id);
    const html = prose((await get(new URL(url).pathname)).text);
    expect(html).toContain("<p><a>Theirs</a></p>");
    expect(html).toContain("<code>[c](content:x)</code>");
    expect(html).not.toContain("<script");
    await publish(id, webhookId);
    const { data } = JSON.parse(receiver.deliveries.at(-1)!.body);
    expect(data.body).toBe(`Theirs\n\n${odd}`);
  });

  it("is told to a webhook as its address, else as its words; what was approved stays what it was", async () => {
    const target = await approveItem(call, team.editor, { title: "Told" });
    const body = linking(target.id);
    const { id } = await approveItem(call, team.editor, { body });
    const sent = () => JSON.parse(receiver.deliveries.at(-1)!.body).data.body;
    await publish(id, webhookId);
    expect(sent()).toBe("Read the *guide* first, or [nothing](content:none).");
    const out = await publish(target.id);
    await publish(id, webhookId);
    expect(sent()).toBe(body.replace(`content:${target.id}`, out.url));
    await takeDown(out.scheduleId);
    await publish(id, webhookId);
    expect(sent()).toBe("Read the *guide* first, or [nothing](content:none).");
    const stored = await t.asOwner("select body from content_versions where content_item_id = $1", [id]);
    expect(stored).toEqual([{ body }]);
  });

  it("leads to no place but the site, wherever else the item is out", async () => {
    const adaptation = { channelId: threadsId, parts: [{ text: "Out" }] };
    const target = await approveItem(call, team.editor, { adaptation });
    const { url } = await publish(target.id, threadsId, target.adaptationId);
    expect(url).toMatch(/^https:\/\/threads\.test\//);
    const { id } = await approveItem(call, team.editor, { body: `[Here](content:${target.id})` });
    await publish(id, webhookId);
    expect(JSON.parse(receiver.deliveries.at(-1)!.body).data.body).toBe("Here");
  });

  it("is a plain address in a short post, where there is room for one", async () => {
    const target = await approveItem(call, team.editor, { title: "Short" });
    const out = async (text: string) => {
      const adaptation = { channelId: threadsId, parts: [{ text }] };
      const { id, adaptationId } = await approveItem(call, team.editor, { adaptation });
      await publish(id, threadsId, adaptationId);
      return posted.at(-1);
    };
    const text = `New: [the guide](content:${target.id}) or content:${target.id}`;
    expect(await out(text)).toBe("New: the guide or");
    const { url } = await publish(target.id);
    expect(await out(text)).toBe(`New: the guide ${url} or ${url}`);
    const long = `${"a".repeat(250)} [b](content:${target.id})`;
    expect(await out(long)).toBe(`${"a".repeat(250)} b`);
  });

  it("of an import leads from page to page", async () => {
    const files = { "a.md": "# One\n\nSee [two](b.md#x).", "b.md": "# Two\n\nSee [one](./a)." };
    const { entries } = await importFile(t, call, team.editor, await asZip(files));
    const ids = entries.map(({ contentItemId }) => contentItemId!);
    for (const id of ids) await call(team.editor, "POST", `/content/${id}/submit`, { adaptationIds: [] });
    const urls = [await publish(ids[0]!), await publish(ids[1]!)].map(({ url }) => new URL(url).pathname);
    expect(prose((await get(urls[0]!)).text)).toContain(`<a href="${urls[1]}#x">two</a>`);
    expect(prose((await get(urls[1]!)).text)).toContain(`<a href="${urls[0]}">one</a>`);
  });

  it("makes a page a newer one for whoever asks by date, when what it leads to has changed", async () => {
    const target = await approveItem(call, team.editor, { title: "Old" });
    await publish(target.id);
    const { id } = await approveItem(call, team.editor, { title: "Dated", body: linking(target.id) });
    const { pathname } = new URL((await publish(id)).url);
    // Beside three newer ones, the page tells of it by its link alone.
    for (const title of ["One", "Two", "Three"]) await publish((await approveItem(call, team.editor, { title })).id);
    await t.asOwner("update site_pages set updated_at = now() - interval '1 hour' where workspace_id = $1", [team.id]);
    await t.asOwner("update site_pages set published_at = '2000-01-01' where content_item_id = $1", [target.id]);
    const since = { "if-modified-since": (await get(pathname)).headers.get("last-modified")! };
    expect((await get(pathname, since)).status).toBe(304);
    await t.asOwner("update site_pages set updated_at = now() where content_item_id = $1", [target.id]);
    const again = await get(pathname, since);
    expect([again.status, again.text.includes('<h3><a href="/s/')]).toEqual([200, true]);
    expect(again.text.match(/>Old</g)).toBeNull();
  });
});
