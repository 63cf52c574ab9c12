import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { seedChannel } from "#tests/factories/approval";
import { approveItem, type Planners, seedPlanners, submitItem } from "#tests/factories/distribution";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
let team: Planners;
let bluesky: string;

beforeAll(async () => {
  team = await seedPlanners(t, { timeZone: "Europe/Berlin" });
  bluesky = await seedChannel(t, team.id);
});

const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
const plan = (over: Record<string, unknown>, by = team.editor) =>
  call(by, "POST", "/distribution/schedule", { channelId: team.siteChannelId, scheduledTime: hours(24), ...over });
const act = (id: unknown, verb: string, body?: unknown, by = team.editor) =>
  call(by, "POST", `/distribution/${id}/${verb}`, body);
const status = async (id: unknown) => (await call(team.viewer, "GET", `/distribution/${id}/status`)).body;
const approved = async () => (await approveItem(call, team.editor)).id;
const planned = async (over: Record<string, unknown> = {}) => {
  const made = await plan({ contentItemId: await approved(), ...over });
  expect([made.status, made.body]).toEqual([201, expect.objectContaining({ status: "Scheduled" })]);
  return made.body as { id: string; contentItemId: string; scheduledTime: string; versionNumber: number };
};
const jobsOf = (id: string) =>
  t.asOwner<{ id: string; run_at: Date; task: string }>(
    `select j.id::text, j.run_at, k.identifier as task from graphile_worker._private_jobs j
     join graphile_worker._private_tasks k on k.id = j.task_id where j.payload->>'scheduleId' = $1`,
    [id],
  );
const set = (id: string, change: string) =>
  t.asOwner(`update distribution_schedules set ${change} where id = $1`, [id]);
const row = async (id: string) =>
  (await t.asOwner<Record<string, unknown>>("select * from distribution_schedules where id = $1", [id]))[0]!;
const refused = ({ status: code, body }: Answer) => [code, body.code];

