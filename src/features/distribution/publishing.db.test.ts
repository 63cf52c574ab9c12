import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { seedChannel, seedCredentials } from "#tests/factories/approval";
import { approveItem, type Planners, seedPlanners } from "#tests/factories/distribution";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { type HeldJob, holdJob, makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { type ChannelAdapter, ChannelError, type Part, type RemotePart } from "@/channels/adapter";
import { blueskyRules } from "@/channels/bluesky/rules";
import { createChannels } from "@/channels/registry";
import type { SitePort } from "@/channels/site/adapter";
import { publishTask, removeTask } from "@/features/distribution";
import { createSitePort } from "@/features/site";
import { createTasks } from "@/jobs/tasks";
import { startWorker } from "@/jobs/worker";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const t = testDatabase();
const call = caller(t);
const publicUrl = "https://contentos.test";
const log = pino({ level: "silent" });
let team: Planners;

/** The site as it is, with what can happen to a call on its way. */
const site = { calls: 0, before: async () => {}, after: async () => {}, asked: async () => {} };
const port: SitePort = {
  async publish(...given) {
    site.calls += 1;
    await site.before();
    const remote = await createSitePort({ db: t.db, publicUrl }).publish(...given);
    await site.after();
    return remote;
  },
  async find(...given) {
    await site.asked();
    return createSitePort({ db: t.db, publicUrl }).find(...given);
  },
  remove: (...given) => createSitePort({ db: t.db, publicUrl }).remove(...given),
  metrics: (...given) => createSitePort({ db: t.db, publicUrl }).metrics(...given),
};

/** A network of threads in memory, since none that is real can be made to fail at a part. */
const threads = {
  posts: new Map<string, { part: Part; earlier: string[] }>(),
  fail: (_part: Part): ChannelError | undefined => undefined,
};
let keys = 0;
const refOf = (key: string): RemotePart => ({ remoteId: `at://${key}`, remoteUrl: `https://threads.test/${key}` });
const threadAdapter: ChannelAdapter = {
  ...blueskyRules,
  credentials: undefined as never,
  metricTypes: [],
  removable: true,
  connect: () => Promise.reject(new Error("Not connected here")),
  check: async () => {},
  newKey() {
    keys += 1;
    return `key-${keys}`;
  },
  async publish(_account, _publication, part, earlier) {
    const error = threads.fail(part);
    if (error) throw error;
    threads.posts.set(part.key, { part, earlier: earlier.map(({ remoteId }) => remoteId) });
    return refOf(part.key);
  },
  find: async (_account, part) => (threads.posts.has(part.key) ? refOf(part.key) : null),
  metrics: async () => [],
  remove: async (_account, { remoteId }) => void threads.posts.delete(remoteId.slice(5)),
};

const channels = { ...createChannels({ site: port }), bluesky: threadAdapter };
const deps = {
  db: t.db,
  channels,
  keyring: testKeyring,
  storage: testStorage(),
  ...testOutside(t),
  fetch: createOutboundFetch({ allow: ["127.0.0.1"] }),
  clock: systemClock,
  log,
  publicUrl,
};
const lazily = () => ({ ...deps, db: t.db });
const tasks = () => ({ "distribution.publish": publishTask(lazily()), "distribution.remove": removeTask(lazily()) });

/** A receiver that does as it is told. */
type Heard = { id: string; type: string };
const receiver = {
  heard: [] as Heard[],
  answer: (_request: IncomingMessage, response: ServerResponse) => void response.writeHead(200).end(),
};
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { type } = JSON.parse(Buffer.concat(chunks).toString()) as { type: string };
    if (type !== "ping") receiver.heard.push({ id: String(request.headers["webhook-id"]), type });
    receiver.answer(request, response);
  });
});

const answers =
  (status: number, headers: Record<string, string> = {}, body = "") =>
  (_request: unknown, response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);

beforeAll(async () => {
  team = await seedPlanners(t);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  Object.assign(site, { calls: 0, before: async () => {}, after: async () => {}, asked: async () => {} });
  receiver.heard = [];
  receiver.answer = answers(200);
  threads.posts.clear();
  threads.fail = () => undefined;
});
const held: HeldJob[] = [];
afterEach(async () => {
  await Promise.all(held.splice(0).map((job) => job.die()));
  await t.asOwner("delete from graphile_worker._private_jobs");
});

