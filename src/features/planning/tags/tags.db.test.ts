import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { seedTeam, type Team } from "#tests/factories/approval";
import { makeItem, makeTag, makeTemplate } from "#tests/factories/planning";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
const MADE_UP = "00000000-0000-4000-8000-000000000000";

let team: Team;
let stranger: Member;
beforeAll(async () => {
  team = await seedTeam(t);
  stranger = (await seedWorkspace(t)).admin;
});

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const tagsOf = async (itemId: unknown) =>
  ((await call(team.viewer, "GET", `/content/${itemId}`)).body.tags as { name: string }[]).map(({ name }) => name);
const linksOf = (tagId: string) =>
  t.asOwner("select content_item_id from content_item_tags where tag_id = $1 and removed_at is null", [tagId]);
const trailOf = async (subjectId: string) => ({
  audit: (
    await t.asOwner<{ action: string }>("select action from audit_events where subject_id = $1 order by id", [
      subjectId,
    ])
  ).map(({ action }) => action),
  events: await t.asOwner("select type, payload from events where subject_id = $1 order by id", [subjectId]),
});

describe("making a tag", () => {
  test.each(["editor", "admin"] as const)("is open to the %s, and told", async (who) => {
    const name = `Case of the ${who}`;
    const made = await call(team[who], "POST", "/planning/tags", { name: ` ${name} `, color: "#0A6B5E" });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name, color: "#0a6b5e", itemCount: 0, createdBy: team[who].userId });
    expect(await trailOf(String(made.body.id))).toEqual({
      audit: ["planning.tag_created"],
      events: [{ type: "planning.tag_created", payload: {} }],
    });
  });

  test.each(["writer", "viewer"] as const)("is closed to the %s, as are change, merge and removal", async (who) => {
    const tag = await makeTag(call, team.editor);
    const other = await makeTag(call, team.editor);
    const refused = [
      await call(team[who], "POST", "/planning/tags", { name: "Mine" }),
      await call(team[who], "PUT", `/planning/tags/${tag.id}`, { name: "Mine" }),
      await call(team[who], "POST", `/planning/tags/${tag.id}/merge`, { into: other.id }),
      await call(team[who], "DELETE", `/planning/tags/${tag.id}`),
    ];
    expect(refused.map(said)).toMatchObject([1, 2, 3, 4].map(() => ({ status: 403, code: "forbidden" })));
    expect(await t.asOwner("select name, removed_at from planning_tags where id = $1", [tag.id])).toEqual([
      { name: tag.name, removed_at: null },
    ]);
    expect(await t.asOwner("select from planning_tags where name = 'Mine'")).toEqual([]);
  });

  test("refuses a name that is taken, whatever its case, also at the same moment", async () => {
    const { id, admin } = await seedWorkspace(t);
    await makeTag(call, admin, { name: "Story" });
    expect(await call(admin, "POST", "/planning/tags", { name: "STORY" })).toMatchObject({
      status: 409,
      body: { code: "conflict", detail: expect.stringContaining("Another tag has this name") },
    });
    const both = await t.collide(
      "workspaces",
      id,
      [1, 2].map(() => () => call(admin, "POST", "/planning/tags", { name: "Case" })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    await makeTag(call, stranger, { name: "Story" });
  });

  test("is done once for an Idempotency-Key", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const ask = () => call(team.editor, "POST", "/planning/tags", { name: "Once" }, headers);
    expect((await ask()).body).toEqual((await ask()).body);
    expect(await t.asOwner("select from planning_tags where name = 'Once'")).toHaveLength(1);
  });

  test.each([
    {},
    { name: "" },
    { name: "x".repeat(61) },
    { name: "A", color: "red" },
    { name: "A", workspaceId: MADE_UP },
  ])("refuses %j", async (input) => {
    expect(await call(team.editor, "POST", "/planning/tags", input)).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
  });
});

describe("reading tags", () => {
  test("is open to every member, by pages, with how many items have each", async () => {
    const { admin } = await seedWorkspace(t);
    const names = ["Beta", "Alpha", "Gamma"];
    const tags = new Map<string, string>();
    for (const name of names) tags.set(name, (await makeTag(call, admin, { name })).id);
    for (const archive of [false, true]) {
      const { id } = await makeItem(call, admin, { tagIds: [tags.get("Beta")] });
      if (archive) await call(admin, "POST", `/content/${id}/archive`);
    }
    const first = await call(admin, "GET", "/planning/tags?limit=2");
    expect(first.body.items).toMatchObject([
      { name: "Alpha", itemCount: 0 },
      { name: "Beta", itemCount: 2 },
    ]);
    const rest = await call(admin, "GET", `/planning/tags?limit=2&cursor=${first.body.nextCursor}`);
    expect([rest.body.items, rest.body.nextCursor]).toMatchObject([[{ name: "Gamma" }], null]);
    const newest = await call(admin, "GET", "/planning/tags?sort=-createdAt");
    expect(newest.body.items!.map(({ name }) => name)).toEqual(names.toReversed());
    expect((await call(team.viewer, "GET", "/planning/tags")).status).toBe(200);
    expect((await call(admin, "GET", "/planning/tags?sort=color")).status).toBe(400);
    expect((await call(admin, "GET", "/planning/tags?cursor=abc")).body.code).toBe("invalid_cursor");
  });
});

