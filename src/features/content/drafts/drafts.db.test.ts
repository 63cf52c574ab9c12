import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedWorkspace } from "#tests/factories";
import { seedTeam, type Team } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { startCountingProxy } from "#tests/harness/counting-proxy";
import { testDatabase } from "#tests/harness/database";
import { createDatabase } from "@/db/client";
import { react } from "@/reactions";

const t = testDatabase();
const call = caller(t);

let team: Team;
let stranger: Member;

beforeAll(async () => {
  team = await seedTeam(t);
  stranger = (await seedWorkspace(t)).admin;
});

const read = (who: Member | null, id: string) => call(who, "GET", `/content/${id}/draft`);
const type = (who: Member | null, id: string, over: object = {}) =>
  call(who, "PUT", `/content/${id}/draft`, { body: "Half a sent", baseVersion: 1, ...over });
const save = (who: Member, id: string, baseVersion = 1, over: object = {}) =>
  call(who, "POST", `/content/${id}/versions`, { body: "A sentence.", baseVersion, ...over });
const draftsOf = (id: string) =>
  t.asOwner<{ user_id: string; body: string; draft_version: number; removed: boolean }>(
    "select user_id, body, draft_version, removed_at is not null as removed from content_drafts where content_item_id = $1 order by updated_at",
    [id],
  );
const noise = (id: string) =>
  t.asOwner<{ said: string }>(
    "select action as said from audit_events where subject_id = $1 union all select type from events where subject_id = $1",
    [id],
  );