let receivers = 0;
async function webhook() {
  const { port: at } = server.address() as AddressInfo;
  receivers += 1;
  const url = `http://127.0.0.1:${at}/${receivers}`;
  const made = await call(team.admin, "POST", "/distribution/channels", { network: "webhook", url });
  expect([made.status, made.body]).toEqual([201, expect.anything()]);
  return made.body.id as string;
}

async function threadChannel() {
  const id = await seedChannel(t, team.id);
  await seedCredentials(t, team.id, id);
  return id;
}

type Planned = { id: string; contentItemId: string };
async function plan(over: Record<string, unknown> = {}, texts?: string[]): Promise<Planned> {
  const adaptation = texts && { channelId: over.channelId as string, parts: texts.map((text) => ({ text })) };
  const item = await approveItem(call, team.editor, adaptation && { adaptation });
  const made = await call(team.editor, "POST", "/distribution/schedule", {
    contentItemId: item.id,
    channelId: team.siteChannelId,
    scheduledTime: new Date().toISOString(),
    ...(item.adaptationId && { adaptationId: item.adaptationId }),
    ...over,
  });
  expect([made.status, made.body]).toEqual([201, expect.anything()]);
  return made.body as Planned;
}

type Attempt = { number: number; kind: string; outcome: string | null; error: string | null; endedAt: string | null };
type State = Record<string, unknown> & { status: string; attempts: Attempt[]; parts: Record<string, unknown>[] };
const status = async (id: string) =>
  (await call(team.viewer, "GET", `/distribution/${id}/status`)).body as unknown as State;
const act = (id: string, verb: string, body?: unknown) =>
  call(team.editor, "POST", `/distribution/${id}/${verb}`, body);
const went = async (id: string) => (await status(id)).attempts.map(({ kind, outcome }) => `${kind} ${outcome}`);
const run = () => runJobs(t, tasks());
/** Runs what is due, and what was put off, without the wait. */
const runLater = async () => {
  await makeDue(t);
  await run();
};
const told = async (type: string, id: string) =>
  (await t.asOwner("select 1 from events where type = $1 and payload->>'scheduleId' = $2", [type, id])).length;
const item = async (id: string) =>
  (
    await t.asOwner<{ status: string; published_at: Date | null }>(
      "select status, published_at from content_items where id = $1",
      [id],
    )
  )[0]!;
const pages = (contentItemId: string) =>
  t.asOwner<{ version_number: number }>("select version_number from site_pages where content_item_id = $1", [
    contentItemId,
  ]);
const hold = async (task = "distribution.publish") => {
  const job = await holdJob(t, task);
  held.push(job);
  return job;
};
const signal = new AbortController().signal;
const refused = ({ status: code, body }: Answer) => [code, body.code];
const never = () => new Promise<void>(() => {});
const soon = (assert: () => void | Promise<void>) => vi.waitFor(assert, { timeout: 10_000, interval: 20 });

