import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { seedFetched, seedPublication } from "#tests/factories/analytics";
import { seedChannel } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t, { clock: { now: () => new Date("2026-04-02T10:00:00Z") } });
const PERIOD = "from=2026-03-28&to=2026-03-30";

/** Berlin, 28 to 30 March 2026: from 23:00 UTC on the 27th to 22:00 UTC on the 30th. */
async function seedStory() {
  const workspace = await seedWorkspace(t, { timeZone: "Europe/Berlin" });
  const { admin, siteChannelId: site } = workspace;
  const bluesky = await seedChannel(t, workspace.id);
  const titled = async (title: string) => {
    const item = await seedItem(t, { createdBy: admin });
    await t.asOwner("update content_items set title = $2 where id = $1", [item.id, title]);
    return item;
  };
  const [first, second, still] = [await titled("First"), await titled("Second"), await titled("Still")];
  // Saturday, 08:30 in Berlin.
  const page = await seedPublication(t, first, admin, site, { publishedAt: "2026-03-28T07:30:00Z" });
  await seedFetched(t, page, { views: { value: 40, at: "2026-03-30T12:00:00Z" } }, [
    ["views", "2026-03-28T08:00:00Z", 10],
    ["views", "2026-03-30T12:00:00Z", 40],
    // After the period.
    ["views", "2026-03-30T22:00:00Z", 900],
  ]);
  // The same hour of the week; what was counted before the period does not count again.
  const post = await seedPublication(t, second, admin, bluesky, { publishedAt: "2026-03-28T07:00:00Z" });
  await seedFetched(t, post, { likes: { value: 60, at: "2026-03-30T12:00:00Z" }, reposts: null }, [
    ["likes", "2026-03-27T22:59:59Z", 5],
    ["likes", "2026-03-30T12:00:00Z", 60],
  ]);
  // Sunday, 03:15 in Berlin, just after the hour that does not exist.
  const quiet = await seedPublication(t, still, admin, site, { publishedAt: "2026-03-29T01:15:00Z" });
  await seedFetched(t, quiet, { views: { value: 0, at: "2026-03-30T12:00:00Z" } }, [
    ["views", "2026-03-29T02:00:00Z", 0],
  ]);
  // Of which nobody told anything.
  await seedFetched(t, await seedPublication(t, still, admin, site, { publishedAt: "2026-03-30T05:00:00Z" }), {
    views: null,
  });
  return { admin, first, second };
}

const topOf = (who: Member, query = PERIOD) => call(who, "GET", `/analytics/workspace/${who.workspaceId}/top?${query}`);

test("what grew most comes first, and hours tell medians of what is known", async () => {
  const { admin, first, second } = await seedStory();
  const { status, body } = await topOf(admin);
  expect([status, body]).toEqual([
    200,
    {
      workspaceId: admin.workspaceId,
      from: "2026-03-27T23:00:00.000Z",
      to: "2026-03-30T22:00:00.000Z",
      timeZone: "Europe/Berlin",
      items: [
        { contentItemId: second.id, title: "Second", reach: null, engagement: 55 },
        { contentItemId: first.id, title: "First", reach: 40, engagement: null },
      ],
      times: [
        { weekday: 6, hour: 8, publications: 2, reach: 40, engagement: 60 },
        { weekday: 7, hour: 3, publications: 1, reach: 0, engagement: null },
      ],
    },
  ]);
  expect((await topOf(admin, `${PERIOD}&limit=1`)).body.items).toHaveLength(1);
  const viewer = await seedMember(t, admin.workspaceId, "Viewer");
  expect((await topOf(viewer)).body).toEqual(body);
});

test("a workspace of which nothing was told has neither", async () => {
  const { admin } = await seedWorkspace(t);
  expect((await topOf(admin)).body).toMatchObject({ items: [], times: [] });
});

test("another workspace's answers as none, and a limit that is none is refused", async () => {
  const { admin } = await seedStory();
  const stranger = (await seedWorkspace(t)).admin;
  for (const id of [admin.workspaceId, randomUUID()])
    expect(await call(stranger, "GET", `/analytics/workspace/${id}/top`)).toMatchObject({ status: 404 });
  for (const limit of ["0", "51", "x"]) expect((await topOf(admin, `limit=${limit}`)).status).toBe(400);
});