describe("a draft", () => {
  test("is kept and read again, counted, with neither version nor audit row nor event", async () => {
    const { writer } = team;
    const item = await seedItem(t, { createdBy: writer });
    const first = await type(writer, item.id, { title: "", metadata: { slug: "Not a slug yet" } });
    expect(first).toMatchObject({
      status: 200,
      body: {
        contentItemId: item.id,
        body: "Half a sent",
        title: "",
        metadata: { slug: "Not a slug yet" },
        baseVersion: 1,
        draftVersion: 1,
        stale: false,
        currentVersionNumber: 1,
      },
    });
    expect((await type(writer, item.id, { body: "Half a sentence", draftVersion: 1 })).body.draftVersion).toBe(2);
    expect((await read(writer, item.id)).body).toMatchObject({
      body: "Half a sentence",
      title: null,
      metadata: null,
      draftVersion: 2,
    });
    expect(await noise(item.id)).toEqual([]);
    expect((await call(writer, "GET", `/content/${item.id}`)).body.currentVersion).toMatchObject({ versionNumber: 1 });
  });

  test("says when somebody saved a version meanwhile", async () => {
    const { writer, editor } = team;
    const item = await seedItem(t, { createdBy: writer });
    await type(writer, item.id);
    expect((await save(editor, item.id)).status).toBe(201);
    expect((await read(writer, item.id)).body).toMatchObject({ stale: true, baseVersion: 1, currentVersionNumber: 2 });
    expect((await type(writer, item.id, { baseVersion: 2, draftVersion: 1 })).body.stale).toBe(false);
  });

  test("is its owner's alone: not even an Admin or the item's author reads, writes or removes it", async () => {
    const { admin, editor, writer } = team;
    const item = await seedItem(t, { createdBy: writer });
    await type(editor, item.id, { body: "The Editor's" });
    for (const who of [admin, writer]) {
      expect(await read(who, item.id)).toMatchObject({ status: 404, body: { code: "not_found" } });
      expect((await call(who, "DELETE", `/content/${item.id}/draft`)).status).toBe(404);
      expect((await type(who, item.id, { draftVersion: 1, body: "Mine" })).body).toMatchObject({
        code: "draft_conflict",
        draft: null,
      });
    }
    expect((await type(admin, item.id, { body: "The Admin's" })).status).toBe(200);
    expect(await draftsOf(item.id)).toEqual([
      { user_id: editor.userId, body: "The Editor's", draft_version: 1, removed: false },
      { user_id: admin.userId, body: "The Admin's", draft_version: 1, removed: false },
    ]);
    expect((await read(editor, item.id)).body.body).toBe("The Editor's");
  });

  test("of an item that one may not change is refused, and of one that isn't here answered like none", async () => {
    const { editor, writer, viewer } = team;
    const item = await seedItem(t, { createdBy: editor });
    const assigned = await seedItem(t, { createdBy: editor, assigneeId: writer.userId });
    for (const who of [writer, viewer])
      expect(await type(who, item.id)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await type(writer, assigned.id)).status).toBe(200);
    expect((await type(null, item.id)).status).toBe(401);
    const asked = [await type(stranger, item.id), await read(stranger, item.id), await read(stranger, randomUUID())];
    for (const { status, body } of asked) expect([status, body.code]).toEqual([404, "not_found"]);
    expect({ ...asked[1]!.body, requestId: "" }).toEqual({ ...asked[2]!.body, requestId: "" });
    expect(await draftsOf(item.id)).toEqual([]);
    expect(await t.asOwner("select 1 from content_items where id = $1", [item.id])).toHaveLength(1);
  });

  test("stays readable, and can be thrown away, when the item is somebody else's by then", async () => {
    const { editor, writer } = team;
    const item = await seedItem(t, { createdBy: editor, assigneeId: writer.userId });
    await type(writer, item.id);
    await call(editor, "PUT", `/content/${item.id}`, { assigneeId: null });
    expect((await type(writer, item.id, { draftVersion: 1 })).status).toBe(403);
    expect((await read(writer, item.id)).body.body).toBe("Half a sent");
    expect((await call(writer, "DELETE", `/content/${item.id}/draft`)).status).toBe(204);
    expect(await draftsOf(item.id)).toMatchObject([{ body: "", removed: true }]);
  });

  test.each([
    ["a version that isn't there yet", { baseVersion: 9 }, "baseVersion"],
    ["a field that is unknown", { colour: "red" }, "colour"],
    ["metadata that are unknown", { metadata: { colour: "red" } }, "metadata"],
    ["a title beyond 300 characters", { title: "a".repeat(301) }, "title"],
    ["no body", { body: undefined }, "body"],
  ])("refuses %s and keeps nothing", async (_, over, path) => {
    const item = await seedItem(t, { createdBy: team.writer });
    const { status, body } = await type(team.writer, item.id, over);
    expect([status, body.code]).toEqual([400, "invalid_request"]);
    expect((body.issues as { path: string }[])[0]!.path).toMatch(path);
    expect(await draftsOf(item.id)).toEqual([]);
  });

  test("is not begun on an archived item", async () => {
    const item = await seedItem(t, { createdBy: team.writer });
    await call(team.writer, "POST", `/content/${item.id}/archive`);
    expect(await type(team.writer, item.id)).toMatchObject({ status: 409, body: { code: "archived" } });
  });
});

