import { pino } from "pino";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { seedChannel, seedCredentials } from "#tests/factories/approval";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { approveItem, type Planners, seedPlanners, submitItem } from "#tests/factories/distribution";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { startWebhookReceiver } from "#tests/harness/webhook-receiver";
import type { ChannelAdapter, Part } from "@/channels/adapter";
import { createChannels } from "@/channels/registry";
import { createSitePort } from "@/features/site";
import { createTasks } from "@/jobs/tasks";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import type { Storage } from "@/platform/storage/storage";

const t = testDatabase();
const call = caller(t);
const publicUrl = "https://contentos.test";

/** A network that keeps what it was given, as the real one would be. */
const posted: { part: Part; jpegs: { bytes: Buffer; width: number; height: number }[] }[] = [];
const channels = () => {
  const made = createChannels({ site: createSitePort({ db: t.db, publicUrl }) });
  const bluesky: ChannelAdapter = {
    ...made.bluesky,
    publish: async (_account, _publication, part, _earlier, { assets }) => {
      const jpegs = await Promise.all(part.images.map(({ assetId }) => assets!.jpegOf(assetId)));
      posted.push({ part, jpegs: jpegs.map((jpeg) => ({ ...jpeg, bytes: Buffer.from(jpeg.bytes) })) });
      return { remoteId: `at://${part.key}`, remoteUrl: undefined };
    },
  };
  return { ...made, bluesky };
};
const work = (storage: Storage = testStorage()) =>
  runJobs(
    t,
    createTasks({
      db: t.db,
      channels: channels(),
      keyring: testKeyring,
      storage,
      ...testOutside(t),
      fetch: createOutboundFetch({ allow: ["127.0.0.1"] }),
      clock: systemClock,
      log: pino({ level: "silent" }),
      publicUrl,
    }),
  );

let team: Planners;
let picture: string;
let notes: string;
let unused: string;
beforeAll(async () => {
  team = await seedPlanners(t);
  picture = await uploadAsset(t, call, team.writer, { bytes: await aPicture(1_000, 500, "jpeg"), altText: "Tulips" });
  const text = { bytes: Buffer.from("All of it."), fileName: "notes.txt", contentType: "text/plain" };
  notes = await uploadAsset(t, call, team.writer, text);
  unused = await uploadAsset(t, call, team.writer, { bytes: await aPicture(30, 30) });
});

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await testApp(t).request(path, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};
const schedule = async (contentItemId: string, channelId = team.siteChannelId, adaptationId?: string) => {
  const scheduledTime = new Date().toISOString();
  const planned = await call(team.editor, "POST", "/distribution/schedule", {
    contentItemId,
    channelId,
    scheduledTime,
    ...(adaptationId && { adaptationId }),
  });
  expect([planned.status, planned.body]).toEqual([201, expect.anything()]);
  return async () => (await call(team.viewer, "GET", `/distribution/${planned.body.id}/status`)).body;
};
const publish = async (...wanted: Parameters<typeof schedule>) => {
  const status = await schedule(...wanted);
  await work();
  const told = await status();
  expect(told).toMatchObject({ status: "Published" });
  return told as { id: string; publishedUrl: string };
};
const article = () =>
  approveItem(call, team.editor, { body: `![](asset:${picture})\n\nRead [the notes](asset:${notes}).` });

