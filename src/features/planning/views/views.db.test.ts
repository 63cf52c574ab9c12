import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { expectStatus, seedTeam, type Team } from "#tests/factories/approval";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
const MADE_UP = "00000000-0000-4000-8000-000000000000";
const FILTER = { status: "InReview", assignee: "me", overdue: true, sort: "dueAt", view: "list" };

let team: Team;
let stranger: Member;
beforeAll(async () => {
  team = await seedTeam(t);
  stranger = (await seedWorkspace(t)).admin;
});

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
let made = 0;
const keep = (who: Member, over: object = {}) =>
  call(who, "POST", "/planning/views", { name: `View ${made++}`, filter: FILTER, ...over });
const idsOf = async (who: Member) =>
  (await expectStatus(call(who, "GET", "/planning/views?limit=100"), 200)).items!.map(({ id }) => id);
const rowOf = async (id: unknown) =>
  (await t.asOwner("select name, shared, removed_at from planning_views where id = $1", [id]))[0];

describe("a view of one's own", () => {
  test.each(["viewer", "writer", "editor", "admin"] as const)("is the %s's alone", async (who) => {
    const view = await expectStatus(keep(team[who]), 201);
    expect(view).toMatchObject({ shared: false, filter: FILTER, createdBy: team[who].userId });
    expect(await idsOf(team[who])).toContain(view.id);
    const other = team[who === "admin" ? "editor" : "admin"];
    expect(await idsOf(other)).not.toContain(view.id);
    const path = (id: unknown) => `/planning/views/${id}`;
    for (const method of ["PUT", "DELETE"])
      expect(said(await call(other, method, path(view.id), method === "PUT" ? { name: "Mine" } : undefined))).toEqual(
        said(await call(other, method, path(MADE_UP), method === "PUT" ? { name: "Mine" } : undefined)),
      );
    expect(await rowOf(view.id)).toEqual({ name: view.name, shared: false, removed_at: null });
    expect(await expectStatus(call(team[who], "PUT", path(view.id), { name: "Other", filter: {} }), 200)).toMatchObject(
      { name: "Other", filter: {} },
    );
    await expectStatus(call(team[who], "DELETE", path(view.id)), 204);
    expect((await call(team[who], "DELETE", path(view.id))).status).toBe(404);
    expect(await t.asOwner("select action from audit_events where subject_id = $1 order by id", [view.id])).toEqual(
      ["created", "changed", "removed"].map((verb) => ({ action: `planning.view_${verb}` })),
    );
  });

  test("has a name of its own, which others may have as well", async () => {
    await expectStatus(keep(team.writer, { name: "Mine" }), 201);
    expect(await keep(team.writer, { name: "MINE" })).toMatchObject({
      status: 409,
      body: { code: "conflict", detail: expect.stringContaining("view of yours") },
    });
    await expectStatus(keep(team.editor, { name: "Mine" }), 201);
    await expectStatus(keep(team.editor, { name: "Mine", shared: true }), 201);
    expect((await keep(team.admin, { name: "mine", shared: true })).body.detail).toContain("shared view");
  });
});

describe("a shared view", () => {
  test("is seen by all, and changed and removed by Editors and Admins", async () => {
    const view = await expectStatus(keep(team.editor, { shared: true }), 201);
    for (const who of ["viewer", "writer", "admin"] as const) expect(await idsOf(team[who])).toContain(view.id);
    for (const who of ["viewer", "writer"] as const)
      for (const [method, body] of [["PUT", { name: "Mine" }], ["DELETE"]] as const)
        expect((await call(team[who], method, `/planning/views/${view.id}`, body)).body.code).toBe("forbidden");
    expect(await rowOf(view.id)).toMatchObject({ name: view.name, removed_at: null });
    await expectStatus(call(team.admin, "PUT", `/planning/views/${view.id}`, { filter: { tag: MADE_UP } }), 200);
    const taken = await call(team.admin, "PUT", `/planning/views/${view.id}`, { shared: false });
    expect([taken.status, (await rowOf(view.id))!.shared]).toEqual([403, true]);
    await expectStatus(call(team.editor, "PUT", `/planning/views/${view.id}`, { shared: false }), 200);
    expect(await idsOf(team.admin)).not.toContain(view.id);
  });

  test("is not for Writers and Viewers to make", async () => {
    for (const who of ["viewer", "writer"] as const) {
      expect((await keep(team[who], { shared: true })).status).toBe(403);
      const own = await expectStatus(keep(team[who]), 201);
      expect((await call(team[who], "PUT", `/planning/views/${own.id}`, { shared: true })).status).toBe(403);
      expect(await rowOf(own.id)).toMatchObject({ shared: false });
    }
  });

  test("overwrites nothing on a stale base", async () => {
    const view = await expectStatus(keep(team.editor, { shared: true }), 201);
    const put = (name: string) =>
      call(team.editor, "PUT", `/planning/views/${view.id}`, { name, baseUpdatedAt: view.updatedAt });
    const both = await t.collide("planning_views", String(view.id), [() => put("One"), () => put("Two")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe("version_conflict");
  });

  test("of another workspace is as none at all", async () => {
    const theirs = await expectStatus(keep(stranger, { shared: true }), 201);
    expect(await idsOf(team.admin)).not.toContain(theirs.id);
    for (const [method, body] of [["PUT", { name: "Mine" }], ["DELETE"]] as const)
      expect((await call(team.admin, method, `/planning/views/${theirs.id}`, body)).status).toBe(404);
    expect(await rowOf(theirs.id)).toEqual({ name: theirs.name, shared: true, removed_at: null });
  });
});

test("what no list could be narrowed to is refused, and nothing is kept", async () => {
  for (const wrong of [{ mood: "good" }, { status: "Lost" }, { assignee: "you" }, { q: " " }, { sort: "password" }, 1])
    expect((await keep(team.editor, { name: "Wrong", filter: wrong })).body.code).toBe("invalid_request");
  expect((await call(null, "POST", "/planning/views", { name: "Wrong", filter: {} })).status).toBe(401);
  expect(await t.asOwner("select from planning_views where name = 'Wrong'")).toEqual([]);
});
