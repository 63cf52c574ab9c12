import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, type SeededItem, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { seedFetched, seedPublication, seedSubmission } from "#tests/factories/analytics";
import { seedChannel } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const NOW = "2026-04-02T10:00:00Z";
const callAt = (now: string) => caller(t, { clock: { now: () => new Date(now) } });
const call = callAt(NOW);

type Workspace = Awaited<ReturnType<typeof seedWorkspace>>;
type Kpi = { value: number | null; unit: string; state: string; previous: number | null };

const STEPS = [{ role: "Editor" }];

const seedDated = async (by: Member, createdAt: string, publishedAt: string | null = null) => {
  const item = await seedItem(t, { createdBy: by });
  await t.asOwner("update content_items set created_at = $2, published_at = $3 where id = $1", [
    item.id,
    createdAt,
    publishedAt,
  ]);
  return item;
};

const kpisOf = async (who: Member, query = "", at = call) => {
  const { status, body } = await at(who, "GET", `/analytics/workspace/${who.workspaceId}${query}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return body as unknown as {
    kpis: Record<string, Kpi & Record<string, unknown>>;
    series: Record<string, unknown>[];
    timeZone: string;
  };
};

/**
 * Berlin, 28 to 30 March 2026; its clocks go forward on the 29th, so that the period has 71 hours, from 23:00 UTC on
 * the 27th to 22:00 UTC on the 30th. The period before has 72, from 23:00 UTC on the 24th.
 */
async function seedStory() {
  const workspace = await seedWorkspace(t, { timeZone: "Europe/Berlin" });
  const { admin, siteChannelId: site } = workspace;
  const bluesky = await seedChannel(t, workspace.id);
  const a = await seedDated(admin, "2026-03-27T22:00:00Z", "2026-03-28T10:00:00Z");
  const b = await seedDated(admin, "2026-03-27T23:00:00Z", "2026-03-29T01:00:00Z");
  const c = await seedDated(admin, "2026-03-30T21:59:59.999Z");
  const d = await seedDated(admin, "2026-03-30T22:00:00Z", "2026-03-30T22:00:00Z");
  const e = await seedDated(admin, "2026-03-24T23:00:00Z", "2026-03-25T03:00:00Z");
  await seedDated(admin, "2026-03-24T22:59:59.999Z");
  await seedReviews(admin, [a, b, c, d, e]);

  const p1 = await seedPublication(t, a, admin, site, { publishedAt: "2026-03-28T10:00:00Z", lateMs: 120_000 });
  const p2 = await seedPublication(t, b, admin, site, { publishedAt: "2026-03-29T01:00:00Z", lateMs: 500 });
  const p3 = await seedPublication(t, b, admin, bluesky, { publishedAt: "2026-03-30T21:59:59.999Z", lateMs: 600_000 });
  const p4 = await seedPublication(t, e, admin, site, { publishedAt: "2026-03-25T03:00:00Z", lateMs: 60_000 });
  await seedPublication(t, d, admin, site, { publishedAt: "2026-03-30T22:00:00Z", lateMs: 900_000 });
  const never = { publishedAt: null };
  await seedPublication(t, c, admin, site, { ...never, status: "Failed", scheduledTime: "2026-03-29T00:30:00Z" });
  await seedPublication(t, c, admin, site, { ...never, status: "Failed", scheduledTime: "2026-03-30T22:00:00Z" });
  await seedPublication(t, c, admin, site, { ...never, status: "Unknown", scheduledTime: "2026-03-27T22:59:59Z" });
  await seedPublication(t, c, admin, site, { ...never, status: "Canceled", scheduledTime: "2026-03-29T12:00:00Z" });

  const at = (value: number, time: string) => ({ value, at: time });
  await seedFetched(
    t,
    p1,
    { views: at(40, "2026-03-30T22:00:00Z"), reads: at(2, "2026-03-30T22:00:00Z"), clicks: null },
    [
      ["views", "2026-03-28T11:00:00Z", 10],
      ["views", "2026-03-29T00:30:00Z", 15],
      ["views", "2026-03-30T22:00:00Z", 40],
      ["reads", "2026-03-28T11:00:00Z", 2],
    ],
  );
  await seedFetched(t, p2, { views: null, reads: null, clicks: null });
  await seedFetched(t, p3, { likes: at(3, "2026-03-30T21:59:59.999Z"), reposts: null, replies: null, quotes: null }, [
    ["likes", "2026-03-30T21:59:59.999Z", 3],
  ]);
  const late = "2026-03-30T21:00:00Z";
  await seedFetched(t, p4, { views: at(20, late), reads: at(0, late), clicks: at(0, late) }, [
    ["views", "2026-03-25T04:00:00Z", 5],
    ["views", "2026-03-27T22:59:00Z", 9],
    ["views", "2026-03-28T23:00:00Z", 20],
  ]);
  return { workspace, admin, site, bluesky };
}

async function seedReviews(admin: Member, [a, b, c, d, e]: SeededItem[]) {
  const review = (
    item: SeededItem | undefined,
    status: string,
    submittedAt: string,
    decidedAt: string | null,
    steps: { role: string }[] = STEPS,
  ) => seedSubmission(t, item!, admin, { status, steps, submittedAt, decidedAt });
  await review(a, "Approved", "2026-03-28T08:00:00Z", "2026-03-28T10:00:00Z");
  await review(b, "Rejected", "2026-03-28T08:00:00Z", "2026-03-28T14:00:00Z");
  await review(b, "Superseded", "2026-03-28T20:00:00Z", "2026-03-29T06:00:00Z");
  await review(c, "Superseded", "2026-03-28T20:00:00Z", null);
  await review(c, "Approved", "2026-03-28T20:00:00Z", "2026-03-28T20:00:00Z", []);
  await review(d, "Rejected", "2026-03-28T20:00:00Z", "2026-03-30T22:00:00Z");
  await review(e, "Rejected", "2026-03-25T02:00:00Z", "2026-03-25T03:00:00Z");
}

describe("a workspace's KPIs", () => {
  let story: Awaited<ReturnType<typeof seedStory>>;
  const QUERY = "?from=2026-03-28&to=2026-03-30";

  beforeAll(async () => {
    story = await seedStory();
  });

  test("are those that were worked out by hand", async () => {
    const { admin, site, bluesky } = story;
    const body = await kpisOf(admin, QUERY);
    const kpi = (
      value: number | null,
      unit: string,
      previous: number | null,
      state = value === null ? "Unknown" : "Measured",
    ) => ({ value, unit, state, previous });
    expect(body).toEqual({
      workspaceId: admin.workspaceId,
      from: "2026-03-27T23:00:00.000Z",
      to: "2026-03-30T22:00:00.000Z",
      timeZone: "Europe/Berlin",
      kpis: {
        produced: kpi(2, "items", 2),
        timeToPublishHours: kpi(19, "hours", 4),
        approvalTurnaroundHours: kpi(6, "hours", 1),
        rejections: kpi(1, "reviews", 1),
        rejectionRate: kpi(0.3333, "ratio", 1),
        publishedPerChannel: {
          ...kpi(3, "publications", 1),
          channels: expect.toSatisfy((channels: { channelId: string }[]) => channels.length === 2),
        },
        late: kpi(2, "publications", 0),
        lateByMinutes: kpi(6, "minutes", null),
        failed: kpi(1, "publications", 0),
        unknown: kpi(0, "publications", 1),
        reach: { ...kpi(26, "views", 9, "Stale"), coverage: { measured: 2, stale: 0, unknown: 1 } },
        engagement: { ...kpi(5, "actions", null, "Stale"), coverage: { measured: 1, stale: 2, unknown: 1 } },
      },
      series: [
        { day: "2026-03-28", produced: 1, published: 1, reach: 10, engagement: 2 },
        { day: "2026-03-29", produced: 0, published: 1, reach: 16, engagement: null },
        { day: "2026-03-30", produced: 1, published: 1, reach: null, engagement: 3 },
      ],
    });
    expect(body.kpis.publishedPerChannel!.channels).toEqual(
      expect.arrayContaining([
        { channelId: site, network: "site", name: "Site", value: 2, previous: 1 },
        { channelId: bluesky, network: "bluesky", name: "bluesky", value: 1, previous: 0 },
      ]),
    );
  });

  test("add up to those of two parts of the period", async () => {
    const { admin } = story;
    const whole = await kpisOf(admin, QUERY);
    const parts = [
      await kpisOf(admin, "?from=2026-03-28&to=2026-03-29T00:15:00Z"),
      await kpisOf(admin, "?from=2026-03-29T00:15:00Z&to=2026-03-31T00:00:00%2B02:00"),
    ];
    for (const name of ["produced", "rejections", "publishedPerChannel", "late", "failed", "reach", "engagement"]) {
      expect([name, parts.reduce((sum, { kpis }) => sum + (kpis[name]!.value ?? 0), 0)]).toEqual([
        name,
        whole.kpis[name]!.value,
      ]);
    }
    // An instant at which a period ends is the next one's.
    expect(parts[1]!.kpis.late!.value).toBe(1);
    // From 02:30 UTC on the 27th: 10 of the first page, and of the other one what came after its 5.
    expect(parts[1]!.kpis.reach!.previous).toBe(25);
  });

  test("follow the workspace's calendar", async () => {
    const { admin, workspace } = story;
    await t.asOwner("update workspaces set time_zone = 'UTC' where id = $1", [workspace.id]);
    const utc = await kpisOf(admin, QUERY);
    await t.asOwner("update workspaces set time_zone = 'Europe/Berlin' where id = $1", [workspace.id]);
    expect(utc.timeZone).toBe("UTC");
    // Two items of 27 March, UTC, are out, and one that was made at 22:00 UTC on the 30th is in.
    expect(utc.kpis.produced).toMatchObject({ value: 2, previous: 2 });
    expect(utc.series.map(({ day, produced }) => [day, produced])).toEqual([
      ["2026-03-28", 0],
      ["2026-03-29", 0],
      ["2026-03-30", 2],
    ]);
  });

  test("count nothing of another workspace, and its own are there", async () => {
    const before = await kpisOf(story.admin, QUERY);
    const other = await seedStory();
    expect(await kpisOf(story.admin, QUERY)).toEqual(before);
    expect((await kpisOf(other.admin, QUERY)).kpis.reach).toMatchObject({ value: 26 });
    expect(await t.asOwner("select count(*)::int as n from analytics_metrics where value = 40")).toEqual([{ n: 2 }]);
  });

  test("are of the last 30 days unless a period is named", async () => {
    const { series } = await kpisOf(story.admin);
    expect([series.length, series[0]!.day, series.at(-1)!.day]).toEqual([30, "2026-03-04", "2026-04-02"]);
    // Nothing had gone out before the 25th: that is a zero. Of the 26th nobody told.
    expect(series.filter(({ reach }) => reach === 0)).toHaveLength(21);
    expect(series.find(({ day }) => day === "2026-03-26")).toMatchObject({ reach: null });
  });
});

describe("reach", () => {
  let own: Workspace;
  const QUERY = "?from=2026-03-28&to=2026-03-30";
  const publish = async (channelId = own.siteChannelId) =>
    seedPublication(t, await seedItem(t, { createdBy: own.admin }), own.admin, channelId, {
      publishedAt: "2026-03-28T10:00:00Z",
    });

  test("is zero where nothing went out, and unknown where nobody told of what did", async () => {
    own = await seedWorkspace(t);
    const none = { measured: 0, stale: 0, unknown: 0 };
    expect((await kpisOf(own.admin, QUERY)).kpis.reach).toEqual({
      value: 0,
      unit: "views",
      state: "Measured",
      previous: 0,
      coverage: none,
    });
    // A network that counts nothing.
    await publish(await seedChannel(t, own.id, "webhook"));
    const { kpis, series } = await kpisOf(own.admin, QUERY);
    expect(kpis.reach).toEqual({ value: null, unit: "views", state: "Unknown", previous: 0, coverage: none });
    expect(series.map(({ reach }) => reach)).toEqual([null, null, null]);
  });

  test("is a measured zero where a page was counted and nobody came", async () => {
    own = await seedWorkspace(t);
    const told = { value: 0, at: "2026-03-31T00:00:00Z" };
    await seedFetched(t, await publish(), { views: told, reads: told, clicks: told }, [
      ["views", "2026-03-28T10:00:00Z", 0],
    ]);
    const { kpis, series } = await kpisOf(own.admin, QUERY);
    expect(kpis.reach).toEqual({
      value: 0,
      unit: "views",
      state: "Measured",
      previous: 0,
      coverage: { measured: 1, stale: 0, unknown: 0 },
    });
    expect(series.map(({ reach }) => reach)).toEqual([0, null, null]);
  });

  test("is stale where what was told is older than twice its interval at the period's end, and still being asked", async () => {
    own = await seedWorkspace(t);
    const id = await publish();
    // At the end, 2 days and 14 hours after it went out, it is asked every 3 hours.
    const told = (at: string) => ({ views: { value: 8, at }, reads: null, clicks: null });
    await seedFetched(t, id, told("2026-03-30T18:00:00Z"), [["views", "2026-03-29T00:00:00Z", 8]]);
    const stateAfter = async (change: string) => {
      await t.asOwner(`update analytics_fetches set ${change} where schedule_id = $1`, [id]);
      return (await kpisOf(own.admin, QUERY)).kpis.reach;
    };
    expect(await stateAfter("fetches = 1")).toMatchObject({ value: 8, state: "Measured" });
    const older = JSON.stringify(told("2026-03-30T17:59:59Z"));
    expect(await stateAfter(`latest = '${older}'`)).toMatchObject({ value: 8, state: "Stale", coverage: { stale: 1 } });
    expect(await stateAfter("next_at = null")).toMatchObject({ value: 8, state: "Measured" });
  });
});

describe("asking", () => {
  let workspace: Workspace;
  let viewer: Member;
  let stranger: Member;
  let item: SeededItem;

  beforeAll(async () => {
    workspace = await seedWorkspace(t);
    viewer = await seedMember(t, workspace.id, "Viewer");
    stranger = (await seedWorkspace(t)).admin;
    item = await seedItem(t, { createdBy: workspace.admin });
  });

  test("is for every member; an item that never went out has no metrics", async () => {
    const { status, body, headers } = await call(viewer, "GET", `/analytics/content/${item.id}`);
    expect([status, body]).toEqual([
      200,
      {
        contentItemId: item.id,
        from: "2026-03-04T00:00:00.000Z",
        to: "2026-04-03T00:00:00.000Z",
        timeZone: "UTC",
        metrics: [],
        series: [],
      },
    ]);
    expect(
      (await call(viewer, "GET", `/analytics/content/${item.id}`, undefined, { "if-none-match": headers.get("etag")! }))
        .status,
    ).toBe(304);
    expect((await call(viewer, "GET", `/analytics/workspace/${workspace.id}`)).status).toBe(200);
  });

  test("needs a session", async () => {
    for (const path of [`content/${item.id}`, `workspace/${workspace.id}`])
      expect(await call(null, "GET", `/analytics/${path}`)).toMatchObject({
        status: 401,
        body: { code: "unauthenticated" },
      });
  });

  test("about what is another workspace's is answered as about what doesn't exist", async () => {
    const theirs = await seedItem(t, { createdBy: stranger });
    const strange = [
      `content/${theirs.id}`,
      `workspace/${stranger.workspaceId}`,
      "content/nothing",
      "workspace/nothing",
    ];
    for (const path of strange) {
      const kind = path.split("/")[0];
      const answer = await call(viewer, "GET", `/analytics/${path}`);
      const none = await call(viewer, "GET", `/analytics/${kind}/${path.endsWith("nothing") ? "none" : randomUUID()}`);
      expect(answer.status).toBe(404);
      expect({ ...answer.body, requestId: "" }).toEqual({ ...none.body, requestId: "" });
    }
    expect((await call(stranger, "GET", `/analytics/content/${theirs.id}`)).status).toBe(200);
  });

  test("takes the workspace from the path, whatever the header says", async () => {
    const { body } = await call(
      { ...viewer, workspaceId: stranger.workspaceId },
      "GET",
      `/analytics/workspace/${workspace.id}`,
    );
    expect(body.workspaceId).toBe(workspace.id);
  });

  test.each([
    ["from=2026-03-30&to=2026-03-28", ["from"]],
    ["from=2026-03-30T10:00:00Z&to=2026-03-30T10:00:00Z", ["from"]],
    ["from=2025-01-01&to=2026-02-05", ["from"]],
    ["from=yesterday", ["from"]],
    ["from=2026-02-30", ["from"]],
    ["from=2026-03-30T10:00:00", ["from"]],
    ["from=1999-01-01&to=1999-02-01", ["to"]],
    ["to=9999-12-31&by=week", ["by"]],
    ["from=&to=", ["from", "to"]],
  ])("refuses %s", async (query, paths) => {
    for (const path of [`content/${item.id}`, `workspace/${workspace.id}`]) {
      const { status, body } = await call(viewer, "GET", `/analytics/${path}?${query}`);
      expect([status, body.code, (body.issues as { path: string }[]).map(({ path: at }) => at)]).toEqual([
        400,
        "invalid_request",
        paths,
      ]);
    }
  });
});