describe("a page", () => {
  it("shows images in every size with their alt texts, and links to files; only what is made of an image is served", async () => {
    const { id } = await article();
    const { publishedUrl } = await publish(id);
    const { pathname } = new URL(publishedUrl);
    const html = (await get(pathname)).bytes.toString();
    const [image] = html.match(/<img src="assets[^>]*>/) ?? [];
    expect(image).toContain(`src="assets/${picture}-1280.webp"`);
    expect(image).toContain('alt="Tulips"');
    expect(image).toContain('width="1000" height="500"');
    expect(image).toContain(
      `srcset="assets/${picture}-320.webp 320w, assets/${picture}-640.webp 640w, assets/${picture}-1280.webp 1000w"`,
    );
    expect(html).toContain(`<a href="assets/${notes}">the notes</a>`);
    const site = pathname.slice(0, pathname.lastIndexOf("/"));
    expect(html).toContain(`<meta property="og:image" content="${publicUrl}${site}/assets/${picture}-1280.jpg"/>`);
    expect((await get(site)).bytes.toString()).toContain(`src="${publicUrl}${site}/assets/${picture}-1280.jpg"`);

    const shown = await get(`${site}/assets/${picture}-640.webp`);
    expect((await sharp(shown.bytes).metadata()).width).toBe(640);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
      "cross-origin-resource-policy": "cross-origin",
    });
    expect(
      (await get(`${site}/assets/${picture}-640.webp`, { "if-none-match": shown.headers.get("etag")! })).status,
    ).toBe(304);
    const file = await get(`${site}/assets/${notes}`);
    expect([file.bytes.toString(), file.headers.get("content-disposition")]).toEqual([
      "All of it.",
      expect.stringMatching(/^attachment/),
    ]);
    for (const hidden of [picture, `${picture}-9999.webp`, `${picture}-..%2f`, "x", `${picture}.jpg`])
      expect([hidden, (await get(`${site}/assets/${hidden}`)).status]).toEqual([hidden, 404]);
  });

  it("is in feeds with absolute addresses", async () => {
    const { id } = await article();
    const { publishedUrl } = await publish(id);
    const site = publishedUrl.slice(0, publishedUrl.lastIndexOf("/"));
    const feed = JSON.parse((await get(`${new URL(site).pathname}/feed.json`)).bytes.toString());
    const item = (feed.items as { url: string; content_html: string }[]).find(({ url }) => url === publishedUrl)!;
    expect(item.content_html).toContain(`src="${site}/assets/${picture}-1280.webp"`);
    expect(item.content_html).toContain(
      `srcset="${site}/assets/${picture}-320.webp 320w, ${site}/assets/${picture}-640.webp 640w, `,
    );
    expect(item.content_html).toContain(`href="${site}/assets/${notes}"`);
    expect(item.content_html).not.toMatch(/(src|href|srcset)="assets/);
  });

  it("holds its files while it is live; then they are gone for visitors, and may be removed", async () => {
    const own = await uploadAsset(t, call, team.editor, { bytes: await aPicture(40, 40) });
    const { id } = await approveItem(call, team.editor, { body: `![A](asset:${own})` });
    const { publishedUrl, id: scheduleId } = await publish(id);
    const site = new URL(publishedUrl).pathname.replace(/\/[^/]*$/, "");
    const seen = () => get(`${site}/assets/${own}-320.webp`).then(({ status }) => status);
    expect(await seen()).toBe(200);
    // The item no longer names it; the page does.
    await call(team.editor, "POST", `/content/${id}/versions`, { body: "Without", baseVersion: 1 });
    const refused = await call(team.editor, "DELETE", `/assets/${own}`);
    expect([refused.status, refused.body.usedBy]).toEqual([409, [{ kind: "Page", id: expect.any(String) }]]);
    expect(await seen()).toBe(200);

    expect((await call(team.editor, "POST", `/distribution/${scheduleId}/remove`)).status).toBeLessThan(300);
    await work();
    expect(await seen()).toBe(404);
    expect((await call(team.viewer, "GET", `/assets/${own}`)).status).toBe(200);
    expect((await call(team.editor, "DELETE", `/assets/${own}`)).status).toBe(204);
  });

  it("that is brought to a new version shows that one's files, and no longer the other's", async () => {
    const [before, after] = [
      await uploadAsset(t, call, team.editor, { bytes: await aPicture(41, 40) }),
      await uploadAsset(t, call, team.editor, { bytes: await aPicture(42, 40) }),
    ];
    const { id } = await approveItem(call, team.editor, { body: `![A](asset:${before})` });
    const { publishedUrl } = await publish(id);
    const site = new URL(publishedUrl).pathname.replace(/\/[^/]*$/, "");
    const seen = async () =>
      Promise.all([before, after].map(async (asset) => (await get(`${site}/assets/${asset}-320.webp`)).status));
    expect(await seen()).toEqual([200, 404]);
    await call(team.editor, "POST", `/content/${id}/versions`, { body: `![B](asset:${after})`, baseVersion: 1 });
    await submitItem(call, team.editor, id);
    await publish(id);
    expect(await seen()).toEqual([404, 200]);
  });
});

describe("a visitor", () => {
  it("sees nothing that no page shows, and nothing on another workspace's site", async () => {
    const { id } = await article();
    const { publishedUrl } = await publish(id);
    const site = new URL(publishedUrl).pathname.replace(/\/[^/]*$/, "");
    const other = await seedWorkspace(t);
    expect((await get(`${site}/assets/${picture}-320.webp`)).status).toBe(200);
    expect((await call(team.viewer, "GET", `/assets/${unused}`)).status).toBe(200);
    expect((await get(`${site}/assets/${unused}-320.webp`)).status).toBe(404);
    expect((await get(`/s/${other.slug}/assets/${picture}-320.webp`)).status).toBe(404);
  });
});

