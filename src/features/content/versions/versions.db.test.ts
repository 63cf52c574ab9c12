import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

let editor: Member;
let writer: Member;
let viewer: Member;
let stranger: Member;

beforeAll(async () => {
  const workspace = await seedWorkspace(t);
  [editor, writer, viewer] = await Promise.all([
    seedMember(t, workspace.id, "Editor"),
    seedMember(t, workspace.id, "Writer"),
    seedMember(t, workspace.id, "Viewer"),
  ]);
  stranger = (await seedWorkspace(t)).admin;
});

const versionsOf = (id: string) =>
  t.asOwner<{ version_number: number; title: string }>(
    "select version_number, title from content_versions where content_item_id = $1 order by 1",
    [id],
  );

describe("saving a version", () => {
  const save = (who: Member, id: string, baseVersion: number, over: object = {}) =>
    call(who, "POST", `/content/${id}/versions`, { body: `Text on ${baseVersion}`, baseVersion, ...over });

  test("numbers it, keeps the one before, and makes the item a draft again", async () => {
    const item = await seedItem(t, { createdBy: writer });
    const { status, body } = await save(writer, item.id, 1, { title: "New title" });
    expect([status, body.versionNumber, body.title]).toEqual([201, 2, "New title"]);
    expect(body.contentHash).not.toBe(item.contentHash);
    expect(await versionsOf(item.id)).toEqual([
      { version_number: 1, title: "Spring launch" },
      { version_number: 2, title: "New title" },
    ]);
    expect((await call(viewer, "GET", `/content/${item.id}/versions`)).body.items!.map((v) => v.versionNumber)).toEqual(
      [2, 1],
    );
    expect((await call(viewer, "GET", `/content/${item.id}/versions/1`)).body.body).toBe("# Spring\n\nIt is here.");
    expect((await call(viewer, "GET", `/content/${item.id}/versions/9`)).status).toBe(404);
  });

  test("refuses a stale base with what it takes to merge", async () => {
    const item = await seedItem(t, { createdBy: writer });
    await save(writer, item.id, 1);
    const { status, body } = await save(editor, item.id, 1, { body: "Mine" });
    expect([status, body.code]).toEqual([409, "version_conflict"]);
    expect(body.currentVersion).toMatchObject({ versionNumber: 2, body: "Text on 1", updatedBy: writer.userId });
    expect(await versionsOf(item.id)).toHaveLength(2);
  });

  test("of two at once, one wins and the other hears it", async () => {
    const item = await seedItem(t, { createdBy: writer });
    const answers = await t.collide("content_items", item.id, [
      () => save(writer, item.id, 1),
      () => save(editor, item.id, 1),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await versionsOf(item.id)).toHaveLength(2);
  });

  test("is a Writer's on own and assigned items only", async () => {
    const theirs = await seedItem(t, { createdBy: editor });
    const assigned = await seedItem(t, { createdBy: editor, assigneeId: writer.userId });
    expect((await save(writer, theirs.id, 1)).body.code).toBe("forbidden");
    expect((await save(writer, assigned.id, 1)).status).toBe(201);
    expect((await save(viewer, theirs.id, 1)).status).toBe(403);
    expect((await save(stranger, theirs.id, 1)).status).toBe(404);
    expect(await versionsOf(theirs.id)).toHaveLength(1);
  });

  test("is refused on an archived item, which can be restored", async () => {
    const item = await seedItem(t, { createdBy: writer });
    expect((await call(writer, "POST", `/content/${item.id}/archive`)).status).toBe(200);
    expect((await call(writer, "POST", `/content/${item.id}/archive`)).body.code).toBe("archived");
    expect((await save(writer, item.id, 1)).body.code).toBe("archived");
    expect((await call(writer, "POST", `/content/${item.id}/restore`)).body.archivedAt).toBeNull();
    expect((await call(writer, "POST", `/content/${item.id}/restore`)).status).toBe(409);
    expect((await save(writer, item.id, 1)).status).toBe(201);
  });
});
