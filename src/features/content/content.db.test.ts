import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

let admin: Member;
let editor: Member;
let writer: Member;
let viewer: Member;
let stranger: Member;

beforeAll(async () => {
  const workspace = await seedWorkspace(t);
  admin = workspace.admin;
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

describe("creating an item", () => {
  test("makes a draft with its first version, an audit row and an event", async () => {
    const { status, body } = await call(writer, "POST", "/content", { title: " Spring launch ", body: "# Spring" });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      title: "Spring launch",
      status: "Draft",
      createdBy: writer.userId,
      workspaceId: writer.workspaceId,
    });
    expect(body.currentVersion).toMatchObject({
      versionNumber: 1,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await t.asOwner("select action, actor_id from audit_events where subject_id = $1", [body.id])).toEqual([
      { action: "content.created", actor_id: writer.userId },
    ]);
    expect(await t.asOwner("select type from events where subject_id = $1", [body.id])).toEqual([
      { type: "content.created" },
    ]);
  });

  test("is not a Viewer's", async () => {
    expect(await call(viewer, "POST", "/content", { title: "Mine" })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect(await t.asOwner("select from content_items where created_by = $1", [viewer.userId])).toEqual([]);
  });

  test("needs a session", async () => {
    expect(await call(null, "POST", "/content", { title: "Mine" })).toMatchObject({
      status: 401,
      body: { code: "unauthenticated" },
    });
  });

  test("reports all that is wrong, unknown fields too", async () => {
    const { status, body } = await call(writer, "POST", "/content", {
      title: "",
      colour: "red",
      metadata: { slug: "Not A Slug", mood: 1 },
    });
    expect([status, body.code]).toEqual([400, "invalid_request"]);
    expect((body.issues as { path: string }[]).map(({ path }) => path).sort()).toEqual([
      "colour",
      "metadata.mood",
      "metadata.slug",
      "title",
    ]);
  });

  test.each([
    ["no JSON", "{", 400, "invalid_json"],
    ["a NUL", '{"title":"a\\u0000b"}', 400, "invalid_request"],
    ["a lone surrogate", '{"title":"a\\ud800"}', 400, "invalid_request"],
    ["a number for a title", '{"title":7}', 400, "invalid_request"],
    ["3 MB", `{"title":"${"a".repeat(3_000_000)}"}`, 413, "too_large"],
    ["another media type", "<a/>", 415, "unsupported_media_type"],
  ])("refuses %s and changes nothing", async (what, text, status, code) => {
    const before = await t.asOwner("select count(*) from content_items");
    const headers: Record<string, string> = what === "another media type" ? { "content-type": "application/xml" } : {};
    expect(await call(writer, "POST", "/content", text, headers)).toMatchObject({ status, body: { code } });
    expect(await t.asOwner("select count(*) from content_items")).toEqual(before);
  });

  test("refuses a text that could never be rendered, here and not when it goes out", async () => {
    const nested = "[".repeat(20_000);
    expect(await call(writer, "POST", "/content", { title: "Nested", body: nested })).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
    const item = await seedItem(t, { createdBy: writer });
    const saved = await call(writer, "POST", `/content/${item.id}/versions`, { body: nested, baseVersion: 1 });
    expect(saved).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect(await versionsOf(item.id)).toHaveLength(1);
  });

  test("is done once for an Idempotency-Key, whether in turn or at once", async () => {
    const key = { "idempotency-key": randomUUID() };
    const input = { title: "Once" };
    const answers = await Promise.all([1, 2, 3, 4].map(() => call(writer, "POST", "/content", input, key)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(answers.filter(({ headers }) => headers.has("idempotency-replayed"))).toHaveLength(3);
    expect(await t.asOwner("select title from content_items where title = 'Once'")).toHaveLength(1);
    expect(await call(writer, "POST", "/content", { title: "Other" }, key)).toMatchObject({
      status: 409,
      body: { code: "idempotency_key_reused" },
    });
    // Keys are per actor.
    expect((await call(editor, "POST", "/content", input, key)).headers.has("idempotency-replayed")).toBe(false);
  });

  test("can be tried again with its key after a refusal", async () => {
    const key = { "idempotency-key": randomUUID() };
    expect((await call(viewer, "POST", "/content", { title: "Later" }, key)).status).toBe(403);
    await t.asOwner("update workspace_members set role = 'Writer' where user_id = $1", [viewer.userId]);
    expect((await call(viewer, "POST", "/content", { title: "Later" }, key)).status).toBe(201);
    await t.asOwner("update workspace_members set role = 'Viewer' where user_id = $1", [viewer.userId]);
  });
});

describe("reading an item", () => {
  test("gives its current version, and 304 to who has it", async () => {
    const item = await seedItem(t, { createdBy: writer, body: "Hello" });
    const first = await call(viewer, "GET", `/content/${item.id}`);
    expect(first).toMatchObject({
      status: 200,
      body: { id: item.id, currentVersion: { body: "Hello", contentHash: item.contentHash } },
    });
    const again = await call(viewer, "GET", `/content/${item.id}`, undefined, {
      "if-none-match": first.headers.get("etag")!,
    });
    expect(again.status).toBe(304);
  });

  test("answers another workspace's item like one that doesn't exist", async () => {
    const item = await seedItem(t, { createdBy: stranger });
    const theirs = await call(viewer, "GET", `/content/${item.id}`);
    const none = await call(viewer, "GET", `/content/${randomUUID()}`);
    const malformed = await call(viewer, "GET", "/content/nothing");
    expect(theirs.status).toBe(404);
    expect({ ...theirs.body, requestId: "" }).toEqual({ ...none.body, requestId: "" });
    expect(malformed.status).toBe(404);
    expect(await t.asOwner("select id from content_items where id = $1", [item.id])).toEqual([{ id: item.id }]);
  });

  test("takes the workspace from the header, and only a member's", async () => {
    const item = await seedItem(t, { createdBy: stranger });
    expect((await call({ ...viewer, workspaceId: stranger.workspaceId }, "GET", `/content/${item.id}`)).status).toBe(
      404,
    );
    expect((await call({ ...viewer, workspaceId: "not-a-uuid" }, "GET", `/content/${item.id}`)).status).toBe(404);
    const { workspaceId: _, ...alone } = stranger;
    expect((await call(alone, "GET", `/content/${item.id}`)).status).toBe(200);
  });

  test("asks who is in several workspaces to name one", async () => {
    const { workspaceId: _, ...person } = await seedMember(t, admin.workspaceId, "Viewer");
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Viewer')", [
      stranger.workspaceId,
      person.userId,
    ]);
    expect(await call(person, "GET", "/content")).toMatchObject({ status: 400, body: { code: "workspace_required" } });
  });
});

describe("listing items", () => {
  test("walks every row once in each order, while rows come and go", async () => {
    const { admin: own } = await seedWorkspace(t);
    const items = await Promise.all(
      Array.from({ length: 23 }, (_, n) => seedItem(t, { createdBy: own, title: `Title ${n % 5}` })),
    );
    for (const sort of ["-createdAt", "createdAt", "title", "-title", "-updatedAt", "updatedAt"]) {
      const seen: string[] = [];
      let cursor = "";
      do {
        const { body } = await call(own, "GET", `/content?limit=5&sort=${sort}${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.items!.map(({ id }) => id as string));
        cursor = (body.nextCursor as string | null) ?? "";
        if (seen.length === 10) {
          const extra = await seedItem(t, { createdBy: own, title: "Between" });
          await t.asOwner("update content_items set archived_at = now() where id = $1", [extra.id]);
        }
      } while (cursor);
      expect(seen.toSorted()).toEqual(items.map(({ id }) => id).toSorted());
    }
  });

  test("filters by status, author, words and time, within the workspace", async () => {
    const { admin: own } = await seedWorkspace(t);
    const colleague = await seedMember(t, own.workspaceId, "Writer");
    const approved = await seedItem(t, { createdBy: own, title: "100% wool", status: "Approved" });
    const draft = await seedItem(t, { createdBy: colleague, title: "Wool and silk" });
    await seedItem(t, { createdBy: stranger, title: "Wool of theirs" });
    const ids = async (query: string) => (await call(own, "GET", `/content?${query}`)).body.items!.map(({ id }) => id);
    expect(await ids("status=Approved")).toEqual([approved.id]);
    expect(await ids(`author=${colleague.userId}`)).toEqual([draft.id]);
    expect(await ids("q=wool&sort=title")).toEqual([approved.id, draft.id]);
    expect(await ids("q=100%25")).toEqual([approved.id]);
    expect(await ids("createdFrom=2999-01-01T00:00:00Z")).toEqual([]);
    expect(await ids("createdTo=2999-01-01T00:00:00%2B02:00")).toHaveLength(2);
  });

  test.each(["sort=body", "limit=0", "limit=1000", "status=Gone", "colour=red", "createdFrom=yesterday"])(
    "refuses %s",
    async (query) => {
      expect(await call(viewer, "GET", `/content?${query}`)).toMatchObject({
        status: 400,
        body: { code: "invalid_request" },
      });
    },
  );

  test.each([
    "nonsense",
    Buffer.from('["title","x","y"]').toString("base64url"),
    Buffer.from("[1,2,3]").toString("base64url"),
  ])("refuses the cursor %s", async (cursor) => {
    expect(await call(viewer, "GET", `/content?cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { code: "invalid_cursor" },
    });
  });
});

describe("changing an item", () => {
  test("assigns it to members alone, and tells nobody of another workspace from nobody at all", async () => {
    const item = await seedItem(t, { createdBy: writer });
    const refusals = [];
    for (const assigneeId of [stranger.userId, randomUUID()]) {
      refusals.push(await call(writer, "PUT", `/content/${item.id}`, { assigneeId }));
      refusals.push(await call(writer, "POST", "/content", { title: "Assigned", assigneeId }));
    }
    for (const { status, body } of refusals) {
      expect([status, body.issues]).toEqual([400, [expect.objectContaining({ path: "assigneeId" })]]);
    }
    expect(await t.asOwner("select assignee_id from content_items where id = $1", [item.id])).toEqual([
      { assignee_id: null },
    ]);
  });

  test("makes a version of a new title, and none of what stays the same or does not go out", async () => {
    const item = await seedItem(t, { createdBy: writer });
    expect(
      (await call(writer, "PUT", `/content/${item.id}`, { title: "Spring launch" })).body.currentVersion,
    ).toMatchObject({ versionNumber: 1 });
    expect((await call(writer, "PUT", `/content/${item.id}`, { assigneeId: editor.userId })).body).toMatchObject({
      assigneeId: editor.userId,
      currentVersion: { versionNumber: 1 },
    });
    expect((await call(writer, "PUT", `/content/${item.id}`, { title: "At last" })).body).toMatchObject({
      title: "At last",
      currentVersion: { versionNumber: 2 },
    });
    expect(
      (await call(writer, "PUT", `/content/${item.id}`, { metadata: { slug: "at-last" } })).body.currentVersion,
    ).toMatchObject({ versionNumber: 3 });
    expect(await call(writer, "PUT", `/content/${item.id}`, { title: "Stale", baseVersion: 1 })).toMatchObject({
      status: 409,
      body: { code: "version_conflict" },
    });
  });

  test("is refused to who may not, and leaves the row alone", async () => {
    const item = await seedItem(t, { createdBy: editor });
    for (const [who, status] of [
      [writer, 403],
      [viewer, 403],
      [stranger, 404],
    ] as const) {
      expect(
        (await call(who, "PUT", `/content/${item.id}`, { title: "Taken", assigneeId: writer.userId })).status,
      ).toBe(status);
      expect((await call(who, "POST", `/content/${item.id}/archive`)).status).toBe(status);
    }
    expect(
      await t.asOwner("select title, assignee_id, archived_at from content_items where id = $1", [item.id]),
    ).toEqual([{ title: "Spring launch", assignee_id: null, archived_at: null }]);
  });
});