describe("the branding", () => {
  const brand = (branding: object, who = team.admin) => call(who, "PUT", `/workspaces/${team.id}`, { branding });

  it("shows a logo and a favicon of the library, which it holds", async () => {
    const logo = await uploadAsset(t, call, team.admin, { bytes: await aPicture(300, 100) });
    expect((await brand({ logoAssetId: logo, faviconAssetId: logo })).status).toBe(200);
    const html = (await get(`/s/${team.slug}`)).bytes.toString();
    const address = `${publicUrl}/s/${team.slug}/assets/${logo}`;
    expect(html).toContain(`<img src="${address}-320.webp"`);
    expect(html).toContain(`<link rel="icon" href="${address}-thumbnail.webp"/>`);
    expect((await get(`/s/${team.slug}/assets/${logo}-thumbnail.webp`)).status).toBe(200);
    expect((await call(team.viewer, "GET", `/assets/${logo}/usage`)).body.branding).toEqual(["logo", "favicon"]);
    const refused = await call(team.admin, "DELETE", `/assets/${logo}`);
    expect([refused.status, refused.body.code, refused.body.branding]).toEqual([409, "in_use", ["logo", "favicon"]]);
    expect((await brand({ tagline: "Plain" })).status).toBe(200);
    expect((await get(`/s/${team.slug}/assets/${logo}-thumbnail.webp`)).status).toBe(404);
    expect((await call(team.admin, "DELETE", `/assets/${logo}`)).status).toBe(204);
  });

  it("is refused where it names what isn't there, or no image", async () => {
    const before = await t.asOwner("select branding from workspaces where id = $1", [team.id]);
    for (const [id, path] of [
      [notes, "logoAssetId"],
      ["00000000-0000-4000-8000-00000000dead", "faviconAssetId"],
    ]) {
      const refused = await brand({ [path!]: id });
      expect([refused.status, refused.body.code]).toEqual([400, "invalid_request"]);
      expect(refused.body.issues).toEqual([expect.objectContaining({ path: `branding.${path}` })]);
    }
    const founded = await call(team.admin, "POST", "/workspaces", { name: "New", branding: { logoAssetId: picture } });
    expect(founded.status).toBe(400);
    expect(await t.asOwner("select branding from workspaces where id = $1", [team.id])).toEqual(before);
  });

  it("meets a removal at the same moment", async () => {
    const logo = await uploadAsset(t, call, team.admin, { bytes: await aPicture(30, 20) });
    const [branded, removed] = await t.collide("assets", logo, [
      () => brand({ logoAssetId: logo }),
      () => call(team.admin, "DELETE", `/assets/${logo}`),
    ]);
    expect([
      [200, 409],
      [400, 204],
    ]).toContainEqual([branded!.status, removed!.status]);
    await brand({});
  });
});

describe("a post", () => {
  let bluesky: string;
  beforeAll(async () => {
    bluesky = await seedChannel(t, team.id);
    await seedCredentials(t, team.id, bluesky);
  });

  it("goes out with the images of its adaptation, each as a JPEG that the network takes", async () => {
    const images = [{ assetId: picture, altText: "Red tulips" }];
    const adaptation = { channelId: bluesky, parts: [{ text: "One", images }, { text: "Two" }] };
    const { id, adaptationId } = await approveItem(call, team.editor, { adaptation });
    posted.length = 0;
    await publish(id, bluesky, adaptationId);
    expect(posted.map(({ part }) => [part.text, part.images.map(({ altText }) => altText)])).toEqual([
      ["One", ["Red tulips"]],
      ["Two", []],
    ]);
    const [jpeg] = posted[0]!.jpegs;
    expect([jpeg!.width, jpeg!.height, (await sharp(jpeg!.bytes).metadata()).format]).toEqual([1_000, 500, "jpeg"]);
    expect(jpeg!.bytes.length).toBeLessThanOrEqual(1_000_000);
  });

  it("has the item's first image where nobody wrote one, as it was approved", async () => {
    const { id } = await article();
    const [submission] = await t.asOwner<{ adaptations: { channelId: string; parts: object[] }[] }>(
      "select adaptations from approval_submissions where content_item_id = $1",
      [id],
    );
    const parts = submission!.adaptations.find(({ channelId }) => channelId === bluesky)!.parts;
    expect(parts).toEqual([
      { text: expect.any(String), images: [{ assetId: picture, altText: "Tulips", sha256: expect.any(String) }] },
    ]);
    posted.length = 0;
    await publish(id, bluesky);
    expect(posted.map(({ part }) => part.images)).toEqual([[expect.objectContaining({ assetId: picture })]]);
  });

  it("is tried again where the storage can't be read, since nothing was sent", async () => {
    const { id } = await article();
    const status = await schedule(id, bluesky);
    posted.length = 0;
    const unreadable: Storage = { ...testStorage(), read: () => Promise.reject(new Error("no connection")) };
    await work(unreadable);
    const told = await status();
    expect([told.status, told.attempts]).toEqual([
      "Scheduled",
      [expect.objectContaining({ outcome: "Passing", error: expect.stringContaining("storage") })],
    ]);
    expect(posted).toEqual([]);
  });
});

describe("a webhook", () => {
  let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
  beforeAll(async () => {
    receiver = await startWebhookReceiver();
  });
  afterAll(() => receiver.stop());

  it("is told where each file can be fetched", async () => {
    const connected = await caller(t, { channels: channels() })(team.admin, "POST", "/distribution/channels", {
      network: "webhook",
      url: receiver.origin,
    });
    expect(connected.status).toBe(201);
    const { id } = await article();
    await publish(id, connected.body.id as string);
    const { data } = JSON.parse(receiver.deliveries.at(-1)!.body);
    expect(data.assets).toEqual(
      expect.arrayContaining([
        { id: picture, altText: "Tulips", contentType: "image/jpeg", url: expect.any(String) },
        { id: notes, altText: "", contentType: "text/plain", url: expect.any(String) },
      ]),
    );
    const { url } = data.assets.find((asset: { id: string }) => asset.id === notes);
    const { pathname, search } = new URL(url);
    expect((await get(pathname + search)).bytes.toString()).toBe("All of it.");
  });
});
