import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { seedTeam, type Team } from "#tests/factories/approval";
import { type Answer, caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { type LiveServer, type Message, openStream, startLiveServer } from "#tests/harness/live";
import { createDatabase } from "@/db/client";
import { createAnnouncer } from "@/db/hints";
import { emit } from "@/db/outbox";
import { enqueue } from "@/db/queue";
import { withJob, withWorkspace } from "@/db/scope";
import { createLive } from "./live";

const t = testDatabase();
/** Longer than any test: what comes came since somebody said so. */
const NEVER_MS = 600_000;

let team: Team;
beforeAll(async () => {
  team = await seedTeam(t);
});

/** A busy machine takes its time. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
async function serve(options: Parameters<typeof startLiveServer>[1] = {}) {
  const server = await startLiveServer(t, options);
  closing.push(() => server.close());
  if (options.listens !== false) await eventually(() => expect(server.gaps()).toBeGreaterThan(0));
  return server;
}
async function follow({ origin }: LiveServer, as: Member | null, asking: Parameters<typeof openStream>[2] = {}) {
  const stream = await openStream(origin, as, asking);
  closing.push(() => stream.close());
  if (stream.status === 200) await stream.untilType("ready");
  return stream;
}
const callTo = (server: LiveServer) => caller({ ...t, db: server.db });
const created = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  expect(status).toBe(201);
  return String(body.id);
};
const create = (server: LiveServer, as: Member = team.writer) =>
  created(callTo(server)(as, "POST", "/content", { title: "Spring" }));

describe("a stream", () => {
  it("tells what happens when it happens, with a cursor for each, and keeps out of caches", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const stream = await follow(server, team.viewer);
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    expect(stream.headers.get("cache-control")).toBe("private, no-store, no-transform");
    expect(stream.headers.get("x-accel-buffering")).toBe("no");
    const id = await create(server);
    const message = await stream.untilType("content.created");
    expect(message).toEqual({
      event: "content.created",
      id: expect.any(String),
      data: {
        type: "content.created",
        subjectId: id,
        payload: { versionNumber: 1 },
        actorId: team.writer.userId,
        at: expect.stringMatching(/Z$/),
        cursor: message.id,
      },
    });
    expect(stream.messages[0]).toMatchObject({ event: "ready", id: expect.any(String) });
    expect(stream.messages[0]!.data.cursor).toBe(stream.messages[0]!.id);
  });

  it("is taken up some seconds back where that is asked for, and not where too much has happened since", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const own = await seedTeam(t);
    const make = () => create(server, own.writer);
    const [before, after] = [await make(), await make()];
    await t.asOwner("update events set at = now() - interval '100 seconds' where subject_id = $1", [before]);
    const stream = await follow(server, own.viewer, { query: { since: "60" } });
    await stream.untilType("content.created");
    expect(stream.messages[0]!.data.since).toBe(60);
    const third = await make();
    await stream.until(({ data }) => data.subjectId === third);
    const subjects = stream.events().map(({ data }) => data.subjectId);
    expect(subjects).not.toContain(before);
    expect(subjects.filter((id) => id === after)).toHaveLength(1);

    await t.asOwner(
      `insert into events (workspace_id, type, subject_id, payload)
         select $1, 'content.archived', $2, '{}' from generate_series(1, 500)`,
      [own.workspace.id, before],
    );
    const busy = await follow(server, own.viewer, { query: { since: "60" } });
    expect(busy.messages[0]!.data.since).toBeUndefined();
    expect(busy.events()).toEqual([]);
  });

  it("is open to every member", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const roles = [team.admin, team.editor, team.writer, team.viewer];
    const streams = await Promise.all(roles.map((as) => follow(server, as)));
    const id = await create(server);
    for (const { until } of streams) await until(({ data }) => data.subjectId === id);
  });

  it("tells of one item, or of some types, where that is asked for", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const call = callTo(server);
    const mine = await create(server);
    const [ofItem, ofTypes] = [
      await follow(server, team.viewer, { query: { subjectId: mine } }),
      await follow(server, team.viewer, { query: { types: "content.archived" } }),
    ];
    const other = await create(server);
    for (const id of [other, mine])
      expect((await call(team.writer, "POST", `/content/${id}/archive`)).status).toBe(200);
    await ofItem.untilType("content.archived");
    await ofTypes.until(({ data }) => data.subjectId === mine);
    const told = (stream: typeof ofItem) => stream.events().map(({ event, data }) => [event, data.subjectId]);
    expect(told(ofItem)).toEqual([["content.archived", mine]]);
    expect(told(ofTypes)).toEqual([
      ["content.archived", other],
      ["content.archived", mine],
    ]);
  });

  it("goes on after the last event that a client has, by header or by query, and the header goes first", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const stream = await follow(server, team.viewer);
    const first = await create(server);
    await stream.until(({ data }) => data.subjectId === first);
    const after = stream.cursor()!;
    await stream.close();
    const missed = [await create(server), await create(server)];
    const start = stream.messages[0]!.id!;
    for (const asking of [{ after }, { query: { after } }, { after, query: { after: start } }]) {
      const again = await follow(server, team.viewer, asking);
      await again.until(({ data }) => data.subjectId === missed[1]);
      expect(again.messages[0]!.data.cursor).toBe(after);
      expect(again.events().map(({ data }) => data.subjectId)).toEqual(missed);
    }
  });

  it("says now and then that it is there, and where to go on, though nothing happens", async () => {
    const server = await serve({ pollMs: 20, heartbeatMs: 40 });
    const response = await fetch(`${server.origin}/api/v1/events/stream?types=channels.revoked`, {
      headers: { authorization: `Bearer ${team.viewer.sessionId}` },
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    closing.push(() => reader.cancel());
    let text = "";
    const beats = () => [...text.matchAll(/^: still here\nid: (\d+-\d+-\d+)\n\n/gm)].map(([, id]) => id!);
    while (beats().length < 2) text += (await reader.read()).value ?? "";
    await create(server);
    const before = beats().length;
    while (beats().length < before + 2) text += (await reader.read()).value ?? "";
    expect(text).not.toContain("content.created");
    // Past what was left out, so that it is not gone through again.
    expect(Number(beats().at(-1)!.split("-")[0])).toBeGreaterThan(Number(beats()[0]!.split("-")[0]));
  });

  it("is not ended with the time that other requests have", async () => {
    const live = createLive({ pollMs: NEVER_MS });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const headers = { authorization: `Bearer ${team.viewer.sessionId}` };
    const response = await testApp(t, { live }).request("/api/v1/events/stream", { headers });
    await vi.advanceTimersByTimeAsync(180_000);
    vi.useRealTimers();
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain("event: ready");
    const id = await created(caller(t)(team.writer, "POST", "/content", { title: "Late" }));
    live.wakeAll();
    expect((await reader.read()).value).toContain(id);
    await reader.cancel();
    await eventually(() => expect(live.count()).toBe(0));
  });

  it("begins no stream for HEAD", async () => {
    const server = await serve();
    const headers = { authorization: `Bearer ${team.viewer.sessionId}` };
    const response = await fetch(`${server.origin}/api/v1/events/stream`, { method: "HEAD", headers });
    expect([response.status, response.headers.get("content-type"), server.live.count()]).toEqual([
      200,
      "text/event-stream",
      0,
    ]);
  });
});

describe("presence on a stream", () => {
  it("is told when it changes, and not when it is said again", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const call = callTo(server);
    const id = await create(server);
    const say = (body: object) => call(team.writer, "PUT", `/content/${id}/presence`, { clientId: "tab-1", ...body });
    await say({ state: "Viewing" });
    const stream = await follow(server, team.viewer, { query: { subjectId: id } });
    const told = () => stream.messages.filter(({ event }) => event === "presence");
    const states = () => told().map(({ data }) => (data.present as { state: string }[]).map(({ state }) => state));
    await stream.untilType("presence");
    expect(told()[0]).toEqual({
      event: "presence",
      id: undefined,
      data: {
        type: "presence",
        subjectId: id,
        present: [expect.objectContaining({ userId: team.writer.userId, name: "Kim Example", clientId: "tab-1" })],
      },
    });
    await say({ state: "Viewing" });
    await say({ state: "Editing", field: "body" });
    await stream.until(() => states().length === 2);
    expect((await call(team.writer, "DELETE", `/content/${id}/presence`)).status).toBe(204);
    await stream.until(() => states().length === 3);
    expect(states()).toEqual([["Viewing"], ["Editing"], []]);
    const outbox = await t.asOwner("select type from events where subject_id = $1", [id]);
    expect(outbox).toEqual([{ type: "content.created" }]);
  });

  it("ends for who is not heard of any more", async () => {
    const server = await serve({ pollMs: 50 });
    const call = callTo(server);
    const id = await create(server);
    await call(team.writer, "PUT", `/content/${id}/presence`, { clientId: "tab-1", state: "Viewing" });
    const stream = await follow(server, team.viewer, { query: { subjectId: id } });
    const present = ({ data }: Message) => (data.present as unknown[] | undefined)?.length;
    await stream.until((message) => present(message) === 1);
    await t.asOwner("update events_presence set seen_at = now() - interval '31 s' where content_item_id = $1", [id]);
    await stream.until((message) => present(message) === 0);
  });

  it("is left out where other types are asked for, and taken where it is asked for by name", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const call = callTo(server);
    const id = await create(server);
    const without = await follow(server, team.viewer, { query: { subjectId: id, types: "content.archived" } });
    const alone = await follow(server, team.viewer, { query: { subjectId: id, types: "presence" } });
    await call(team.writer, "PUT", `/content/${id}/presence`, { clientId: "tab-1", state: "Viewing" });
    await alone.untilType("presence");
    await call(team.writer, "POST", `/content/${id}/archive`);
    await without.untilType("content.archived");
    expect(without.messages.map(({ event }) => event)).toEqual(["ready", "content.archived"]);
    expect(alone.messages.map(({ event }) => event)).toEqual(["ready", "presence"]);
  });
});

describe("who may follow", () => {
  it("is told by the session at each look: signing out ends it, and so does suspension", async () => {
    const server = await serve({ pollMs: 50 });
    const [one, other] = [
      await seedMember(t, team.workspace.id, "Editor"),
      await seedMember(t, team.workspace.id, "Editor"),
    ];
    const streams = [await follow(server, one), await follow(server, other), await follow(server, team.viewer)];
    expect((await callTo(server)(one, "POST", "/auth/logout")).status).toBe(204);
    await t.authPool.query("update users set suspended_at = now() where id = $1", [other.userId]);
    for (const stream of streams.slice(0, 2)) {
      await stream.ended;
      expect(stream.messages.at(-1)).toMatchObject({ event: "end", data: { code: "unauthenticated" } });
    }
    const id = await create(server);
    await streams[2]!.until(({ data }) => data.subjectId === id);
    for (const stream of streams.slice(0, 2)) expect(stream.events()).toEqual([]);
  });

  it("is told by the membership: who is removed sees nothing more, not even what happened at that moment", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const gone = await seedMember(t, team.workspace.id, "Editor");
    const stream = await follow(server, gone);
    await t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [gone.userId]);
    await create(server);
    await stream.ended;
    expect(stream.events()).toEqual([]);
    expect(stream.messages.at(-1)).toEqual({ event: "end", id: undefined, data: { code: "not_found" } });
  });

  it("is nobody without a session, and nobody of another workspace, by header or by query", async () => {
    const server = await serve();
    const other = await seedWorkspace(t);
    const nobody = await follow(server, null);
    expect([nobody.status, nobody.code]).toEqual([401, "unauthenticated"]);
    for (const workspaceId of [other.id, randomUUID(), "no-id"]) {
      const { sessionId } = team.viewer;
      const byHeader = await openStream(server.origin, { sessionId, workspaceId });
      const byQuery = await openStream(server.origin, { sessionId }, { query: { workspaceId } });
      for (const { status, code } of [byHeader, byQuery]) expect([status, code]).toEqual([404, "not_found"]);
    }
    expect(server.live.count()).toBe(0);
  });

  it("follows one workspace, however many they are in: by header, or by query where there is none", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const [one, other] = [await seedWorkspace(t), await seedWorkspace(t)];
    const both = one.admin;
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Viewer')", [
      other.id,
      both.userId,
    ]);
    const { sessionId } = both;
    const unnamed = await openStream(server.origin, { sessionId });
    expect([unnamed.status, unnamed.code]).toEqual([400, "workspace_required"]);
    const ones = await follow(server, both);
    const byQuery = { query: { workspaceId: other.id.toUpperCase() } };
    const others = await follow(server, { ...both, workspaceId: "" }, byQuery);
    const headerFirst = await follow(server, both, byQuery);
    const [mine, theirs] = [await create(server, one.admin), await create(server, other.admin)];
    await others.until(({ data }) => data.subjectId === theirs);
    for (const { until } of [ones, headerFirst]) await until(({ data }) => data.subjectId === mine);
    const told = [ones, headerFirst, others].map((stream) => stream.events().map(({ data }) => data.subjectId));
    expect(told).toEqual([[mine], [mine], [theirs]]);
  });

  it("stays in the workspace that was the only one when it began", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const [one, other] = [await seedWorkspace(t), await seedWorkspace(t)];
    const stream = await follow(server, { ...one.admin, workspaceId: "" });
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Viewer')", [
      other.id,
      one.admin.userId,
    ]);
    await create(server, other.admin);
    const id = await create(server, one.admin);
    await stream.until(({ event }) => event !== "ready");
    expect(stream.events().map(({ data }) => data.subjectId)).toEqual([id]);
  });
});

describe("refusals", () => {
  it.each([
    [{ query: { after: "x" } }, 400, "invalid_cursor"],
    [{ after: "x" }, 400, "invalid_cursor"],
    [{ query: { after: "1-1-1" } }, 410, "cursor_expired"],
    [{ after: `9007199254740000-1-${Date.now()}` }, 410, "cursor_expired"],
    [{ query: { subjectId: "x" } }, 400, "invalid_request"],
    [{ query: { surprise: "1" } }, 400, "invalid_request"],
  ])("%o is answered with %i %s", async (asking, status, code) => {
    const server = await serve();
    const stream = await openStream(server.origin, team.viewer, asking);
    expect([stream.status, stream.code, server.live.count()]).toEqual([status, code, 0]);
  });

  it("tells to poll where no stream can be had", async () => {
    const answer = await caller(t)(team.viewer, "GET", "/events/stream");
    expect([answer.status, answer.body.code]).toEqual([409, "stream_unavailable"]);
    expect(answer.body.detail).toContain("poll GET /events");
  });

  it("bounds the streams of a session, and frees the place of one that was closed", async () => {
    const server = await serve({ perSession: 2 });
    const open = [await follow(server, team.viewer), await follow(server, team.viewer)];
    const third = await openStream(server.origin, team.viewer);
    expect([third.status, third.code, Number(third.headers.get("retry-after")) > 0]).toEqual([
      429,
      "rate_limited",
      true,
    ]);
    expect((await follow(server, team.writer)).status).toBe(200);
    await open[0]!.close();
    await eventually(() => expect(server.live.count()).toBe(2));
    expect((await follow(server, team.viewer)).status).toBe(200);
  });

  it("bounds the streams of a process", async () => {
    const server = await serve({ perProcess: 1 });
    await follow(server, team.viewer);
    const second = await openStream(server.origin, team.writer);
    expect([second.status, second.code, Number(second.headers.get("retry-after")) > 0]).toEqual([
      503,
      "overloaded",
      true,
    ]);
  });
});

describe("several processes", () => {
  it("tell each other: what is done at one, or by a job, is seen at another at once", async () => {
    const [one, other] = [await serve({ pollMs: NEVER_MS }), await serve({ pollMs: NEVER_MS })];
    const streams = [await follow(one, team.viewer), await follow(other, team.viewer)];
    const [here, there] = [await create(one), await create(other)];
    for (const { until } of streams) {
      await until(({ data }) => data.subjectId === here);
      await until(({ data }) => data.subjectId === there);
    }
    const opened = createDatabase(t.urls.app);
    closing.push(() => opened.pool.end());
    const worker = { ...opened, announce: createAnnouncer(opened.pool) };
    const { sessionId, workspaceId } = team.writer;
    await withWorkspace(t.db, { sessionId, workspaceId, requestId: undefined }, (tx) =>
      enqueue(tx, { task: "test.tell", payload: {}, jobKey: "test.tell" }),
    );
    const subjectId = randomUUID();
    await runJobs(t, {
      "test.tell": (_payload, claim) =>
        withJob(worker, claim, (tx) => emit(tx, { type: "content.archived", subjectId, payload: {} })),
    });
    for (const { until } of streams) {
      expect(await until(({ data }) => data.subjectId === subjectId)).toMatchObject({ data: { actorId: null } });
    }
  });

  it("are told again after the connection that listens was lost, and look for what they missed meanwhile", async () => {
    const server = await serve({ pollMs: NEVER_MS });
    const stream = await follow(server, team.viewer);
    const listening =
      "select pid from pg_stat_activity where datname = current_database() and application_name = 'contentos events'";
    const killed = await t.asOwner<{ pid: number }>(
      `select pg_terminate_backend(pid, 5000), pid from (${listening}) l`,
    );
    expect(killed).toHaveLength(1);
    const missed = await create(server);
    await stream.until(({ data }) => data.subjectId === missed);
    const [again] = await t.asOwner<{ pid: number }>(listening);
    expect(again!.pid).not.toBe(killed[0]!.pid);
    const next = await create(server);
    await stream.until(({ data }) => data.subjectId === next);
    expect(server.gaps()).toBe(2);
  });

  it("look by themselves where nobody says anything: a process died between the commit and its word", async () => {
    const server = await serve({ pollMs: 50, announces: false });
    const stream = await follow(server, team.viewer);
    const id = await create(server);
    await stream.until(({ data }) => data.subjectId === id);
  });

  it("say no more than the workspace's id to who listens", async () => {
    const said: string[] = [];
    const listener = await t.db.pool.connect();
    listener.on("notification", ({ payload }) => said.push(payload!));
    await listener.query("listen contentos_events");
    const server = await serve({ listens: false });
    await create(server);
    await eventually(() => expect(said).toEqual([team.workspace.id]));
    await listener.query("unlisten *");
    listener.removeAllListeners("notification");
    listener.release();
  });

  it("are not told of what was undone", async () => {
    const told: string[] = [];
    const db = { ...t.db, announce: (id: string) => void told.push(id) };
    const { sessionId, workspaceId } = team.writer;
    const claim = { sessionId, workspaceId, requestId: undefined };
    const event = { type: "content.created", subjectId: randomUUID(), payload: { versionNumber: 1 } } as const;
    await withWorkspace(db, claim, async (tx) => {
      await emit(tx, event);
      throw new Error("undone");
    }).catch(() => {});
    await withWorkspace(db, claim, async () => {});
    expect(told).toEqual([]);
    await withWorkspace(db, claim, (tx) => emit(tx, event));
    expect(told).toEqual([workspaceId]);
  });
});

describe("what streams cost", () => {
  it("is no connection of the database while nothing happens, for 200 of them", async () => {
    const server = await serve({ pollMs: NEVER_MS, perSession: 200 });
    const streams = await Promise.all(Array.from({ length: 200 }, () => follow(server, team.viewer)));
    expect(streams.filter(({ status }) => status === 200)).toHaveLength(200);
    expect(server.live.count()).toBe(200);
    const { pool } = server.db;
    await eventually(() => expect(pool.totalCount - pool.idleCount).toBe(0));
    const held = await t.asOwner<{ name: string; state: string; n: number }>(
      `select application_name as name, state, count(*)::int as n from pg_stat_activity
       where datname = current_database() and application_name in ('live server', 'contentos events') group by 1, 2`,
    );
    console.log("200 idle streams:", held);
    expect(held.filter(({ state }) => state !== "idle")).toEqual([]);
    expect(held.find(({ name }) => name === "contentos events")!.n).toBe(1);
    expect(held.find(({ name }) => name === "live server")!.n).toBeLessThanOrEqual(10);
    const id = await create(server);
    await Promise.all(streams.map(({ until }) => until(({ data }) => data.subjectId === id)));
    await Promise.all(streams.map((stream) => stream.close()));
    await eventually(() => expect(server.live.count()).toBe(0));
  });

  it("is bounded for a client that doesn't read: it is cut off, and goes on where it was", async () => {
    const server = await serve({ pollMs: NEVER_MS, slowMs: 300 });
    const start = await follow(server, team.viewer);
    const after = start.messages[0]!.id!;
    await start.close();
    const subjectId = randomUUID();
    const many = 10_000;
    await t.asOwner(
      `insert into events (workspace_id, type, subject_id, payload)
       select $1, 'content.version_saved', $2, jsonb_build_object('versionNumber', n, 'filler', repeat('x', 2000))
       from generate_series(1, $3::int) n`,
      [team.workspace.id, subjectId, many],
    );
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${team.viewer.sessionId}\r\nLast-Event-ID: ${after}\r\n\r\n`,
    );
    socket.pause();
    await eventually(() => expect(server.live.count()).toBe(1));
    await eventually(() => expect(server.live.count()).toBe(0));
    console.log(`A client that doesn't read was given ${Math.round(server.written() / 1e6)} of 20 MB`);
    expect(server.written()).toBeLessThan(many * 2_000);
    socket.destroy();
    const patient = await serve({ pollMs: NEVER_MS });
    const again = await follow(patient, team.viewer, { after, query: { subjectId } });
    await again.until(({ data }) => (data.payload as { versionNumber?: number } | undefined)?.versionNumber === many);
    expect(again.events()).toHaveLength(many);
  }, 60_000);
});

describe("the end of a server", () => {
  it("ends its streams at once, tells why, and begins none", async () => {
    const server = await startLiveServer(t, { pollMs: NEVER_MS });
    const streams = await Promise.all([team.viewer, team.writer].map((as) => openStream(server.origin, as)));
    await server.live.close();
    for (const stream of streams) {
      await stream.ended;
      expect(stream.messages.at(-1)).toMatchObject({ event: "end", data: { code: "stopping" } });
    }
    const late = await openStream(server.origin, team.viewer);
    expect([late.status, late.code]).toEqual([503, "overloaded"]);
    await server.close();
  });

  it("is not held up by a client that doesn't read", async () => {
    const server = await startLiveServer(t, { pollMs: NEVER_MS, slowMs: NEVER_MS });
    const item = await seedItem(t, { createdBy: team.writer });
    const { cursor } = (await callTo(server)(team.viewer, "GET", "/events")).body as unknown as { cursor: string };
    await t.asOwner(
      `insert into events (workspace_id, type, subject_id, payload)
       select $1, 'content.version_saved', $2, jsonb_build_object('filler', repeat('x', 5000)) from generate_series(1, 3000) n`,
      [team.workspace.id, item.id],
    );
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${team.viewer.sessionId}\r\nLast-Event-ID: ${cursor}\r\n\r\n`,
    );
    socket.pause();
    await eventually(() => expect(server.live.count()).toBe(1));
    // Until the line is full, and nobody takes anything any more.
    for (let before = -1; before !== server.written() || before === 0; ) {
      before = server.written();
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(server.written()).toBeLessThan(15_000_000);
    await server.live.close();
    await eventually(() => expect(server.live.count()).toBe(0));
    socket.destroy();
    await server.close();
  });
});