describe("planning", () => {
  it("pins the approved version and enqueues its job at that time, in one transaction", async () => {
    const { id: contentItemId } = await approveItem(call, team.writer);
    const made = await plan({ contentItemId });
    expect(made).toMatchObject({
      status: 201,
      body: {
        contentItemId,
        versionNumber: 1,
        status: "Scheduled",
        adaptationId: null,
        resolution: "exact",
        note: null,
      },
    });
    const [submission] = await t.asOwner<{ id: string; content_hash: string }>(
      "select id, content_hash from approval_submissions where content_item_id = $1",
      [contentItemId],
    );
    expect(made.body.contentHash).toBe(submission!.content_hash);
    const stored = await row(made.body.id as string);
    expect(stored).toMatchObject({ submission_id: submission!.id, created_by: team.editor.userId });
    const jobs = await jobsOf(made.body.id as string);
    expect(jobs).toMatchObject([{ id: stored.job_id, task: "distribution.publish" }]);
    expect(jobs[0]!.run_at.toISOString()).toBe(made.body.scheduledTime);
    const said = await t.asOwner(
      "select 1 from audit_events where action = 'distribution.scheduled' and subject_id = $1",
      [made.body.id],
    );
    const told = await t.asOwner("select 1 from events where type = 'distribution.scheduled' and subject_id = $1", [
      contentItemId,
    ]);
    expect([said.length, told.length]).toEqual([1, 1]);
  });

  it("takes a local time in the named zone, else in the workspace's, and says which of two was taken", async () => {
    const contentItemId = await approved();
    const inBerlin = await plan({ contentItemId, scheduledTime: "2027-01-15T09:00" });
    expect(inBerlin.body).toMatchObject({ scheduledTime: "2027-01-15T08:00:00.000Z", timeZone: "Europe/Berlin" });
    const inTokyo = await plan({ contentItemId, scheduledTime: "2027-01-15T09:00", timeZone: "Asia/Tokyo" });
    expect(inTokyo.body).toMatchObject({ scheduledTime: "2027-01-15T00:00:00.000Z", timeZone: "Asia/Tokyo" });
    const twice = await plan({ contentItemId, scheduledTime: "2027-10-31T02:30" });
    expect(twice.body).toMatchObject({ scheduledTime: "2027-10-31T00:30:00.000Z", resolution: "first_of_two" });
    expect(twice.body.note).toContain("happens twice");
    const never = await plan({ contentItemId, scheduledTime: "2027-03-28T02:30" });
    expect(refused(never)).toEqual([400, "local_time_invalid"]);
  });

  it("means now by a time gone by, and refuses one of a year ago", async () => {
    const contentItemId = await approved();
    const made = await plan({ contentItemId, scheduledTime: hours(-48) });
    expect(made.status).toBe(201);
    const { due_at: dueAt } = await row(made.body.id as string);
    expect(Math.abs((dueAt as Date).getTime() - Date.now())).toBeLessThan(10_000);
    const old = await plan({ contentItemId, scheduledTime: hours(-366 * 24) });
    expect(refused(old)).toEqual([400, "invalid_request"]);
    expect(old.body.issues).toMatchObject([{ path: "scheduledTime" }]);
  });

  it("refuses what is not a plan", async () => {
    const contentItemId = await approved();
    for (const wrong of [
      { contentItemId: "nonsense" },
      { contentItemId, scheduledTime: "tomorrow" },
      { contentItemId, timeZone: "Mars/Olympus" },
      { contentItemId, workspaceId: team.id },
      { contentItemId, scheduledTime: 5 },
    ])
      expect(refused(await plan(wrong))).toEqual([400, "invalid_request"]);
  });

  it("is for Editors and Admins, signed in", async () => {
    const contentItemId = await approved();
    expect(refused(await call(null, "POST", "/distribution/schedule", {}))).toEqual([401, "unauthenticated"]);
    for (const who of [team.writer, team.viewer])
      expect(refused(await plan({ contentItemId }, who))).toEqual([403, "forbidden"]);
    expect((await plan({ contentItemId }, team.admin)).status).toBe(201);
  });

  it("answers for another workspace's item, channel and adaptation as for none", async () => {
    const elsewhere = await seedPlanners(t);
    const theirs = await approveItem(call, elsewhere.editor);
    const ours = await approved();
    const same = async (over: Record<string, unknown>, made: Record<string, unknown>) => {
      const [foreign, invented] = [await plan(over), await plan(made)];
      expect([foreign.status, { ...foreign.body, requestId: "" }]).toEqual([404, { ...invented.body, requestId: "" }]);
    };
    await same({ contentItemId: theirs.id }, { contentItemId: randomUUID() });
    const channels = [elsewhere.siteChannelId, randomUUID()];
    await same({ contentItemId: ours, channelId: channels[0] }, { contentItemId: ours, channelId: channels[1] });
    expect(refused(await plan({ contentItemId: ours, adaptationId: randomUUID() }))).toEqual([404, "not_found"]);
    expect(await t.asOwner("select 1 from content_items where id = $1", [theirs.id])).toHaveLength(1);
  });

  it("takes only what is approved, and nothing archived", async () => {
    const draft = (await call(team.editor, "POST", "/content", { title: "Draft", body: "x" })).body.id;
    expect(refused(await plan({ contentItemId: draft }))).toEqual([409, "not_approved"]);
    const changed = await approved();
    await call(team.editor, "POST", `/content/${changed}/versions`, { body: "new", baseVersion: 1 });
    expect(refused(await plan({ contentItemId: changed }))).toEqual([409, "not_approved"]);
    const archived = await approved();
    await call(team.editor, "POST", `/content/${archived}/archive`);
    expect(refused(await plan({ contentItemId: archived }))).toEqual([409, "archived"]);
  });

  it("takes the approved adaptation or what was made by rule, and none that was not approved", async () => {
    const own = { channelId: bluesky, parts: [{ text: "One" }, { text: "Two" }] };
    const item = await approveItem(call, team.editor, { adaptation: own });
    const other = await call(team.editor, "POST", `/content/${item.id}/adaptations`, {
      channelId: bluesky,
      parts: [{ text: "Not approved" }],
    });
    const made = await plan({ contentItemId: item.id, channelId: bluesky, adaptationId: item.adaptationId });
    expect(made.body).toMatchObject({ adaptationId: item.adaptationId });
    const unapproved = await plan({ contentItemId: item.id, channelId: bluesky, adaptationId: other.body.id });
    expect(refused(unapproved)).toEqual([409, "adaptation_not_approved"]);
    const byRule = await plan({ contentItemId: await approved(), channelId: bluesky });
    expect([byRule.status, byRule.body.adaptationId]).toEqual([201, null]);
    const before = await approved();
    const later = await seedChannel(t, team.id);
    expect(refused(await plan({ contentItemId: before, channelId: later }))).toEqual([409, "adaptation_not_approved"]);
    await t.asOwner("update channels set status = 'Disconnected', removed_at = now() where id = $1", [later]);
  });

  it("refuses a channel that is not connected", async () => {
    const channelId = await seedChannel(t, team.id, "webhook");
    const contentItemId = await approved();
    for (const state of ["Disconnected", "Revoked"]) {
      await t.asOwner("update channels set status = $2 where id = $1", [channelId, state]);
      expect(refused(await plan({ contentItemId, channelId }))).toEqual([409, "channel_disconnected"]);
    }
  });

  it("tells what the channel would refuse", async () => {
    const item = await approveItem(call, team.editor);
    const [submission] = await t.asOwner<{ id: string }>(
      "select id from approval_submissions where content_item_id = $1",
      [item.id],
    );
    await t.asOwner("update approval_submissions set adaptations = $2 where id = $1", [
      submission!.id,
      JSON.stringify([
        { id: null, channelId: bluesky, parts: [{ text: "x".repeat(301) }], contentHash: "0".repeat(64) },
      ]),
    ]);
    const made = await plan({ contentItemId: item.id, channelId: bluesky });
    expect(refused(made)).toEqual([409, "channel_limits"]);
    expect(made.body.issues).toMatchObject([{ path: "parts.0.text" }]);
  });

  it("plans the same only once, also when two ask at the same moment", async () => {
    const contentItemId = await approved();
    const scheduledTime = hours(30);
    const answers = await t.collide("content_items", contentItemId, [
      () => plan({ contentItemId, scheduledTime }),
      () => plan({ contentItemId, scheduledTime }, team.admin),
    ]);
    expect(answers.map(refused).sort()).toEqual([
      [201, undefined],
      [409, "schedule_exists"],
    ]);
    expect(refused(await plan({ contentItemId, scheduledTime }))).toEqual([409, "schedule_exists"]);
    expect(
      await t.asOwner("select 1 from distribution_schedules where content_item_id = $1", [contentItemId]),
    ).toHaveLength(1);
    const [{ jobs }] = (await t.asOwner<{ jobs: string }>(
      "select count(*) as jobs from graphile_worker._private_jobs j where j.payload->>'scheduleId' in (select id::text from distribution_schedules where content_item_id = $1)",
      [contentItemId],
    )) as [{ jobs: string }];
    expect(jobs).toBe("1");
  });

  it("answers a repeated request with the first answer", async () => {
    const body = { contentItemId: await approved(), channelId: team.siteChannelId, scheduledTime: hours(40) };
    const key = { "idempotency-key": randomUUID() };
    const [first, second] = [
      await call(team.editor, "POST", "/distribution/schedule", body, key),
      await call(team.editor, "POST", "/distribution/schedule", body, key),
    ];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
  });
});

