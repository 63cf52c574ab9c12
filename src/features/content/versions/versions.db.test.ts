import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedWorkspace } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

let editor: Member;
let writer: Member;
let viewer: Member;
let stranger: Member;

beforeAll(async () => {
  ({ editor, writer, viewer } = await seedTeam(t));
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

describe("listing versions", () => {
  const list = (who: Member, id: string, query = "") => call(who, "GET", `/content/${id}/versions${query}`);

  test("walks them from the newest, a page at a time", async () => {
    const item = await seedItem(t, { createdBy: writer });
    for (const baseVersion of [1, 2, 3, 4])
      await call(writer, "POST", `/content/${item.id}/versions`, { body: `After ${baseVersion}`, baseVersion });
    const seen: unknown[] = [];
    let cursor = "";
    do {
      const { body } = await list(viewer, item.id, `?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items!.map(({ versionNumber }) => versionNumber));
      cursor = (body.nextCursor as string | null) ?? "";
    } while (cursor);
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    const beyond = Buffer.from(JSON.stringify(["-versionNumber", "1", item.id])).toString("base64url");
    expect(await list(viewer, item.id, `?cursor=${beyond}`)).toMatchObject({ status: 200, body: { items: [] } });
  });

  test.each(["1.5", "99999999999", "1e300", "one"])("refuses a cursor at %s", async (value) => {
    const item = await seedItem(t, { createdBy: writer });
    const cursor = Buffer.from(JSON.stringify(["-versionNumber", value, item.id])).toString("base64url");
    expect((await list(viewer, item.id, `?cursor=${cursor}`)).body.code).toBe("invalid_cursor");
  });

  test("of another workspace's item is answered like that of none", async () => {
    const item = await seedItem(t, { createdBy: writer });
    const [theirs, none] = [await list(stranger, item.id), await list(stranger, randomUUID())];
    expect(theirs.status).toBe(404);
    expect({ ...theirs.body, requestId: "" }).toEqual({ ...none.body, requestId: "" });
    expect(await versionsOf(item.id)).toHaveLength(1);
  });
});

describe("restoring a version", () => {
  const restore = (who: Member | null, id: string, versionNumber: number, baseVersion: number, headers = {}) =>
    call(who, "POST", `/content/${id}/versions/${versionNumber}/restore`, { baseVersion }, headers);

  /** An item whose second version says something else in every field. */
  async function seedRewritten() {
    const item = await seedItem(t, { createdBy: writer, body: "Old", metadata: { slug: "old" } });
    const saved = { title: "New title", body: "New", metadata: { slug: "new" }, baseVersion: 1 };
    expect((await call(writer, "POST", `/content/${item.id}/versions`, saved)).status).toBe(201);
    return item.id;
  }

  test("makes a new one with all that it said, and says where it came from", async () => {
    const id = await seedRewritten();
    await t.asOwner("update content_items set status = 'Approved' where id = $1", [id]);
    const { status, body } = await restore(writer, id, 1, 2);
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        versionNumber: 3,
        title: "Spring launch",
        body: "Old",
        metadata: { slug: "old" },
        updatedBy: writer.userId,
        labels: [],
      }),
    ]);
    expect(
      await t.asOwner(
        "select version_number, title, body, metadata, assets from content_versions where content_item_id = $1 order by 1",
        [id],
      ),
    ).toEqual([
      { version_number: 1, title: "Spring launch", body: "Old", metadata: { slug: "old" }, assets: [] },
      { version_number: 2, title: "New title", body: "New", metadata: { slug: "new" }, assets: [] },
      { version_number: 3, title: "Spring launch", body: "Old", metadata: { slug: "old" }, assets: [] },
    ]);
    expect((await call(viewer, "GET", `/content/${id}`)).body).toMatchObject({
      title: "Spring launch",
      status: "Draft",
      currentVersion: { versionNumber: 3, contentHash: body.contentHash },
    });
    expect(
      await t.asOwner(
        "select detail ->> 'restoredFrom' as said from audit_events where subject_id = $1 and detail ->> 'versionNumber' = '3'",
        [id],
      ),
    ).toEqual([{ said: "1" }]);
    expect(
      await t.asOwner("select payload from events where subject_id = $1 and payload ->> 'versionNumber' = '3'", [id]),
    ).toEqual([{ payload: { versionNumber: 3, previousVersionNumber: 2, restoredFrom: 1 } }]);
  });

  test("refuses a stale base, what the current one says already, and what isn't there", async () => {
    const id = await seedRewritten();
    expect(await restore(writer, id, 1, 1)).toMatchObject({
      status: 409,
      body: { code: "version_conflict", currentVersion: { versionNumber: 2, title: "New title" } },
    });
    expect(await restore(writer, id, 2, 2)).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect((await restore(writer, id, 3, 2)).body.code).toBe("not_found");
    expect((await restore(writer, id, 1, 2)).status).toBe(201);
    // The third says what the first said.
    expect((await restore(writer, id, 1, 3)).body.code).toBe("conflict");
    expect(await versionsOf(id)).toHaveLength(3);
    await call(writer, "POST", `/content/${id}/archive`);
    expect((await restore(writer, id, 2, 3)).body.code).toBe("archived");
  });

  test("is for who may change the item, and done once for an Idempotency-Key", async () => {
    const id = await seedRewritten();
    for (const [who, status] of [
      [null, 401],
      [viewer, 403],
      [stranger, 404],
    ] as const)
      expect((await restore(who, id, 1, 2)).status).toBe(status);
    const theirs = await seedItem(t, { createdBy: editor });
    expect((await restore(writer, theirs.id, 1, 1)).body.code).toBe("forbidden");
    expect((await call(writer, "POST", `/content/${id}/versions/1/restore`, {})).body.code).toBe("invalid_request");
    const key = { "idempotency-key": randomUUID() };
    const [first, again] = [await restore(editor, id, 1, 2, key), await restore(editor, id, 1, 2, key)];
    expect([first.status, again.status, again.headers.has("idempotency-replayed")]).toEqual([201, 201, true]);
    expect(await versionsOf(id)).toHaveLength(3);
  });

  test("of two at once, one wins", async () => {
    const id = await seedRewritten();
    const answers = await t.collide("content_items", id, [
      () => restore(writer, id, 1, 2),
      () => call(editor, "POST", `/content/${id}/versions`, { body: "Third", baseVersion: 2 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await versionsOf(id)).toHaveLength(3);
  });
});
