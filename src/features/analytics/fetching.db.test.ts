import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Member, type SeededItem, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { seedPublication } from "#tests/factories/analytics";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { type HeldJob, holdJob, makeDue } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { ChannelError, type Measured } from "@/channels/adapter";
import { type Channels, createChannels } from "@/channels/registry";
import { emit } from "@/db/outbox";
import { withWorkspace } from "@/db/scope";
import type { DomainEvent } from "@/platform/events";
import { fetchTask } from "./jobs";

const t = testDatabase();
const PUBLISHED = Date.parse("2026-06-01T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let now: Date;
const clock = { now: () => now };
/** What the network under test says; how it is called is the adapters' own tests. */
let answer: () => Promise<Measured[]>;
const real = createChannels({ site: {} as Parameters<typeof createChannels>[0]["site"] });
const channels: Channels = { ...real, site: { ...real.site, metrics: () => answer() } };
const call = caller(t, { clock, channels });
const run: ReturnType<typeof fetchTask> = (...job) =>
  fetchTask({ db: t.db, channels, keyring: testKeyring, clock, fetch: unreachable })(...job);
function unreachable(): never {
  throw new Error("Nothing is fetched here");
}

let admin: Member;
let editor: Member;
let channelId: string;
let item: SeededItem;
const held: HeldJob[] = [];

beforeEach(async () => {
  const workspace = await seedWorkspace(t);
  admin = workspace.admin;
  channelId = workspace.siteChannelId;
  editor = await seedMember(t, workspace.id, "Editor");
  item = await seedItem(t, { createdBy: editor });
  now = new Date(PUBLISHED);
  answer = async () => [];
  await t.asOwner("delete from graphile_worker._private_jobs");
});
afterEach(async () => {
  await Promise.all(held.splice(0).map(({ die }) => die()));
});

const at = (ms: number) => {
  now = new Date(PUBLISHED + ms);
};
const says = (...values: [Measured["metricType"], number][]) => {
  answer = async () => values.map(([metricType, value]) => ({ metricType, value }));
};
const fails = (kind: ChannelError["kind"], options = {}) => {
  answer = async () => {
    throw new ChannelError(kind, `The site is ${kind}.`, options);
  };
};

/** Tells that it went out, as an Editor does who resolves what nobody could tell. */
const tell = (type: "distribution.published" | "distribution.removed", scheduleId: string, who = editor) =>
  withWorkspace(t.db, { ...who, requestId: undefined }, (tx) => {
    const payload = { scheduleId, channelId, network: "site", versionNumber: 1 };
    return emit(tx, { type, subjectId: item.id, payload } as DomainEvent);
  });

async function hold() {
  await makeDue(t);
  const job = await holdJob(t, "analytics.fetch");
  held.push(job);
  return job;
}
const finish = async ({ claim, payload }: HeldJob, signal = new AbortController().signal) => {
  await run(payload, claim, signal);
  await t.asOwner("delete from graphile_worker._private_jobs where id = $1", [claim.jobId]);
};
const fetchNow = async () => finish(await hold());

const points = () =>
  t.asOwner<{ metric_type: string; value: string; at: Date }>(
    "select metric_type, value, recorded_at as at, source from analytics_metrics where content_item_id = $1 order by recorded_at, metric_type",
    [item.id],
  );
const row = async () =>
  (
    await t.asOwner<{ fetches: number; failures: number; next_at: Date | null; error: string | null; since: Date }>(
      "select fetches, failures, next_at, error, since, schedule_id from analytics_fetches where content_item_id = $1",
      [item.id],
    )
  )[0];
const planned = () =>
  t.asOwner<{ payload: { scheduleId: string }; run_at: Date; priority: number }>(
    `select j.payload, j.run_at, j.priority from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id
     where j.locked_by is null and k.identifier = 'analytics.fetch'`,
  );
const metricsOf = async () => {
  const { body } = await call(editor, "GET", `/analytics/content/${item.id}`);
  const metrics = body.metrics as { metricType: string; value: number | null; state: string; fetchedAt: string }[];
  return Object.fromEntries(metrics.map((metric) => [metric.metricType, metric]));
};
const publish = async (over: Parameters<typeof seedPublication>[4] = {}) => {
  const id = await seedPublication(t, item, editor, channelId, over);
  await tell("distribution.published", id);
  return id;
};

describe("fetching", () => {
  test("begins soon after publishing, and tells a zero from what nobody told", async () => {
    const scheduleId = await publish();
    expect(await planned()).toMatchObject([{ payload: { scheduleId }, priority: 10 }]);
    expect(await metricsOf()).toMatchObject({ views: { value: null, state: "Unknown", fetchedAt: null } });
    says(["views", 0], ["reads", 3]);
    at(10_000);
    await fetchNow();

    expect(await metricsOf()).toEqual({
      views: expect.objectContaining({
        value: 0,
        state: "Measured",
        source: "site",
        channelId,
        scheduleId,
        fetchedAt: now.toISOString(),
        error: null,
      }),
      reads: expect.objectContaining({ value: 3, state: "Measured" }),
      clicks: expect.objectContaining({ value: null, state: "Unknown", fetchedAt: null }),
    });
    expect(await points()).toMatchObject([
      { metric_type: "reads", value: "3", source: "site" },
      { metric_type: "views", value: "0" },
    ]);
    expect(await planned()).toMatchObject([{ run_at: new Date(PUBLISHED + 10_000 + MINUTE) }]);
  });

  test("knows no more from an empty answer", async () => {
    await publish();
    await fetchNow();
    expect(await metricsOf()).toMatchObject({ views: { value: null, state: "Unknown" } });
    expect(await row()).toMatchObject({ fetches: 1, failures: 0 });
    expect(await points()).toEqual([]);
  });

  test("holds no transaction open while the network is asked", async () => {
    await publish();
    let open: unknown;
    answer = async () => {
      open = await t.asOwner(
        "select state, query from pg_stat_activity where datname = current_database() and usename = 'contentos_app' and state <> 'idle'",
      );
      return [];
    };
    await fetchNow();
    expect(open).toEqual([]);
  });

  test("keeps a point for each change, and one a day without", async () => {
    await publish();
    says(["views", 5]);
    for (const ms of [0, MINUTE, 2 * MINUTE]) {
      at(ms);
      await fetchNow();
    }
    expect((await metricsOf()).views).toMatchObject({ value: 5, fetchedAt: now.toISOString() });
    expect(await points()).toHaveLength(1);

    says(["views", 6]);
    at(3 * MINUTE);
    await fetchNow();
    at(3 * MINUTE + 20 * HOUR);
    await fetchNow();
    expect((await points()).map(({ value, at }) => [value, at.getTime() - PUBLISHED])).toEqual([
      ["5", 0],
      ["6", 3 * MINUTE],
      ["6", 3 * MINUTE + 20 * HOUR],
    ]);
    const { body } = await call(editor, "GET", `/analytics/content/${item.id}?from=2026-06-01T12:01:00Z&to=2026-06-02`);
    expect(body.series).toEqual([
      {
        metricType: "views",
        channelId,
        scheduleId: expect.any(String),
        points: [
          { at: "2026-06-01T12:03:00.000Z", value: 6 },
          { at: "2026-06-02T08:03:00.000Z", value: 6 },
        ],
      },
    ]);
  });

  test("that fails keeps value, time and reason, comes back ever later, and lets the value grow stale", async () => {
    await publish();
    says(["views", 7]);
    await fetchNow();
    fails("passing");
    for (const [failures, waitMs] of [
      [1, 2 * MINUTE],
      [2, 4 * MINUTE],
      [3, 8 * MINUTE],
    ] as const) {
      await fetchNow();
      expect(await row()).toMatchObject({
        failures,
        error: "The site is passing.",
        next_at: new Date(now.getTime() + waitMs),
      });
      expect(await planned()).toMatchObject([{ run_at: new Date(now.getTime() + waitMs) }]);
    }
    expect((await metricsOf()).views).toMatchObject({ value: 7, state: "Measured", error: "The site is passing." });
    at(5 * MINUTE + 1);
    expect((await metricsOf()).views).toMatchObject({ value: 7, state: "Measured" });
    at(10 * MINUTE + 1);
    expect((await metricsOf()).views).toMatchObject({
      value: 7,
      state: "Stale",
      fetchedAt: "2026-06-01T12:00:00.000Z",
    });

    says(["views", 9]);
    await fetchNow();
    expect(await row()).toMatchObject({ failures: 0, error: null, fetches: 5 });
    expect((await metricsOf()).views).toMatchObject({ value: 9, state: "Measured", error: null });
  });

  test("waits as long as the network wants", async () => {
    await publish();
    fails("passing", { retryAfterMs: HOUR });
    await fetchNow();
    expect(await row()).toMatchObject({ next_at: new Date(PUBLISHED + HOUR) });
  });

  test("tells the channel's health when the credentials no longer work, and goes on when they do", async () => {
    const scheduleId = await publish();
    fails("revoked");
    await fetchNow();
    expect(await t.asOwner("select status, health_message from channels where id = $1", [channelId])).toEqual([
      { status: "Revoked", health_message: "The site is revoked." },
    ]);
    expect(await row()).toMatchObject({ next_at: new Date(PUBLISHED + DAY) });
    const before = Date.now();
    await withWorkspace(t.db, { ...admin, requestId: undefined }, (tx) =>
      emit(tx, { type: "channels.connected", subjectId: channelId, payload: { network: "site" } }),
    );
    const [job, ...others] = await planned();
    expect([job!.payload.scheduleId, others]).toEqual([scheduleId, []]);
    expect(Math.abs(job!.run_at.getTime() - before)).toBeLessThan(10_000);
  });

  test("asks nothing on a channel that was disconnected", async () => {
    await publish();
    await t.asOwner("update channels set status = 'Disconnected' where id = $1", [channelId]);
    answer = unreachable;
    await fetchNow();
    expect(await row()).toMatchObject({
      failures: 1,
      error: expect.stringContaining("disconnected"),
      next_at: new Date(PUBLISHED + DAY),
    });
  });

  test("ends when it was taken down, and the last values stay", async () => {
    const id = await publish();
    says(["views", 4]);
    await fetchNow();
    await t.asOwner("update distribution_schedules set removed_at = now() where id = $1", [id]);
    await tell("distribution.removed", id);
    answer = unreachable;
    await fetchNow();
    expect(await row()).toMatchObject({ fetches: 1, next_at: null });
    expect(await planned()).toEqual([]);
    expect((await metricsOf()).views).toMatchObject({ value: 4, scheduleId: id });
  });

  test("ends after 400 days", async () => {
    await publish();
    at(400 * DAY - 1);
    await fetchNow();
    expect(await planned()).toHaveLength(1);
    at(400 * DAY);
    await fetchNow();
    expect(await row()).toMatchObject({ fetches: 2, next_at: null });
    expect(await planned()).toEqual([]);
  });

  test("counts a page that was published again once, and soon again", async () => {
    const first = await publish({ remoteId: "page-1" });
    says(["views", 100]);
    await fetchNow();
    at(30 * DAY);
    await fetchNow();
    const again = await publish({ remoteId: "page-1", publishedAt: now.toISOString() });
    says(["views", 101]);
    await makeDue(t);
    // The one of the first publication waits on: either may come first.
    await fetchNow();
    expect(await row()).toMatchObject({ schedule_id: first, since: now, next_at: new Date(now.getTime() + MINUTE) });
    const { body } = await call(editor, "GET", `/analytics/content/${item.id}`);
    expect((body.metrics as { metricType: string }[]).filter(({ metricType }) => metricType === "views")).toMatchObject(
      [{ value: 101, scheduleId: again }],
    );
    expect(new Set((body.series as { scheduleId: string }[]).map(({ scheduleId }) => scheduleId))).toEqual(
      new Set([again]),
    );
  });

  test("is not begun where nothing is counted or nothing can be named", async () => {
    const [webhook] = await t.asOwner<{ id: string }>(
      "insert into channels (workspace_id, network, name, remote_account) values ($1, 'webhook', 'Hook', 'hook') returning id",
      [item.workspaceId],
    );
    const silent = await seedPublication(t, item, editor, webhook!.id);
    const nameless = await seedPublication(t, item, editor, channelId, { remoteId: null });
    for (const id of [silent, nameless]) {
      await tell("distribution.published", id);
      await fetchNow();
    }
    expect(await row()).toBeUndefined();
    expect(await planned()).toEqual([]);
    const { body } = await call(editor, "GET", `/analytics/content/${item.id}`);
    expect((body.metrics as object[]).map((metric) => ({ ...metric }))).toEqual(
      ["views", "reads", "clicks"].map((metricType) =>
        expect.objectContaining({ metricType, scheduleId: nameless, state: "Unknown", value: null }),
      ),
    );
  });
});

describe("nothing is doubled", () => {
  test("when two jobs ask about the same page at once", async () => {
    await publish({ remoteId: "page-1" });
    await publish({ remoteId: "page-1", publishedAt: new Date(PUBLISHED + 1).toISOString() });
    const jobs = [await hold(), await hold()];
    let open!: () => void;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let asking = 0;
    answer = async () => {
      asking += 1;
      if (asking === 2) open();
      await gate;
      return [{ metricType: "views", value: 12 }];
    };
    await Promise.all(jobs.map((job) => finish(job)));
    expect(asking).toBe(2);
    expect(await points()).toMatchObject([{ metric_type: "views", value: "12" }]);
    expect(await row()).toMatchObject({ fetches: 1 });
    expect(await planned()).toHaveLength(1);
  });

  test("when a job is done again after its process died with the answer", async () => {
    await publish();
    says(["views", 12]);
    const job = await hold();
    const died = new AbortController();
    const told = answer;
    answer = () => {
      died.abort(new Error("killed"));
      return told();
    };
    await expect(finish(job, died.signal)).rejects.toThrow("killed");
    expect(await points()).toEqual([]);
    answer = told;
    await finish(job);
    expect(await points()).toHaveLength(1);
    // And once more, as when the worker died before it could tick the job off.
    await finish(job).catch(() => {});
    expect(await points()).toHaveLength(1);
    expect(await planned()).toHaveLength(1);
  });
});

describe("the database", () => {
  test("lets only jobs write metrics", async () => {
    await publish();
    says(["views", 1]);
    await fetchNow();
    for (const statement of [
      "insert into analytics_metrics (content_item_id, metric_type, value, source) values ($1, 'views', 9, 'site')",
      "update analytics_fetches set fetches = 9 where content_item_id = $1",
    ]) {
      const forging = withWorkspace(t.db, { ...admin, requestId: undefined }, async (tx) => {
        await (tx as unknown as { $client: { query(sql: string, values: unknown[]): Promise<unknown> } }).$client.query(
          statement,
          [item.id],
        );
      });
      await expect(forging).rejects.toMatchObject({ code: "42501" });
    }
    expect(await points()).toHaveLength(1);
  });
});