describe("reading", () => {
  it("lists by time, in pages, filtered", async () => {
    const own = await seedPlanners(t);
    const ids: unknown[] = [];
    const items: string[] = [];
    for (let n = 1; n <= 5; n += 1) {
      const { id } = await approveItem(call, own.editor, { title: `Item ${n}` });
      items.push(id);
      const body = { contentItemId: id, channelId: own.siteChannelId, scheduledTime: `2027-05-0${n}T09:00:00Z` };
      ids.push((await call(own.editor, "POST", "/distribution/schedule", body)).body.id);
    }
    const list = (query: string) => call(own.viewer, "GET", `/distribution?${query}`);
    const idsOf = ({ body }: Answer) => body.items!.map(({ id }) => id);
    const first = await list("limit=2");
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(first.body.items![0]).toMatchObject({ title: "Item 1", status: "Scheduled" });
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect(idsOf(second)).toEqual(ids.slice(2, 4));
    const last = await list(`limit=2&cursor=${second.body.nextCursor}`);
    expect([idsOf(last), last.body.nextCursor]).toEqual([ids.slice(4), null]);
    expect(idsOf(await list("sort=-scheduledTime"))).toEqual([...ids].reverse());
    expect(idsOf(await list("from=2027-05-02T09:00:00Z&to=2027-05-04T09:00:00Z"))).toEqual(ids.slice(1, 3));
    expect(idsOf(await list(`contentItemId=${items[2]}`))).toEqual([ids[2]]);
    await call(own.editor, "POST", `/distribution/${ids[1]}/cancel`);
    expect(idsOf(await list("status=Canceled"))).toEqual([ids[1]]);
    expect(idsOf(await list(`channelId=${own.siteChannelId}`))).toHaveLength(5);
    expect(idsOf(await list(`channelId=${randomUUID()}`))).toEqual([]);
    expect(refused(await list("cursor=nonsense"))).toEqual([400, "invalid_cursor"]);
    for (const wrong of ["sort=title", "from=yesterday", "status=Late", "limit=0", "page=2"])
      expect(refused(await list(wrong))).toEqual([400, "invalid_request"]);
    expect(refused(await call(null, "GET", "/distribution"))).toEqual([401, "unauthenticated"]);
  });

  it("tells how one stands, to all members and nobody else", async () => {
    const { id } = await planned();
    expect(await status(id)).toMatchObject({ id, status: "Scheduled", publishedAt: null, attempts: [], parts: [] });
    const stranger = (await seedWorkspace(t)).admin;
    const foreign = await call(stranger, "GET", `/distribution/${id}/status`);
    const invented = await call(stranger, "GET", `/distribution/${randomUUID()}/status`);
    expect([foreign.status, { ...foreign.body, requestId: "" }]).toEqual([404, { ...invented.body, requestId: "" }]);
    expect(refused(await call(null, "GET", `/distribution/${id}/status`))).toEqual([401, "unauthenticated"]);
  });
});

