import { pino } from "pino";
import { expect, test } from "vitest";
import { approveItem, seedPlanners, submitItem } from "#tests/factories/distribution";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { createChannels } from "@/channels/registry";
import { createSitePort } from "@/features/site";
import { createTasks } from "@/jobs/tasks";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const t = testDatabase();
const call = caller(t);
const publicUrl = "https://contentos.test";
const fetch = createOutboundFetch({ allow: [] });
const log = pino({ level: "silent" });

test("an item goes from draft to page to metric, and its page goes on counting under the next version", async () => {
  const channels = createChannels({ site: createSitePort({ db: t.db, publicUrl }) });
  const tasks = createTasks({
    db: t.db,
    channels,
    keyring: testKeyring,
    storage: testStorage(),
    ...testOutside(t),
    fetch,
    clock: systemClock,
    log,
    publicUrl,
  });
  const { editor, viewer, siteChannelId: channelId } = await seedPlanners(t);
  const { id } = await approveItem(call, editor);
  const publish = async () => {
    const time = new Date().toISOString();
    const { status, body } = await call(editor, "POST", "/distribution/schedule", {
      contentItemId: id,
      channelId,
      scheduledTime: time,
    });
    expect([status, body]).toEqual([201, expect.anything()]);
    await runJobs(t, tasks);
    const state = await call(viewer, "GET", `/distribution/${body.id}/status`);
    expect(state.body).toMatchObject({ status: "Published" });
    return { scheduleId: body.id as string, page: new URL(state.body.publishedUrl as string).pathname };
  };
  const views = async () => {
    const { body } = await call(viewer, "GET", `/analytics/content/${id}`);
    return (body.metrics as Record<string, unknown>[]).filter(({ metricType }) => metricType === "views");
  };
  const fetchNow = async () => {
    await makeDue(t);
    await runJobs(t, tasks);
  };

  const { scheduleId, page } = await publish();
  expect(await views()).toMatchObject([{ value: null, state: "Unknown", scheduleId }]);
  await fetchNow();
  expect(await views()).toMatchObject([{ value: 0, state: "Measured", scheduleId, source: "site" }]);

  const app = testApp(t);
  const beacon = (await (await app.request(page)).text()).match(/data-beacon="([^"]+)"/)![1]!;
  const visit = () => app.request(new URL(beacon, publicUrl).pathname, { method: "POST" });
  expect((await visit()).status).toBeLessThan(300);
  await visit();
  await fetchNow();
  expect(await views()).toMatchObject([{ value: 2, state: "Measured" }]);

  const saved = await call(editor, "POST", `/content/${id}/versions`, { body: "It is here, again.", baseVersion: 1 });
  expect(saved.status).toBe(201);
  await submitItem(call, editor, id);
  const again = await publish();
  expect(again.page).toBe(page);
  await visit();
  await fetchNow();
  expect(await views()).toMatchObject([{ value: 3, state: "Measured", scheduleId: again.scheduleId }]);
  const { body } = await call(viewer, "GET", `/analytics/workspace/${viewer.workspaceId}`);
  expect(body.kpis).toMatchObject({
    produced: { value: 1 },
    publishedPerChannel: { value: 2 },
    reach: { value: 3, state: "Measured", coverage: { measured: 1 } },
    engagement: { value: 0, state: "Measured" },
  });
});