describe("two windows of one person", () => {
  test("the later one hears of it, with what is there, and overwrites nothing", async () => {
    const { writer } = team;
    const item = await seedItem(t, { createdBy: writer });
    await type(writer, item.id);
    await type(writer, item.id, { body: "From one window", draftVersion: 1 });
    for (const draftVersion of [1, 3, undefined]) {
      expect(await type(writer, item.id, { body: "From the other", draftVersion })).toMatchObject({
        status: 409,
        body: { code: "draft_conflict", draft: { draftVersion: 2, body: "From one window", baseVersion: 1 } },
      });
    }
    expect(await draftsOf(item.id)).toMatchObject([{ body: "From one window", draft_version: 2 }]);
  });

  test("of two that save at once, one wins", async () => {
    const { writer } = team;
    const item = await seedItem(t, { createdBy: writer });
    await type(writer, item.id);
    const answers = await meeting(item.id, [
      () => type(writer, item.id, { body: "One", draftVersion: 1 }),
      () => type(writer, item.id, { body: "Other", draftVersion: 1 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await draftsOf(item.id)).toMatchObject([{ draft_version: 2 }]);
  });

  test("of two that begin at once, one wins", async () => {
    const { writer } = team;
    const item = await seedItem(t, { createdBy: writer });
    const answers = await Promise.all(Array.from({ length: 6 }, () => type(writer, item.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect(await draftsOf(item.id)).toHaveLength(1);
  });

  /** Holds the draft until both wait for it. */
  const meeting = async (item: string, competitors: (() => ReturnType<typeof type>)[]) => {
    await t.asOwner("create or replace view held_drafts as select content_item_id as id, d.* from content_drafts d");
    return t.collide("held_drafts", item, competitors);
  };
});

describe("saving a version", () => {
  test("ends the draft of whoever saves, in the same transaction, and nobody else's", async () => {
    const { writer, editor } = team;
    const item = await seedItem(t, { createdBy: writer });
    await type(writer, item.id);
    await type(editor, item.id, { body: "The Editor's" });
    expect((await save(editor, item.id, 7)).body.code).toBe("version_conflict");
    expect((await read(editor, item.id)).status).toBe(200);
    expect((await save(writer, item.id)).status).toBe(201);
    expect((await read(writer, item.id)).status).toBe(404);
    expect((await read(editor, item.id)).body).toMatchObject({ body: "The Editor's", stale: true });
    expect(await draftsOf(item.id)).toMatchObject([
      { user_id: writer.userId, body: "", removed: true },
      { user_id: editor.userId, removed: false },
    ]);
  });

  test("and a window left open from before can't bring it back unasked", async () => {
    const { writer } = team;
    const item = await seedItem(t, { createdBy: writer });
    await type(writer, item.id);
    await save(writer, item.id);
    expect((await type(writer, item.id, { draftVersion: 1 })).body).toMatchObject({
      code: "draft_conflict",
      draft: null,
    });
    expect((await type(writer, item.id, { baseVersion: 2 })).body.draftVersion).toBe(2);
    expect((await type(writer, item.id, { baseVersion: 2, draftVersion: 1 })).body.code).toBe("draft_conflict");
  });

  test("of a title alone, or of an old version, leaves what is typed", async () => {
    const { writer } = team;
    const item = await seedItem(t, { createdBy: writer });
    await type(writer, item.id);
    await call(writer, "PUT", `/content/${item.id}`, { title: "Another title" });
    await call(writer, "POST", `/content/${item.id}/versions/1/restore`, { baseVersion: 2 });
    expect((await read(writer, item.id)).body).toMatchObject({ body: "Half a sent", currentVersionNumber: 3 });
  });
});

test("ending a draft costs a save no round trip", async () => {
  const { writer } = team;
  const proxy = await startCountingProxy(t.urls.app);
  const db = createDatabase(proxy.connectionString, react, { max: 1 });
  const callCounted = caller({ ...t, db });
  const tripsOf = async (method: string, path: string, body: object) => {
    const item = await seedItem(t, { createdBy: writer });
    await type(writer, item.id);
    const before = proxy.roundTrips();
    expect((await callCounted(writer, method, `/content/${item.id}${path}`, body)).status).toBeLessThan(300);
    expect((await read(writer, item.id)).status).toBe(method === "POST" ? 404 : 200);
    return proxy.roundTrips() - before;
  };
  try {
    const save = () => tripsOf("POST", "/versions", { body: "Text", baseVersion: 1 });
    await save();
    // A changed title makes a version as well, ends no draft, and reads the item once more.
    expect(await save()).toBe((await tripsOf("PUT", "", { title: "Another title" })) - 1);
  } finally {
    await db.pool.end();
    await proxy.close();
  }
});

describe("throwing a draft away", () => {
  test("leaves nothing of its text, and is done once", async () => {
    const { writer } = team;
    const item = await seedItem(t, { createdBy: writer });
    await type(writer, item.id, { title: "A title", metadata: { excerpt: "Mine" } });
    expect((await call(writer, "DELETE", `/content/${item.id}/draft`)).status).toBe(204);
    expect((await call(writer, "DELETE", `/content/${item.id}/draft`)).status).toBe(404);
    expect(
      await t.asOwner("select body, title, metadata from content_drafts where content_item_id = $1", [item.id]),
    ).toEqual([{ body: "", title: null, metadata: null }]);
    expect(await noise(item.id)).toEqual([]);
  });
});