describe("changing", () => {
  it("gives it another time, and its job with it", async () => {
    const { id } = await planned();
    const moved = await act(id, "reschedule", { scheduledTime: "2027-02-01T10:00", timeZone: "Europe/Berlin" });
    expect(moved).toMatchObject({
      status: 200,
      body: { id, status: "Scheduled", scheduledTime: "2027-02-01T09:00:00.000Z" },
    });
    const jobs = await jobsOf(id);
    expect(jobs).toHaveLength(1);
    expect(jobs[0]!.run_at.toISOString()).toBe("2027-02-01T09:00:00.000Z");
    expect((await row(id)).job_id).toBe(jobs[0]!.id);
  });

  it("refuses the place of another", async () => {
    const first = await planned();
    const second = await planned({ contentItemId: first.contentItemId, scheduledTime: hours(50) });
    const moved = await act(second.id, "reschedule", { scheduledTime: first.scheduledTime });
    expect(refused(moved)).toEqual([409, "schedule_exists"]);
    expect(await status(second.id)).toMatchObject({ scheduledTime: second.scheduledTime });
  });

  it("calls it off, and its job with it", async () => {
    const { id } = await planned();
    expect(await act(id, "cancel")).toMatchObject({ status: 200, body: { id, status: "Canceled" } });
    expect(await jobsOf(id)).toEqual([]);
    expect(refused(await act(id, "cancel"))).toEqual([409, "schedule_not_open"]);
  });

  it("has a failed one tried again, now", async () => {
    const { id } = await planned();
    await set(id, "status = 'Failed', message = 'No.'");
    expect(await act(id, "retry")).toMatchObject({ status: 200, body: { status: "Scheduled", message: null } });
    const [job] = await jobsOf(id);
    expect(Math.abs(job!.run_at.getTime() - Date.now())).toBeLessThan(10_000);
    expect((await row(id)).job_id).toBe(job!.id);
  });

  it("retries nothing that may not go out", async () => {
    const failed = async () => {
      const schedule = await planned();
      await set(schedule.id, "status = 'Failed'");
      return schedule;
    };
    const superseded = await failed();
    await call(team.editor, "POST", `/content/${superseded.contentItemId}/versions`, { body: "new", baseVersion: 1 });
    expect(refused(await act(superseded.id, "retry"))).toEqual([409, "not_approved"]);
    const archived = await failed();
    await call(team.editor, "POST", `/content/${archived.contentItemId}/archive`);
    expect(refused(await act(archived.id, "retry"))).toEqual([409, "archived"]);
  });

  const verbs = [
    [
      "reschedule",
      { scheduledTime: hours(60) },
      "schedule_not_open",
      ["Publishing", "Published", "Canceled", "Unknown"],
    ],
    ["cancel", undefined, "schedule_not_open", ["Publishing", "Published", "Canceled", "Unknown"]],
    [
      "retry",
      undefined,
      "schedule_not_open",
      ["Scheduled", "Publishing", "Published", "Canceled", "OnHold", "Unknown"],
    ],
    ["remove", undefined, "schedule_not_open", ["Scheduled", "Publishing", "Failed", "OnHold", "Unknown"]],
    [
      "resolve",
      { outcome: "Absent" },
      "schedule_not_unknown",
      ["Scheduled", "Publishing", "Published", "Failed", "Canceled", "OnHold"],
    ],
    ["resolve", { outcome: "Published" }, "schedule_not_unknown", ["Scheduled", "Publishing", "Published", "Failed"]],
  ] as const;

  it.each(verbs)("%s %j is refused with %s where it does not fit", async (verb, body, code, states) => {
    const { id } = await planned();
    for (const state of states) {
      await set(id, `status = '${state}'`);
      expect(refused(await act(id, verb, body))).toEqual([409, code]);
      expect((await row(id)).status).toBe(state);
    }
  });

  it.each(verbs)("%s %j is for Editors and Admins of that workspace", async (verb, body) => {
    const { id } = await planned();
    const stranger = (await seedWorkspace(t)).admin;
    const other = await seedMember(t, stranger.workspaceId, "Editor");
    for (const who of [team.writer, team.viewer])
      expect(refused(await act(id, verb, body, who))).toEqual([403, "forbidden"]);
    for (const who of [stranger, other]) {
      const [foreign, invented] = [await act(id, verb, body, who), await act(randomUUID(), verb, body, who)];
      expect([foreign.status, { ...foreign.body, requestId: "" }]).toEqual([404, { ...invented.body, requestId: "" }]);
    }
    expect(refused(await call(null, "POST", `/distribution/${id}/${verb}`, body))).toEqual([401, "unauthenticated"]);
    expect((await row(id)).status).toBe("Scheduled");
  });

  it("refuses what is no time, no outcome, or too much", async () => {
    const { id } = await planned();
    for (const [verb, body] of [
      ["reschedule", {}],
      ["reschedule", { scheduledTime: "soon" }],
      ["reschedule", { scheduledTime: hours(-366 * 24) }],
      ["reschedule", { scheduledTime: hours(1), contentItemId: id }],
      ["resolve", { outcome: "Maybe" }],
      ["resolve", { outcome: "Published", url: "javascript:alert(1)" }],
      ["resolve", { outcome: "Absent", url: "https://example.com/" }],
    ] as const)
      expect(refused(await act(id, verb, body))).toEqual([400, "invalid_request"]);
    const gap = await act(id, "reschedule", { scheduledTime: "2027-03-28T02:30", timeZone: "Europe/Berlin" });
    expect(refused(gap)).toEqual([400, "local_time_invalid"]);
  });
});

