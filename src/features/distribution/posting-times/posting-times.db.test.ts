import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seedChannel } from "#tests/factories/approval";
import { approveItem, type Planners, seedPlanners } from "#tests/factories/distribution";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
let now = new Date("2027-03-24T12:00:00Z");
const call = caller(t, { clock: { now: () => now } });
const MONDAYS = [{ weekday: 1, time: "09:00" }];
let team: Planners;
let path: string;

beforeAll(async () => {
  team = await seedPlanners(t, { timeZone: "Europe/Berlin" });
  path = `/distribution/channels/${team.siteChannelId}/posting-times`;
});
beforeEach(async () => {
  now = new Date("2027-03-24T12:00:00Z");
  await t.asOwner("update distribution_schedules set status = 'Canceled', job_id = null where workspace_id = $1", [
    team.id,
  ]);
});

const set = (times: unknown, by = team.editor) => call(by, "PUT", path, { times });
const planNext = async (by = team.editor, over: object = {}) =>
  call(by, "POST", "/distribution/schedule/next", {
    contentItemId: (await approveItem(call, team.editor)).id,
    channelId: team.siteChannelId,
    ...over,
  });
const refused = ({ status, body }: Answer) => [status, body.code];

describe("posting times", () => {
  it("are read by all, in order and each once, with the next ten and what is planned for them", async () => {
    const before = await call(team.viewer, "GET", path);
    expect(before.body).toEqual({ channelId: team.siteChannelId, timeZone: "Europe/Berlin", times: [], next: [] });
    const given = [{ weekday: 4, time: "17:30" }, ...MONDAYS, ...MONDAYS];
    expect((await set(given)).status).toBe(200);
    const planned = await planNext();
    const { body } = await call(team.viewer, "GET", path);
    expect(body.times).toEqual([...MONDAYS, { weekday: 4, time: "17:30" }]);
    expect(body.next).toHaveLength(10);
    expect((body.next as unknown[]).slice(0, 3)).toEqual([
      {
        localTime: "2027-03-25T17:30",
        scheduledTime: "2027-03-25T16:30:00.000Z",
        note: null,
        scheduleId: planned.body.id,
      },
      { localTime: "2027-03-29T09:00", scheduledTime: "2027-03-29T07:00:00.000Z", note: null, scheduleId: null },
      { localTime: "2027-04-01T17:30", scheduledTime: "2027-04-01T15:30:00.000Z", note: null, scheduleId: null },
    ]);
  });

  it("take a week's items one by one, at nine on both sides of the change of clocks", async () => {
    await set(MONDAYS);
    now = new Date("2027-03-20T12:00:00Z");
    const planned = [await planNext(), await planNext(), await planNext()];
    expect(planned.map(({ status, body }) => [status, body.scheduledTime, body.timeZone])).toEqual([
      [201, "2027-03-22T08:00:00.000Z", "Europe/Berlin"],
      [201, "2027-03-29T07:00:00.000Z", "Europe/Berlin"],
      [201, "2027-04-05T07:00:00.000Z", "Europe/Berlin"],
    ]);
    // What was called off leaves its time to the next.
    await call(team.editor, "POST", `/distribution/${planned[1]!.body.id}/cancel`);
    expect((await planNext()).body.scheduledTime).toBe("2027-03-29T07:00:00.000Z");
  });

  it("that the clocks skip are told so, and nothing is planned for them", async () => {
    const { body } = await set([{ weekday: 7, time: "02:30" }]);
    expect(body.next).toMatchObject([
      { localTime: "2027-03-28T02:30", scheduledTime: null, note: expect.stringContaining("does not exist") },
      { localTime: "2027-04-04T02:30", scheduledTime: "2027-04-04T00:30:00.000Z", note: null },
      ...Array(8).fill({}),
    ]);
    expect((await planNext()).body.scheduledTime).toBe("2027-04-04T00:30:00.000Z");
  });

  it("give two that plan at the same moment two times", async () => {
    await set(MONDAYS);
    const ids = [(await approveItem(call, team.editor)).id, (await approveItem(call, team.editor)).id];
    const answers = await t.collide(
      "distribution_posting_times",
      team.siteChannelId,
      ids.map((contentItemId) => () => planNext(team.editor, { contentItemId })),
      "channel_id",
    );
    expect(answers.map(({ body }) => body.scheduledTime).sort()).toEqual([
      "2027-03-29T07:00:00.000Z",
      "2027-04-05T07:00:00.000Z",
    ]);
  });

  it("keep what is planned where it is when they change", async () => {
    await set(MONDAYS);
    const planned = await planNext();
    await set([{ weekday: 2, time: "10:00" }]);
    const { body } = await call(team.viewer, "GET", `/distribution/${planned.body.id}/status`);
    expect(body).toMatchObject({ status: "Scheduled", scheduledTime: "2027-03-29T07:00:00.000Z" });
  });

  it("refuse who may not plan, what is no time, and a channel that is not there", async () => {
    expect(refused(await set(MONDAYS, team.writer))).toEqual([403, "forbidden"]);
    expect(refused(await planNext(team.writer))).toEqual([403, "forbidden"]);
    for (const wrong of [
      { weekday: 0, time: "09:00" },
      { weekday: 8, time: "09:00" },
      { weekday: 1, time: "24:00" },
    ])
      expect(refused(await set([wrong]))).toEqual([400, "invalid_request"]);
    expect(refused(await set(Array(51).fill(MONDAYS[0])))).toEqual([400, "invalid_request"]);
    const gone = await seedChannel(t, team.id);
    expect(refused(await planNext(team.editor, { channelId: gone }))).toEqual([409, "no_posting_time"]);
    await t.asOwner("update channels set status = 'Disconnected', removed_at = now() where id = $1", [gone]);
    const elsewhere = await call(team.editor, "PUT", `/distribution/channels/${gone}/posting-times`, {
      times: MONDAYS,
    });
    expect(refused(elsewhere)).toEqual([404, "not_found"]);
  });

  it("leave a row of the audit log", async () => {
    await set(MONDAYS);
    const rows = await t.asOwner(
      "select detail from audit_events where action = 'distribution.posting_times_set' and subject_id = $1 order by at desc limit 1",
      [team.siteChannelId],
    );
    expect(rows).toMatchObject([{ detail: { count: 1 } }]);
  });
});