describe("changing a tag", () => {
  test("shows on every item that has it", async () => {
    const tag = await makeTag(call, team.editor);
    const item = await makeItem(call, team.writer, { tagIds: [tag.id] });
    const changed = await call(team.admin, "PUT", `/planning/tags/${tag.id}`, { name: "Renamed" });
    expect(changed.body).toMatchObject({ name: "Renamed", color: "#868e96", itemCount: 1 });
    expect(await tagsOf(item.id)).toEqual(["Renamed"]);
    expect(await trailOf(tag.id)).toMatchObject({ audit: [expect.anything(), "planning.tag_changed"] });
  });

  test("on a stale base overwrites nothing", async () => {
    const tag = await makeTag(call, team.editor);
    const put = (color: string) =>
      call(team.editor, "PUT", `/planning/tags/${tag.id}`, { color, baseUpdatedAt: tag.updatedAt });
    const both = await t.collide("planning_tags", tag.id, [() => put("#111111"), () => put("#222222")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = both.find(({ status }) => status === 409)!;
    const won = both.find(({ status }) => status === 200)!;
    expect(lost.body).toMatchObject({ code: "version_conflict", current: { color: won.body.color } });
  });

  test("refuses a taken name, and does nothing where nothing is given", async () => {
    const tag = await makeTag(call, team.editor);
    const other = await makeTag(call, team.editor);
    expect((await call(team.editor, "PUT", `/planning/tags/${tag.id}`, { name: other.name })).status).toBe(409);
    expect((await call(team.editor, "PUT", `/planning/tags/${tag.id}`, {})).body).toMatchObject({
      updatedAt: tag.updatedAt,
    });
  });
});

describe("merging two tags", () => {
  test("gives the items of one the other, once each, in templates too", async () => {
    const [from, into, kept] = [
      await makeTag(call, team.editor),
      await makeTag(call, team.editor),
      await makeTag(call, team.editor),
    ];
    const one = await makeItem(call, team.writer, { tagIds: [from.id, kept.id] });
    const both = await makeItem(call, team.writer, { tagIds: [from.id, into.id] });
    // Had it once: the row is there, and taken off.
    const again = await makeItem(call, team.writer, { tagIds: [from.id, into.id] });
    await call(team.writer, "PUT", `/content/${again.id}`, { tagIds: [from.id] });
    const template = await makeTemplate(call, team.editor, { tagIds: [into.id, from.id, kept.id] });

    const merged = await call(team.editor, "POST", `/planning/tags/${from.id}/merge`, { into: into.id });
    expect([merged.status, merged.body]).toMatchObject([200, { id: into.id, itemCount: 3 }]);
    expect(await tagsOf(one.id)).toEqual([into.name, kept.name].sort());
    expect(await tagsOf(both.id)).toEqual([into.name]);
    expect(await tagsOf(again.id)).toEqual([into.name]);
    expect(await linksOf(from.id)).toEqual([]);
    expect((await call(team.editor, "GET", `/planning/templates/${template.id}`)).body.tagIds).toEqual([
      kept.id,
      into.id,
    ]);
    expect((await call(team.editor, "GET", `/planning/tags/${from.id}`)).status).toBe(404);
    expect(await trailOf(from.id)).toMatchObject({
      audit: [expect.anything(), "planning.tag_merged"],
      events: [expect.anything(), { type: "planning.tag_merged", payload: { into: into.id } }],
    });
  });

  test("waits for whoever gives an item one of them, and takes that item along", async () => {
    const [from, into] = [await makeTag(call, team.editor), await makeTag(call, team.editor)];
    const item = await makeItem(call, team.writer);
    const [tagged, merged] = await t.collide("planning_tags", from.id, [
      () => call(team.writer, "PUT", `/content/${item.id}`, { tagIds: [from.id] }),
      () => call(team.editor, "POST", `/planning/tags/${from.id}/merge`, { into: into.id }),
    ]);
    expect(merged!.status).toBe(200);
    // Whoever comes second meets a tag that is gone.
    expect([200, 400]).toContain(tagged!.status);
    expect(await tagsOf(item.id)).toEqual(tagged!.status === 200 ? [into.name] : []);
    expect(await linksOf(from.id)).toEqual([]);
  });

  test("and changing an item that has it: one waits for the other, and neither for both", async () => {
    const [from, into] = [await makeTag(call, team.editor), await makeTag(call, team.editor)];
    const item = await makeItem(call, team.writer, { tagIds: [from.id] });
    const [merged, changed] = await t.collide("planning_tags", from.id, [
      () => call(team.editor, "POST", `/planning/tags/${from.id}/merge`, { into: into.id }),
      () => call(team.writer, "PUT", `/content/${item.id}`, { title: "Renamed", tagIds: [from.id] }),
    ]);
    expect([merged!.status, changed!.body.code ?? "fine"]).not.toContain("conflict");
    expect(merged!.status).toBe(200);
    expect(await tagsOf(item.id)).toEqual([into.name]);
  });

  test("refuses a tag that isn't there, itself, and another workspace's", async () => {
    const tag = await makeTag(call, team.editor);
    const theirs = await makeTag(call, stranger);
    const merge = (id: string, into: string) => call(team.editor, "POST", `/planning/tags/${id}/merge`, { into });
    expect((await merge(tag.id, tag.id)).status).toBe(400);
    expect(said(await merge(tag.id, theirs.id))).toEqual(said(await merge(tag.id, MADE_UP)));
    expect(said(await merge(theirs.id, tag.id))).toEqual(said(await merge(MADE_UP, tag.id)));
    expect([(await merge(tag.id, MADE_UP)).status, (await merge(MADE_UP, tag.id)).status]).toEqual([400, 404]);
    expect((await call(stranger, "GET", `/planning/tags/${theirs.id}`)).status).toBe(200);
    expect((await call(team.editor, "GET", `/planning/tags/${tag.id}`)).status).toBe(200);
  });
});

describe("removing a tag", () => {
  test("is refused while items have it, unless it is to be taken off them", async () => {
    const tag = await makeTag(call, team.editor);
    const item = await makeItem(call, team.writer, { tagIds: [tag.id] });
    expect(await call(team.editor, "DELETE", `/planning/tags/${tag.id}`)).toMatchObject({
      status: 409,
      body: { code: "in_use", itemCount: 1 },
    });
    expect(await tagsOf(item.id)).toEqual([tag.name]);
    expect((await call(team.editor, "DELETE", `/planning/tags/${tag.id}?force=true`)).status).toBe(204);
    expect(await tagsOf(item.id)).toEqual([]);
    expect(await linksOf(tag.id)).toEqual([]);
    expect((await call(team.editor, "DELETE", `/planning/tags/${tag.id}`)).status).toBe(404);
    expect(await trailOf(tag.id)).toMatchObject({ audit: [expect.anything(), "planning.tag_removed"] });
    expect(await t.asOwner("select from planning_tags where id = $1", [tag.id])).toHaveLength(1);
  });

  test("frees its name", async () => {
    const tag = await makeTag(call, team.editor, { name: "Brief life" });
    expect((await call(team.editor, "DELETE", `/planning/tags/${tag.id}`)).status).toBe(204);
    await makeTag(call, team.editor, { name: "Brief life" });
  });

  test("and giving it to an item at the same moment: one of them is refused", async () => {
    const tag = await makeTag(call, team.editor);
    const item = await makeItem(call, team.writer);
    const [tagged, removed] = await t.collide("planning_tags", tag.id, [
      () => call(team.writer, "PUT", `/content/${item.id}`, { tagIds: [tag.id] }),
      () => call(team.editor, "DELETE", `/planning/tags/${tag.id}`),
    ]);
    expect([
      [200, 409],
      [400, 204],
    ]).toContainEqual([tagged!.status, removed!.status]);
  });
});

describe("another workspace's tag", () => {
  test.each([
    ["GET", "", undefined],
    ["PUT", "", { name: "Mine" }],
    ["POST", "/merge", { into: MADE_UP }],
    ["DELETE", "?force=true", undefined],
  ])("is to %s%s as none at all", async (method, rest, input) => {
    const theirs = await makeTag(call, stranger);
    const ask = (id: string, who: Member | null = team.admin) =>
      call(who, method, `/planning/tags/${id}${rest}`, input);
    expect(said(await ask(theirs.id))).toEqual(said(await ask(MADE_UP)));
    expect((await ask(theirs.id)).status).toBe(404);
    expect((await ask("no-id")).status).toBe(404);
    expect((await ask(theirs.id, null)).status).toBe(401);
    expect((await call(stranger, "GET", `/planning/tags/${theirs.id}`)).body).toMatchObject({ name: theirs.name });
  });
});