describe("what happens elsewhere", () => {
  const expectHeld = async (id: string, reason: RegExp) => {
    expect(await status(id)).toMatchObject({ status: "OnHold", holdReason: expect.stringMatching(reason) });
    expect(await jobsOf(id)).toEqual([]);
    const told = await t.asOwner(
      "select 1 from events where type = 'distribution.held' and payload->>'scheduleId' = $1",
      [id],
    );
    expect(told).toHaveLength(1);
  };

  it("puts what is planned of an older version on hold, also where its Writer saves the newer one", async () => {
    const { id: contentItemId } = await approveItem(call, team.writer);
    const { id } = await planned({ contentItemId });
    const published = await planned({ contentItemId, scheduledTime: hours(70) });
    await set(published.id, "status = 'Published'");
    const saved = await call(team.writer, "POST", `/content/${contentItemId}/versions`, {
      body: "new",
      baseVersion: 1,
    });
    expect(saved.status).toBe(201);
    await expectHeld(id, /newer version was saved/);
    expect((await row(published.id)).status).toBe("Published");
  });

  it("holds what was superseded by another adaptation, what is archived, and what has lost its channel", async () => {
    const adaptation = { channelId: bluesky, parts: [{ text: "One" }] };
    const item = await approveItem(call, team.editor, { adaptation });
    const adapted = await planned({ contentItemId: item.id, channelId: bluesky, adaptationId: item.adaptationId });
    const changed = await call(team.editor, "PUT", `/content/${item.id}/adaptations/${item.adaptationId}`, {
      parts: [{ text: "Two" }],
    });
    expect(changed.status).toBe(200);
    await expectHeld(adapted.id, /What was approved has changed/);

    const archived = await planned();
    await call(team.editor, "POST", `/content/${archived.contentItemId}/archive`);
    await expectHeld(archived.id, /archived/);

    const channelId = await seedChannel(t, team.id, "webhook");
    await t.asOwner("insert into channel_credentials (workspace_id, channel_id, sealed) values ($1, $2, $3)", [
      team.id,
      channelId,
      Buffer.alloc(1),
    ]);
    const [onIt, onAnother] = [await planned({ channelId }), await planned()];
    const gone = await call(team.admin, "DELETE", `/distribution/channels/${channelId}`);
    expect(gone.status).toBe(204);
    await expectHeld(onIt.id, /disconnected/);
    expect((await row(onAnother.id)).status).toBe("Scheduled");
  });

  it("lets a person pin it to what is approved now, and only on their word", async () => {
    const { id, contentItemId } = await planned();
    const scheduledTime = hours(80);
    await call(team.editor, "POST", `/content/${contentItemId}/versions`, { body: "new", baseVersion: 1 });
    expect(refused(await act(id, "reschedule", { scheduledTime, repin: true }))).toEqual([409, "not_approved"]);
    await submitItem(call, team.editor, contentItemId);
    expect(refused(await act(id, "reschedule", { scheduledTime }))).toEqual([409, "not_approved"]);
    expect(await status(id)).toMatchObject({ status: "OnHold", versionNumber: 1 });
    const moved = await act(id, "reschedule", { scheduledTime, repin: true });
    expect(moved).toMatchObject({ status: 200, body: { status: "Scheduled", versionNumber: 2, holdReason: null } });
    const [submission] = await t.asOwner<{ id: string; content_hash: string }>(
      "select id, content_hash from approval_submissions where content_item_id = $1 and status = 'Approved'",
      [contentItemId],
    );
    expect(await row(id)).toMatchObject({ submission_id: submission!.id, content_hash: submission!.content_hash });
  });

  it("finds a schedule that is made while a version is saved, or refuses it", async () => {
    const contentItemId = await approved();
    const [made, saved] = await t.collide("content_items", contentItemId, [
      () => plan({ contentItemId }),
      () => call(team.editor, "POST", `/content/${contentItemId}/versions`, { body: "new", baseVersion: 1 }),
    ]);
    expect(saved!.status).toBe(201);
    if (made!.status === 201) expect((await row(made!.body.id as string)).status).toBe("OnHold");
    else expect(refused(made!)).toEqual([409, "not_approved"]);
  });
});
