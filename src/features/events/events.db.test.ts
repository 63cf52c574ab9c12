import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectStatus, seedTeam, type Team } from "#tests/factories/approval";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { systemClock } from "@/platform/clock";
import { purgeTask } from "./jobs";

const t = testDatabase();
let now = () => new Date();
const call = caller(t, { clock: { now: () => now() } });
const DAY_MS = 24 * 3_600_000;

let team: Team;
beforeAll(async () => {
  team = await seedTeam(t);
});

type Listed = { type: string; subjectId: string; cursor: string; payload: object; actorId: string; at: string };
const poll = (query: Record<string, string> = {}, headers = {}, as = team.viewer): Promise<Answer> =>
  call(as, "GET", `/events?${new URLSearchParams(query)}`, undefined, headers);
const items = ({ body }: Answer) => body.items as unknown as Listed[];
const cursor = ({ body }: Answer) => String(body.cursor);
const here = async () => cursor(await poll());
const create = async (title = "Spring") =>
  String((await expectStatus(call(team.writer, "POST", "/content", { title }), 201)).id);
const save = (id: string, baseVersion: number) =>
  expectStatus(
    call(team.writer, "POST", `/content/${id}/versions`, { body: `After ${baseVersion}`, baseVersion }),
    201,
  );

describe("reading events", () => {
  it("tells where now is, and what happened since, in order and with who did it", async () => {
    await create("Before");
    const start = await poll();
    expect([start.status, start.body.items]).toEqual([200, []]);
    const id = await create();
    await save(id, 1);
    const next = await poll({ after: cursor(start) });
    expect(items(next)).toEqual([
      {
        type: "content.created",
        subjectId: id,
        payload: { versionNumber: 1 },
        actorId: team.writer.userId,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        cursor: expect.any(String),
      },
      expect.objectContaining({
        type: "content.version_saved",
        payload: { versionNumber: 2, previousVersionNumber: 1 },
      }),
    ]);
    expect(cursor(next)).toBe(items(next)[1]!.cursor);
    expect(items(await poll({ after: items(next)[0]!.cursor }))).toEqual(items(next).slice(1));
    expect(items(await poll({ after: cursor(next) }))).toEqual([]);
  });

  it("costs no body while nothing is new", async () => {
    const after = await here();
    const first = await poll({ after });
    expect([first.status, cursor(first)]).toEqual([200, after]);
    const known = { "if-none-match": first.headers.get("etag") ?? "" };
    expect(known["if-none-match"]).toMatch(/^W\/"/);
    // Elsewhere much may happen.
    await t.asOwner("select pg_current_xact_id()");
    const again = await poll({ after }, known);
    expect([again.status, again.body]).toEqual([304, {}]);
    const id = await create();
    const then = await poll({ after }, known);
    expect([then.status, items(then).map(({ subjectId }) => subjectId)]).toEqual([200, [id]]);
  });

  it("goes on page by page, without a gap or a double", async () => {
    const after = await here();
    const id = await create();
    for (let version = 1; version <= 6; version++) await save(id, version);
    const seen: unknown[] = [];
    let at = after;
    for (;;) {
      const page = await poll({ after: at, limit: "2" });
      if (items(page).length === 0) break;
      expect(items(page).length).toBeLessThanOrEqual(2);
      seen.push(...items(page).map(({ payload }) => (payload as { versionNumber: number }).versionNumber));
      at = cursor(page);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("takes some types, and some one's", async () => {
    const after = await here();
    const [one, other] = [await create("One"), await create("Other")];
    await save(one, 1);
    await expectStatus(call(team.writer, "POST", `/content/${other}/archive`), 200);
    const told = async (query: Record<string, string>) =>
      items(await poll({ after, ...query })).map(({ type, subjectId }) => [type, subjectId]);
    expect(await told({ subjectId: one })).toEqual([
      ["content.created", one],
      ["content.version_saved", one],
    ]);
    expect(await told({ types: "content.archived,content.version_saved" })).toEqual([
      ["content.version_saved", one],
      ["content.archived", other],
    ]);
    expect(await told({ types: "content.archived", subjectId: one })).toEqual([]);
    expect(await told({ types: "presence" })).toEqual([]);
  });

  it("is open to every member, and tells nobody of another workspace", async () => {
    const other = await seedTeam(t);
    const theirs = cursor(await poll({}, {}, other.viewer));
    const after = await here();
    const id = await create();
    for (const as of [team.admin, team.editor, team.writer, team.viewer]) {
      expect(items(await poll({ after }, {}, as)).map(({ subjectId }) => subjectId)).toEqual([id]);
    }
    expect(items(await poll({ after: theirs }, {}, other.viewer))).toEqual([]);
    expect(items(await poll({ after: theirs, subjectId: id }, {}, other.admin))).toEqual([]);
    const outside = { ...team.viewer, workspaceId: other.workspace.id };
    for (const workspaceId of [outside.workspaceId, randomUUID()]) {
      const answer = await poll({ after }, {}, { ...team.viewer, workspaceId });
      expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    }
    expect((await call(null, "GET", "/events")).status).toBe(401);
  });

  it.each([
    ["garbage", "garbage"],
    ["half of one", "12-"],
    ["a number that is none", "99999999999999999-1-1"],
    ["another list's", Buffer.from('["-at","x","y"]').toString("base64url")],
  ])("refuses a cursor that is %s", async (_, after) => {
    const answer = await poll({ after });
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_cursor"]);
  });

  it.each([
    { types: "content.created,,x" },
    { types: "Content.Created" },
    { limit: "0" },
    { limit: "101" },
    { subjectId: "x" },
    { surprise: "1" },
  ])("refuses %o", async (query: Record<string, string>) => {
    const answer = await poll(query);
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
  });
});

describe("cursors and time", () => {
  const inDays = (days: number) => {
    now = () => new Date(Date.now() + days * DAY_MS);
  };
  afterAll(() => {
    now = () => new Date();
  });

  it("end when what followed them may be gone, and are renewed meanwhile for who keeps asking", async () => {
    const old = await here();
    inDays(2);
    const renewed = cursor(await poll({ after: old }));
    expect(renewed).not.toBe(old);
    expect(cursor(await poll({ after: renewed }))).toBe(renewed);
    inDays(30);
    const expired = await poll({ after: old });
    expect([expired.status, expired.body.code]).toEqual([410, "cursor_expired"]);
    expect((await poll({ after: renewed })).status).toBe(200);
    inDays(0);
    const before = await here();
    const id = await create();
    inDays(2);
    // Renewed or not, nothing is passed over.
    expect(items(await poll({ after: before })).map(({ subjectId }) => subjectId)).toEqual([id]);
    inDays(0);
  });

  it("are refused where the server has yet to come to them: a dump was restored", async () => {
    const [turn, ...rest] = (await here()).split("-");
    const after = [Number(turn) + 1_000_000, ...rest].join("-");
    const answer = await poll({ after });
    expect([answer.status, answer.body.code]).toEqual([410, "cursor_expired"]);
  });
});

describe("events.purge", () => {
  const purge = () => purgeTask({ db: t.db })({}, { jobId: "0", workerId: "none" }, new AbortController().signal);
  const kept = async (ids: string[]) =>
    (await t.asOwner<{ id: string }>("select subject_id as id from events where subject_id = any($1)", [ids])).map(
      ({ id }) => id,
    );

  it("forgets events after 30 days, however many there are, and no other", async () => {
    const [young, old] = [await create("Young"), await create("Old")];
    await t.asOwner("update events set at = now() - interval '29 days 23 hours' where subject_id = $1", [young]);
    await t.asOwner("update events set at = now() - interval '30 days 1 hour' where subject_id = $1", [old]);
    const many = randomUUID();
    await t.asOwner(
      `insert into events (workspace_id, type, subject_id, at)
       select $1, 'content.created', $2, now() - interval '31 days' from generate_series(1, 100001)`,
      [team.workspace.id, many],
    );
    await purge();
    expect(await kept([young, old, many])).toEqual([young]);
  });

  it("lets what a dump brought from another server come before all that is new, and be read", async () => {
    const after = await here();
    const id = await create();
    const ahead = { turn: 9_000_000_000_000, subjectId: randomUUID() };
    await t.asOwner(
      "insert into events (workspace_id, type, subject_id, turn) values ($1, 'content.created', $2, $3)",
      [team.workspace.id, ahead.subjectId, ahead.turn],
    );
    const told = async (from: string) => items(await poll({ after: from })).map(({ subjectId }) => subjectId);
    expect(await told(after)).toEqual([id]);
    await purge();
    expect(await told(after)).toEqual([id]);
    const first = `0-0-${systemClock.now().getTime()}`;
    expect(await told(first)).toContain(ahead.subjectId);
  });
});