describe("a publication", () => {
  it("goes out on the site, once, and everything says so", async () => {
    const { id, contentItemId } = await plan();
    await run();
    expect(await status(id)).toMatchObject({
      status: "Published",
      publishedAt: expect.any(String),
      publishedUrl: expect.stringMatching(/^https:\/\/contentos\.test\/s\//),
      remoteId: expect.any(String),
      lateMs: expect.any(Number),
      message: null,
      attempts: [{ number: 1, kind: "Publish", outcome: "Published", error: null, endedAt: expect.any(String) }],
      parts: [{ position: 0, text: "It is *here*.", publishedAt: expect.any(String), removedAt: null }],
    });
    expect(await pages(contentItemId)).toEqual([{ version_number: 1 }]);
    const { status: state, published_at: publishedAt } = await item(contentItemId);
    expect([state, publishedAt?.toISOString()]).toEqual(["Published", (await status(id)).publishedAt]);
    expect(await told("distribution.published", id)).toBe(1);
    const said = "select actor_kind from audit_events where action = 'distribution.published' and subject_id = $1";
    expect(await t.asOwner(said, [id])).toEqual([{ actor_kind: "System" }]);
    await run();
    expect(site.calls).toBe(1);
  });

  it("keeps the time of the first one, also where a newer version was saved meanwhile", async () => {
    const { id, contentItemId } = await plan();
    site.before = async () => {
      const saved = await call(team.editor, "POST", `/content/${contentItemId}/versions`, {
        body: "new",
        baseVersion: 1,
      });
      expect(saved.status).toBe(201);
    };
    await run();
    expect((await status(id)).status).toBe("Published");
    const after = await item(contentItemId);
    expect(after).toMatchObject({ status: "Draft", published_at: expect.any(Date) });

    site.before = async () => {};
    await call(team.editor, "POST", `/content/${contentItemId}/submit`, {});
    const body = { contentItemId, channelId: team.siteChannelId, scheduledTime: new Date().toISOString() };
    const second = await call(team.editor, "POST", "/distribution/schedule", body);
    await run();
    expect((await status(second.body.id as string)).status).toBe("Published");
    expect(await item(contentItemId)).toEqual({ status: "Published", published_at: after.published_at });
    expect(await pages(contentItemId)).toEqual([{ version_number: 2 }]);
  });

  it("arrives at a receiver under its key, and is where the receiver says", async () => {
    const { id } = await plan({ channelId: await webhook() });
    receiver.answer = answers(200, {}, JSON.stringify({ url: "https://example.com/post/1" }));
    await run();
    const [part] = await t.asOwner<{ remote_key: string }>(
      "select remote_key from distribution_parts where schedule_id = $1",
      [id],
    );
    expect(receiver.heard).toEqual([{ id: part!.remote_key, type: "publication.published" }]);
    expect(await status(id)).toMatchObject({ status: "Published", publishedUrl: "https://example.com/post/1" });
  });

  it("has its attempt committed before the network hears of it", async () => {
    const { id } = await plan();
    let seen: unknown;
    site.before = async () => {
      seen = await t.asOwner("select outcome, kind from distribution_attempts where schedule_id = $1", [id]);
      expect((await status(id)).status).toBe("Publishing");
    };
    await run();
    expect(seen).toEqual([{ outcome: null, kind: "Publish" }]);
  });

  it("starts at its time, not before, and says how late it was", async () => {
    const worker = await startWorker({
      workerUrl: t.urls.worker,
      sessionUrl: t.urls.worker,
      log,
      tasks: createTasks({ ...lazily(), mailer: { off: true, send: async () => {} } }),
    });
    try {
      const { id } = await plan({ scheduledTime: new Date(Date.now() + 1_500).toISOString() });
      await soon(async () => expect((await status(id)).status).toBe("Published"));
      const { lateMs, publishedAt, scheduledTime } = await status(id);
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(Date.parse(publishedAt as string)).toBeGreaterThanOrEqual(Date.parse(scheduledTime as string));
    } finally {
      await worker.stop();
    }
  });
});

describe("a publication that must not go out", () => {
  const expectHeld = async (id: string, reason: RegExp) => {
    expect(await status(id)).toMatchObject({
      status: "OnHold",
      holdReason: expect.stringMatching(reason),
      attempts: [],
    });
    expect([site.calls, await told("distribution.held", id)]).toEqual([0, 1]);
  };

  it("waits for its time, also where its job came early", async () => {
    const { id } = await plan({ scheduledTime: new Date(Date.now() + 3_600_000).toISOString() });
    await runLater();
    expect(await status(id)).toMatchObject({ status: "Scheduled", attempts: [] });
    const [job] = await t.asOwner<{ run_at: Date }>(
      "select run_at from graphile_worker.jobs where task_identifier = 'distribution.publish'",
    );
    expect(job!.run_at.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    expect(site.calls).toBe(0);
  });

  it.each([-2, 2])("goes by the database's clock, where the worker's is %d hours off", async (hours) => {
    const clock = { now: () => new Date(Date.now() + hours * 3_600_000) };
    const publish = publishTask({ ...lazily(), clock });
    const later = await plan({ scheduledTime: new Date(Date.now() + 3_600_000).toISOString() });
    const due = await plan();
    for (let i = 0; i < 2; i++) {
      await makeDue(t);
      await runJobs(t, { ...tasks(), "distribution.publish": publish });
      expect((await status(later.id)).status).toBe("Scheduled");
      expect((await status(due.id)).status).toBe("Published");
    }
    expect(site.calls).toBe(1);
  });

  it("is held where it is later than the workspace wants, until a person gives it another time", async () => {
    await t.asOwner("update workspaces set late_after_minutes = 10 where id = $1", [team.id]);
    try {
      const { id } = await plan();
      await t.asOwner(
        "update distribution_schedules set due_at = due_at - interval '11 minutes', scheduled_time = scheduled_time - interval '11 minutes' where id = $1",
        [id],
      );
      await run();
      await expectHeld(id, /10 minutes/);
      expect((await act(id, "reschedule", { scheduledTime: new Date().toISOString() })).status).toBe(200);
      await run();
      expect((await status(id)).status).toBe("Published");
      const gone = await plan({ scheduledTime: new Date(Date.now() - 3_600_000).toISOString() });
      await run();
      const state = await status(gone.id);
      expect(state).toMatchObject({ status: "Published" });
      expect(state.lateMs).toBeGreaterThan(3_500_000);
    } finally {
      await t.asOwner("update workspaces set late_after_minutes = null where id = $1", [team.id]);
    }
  });

  it("is held where what was approved is not what is stored", async () => {
    const { id, contentItemId } = await plan();
    await t.asOwner("update content_versions set body = 'Something else' where content_item_id = $1", [contentItemId]);
    await run();
    await expectHeld(id, /What was approved has changed/);
  });

  it("is held where its approval was superseded and no reaction told it", async () => {
    const { id, contentItemId } = await plan();
    await t.asOwner("update approval_submissions set status = 'Superseded' where content_item_id = $1", [
      contentItemId,
    ]);
    await run();
    await expectHeld(id, /What was approved has changed/);
  });

  it("is held where its channel is not connected", async () => {
    const channelId = await webhook();
    const { id } = await plan({ channelId });
    await t.asOwner("update channels set status = 'Revoked' where id = $1", [channelId]);
    await run();
    await expectHeld(id, /not connected/);
    expect(receiver.heard).toEqual([]);
  });

  it("is left alone by a job that has lost it to another, or to a cancellation", async () => {
    const { id } = await plan();
    const stale = await hold();
    expect((await act(id, "reschedule", { scheduledTime: new Date().toISOString() })).status).toBe(200);
    await tasks()["distribution.publish"](stale.payload, stale.claim, signal);
    expect(await status(id)).toMatchObject({ status: "Scheduled", attempts: [] });
    await run();
    expect(await went(id)).toEqual(["Publish Published"]);

    const canceled = await plan();
    const late = await hold();
    expect((await act(canceled.id, "cancel")).status).toBe(200);
    await tasks()["distribution.publish"](late.payload, late.claim, signal);
    expect(await status(canceled.id)).toMatchObject({ status: "Canceled", attempts: [] });
    expect(site.calls).toBe(1);
  });
});

describe("a network that says no", () => {
  it("is not asked again when it refuses, until a person wants it", async () => {
    const { id } = await plan({ channelId: await webhook() });
    receiver.answer = answers(422);
    await run();
    await runLater();
    expect(await status(id)).toMatchObject({ status: "Failed", message: expect.stringContaining("422") });
    expect(await went(id)).toEqual(["Publish Refused"]);
    expect(await told("distribution.failed", id)).toBe(1);
    receiver.answer = answers(200);
    expect((await act(id, "retry")).status).toBe(200);
    await run();
    expect(await went(id)).toEqual(["Publish Refused", "Publish Published"]);
    expect(new Set(receiver.heard.map(({ id: key }) => key)).size).toBe(1);
  });

  it("has its channel marked when it no longer takes the credentials", async () => {
    const channelId = await webhook();
    const { id } = await plan({ channelId });
    receiver.answer = answers(410);
    await run();
    expect(await status(id)).toMatchObject({ status: "Failed" });
    const [channel] = await t.asOwner<{ status: string }>("select status from channels where id = $1", [channelId]);
    expect(channel).toEqual({ status: "Revoked" });
    expect(
      await t.asOwner("select 1 from events where type = 'channels.revoked' and subject_id = $1", [channelId]),
    ).toHaveLength(1);
    expect(refused(await act(id, "retry"))).toEqual([409, "channel_disconnected"]);
  });

  it("is given the time that it asks for", async () => {
    const { id } = await plan({ channelId: await webhook() });
    receiver.answer = answers(429, { "retry-after": "120" });
    await run();
    expect(await status(id)).toMatchObject({ status: "Scheduled", message: expect.stringContaining("429") });
    const [job] = await t.asOwner<{ wait: number }>(
      "select extract(epoch from run_at - now())::float8 as wait from graphile_worker.jobs where task_identifier = 'distribution.publish'",
    );
    expect(job!.wait).toBeGreaterThan(110);
    expect(job!.wait).toBeLessThan(121);
    receiver.answer = answers(200);
    await runLater();
    expect(await went(id)).toEqual(["Publish Passing", "Publish Published"]);
    expect(receiver.heard[1]).toEqual(receiver.heard[0]);
  });

  it("is given up after 16 tries, and tried as often again when a person wants it", async () => {
    const { id } = await plan({ channelId: await webhook() });
    receiver.answer = answers(503);
    await run();
    for (let n = 1; n < 16; n += 1) await runLater();
    expect(await status(id)).toMatchObject({ status: "Failed", message: expect.stringContaining("16 times") });
    expect(await told("distribution.failed", id)).toBe(1);
    await runLater();
    expect(receiver.heard).toHaveLength(16);
    await act(id, "retry");
    await run();
    expect(await status(id)).toMatchObject({ status: "Scheduled" });
  });
});

describe("an answer that nobody has", () => {
  it.each([
    ["cut off", (_request: IncomingMessage, response: ServerResponse) => void response.socket?.destroy()],
    ["a 500", answers(500)],
  ])("leads to nothing being sent where the network can't tell: %s", async (_name, answer) => {
    const { id } = await plan({ channelId: await webhook() });
    receiver.answer = answer;
    await run();
    expect(await status(id)).toMatchObject({ status: "Unknown" });
    expect(await told("distribution.unknown", id)).toBe(0);
    await runLater();
    await runLater();
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Unknown"]);
    expect(await status(id)).toMatchObject({ status: "Unknown", message: expect.stringContaining("can't tell") });
    expect([receiver.heard.length, await told("distribution.unknown", id)]).toEqual([1, 1]);
  });

  const unknown = async () => {
    const planned = await plan({ channelId: await webhook() });
    receiver.answer = answers(500);
    await run();
    await runLater();
    receiver.answer = answers(200);
    expect((await status(planned.id)).status).toBe("Unknown");
    return planned;
  };

  it("is a person's to give: it is there", async () => {
    const { id, contentItemId } = await unknown();
    const said = await act(id, "resolve", { outcome: "Published", url: "https://example.com/there" });
    expect(said).toMatchObject({
      status: 200,
      body: { status: "Published", publishedUrl: "https://example.com/there" },
    });
    await runLater();
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Unknown", "Resolve Published"]);
    expect([receiver.heard.length, (await item(contentItemId)).status]).toEqual([1, "Published"]);
    expect(await told("distribution.published", id)).toBe(1);
  });

  it("is a person's to give: it is not there, and goes out again under its old key", async () => {
    const { id } = await unknown();
    expect(await act(id, "resolve", { outcome: "Absent" })).toMatchObject({
      status: 200,
      body: { status: "Scheduled" },
    });
    await run();
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Unknown", "Resolve Absent", "Publish Published"]);
    expect(receiver.heard[1]).toEqual(receiver.heard[0]);
  });

  it("is found on the network that took it, and nothing is sent twice", async () => {
    const { id, contentItemId } = await plan();
    site.after = async () => {
      throw new Error("Connection terminated unexpectedly");
    };
    await run();
    expect(await status(id)).toMatchObject({ status: "Unknown", attempts: [{ outcome: "Lost" }] });
    await runLater();
    expect(await status(id)).toMatchObject({ status: "Published", publishedUrl: expect.stringContaining("/s/") });
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Published"]);
    expect([site.calls, await pages(contentItemId)]).toEqual([1, [{ version_number: 1 }]]);
  });

  it("is asked for until the network answers, a person is told, and nothing is sent meanwhile", async () => {
    const { id } = await plan();
    site.after = async () => {
      throw new Error("Connection terminated unexpectedly");
    };
    site.asked = async () => {
      throw new ChannelError("passing", "The site gave no answer.");
    };
    await run();
    for (let n = 0; n < 6; n += 1) await runLater();
    expect(await status(id)).toMatchObject({ status: "Unknown", message: "The site gave no answer." });
    expect([site.calls, await told("distribution.unknown", id)]).toEqual([1, 1]);
    site.asked = async () => {};
    await runLater();
    expect((await status(id)).status).toBe("Published");
    expect((await went(id)).slice(-2)).toEqual(["Reconcile Passing", "Reconcile Published"]);
  });
});

describe("a publisher that dies", () => {
  const begin = async () => {
    const planned = await plan();
    const job = await hold();
    void tasks()
      ["distribution.publish"](job.payload, job.claim, signal)
      .catch(() => {});
    return { ...planned, job };
  };

  it("before the network took it: asked, and sent once", async () => {
    site.before = never;
    const { id, contentItemId, job } = await begin();
    await soon(() => expect(site.calls).toBe(1));
    expect(await status(id)).toMatchObject({ status: "Publishing", attempts: [{ outcome: null }] });
    for (const verb of ["retry", "cancel"]) expect(refused(await act(id, verb))).toEqual([409, "schedule_not_open"]);
    await run();
    expect(await status(id)).toMatchObject({ status: "Publishing", attempts: [{ outcome: null }] });
    await job.die();
    site.before = async () => {};
    await run();
    expect(await status(id)).toMatchObject({ status: "Unknown", attempts: [{ outcome: "Lost" }] });
    await runLater();
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Absent", "Publish Published"]);
    expect([(await status(id)).status, await pages(contentItemId)]).toEqual(["Published", [{ version_number: 1 }]]);
  });

  it("after the network took it: asked, found, and not sent again", async () => {
    site.after = never;
    const { id, contentItemId, job } = await begin();
    await soon(async () => expect(await pages(contentItemId)).toHaveLength(1));
    await job.die();
    await run();
    await runLater();
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Published"]);
    expect([site.calls, (await status(id)).status]).toEqual([1, "Published"]);
  });

  it("while it asks: asks again, and is not overtaken by a person meanwhile", async () => {
    site.after = async () => {
      throw new Error("Connection terminated unexpectedly");
    };
    const { id } = await plan();
    await run();
    await makeDue(t);
    const job = await hold();
    let asked = 0;
    site.asked = () => {
      asked += 1;
      return never();
    };
    void tasks()
      ["distribution.publish"](job.payload, job.claim, signal)
      .catch(() => {});
    await soon(() => expect(asked).toBe(1));
    expect(refused(await act(id, "resolve", { outcome: "Absent" }))).toEqual([409, "schedule_not_unknown"]);
    await job.die();
    site.asked = async () => {};
    await run();
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Lost", "Reconcile Published"]);
    expect(site.calls).toBe(1);
  });

  it("and whose answer comes after all: can't write down what others have taken over", async () => {
    let release = () => {};
    site.after = () =>
      new Promise<void>((resolve) => {
        release = resolve;
      });
    const { id, contentItemId } = await plan();
    const job = await hold();
    const late = tasks()["distribution.publish"](job.payload, job.claim, signal);
    await soon(async () => expect(await pages(contentItemId)).toHaveLength(1));
    await job.die();
    site.after = async () => {};
    await run();
    release();
    await expect(late).rejects.toThrow();
    await runLater();
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Published"]);
  });
});

describe("a thread", () => {
  const texts = ["One", "Two", "Three"];

  it("goes out in order, each part under a key of its own and knowing those before it", async () => {
    const { id } = await plan({ channelId: await threadChannel() }, texts);
    await run();
    const sent = [...threads.posts.values()];
    expect(sent.map(({ part }) => [part.position, part.text])).toEqual(texts.map((text, n) => [n, text]));
    const refs = sent.map(({ part }) => `at://${part.key}`);
    expect(sent.map(({ earlier }) => earlier)).toEqual([[], refs.slice(0, 1), refs.slice(0, 2)]);
    const state = await status(id);
    expect(state).toMatchObject({ status: "Published", remoteId: refs[0] });
    expect(state.parts.map(({ remoteId }) => remoteId)).toEqual(refs);
  });

  it("goes on where it stopped, with the keys that it had", async () => {
    const { id } = await plan({ channelId: await threadChannel() }, texts);
    const tried: string[] = [];
    threads.fail = (part) => {
      tried.push(part.key);
      return part.position === 1 ? new ChannelError("passing", "Later.") : undefined;
    };
    await run();
    expect(await status(id)).toMatchObject({ status: "Scheduled" });
    expect((await status(id)).parts.map(({ remoteId }) => remoteId !== null)).toEqual([true, false, false]);
    threads.fail = (part) => void tried.push(part.key);
    await runLater();
    expect(tried).toEqual([tried[0], tried[1], tried[1], tried[3]]);
    expect((await status(id)).status).toBe("Published");
    expect([...threads.posts.values()].map(({ part }) => part.text)).toEqual(texts);
  });

  it("has what was lost looked up part by part, and sends only what is missing", async () => {
    const { id } = await plan({ channelId: await threadChannel() }, texts);
    threads.fail = (part) => {
      if (part.position !== 1) return undefined;
      threads.posts.set(part.key, { part, earlier: [] });
      return new ChannelError("lost", "No answer.");
    };
    await run();
    threads.fail = () => undefined;
    await runLater();
    expect(await went(id)).toEqual(["Publish Lost", "Reconcile Absent", "Publish Published"]);
    expect(threads.posts.size).toBe(3);
    expect((await status(id)).parts.every(({ remoteId }) => remoteId)).toBe(true);
  });

  it("that is half out is taken down after it was called off", async () => {
    const { id } = await plan({ channelId: await threadChannel() }, texts);
    threads.fail = (part) => (part.position === 1 ? new ChannelError("passing", "Later.") : undefined);
    await run();
    expect((await act(id, "cancel")).status).toBe(200);
    expect((await act(id, "remove")).status).toBe(200);
    await run();
    expect(threads.posts.size).toBe(0);
    expect(await status(id)).toMatchObject({ status: "Canceled", removedAt: expect.any(String) });
    expect(refused(await act(id, "remove"))).toEqual([409, "schedule_not_open"]);
  });
});

describe("taking down", () => {
  it("removes what is out, and says when", async () => {
    const { id, contentItemId } = await plan();
    await run();
    expect(await act(id, "remove")).toMatchObject({ status: 200, body: { status: "Published", removedAt: null } });
    await run();
    expect(await status(id)).toMatchObject({
      status: "Published",
      removedAt: expect.any(String),
      parts: [{ removedAt: expect.any(String) }],
    });
    expect((await went(id)).at(-1)).toBe("Remove Removed");
    expect(await told("distribution.removed", id)).toBe(1);
    const [page] = await t.asOwner<{ removed_at: Date | null }>(
      "select removed_at from site_pages where content_item_id = $1",
      [contentItemId],
    );
    expect(page!.removed_at).toBeInstanceOf(Date);
    expect(refused(await act(id, "remove"))).toEqual([409, "schedule_not_open"]);
  });

  it("is tried again after a fault, and told where it was refused", async () => {
    const { id } = await plan({ channelId: await webhook() });
    await run();
    receiver.answer = answers(503);
    await act(id, "remove");
    await run();
    expect(await status(id)).toMatchObject({ removedAt: null, message: expect.stringContaining("503") });
    receiver.answer = answers(422);
    await runLater();
    expect(await told("distribution.removal_failed", id)).toBe(1);
    receiver.answer = answers(200);
    await act(id, "remove");
    await run();
    expect(await went(id)).toEqual(["Publish Published", "Remove Passing", "Remove Refused", "Remove Removed"]);
    expect(receiver.heard.at(-1)?.type).toBe("publication.removed");
  });

  it("is refused where the network takes nothing down, or nobody knows where it is", async () => {
    const { id } = await plan({ channelId: await webhook() });
    await run();
    const fixed = caller(t, { channels: { ...channels, webhook: { ...channels.webhook, removable: false } } });
    expect(refused(await fixed(team.editor, "POST", `/distribution/${id}/remove`))).toEqual([
      409,
      "removal_unsupported",
    ]);
    await t.asOwner("update distribution_parts set remote_id = null where schedule_id = $1", [id]);
    expect(refused(await act(id, "remove"))).toEqual([409, "removal_unsupported"]);
    expect((await status(id)).removedAt).toBeNull();
  });

  it("is done again after its publisher died", async () => {
    const { id } = await plan({ channelId: await webhook() });
    await run();
    await act(id, "remove");
    const job = await hold("distribution.remove");
    receiver.answer = () => {};
    void tasks()
      ["distribution.remove"](job.payload, job.claim, signal)
      .catch(() => {});
    await soon(() => expect(receiver.heard).toHaveLength(2));
    expect(refused(await act(id, "remove"))).toEqual([409, "schedule_not_open"]);
    await job.die();
    server.closeAllConnections();
    receiver.answer = answers(200);
    await run();
    expect(await went(id)).toEqual(["Publish Published", "Remove Lost", "Remove Removed"]);
  });
});
