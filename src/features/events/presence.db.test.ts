import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Member, seedItem, seedMember } from "#tests/factories";
import { seedTeam, type Team } from "#tests/factories/approval";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { purgeTask } from "./jobs";

const t = testDatabase();
const call = caller(t);

let team: Team;
let kim: Member;
let id: string;
let path: string;
beforeAll(async () => {
  team = await seedTeam(t);
  kim = await seedMember(t, team.workspace.id, "Writer", { name: "Kim Writer" });
});
const freshItem = async () => {
  id = (await seedItem(t, { createdBy: kim })).id;
  path = `/content/${id}/presence`;
};

const say = (as: Member, said: object = {}) => call(as, "PUT", path, { clientId: "tab-1", state: "Viewing", ...said });
const list = (as: Member = team.viewer) => call(as, "GET", path);
const there = ({ body }: Answer) => body.items!.map(({ userId, clientId }) => [userId, clientId]);
const age = (seconds: number, clientId = "tab-1") =>
  t.asOwner(
    "update events_presence set seen_at = seen_at - $3 * interval '1 s', since = since - $3 * interval '1 s' where content_item_id = $1 and client_id = $2",
    [id, clientId, seconds],
  );

describe("presence", () => {
  beforeAll(freshItem);

  it("tells who has an item open, in which tab, at what, and by which name", async () => {
    const said = { state: "Editing", versionNumber: 1, field: "body", selection: { start: 3, end: 9 } };
    const answer = await say(kim, said);
    const one = {
      userId: kim.userId,
      name: "Kim Writer",
      clientId: "tab-1",
      ...said,
      since: expect.stringMatching(/Z$/),
    };
    expect([answer.status, answer.body]).toEqual([200, { items: [one] }]);
    await say(kim, { clientId: "tab-2" });
    const { status, body } = await list();
    expect([status, body.items]).toEqual([
      200,
      [one, { ...one, clientId: "tab-2", state: "Viewing", versionNumber: null, field: null, selection: null }],
    ]);
  });

  it("is said anew each time, and replaces what the tab said before", async () => {
    await say(kim, { state: "Editing", field: "title" });
    const { body } = await say(kim, { state: "Viewing" });
    expect(body.items).toMatchObject([{ clientId: "tab-1", state: "Viewing", field: null }, { clientId: "tab-2" }]);
    const rows = await t.asOwner("select 1 from events_presence where content_item_id = $1", [id]);
    expect(rows).toHaveLength(2);
  });

  it.each(["admin", "editor", "writer", "viewer"] as const)("is open to %s, who is seen too", async (role) => {
    expect((await say(team[role])).status).toBe(200);
    expect(there(await list(team[role]))).toContainEqual([team[role].userId, "tab-1"]);
    expect((await call(team[role], "DELETE", path)).status).toBe(204);
    expect(there(await list())).not.toContainEqual([team[role].userId, "tab-1"]);
  });

  it("lets nobody edit who may write nothing", async () => {
    const refused = await say(team.viewer, { state: "Editing" });
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    for (const as of [team.admin, team.editor, team.writer]) {
      expect((await say(as, { state: "Editing" })).status).toBe(200);
      await call(as, "DELETE", path);
    }
  });
});

describe("leaving", () => {
  beforeAll(freshItem);

  it("ends one tab, or all of one's own, and nobody else's", async () => {
    for (const clientId of ["tab-1", "tab-2", "tab-3"]) await say(kim, { clientId });
    await say(team.writer);
    expect((await call(team.editor, "DELETE", path)).status).toBe(204);
    expect(there(await list())).toHaveLength(4);
    expect((await call(kim, "DELETE", `${path}?clientId=tab-2`)).status).toBe(204);
    expect(there(await list())).toEqual([
      [kim.userId, "tab-1"],
      [kim.userId, "tab-3"],
      [team.writer.userId, "tab-1"],
    ]);
    expect((await call(kim, "DELETE", path)).status).toBe(204);
    expect(there(await list())).toEqual([[team.writer.userId, "tab-1"]]);
    // Again, and it is as it was.
    expect((await call(kim, "DELETE", path)).status).toBe(204);
    expect(there(await say(kim, { clientId: "tab-2" }))).toContainEqual([kim.userId, "tab-2"]);
  });

  it("happens by itself after 30 seconds without a word, and coming back begins anew", async () => {
    await freshItem();
    const first = (await say(kim)).body.items![0]!;
    await age(29);
    expect(there(await list())).toEqual([[kim.userId, "tab-1"]]);
    // Heard of in time, so that they were there all along.
    const heard = (await say(kim)).body.items![0]!;
    expect(Date.parse(String(heard.since))).toBeLessThan(Date.parse(String(first.since)));
    await age(31);
    expect(there(await list())).toEqual([]);
    const back = (await say(kim)).body.items![0]!;
    expect(Date.parse(String(back.since))).toBeGreaterThanOrEqual(Date.parse(String(first.since)));
  });

  it("leaves rows that are purged after an hour, and no sooner", async () => {
    await freshItem();
    await say(kim);
    await say(kim, { clientId: "tab-2" });
    await age(3_590);
    await age(3_610, "tab-2");
    await purgeTask({ db: t.db })({}, { jobId: "0", workerId: "none" }, new AbortController().signal);
    const rows = await t.asOwner<{ client_id: string }>(
      "select client_id from events_presence where content_item_id = $1",
      [id],
    );
    expect(rows).toEqual([{ client_id: "tab-1" }]);
  });
});

describe("refusals", () => {
  beforeAll(freshItem);
  const body = { clientId: "tab-1", state: "Viewing" };
  const all = async (as: Member | null, at: string) => [
    await call(as, "PUT", at, body),
    await call(as, "GET", at),
    await call(as, "DELETE", at),
  ];

  it("answer 404 for an item that isn't there, and alike for another workspace's", async () => {
    const other = await seedTeam(t);
    const theirs = (await seedItem(t, { createdBy: other.writer })).id;
    expect((await call(other.writer, "PUT", `/content/${theirs}/presence`, body)).status).toBe(200);
    for (const missing of [theirs, randomUUID()]) {
      for (const answer of await all(kim, `/content/${missing}/presence`)) {
        expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
          404,
          "not_found",
          "There is no such content item in this workspace.",
        ]);
      }
    }
    const rows = await t.asOwner("select user_id from events_presence where content_item_id = $1", [theirs]);
    expect(rows).toEqual([{ user_id: other.writer.userId }]);
    const seen = await call(other.viewer, "GET", `/content/${theirs}/presence`);
    expect(there(seen)).toEqual([[other.writer.userId, "tab-1"]]);
  });

  it("answer 401 for nobody", async () => {
    for (const { status } of await all(null, path)) expect(status).toBe(401);
  });

  it.each([
    { clientId: "" },
    { clientId: "two words" },
    { clientId: "x".repeat(65) },
    { state: "Sleeping" },
    { versionNumber: 0 },
    { versionNumber: 2 ** 31 },
    { field: "" },
    { field: "x".repeat(101) },
    { selection: { start: -1, end: 2 } },
    { selection: { start: 9, end: 3 } },
    { selection: { start: 1 } },
    { userId: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02" },
  ])("answer 400 for %o", async (wrong) => {
    const answer = await say(kim, wrong);
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
  });

  it("answer 400 for a tab that can't be one", async () => {
    expect((await call(kim, "DELETE", `${path}?clientId=two%20words`)).status).toBe(400);
  });
});
