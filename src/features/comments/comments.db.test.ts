import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { openThread, reply, type SeededComment } from "#tests/factories/comments";
import { type Answer, caller } from "#tests/harness/app";
import { comingSecond, testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

const ROLES = ["Admin", "Editor", "Writer", "Viewer"] as const;
const MADE_UP = "00000000-0000-4000-8000-00000000dead";

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const refusal = (status: number, code: string) => ({ status, code });
const threads = (itemId: string) => `/content/${itemId}/comments`;
const thread = (itemId: string, threadId: string) => `${threads(itemId)}/${threadId}`;
const rowsOf = (itemId: string) =>
  t.asOwner<{ id: string; body: string; removed_by: string | null; edited_at: Date | null }>(
    "select * from comments where content_item_id = $1 order by created_at, id",
    [itemId],
  );
const eventsOf = (itemId: string) =>
  t.asOwner<{ type: string; payload: Record<string, string>; actor_id: string }>(
    "select type, payload, actor_id from events where subject_id = $1 and type like 'comments.%' order by id",
    [itemId],
  );

/** A workspace with everybody in it and an item of its first Writer's. */
async function seed() {
  const team = await seedTeam(t);
  const item = await seedItem(t, { createdBy: team.writer });
  const roles = { Admin: team.otherAdmin, Editor: team.editor, Writer: team.otherWriter, Viewer: team.viewer };
  return { ...team, item, roles };
}

describe("opening a thread", () => {
  test.each(ROLES)("is open to the role %s, on anybody's item", async (role) => {
    const { item, roles } = await seed();
    const me = roles[role];
    const opened = await call(me, "POST", threads(item.id), { body: " Is this **true**? " });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      contentItemId: item.id,
      versionNumber: 1,
      visibility: "Internal",
      anchor: null,
      authorId: me.userId,
      guestId: null,
      resolvedAt: null,
      comments: { items: [{ body: "Is this **true**?", authorId: me.userId, versionNumber: 1 }], nextCursor: null },
    });
    expect(await rowsOf(item.id)).toMatchObject([{ body: "Is this **true**?" }]);
  });

  test("may show it to the client, and then says so", async () => {
    const { item, writer } = await seed();
    const opened = await call(writer, "POST", threads(item.id), { body: "Which of the two?", visibility: "Client" });
    expect(opened.body).toMatchObject({ visibility: "Client" });
    expect(await eventsOf(item.id)).toMatchObject([
      { type: "comments.thread_opened", payload: { visibility: "Client" }, actor_id: writer.userId },
    ]);
  });

  test("refuses what is no comment", async () => {
    const { item, writer } = await seed();
    const wrong: [object, string][] = [
      [{}, "body"],
      [{ body: "  " }, "body"],
      [{ body: "x".repeat(10_001) }, "body"],
      [{ body: "x", visibility: "Public" }, "visibility"],
      [{ body: "x", mentions: "everybody" }, "mentions"],
      [{ body: "x", mentions: Array.from({ length: 21 }, () => writer.userId) }, "mentions"],
      [{ body: "x", guestId: MADE_UP }, "guestId"],
      [{ body: "x", authorId: MADE_UP }, "authorId"],
    ];
    for (const [body, path] of wrong) {
      const answer = await call(writer, "POST", threads(item.id), body);
      expect([body, said(answer)]).toMatchObject([body, { ...refusal(400, "invalid_request"), issues: [{ path }] }]);
    }
    expect((await call(writer, "POST", threads(item.id), { body: ">".repeat(150) })).status).toBe(400);
    expect((await call(writer, "POST", threads(item.id), { body: "x".repeat(10_000) })).status).toBe(201);
    expect(await rowsOf(item.id)).toHaveLength(1);
  });

  test("is once only with a key, and refused to who isn't signed in", async () => {
    const { item, writer } = await seed();
    const key = { "idempotency-key": randomUUID() };
    const first = await call(writer, "POST", threads(item.id), { body: "Once" }, key);
    const again = await call(writer, "POST", threads(item.id), { body: "Once" }, key);
    expect(again.body).toEqual(first.body);
    expect(said(await call(writer, "POST", threads(item.id), { body: "Twice" }, key))).toMatchObject(
      refusal(409, "idempotency_key_reused"),
    );
    expect(said(await call(null, "POST", threads(item.id), { body: "x" }))).toMatchObject(
      refusal(401, "unauthenticated"),
    );
    expect(await rowsOf(item.id)).toHaveLength(1);
  });

  test("is limited", async () => {
    const { item, writer } = await seed();
    const limited = caller(t, { rateLimitFactor: 0.01 });
    const answers = [];
    for (let i = 0; i < 20; i++) answers.push(await limited(writer, "POST", threads(item.id), { body: "Again" }));
    const told = answers.find(({ status }) => status === 429);
    expect(told?.body).toMatchObject({ code: "rate_limited" });
    expect(Number(told?.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("a thread", () => {
  test.each(ROLES)("is read and answered by the role %s", async (role) => {
    const { item, roles, writer } = await seed();
    const { id } = await openThread(call, writer, item.id);
    const me = roles[role];
    const answered = await call(me, "POST", `${thread(item.id, id)}/replies`, { body: "It is." });
    expect(answered.status).toBe(201);
    expect(answered.body).toMatchObject({ threadId: id, contentItemId: item.id, body: "It is.", authorId: me.userId });
    const read = await call(me, "GET", thread(item.id, id));
    expect(read.body).toMatchObject({
      id,
      comments: { items: [{ body: "Is this still true?" }, { body: "It is." }] },
    });
    expect((await call(me, "GET", threads(item.id))).body.items).toEqual([read.body]);
  });

  test("says of each comment which version was current", async () => {
    const { item, writer } = await seed();
    const { id } = await openThread(call, writer, item.id);
    await call(writer, "POST", `/content/${item.id}/versions`, { body: "New.", baseVersion: 1 });
    expect(await reply(call, writer, item.id, id)).toMatchObject({ versionNumber: 2 });
    expect((await call(writer, "GET", thread(item.id, id))).body).toMatchObject({ versionNumber: 1 });
  });

  test("comes with its first twenty comments, and its replies are listed by pages", async () => {
    const { item, writer, viewer } = await seed();
    const { id } = await openThread(call, writer, item.id, { body: "0" });
    for (let n = 1; n <= 22; n++) await reply(call, viewer, item.id, id, { body: String(n) });
    const read = (await call(viewer, "GET", thread(item.id, id))).body as never as {
      comments: { items: SeededComment[]; nextCursor: string };
    };
    expect(read.comments.items.map(({ body }) => Number(body))).toEqual(Array.from({ length: 20 }, (_, n) => n));
    const rest = await call(viewer, "GET", `${thread(item.id, id)}/replies?cursor=${read.comments.nextCursor}`);
    expect(rest.body).toMatchObject({ items: [{ body: "20" }, { body: "21" }, { body: "22" }], nextCursor: null });
    const all = await call(viewer, "GET", `${thread(item.id, id)}/replies?limit=100`);
    expect(all.body.items).toHaveLength(23);
    const wrong = await call(viewer, "GET", `${thread(item.id, id)}/replies?cursor=x`);
    expect(said(wrong)).toMatchObject(refusal(400, "invalid_cursor"));
  });

  test("is told from the others of its page", async () => {
    const { item, writer } = await seed();
    const opened = [];
    for (const body of ["One", "Two", "Three"]) opened.push(await openThread(call, writer, item.id, { body }));
    await reply(call, writer, item.id, opened[1]!.id, { body: "To two" });
    const { items } = (await call(writer, "GET", threads(item.id))).body as never as {
      items: (typeof opened)[number][];
    };
    expect(items.map(({ comments }) => comments.items.map(({ body }) => body))).toEqual([
      ["Three"],
      ["Two", "To two"],
      ["One"],
    ]);
  });

  test("is asked for by what became of it, who reads it, and page by page in both orders", async () => {
    const { item, writer } = await seed();
    const [one, two, three] = [
      await openThread(call, writer, item.id),
      await openThread(call, writer, item.id, { visibility: "Client" }),
      await openThread(call, writer, item.id),
    ];
    await call(writer, "POST", `${thread(item.id, one.id)}/resolve`);
    const list = async (query: string) => {
      const { body } = await call(writer, "GET", `${threads(item.id)}?${query}`);
      return { ids: body.items!.map(({ id }) => id), next: body.nextCursor as string | null };
    };
    expect((await list("")).ids).toEqual([three.id, two.id, one.id]);
    expect((await list("sort=createdAt")).ids).toEqual([one.id, two.id, three.id]);
    expect((await list("resolved=true")).ids).toEqual([one.id]);
    expect((await list("resolved=false")).ids).toEqual([three.id, two.id]);
    expect((await list("visibility=Client")).ids).toEqual([two.id]);
    expect((await list("visibility=Internal&resolved=false")).ids).toEqual([three.id]);
    for (const [sort, order] of [
      ["-createdAt", [three.id, two.id, one.id]],
      ["createdAt", [one.id, two.id, three.id]],
    ] as const) {
      const first = await list(`sort=${sort}&limit=2`);
      expect(first.ids).toEqual(order.slice(0, 2));
      expect(await list(`sort=${sort}&limit=2&cursor=${first.next}`)).toEqual({ ids: order.slice(2), next: null });
    }
    for (const query of ["cursor=x", "resolved=maybe", "sort=body", "limit=0", "author=me"])
      expect([query, (await call(writer, "GET", `${threads(item.id)}?${query}`)).status]).toEqual([query, 400]);
  });

  test("of another item or workspace is none, whoever asks, and is there", async () => {
    const { item, admin, writer } = await seed();
    const { id, comments } = await openThread(call, writer, item.id);
    const commentId = comments.items[0]!.id;
    const another = await seedItem(t, { createdBy: writer });
    const stranger = (await seedWorkspace(t)).admin;
    const elsewhere = await seedItem(t, { createdBy: stranger });
    const tries = (who: Member, itemId: string, threadId: string): Promise<Answer>[] => [
      call(who, "GET", thread(itemId, threadId)),
      call(who, "GET", `${thread(itemId, threadId)}/replies`),
      call(who, "POST", `${thread(itemId, threadId)}/replies`, { body: "x" }),
      call(who, "POST", `${thread(itemId, threadId)}/resolve`),
      call(who, "POST", `${thread(itemId, threadId)}/reopen`),
    ];
    const answers = async (asked: Promise<Answer>[]) => (await Promise.all(asked)).map(said);
    expect(await answers(tries(admin, another.id, id))).toEqual(await answers(tries(admin, another.id, MADE_UP)));
    expect(await answers(tries(stranger, elsewhere.id, id))).toEqual(
      await answers(tries(stranger, elsewhere.id, MADE_UP)),
    );
    expect(await answers(tries(stranger, item.id, id))).toEqual(await answers(tries(stranger, MADE_UP, id)));
    const onItem = (itemId: string) => [
      call(stranger, "GET", threads(itemId)),
      call(stranger, "POST", threads(itemId), { body: "x" }),
    ];
    expect(await answers(onItem(item.id))).toEqual(await answers(onItem(MADE_UP)));
    const onComment = (one: string) => [
      call(stranger, "PUT", `/comments/${one}`, { body: "x" }),
      call(stranger, "DELETE", `/comments/${one}`),
    ];
    expect(await answers(onComment(commentId))).toEqual(await answers(onComment(MADE_UP)));
    for (const answer of [
      ...(await answers(tries(stranger, item.id, id))),
      ...(await answers(onItem(item.id))),
      ...(await answers(onComment(commentId))),
    ])
      expect(answer).toMatchObject(refusal(404, "not_found"));
    expect(await rowsOf(item.id)).toMatchObject([{ id: commentId, edited_at: null, removed_by: null }]);
  });
});

describe("resolving and reopening", () => {
  const settle = (who: Member, itemId: string, threadId: string, verb: string) =>
    call(who, "POST", `${thread(itemId, threadId)}/${verb}`);

  test.each([
    ["an Editor", "editor"],
    ["an Admin", "admin"],
    ["the item's Writer", "writer"],
    ["whoever opened it", "viewer"],
  ] as const)("is open to %s", async (_, name) => {
    const { item, ...team } = await seed();
    const { id } = await openThread(call, team.viewer, item.id);
    const resolved = await settle(team[name], item.id, id, "resolve");
    expect(resolved.status).toBe(200);
    expect(resolved.body).toMatchObject({ id, resolvedBy: team[name].userId, resolvedAt: expect.any(String) });
    const reopened = await settle(team[name], item.id, id, "reopen");
    expect(reopened.body).toMatchObject({ id, resolvedBy: null, resolvedAt: null });
    expect((await eventsOf(item.id)).map(({ type }) => type)).toEqual([
      "comments.thread_opened",
      "comments.resolved",
      "comments.reopened",
    ]);
  });

  test("is closed to other Writers and to Viewers", async () => {
    const { item, admin, otherWriter, viewer } = await seed();
    const { id } = await openThread(call, admin, item.id);
    for (const who of [otherWriter, viewer])
      for (const verb of ["resolve", "reopen"])
        expect(said(await settle(who, item.id, id, verb))).toMatchObject(refusal(403, "forbidden"));
    expect((await call(admin, "GET", thread(item.id, id))).body).toMatchObject({ resolvedAt: null });
  });

  test("is done once, and nothing is said in a thread that is resolved", async () => {
    const { item, editor, viewer } = await seed();
    const { id } = await openThread(call, viewer, item.id);
    expect(said(await settle(editor, item.id, id, "reopen"))).toMatchObject(refusal(409, "conflict"));
    await settle(editor, item.id, id, "resolve");
    expect(said(await settle(editor, item.id, id, "resolve"))).toMatchObject(refusal(409, "thread_resolved"));
    const late = await call(viewer, "POST", `${thread(item.id, id)}/replies`, { body: "But …" });
    expect(said(late)).toMatchObject(refusal(409, "thread_resolved"));
    expect(await rowsOf(item.id)).toHaveLength(1);
    await settle(editor, item.id, id, "reopen");
    await reply(call, viewer, item.id, id);
  });

  test("of two that meet in one thread the second finds the first done, in either order", async () => {
    const { item, editor, viewer } = await seed();
    const [one, other] = [await openThread(call, viewer, item.id), await openThread(call, viewer, item.id)];
    const answer = (id: string) => call(viewer, "POST", `${thread(item.id, id)}/replies`, { body: "Wait" });
    const [resolved, late] = await t.collide("content_items", item.id, [
      () => settle(editor, item.id, one.id, "resolve"),
      () => comingSecond(t, () => answer(one.id)),
    ]);
    expect([resolved!.status, late!.status, late!.body.code]).toEqual([200, 409, "thread_resolved"]);
    const [replied, settled] = await t.collide("content_items", item.id, [
      () => answer(other.id),
      () => comingSecond(t, () => settle(editor, item.id, other.id, "resolve")),
    ]);
    expect([replied!.status, settled!.status]).toEqual([201, 200]);
    expect((await eventsOf(item.id)).map(({ type }) => type).slice(-3)).toEqual([
      "comments.resolved",
      "comments.replied",
      "comments.resolved",
    ]);
    expect((settled!.body as { comments: { items: unknown[] } }).comments.items).toHaveLength(2);
  });

  test("of two at once one is first, and a reply that meets it is heard before it or refused", async () => {
    const { item, editor, admin, viewer } = await seed();
    const { id } = await openThread(call, viewer, item.id);
    const both = await t.collide("content_items", item.id, [
      () => settle(editor, item.id, id, "resolve"),
      () => settle(admin, item.id, id, "resolve"),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await settle(editor, item.id, id, "reopen");
    const [resolved, replied] = await t.collide("content_items", item.id, [
      () => settle(editor, item.id, id, "resolve"),
      () => call(viewer, "POST", `${thread(item.id, id)}/replies`, { body: "Wait" }),
    ]);
    expect(resolved!.status).toBe(200);
    const [last, before] = (await eventsOf(item.id)).map(({ type }) => type).reverse();
    expect(last).toBe("comments.resolved");
    expect(replied!.status).toBe(before === "comments.replied" ? 201 : 409);
  });
});

describe("a comment", () => {
  test("is edited by its author alone, whatever their role", async () => {
    const { item, admin, editor, viewer } = await seed();
    const { id: threadId, comments } = await openThread(call, viewer, item.id);
    const { id } = comments.items[0]!;
    for (const who of [admin, editor])
      expect(said(await call(who, "PUT", `/comments/${id}`, { body: "Never" }))).toMatchObject(
        refusal(403, "forbidden"),
      );
    const edited = await call(viewer, "PUT", `/comments/${id}`, { body: "Is it still true?" });
    expect(edited.status).toBe(200);
    expect(edited.body).toMatchObject({ id, body: "Is it still true?", editedAt: expect.any(String), removedAt: null });
    expect(await rowsOf(item.id)).toMatchObject([{ body: "Is it still true?" }]);
    expect(await eventsOf(item.id)).toMatchObject([
      { type: "comments.thread_opened" },
      { type: "comments.edited", payload: { threadId, commentId: id }, actor_id: viewer.userId },
    ]);
    expect(said(await call(viewer, "PUT", `/comments/${id}`, { body: "" }))).toMatchObject(
      refusal(400, "invalid_request"),
    );
  });

  test("that is saved as it was isn't called edited", async () => {
    const { item, viewer } = await seed();
    const { comments } = await openThread(call, viewer, item.id);
    const { id, body } = comments.items[0]!;
    expect((await call(viewer, "PUT", `/comments/${id}`, { body })).body).toMatchObject({ editedAt: null });
    expect(await eventsOf(item.id)).toHaveLength(1);
  });

  test.each([
    ["its author", "viewer", 204],
    ["an Editor", "editor", 204],
    ["an Admin", "admin", 204],
    ["the item's Writer", "writer", 403],
    ["another Writer", "otherWriter", 403],
  ] as const)("removed by %s", async (_, name, status) => {
    const { item, ...team } = await seed();
    const { id: threadId } = await openThread(call, team.admin, item.id);
    const { id } = await reply(call, team.viewer, item.id, threadId, {
      body: "Said in anger",
      mentions: [team.editor.userId],
    });
    expect((await call(team[name], "DELETE", `/comments/${id}`)).status).toBe(status);
    const [, row] = await rowsOf(item.id);
    expect(row).toMatchObject({ removed_by: status === 204 ? team[name].userId : null });
    if (status !== 204) return;
    const tombstone = { id, body: null, mentions: [], authorId: team.viewer.userId, removedBy: team[name].userId };
    const read = await call(team.viewer, "GET", thread(item.id, threadId));
    expect(read.body).toMatchObject({ comments: { items: [{ body: "Is this still true?" }, tombstone] } });
    const listed = await call(team.viewer, "GET", `${thread(item.id, threadId)}/replies`);
    expect(JSON.stringify([listed.body, (await call(team.viewer, "GET", threads(item.id))).body])).not.toContain(
      "anger",
    );
    for (const answer of [
      await call(team.viewer, "PUT", `/comments/${id}`, { body: "Never mind" }),
      await call(team.admin, "DELETE", `/comments/${id}`),
    ])
      expect(said(answer)).toMatchObject(refusal(404, "not_found"));
    expect((await eventsOf(item.id)).at(-1)).toMatchObject({
      type: "comments.removed",
      payload: { threadId, commentId: id },
    });
  });

  test("takes its thread off the list with it where nothing else was said", async () => {
    const { item, viewer } = await seed();
    const { id, comments } = await openThread(call, viewer, item.id);
    await call(viewer, "DELETE", `/comments/${comments.items[0]!.id}`);
    expect((await call(viewer, "GET", threads(item.id))).body.items).toEqual([]);
    expect((await call(viewer, "GET", thread(item.id, id))).body).toMatchObject({
      comments: { items: [{ body: null }] },
    });
  });

  test.each(["edit first", "removal first"])("is edited and then removed, or removed alone: %s", async (first) => {
    const { item, admin, viewer } = await seed();
    const { comments } = await openThread(call, viewer, item.id);
    const { id } = comments.items[0]!;
    const edit = () => call(viewer, "PUT", `/comments/${id}`, { body: "Better" });
    const remove = () => call(admin, "DELETE", `/comments/${id}`);
    const answers = await t.collide("content_items", item.id, first === "edit first" ? [edit, remove] : [remove, edit]);
    const [edited, removed] = first === "edit first" ? answers : answers.reverse();
    expect(removed!.status).toBe(204);
    expect([200, 404]).toContain(edited!.status);
    const [row] = await rowsOf(item.id);
    expect(row).toMatchObject({
      removed_by: admin.userId,
      body: edited!.status === 200 ? "Better" : "Is this still true?",
    });
    const done = (await eventsOf(item.id)).slice(1).map(({ type }) => type);
    expect(done).toEqual([...(edited!.status === 200 ? ["comments.edited"] : []), "comments.removed"]);
  });
});

describe("an archived item", () => {
  test("takes no comment and lets none change, but for one that is removed", async () => {
    const { item, editor } = await seed();
    const { id, comments } = await openThread(call, editor, item.id);
    const commentId = comments.items[0]!.id;
    await call(editor, "POST", `/content/${item.id}/archive`);
    const refused = [
      await call(editor, "POST", threads(item.id), { body: "x" }),
      await call(editor, "POST", `${thread(item.id, id)}/replies`, { body: "x" }),
      await call(editor, "POST", `${thread(item.id, id)}/resolve`),
      await call(editor, "POST", `${thread(item.id, id)}/reopen`),
      await call(editor, "PUT", `/comments/${commentId}`, { body: "x" }),
    ];
    expect(refused.map(said)).toMatchObject(refused.map(() => refusal(409, "archived")));
    expect((await call(editor, "GET", threads(item.id))).body.items).toMatchObject([{ id }]);
    expect((await call(editor, "DELETE", `/comments/${commentId}`)).status).toBe(204);
    await call(editor, "POST", `/content/${item.id}/restore`);
    await reply(call, editor, item.id, id);
  });

  test("is archived before or after a comment that meets it", async () => {
    const { item, editor, viewer } = await seed();
    const [archived, opened] = await t.collide("content_items", item.id, [
      () => call(editor, "POST", `/content/${item.id}/archive`),
      () => call(viewer, "POST", threads(item.id), { body: "Wait" }),
    ]);
    expect(archived!.status).toBe(200);
    const order = await t.asOwner<{ type: string }>(
      "select type from events where subject_id = $1 and type in ('comments.thread_opened', 'content.archived') order by id",
      [item.id],
    );
    expect(order.at(-1)).toEqual({ type: "content.archived" });
    expect(opened!.status).toBe(order.length === 2 ? 201 : 409);
  });
});

describe("naming members", () => {
  const mentionsOf = async (who: Member, query = "") =>
    (await call(who, "GET", `/comments/mentions?${query}`)).body as never as {
      items: { id: string; body: string }[];
      nextCursor: string | null;
    };
  const told = async (itemId: string) =>
    (await eventsOf(itemId)).filter(({ type }) => type === "comments.mentioned").map(({ payload }) => payload);

  test("tells each of them once, also when the comment is edited", async () => {
    const { item, writer, editor, viewer, admin } = await seed();
    const both = [editor.userId, viewer.userId];
    const { id: threadId, comments } = await openThread(call, writer, item.id, {
      mentions: [...both, editor.userId, editor.userId.toUpperCase()],
    });
    const { id: commentId, mentions } = comments.items[0] as SeededComment & { mentions: string[] };
    expect(mentions.toSorted()).toEqual(both.toSorted());
    const named = (userId: string) => ({ threadId, commentId, userId });
    expect(await told(item.id)).toEqual(expect.arrayContaining(both.map(named)));
    expect(await told(item.id)).toHaveLength(2);
    const edit = { body: "You two, and Ada", mentions: [viewer.userId, admin.userId] };
    const edited = await call(writer, "PUT", `/comments/${commentId}`, edit);
    expect((edited.body.mentions as string[]).toSorted()).toEqual([...both, admin.userId].toSorted());
    await call(writer, "PUT", `/comments/${commentId}`, { body: "You, too", mentions: both });
    expect((await told(item.id)).slice(2)).toEqual([named(admin.userId)]);
  });

  test("refuses who is no member, or no more, with each of them", async () => {
    const { item, workspace, writer, editor } = await seed();
    const gone = await seedMember(t, workspace.id, "Viewer");
    await t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [gone.userId]);
    const stranger = (await seedWorkspace(t)).admin;
    const mentions = [stranger.userId, editor.userId, gone.userId, MADE_UP];
    const { id, comments } = await openThread(call, writer, item.id);
    for (const answer of [
      await call(writer, "POST", threads(item.id), { body: "x", mentions }),
      await call(writer, "POST", `${thread(item.id, id)}/replies`, { body: "x", mentions }),
      await call(writer, "PUT", `/comments/${comments.items[0]!.id}`, { body: "x", mentions }),
    ]) {
      expect(said(answer)).toMatchObject(refusal(400, "invalid_request"));
      expect(answer.body.issues).toMatchObject([
        { path: "mentions.0" },
        { path: "mentions.2" },
        { path: "mentions.3" },
      ]);
    }
    expect(await rowsOf(item.id)).toMatchObject([{ body: "Is this still true?" }]);
    expect(await told(item.id)).toEqual([]);
  });

  test("is listed to who is named, newest first and by pages, and to nobody else", async () => {
    const { item, writer, editor, viewer } = await seed();
    const { id } = await openThread(call, writer, item.id, { body: "1", mentions: [viewer.userId] });
    for (const body of ["2", "3"]) await reply(call, editor, item.id, id, { body, mentions: [viewer.userId] });
    const first = await mentionsOf(viewer, "limit=2");
    expect(first.items).toMatchObject([
      {
        body: "3",
        threadId: id,
        contentItemId: item.id,
        contentTitle: "Spring launch",
        visibility: "Internal",
        authorId: editor.userId,
        mentionedAt: expect.any(String),
        resolvedAt: null,
      },
      { body: "2" },
    ]);
    expect(await mentionsOf(viewer, `limit=2&cursor=${first.nextCursor}`)).toMatchObject({
      items: [{ body: "1" }],
      nextCursor: null,
    });
    await call(editor, "DELETE", `/comments/${first.items[0]!.id}`);
    expect((await mentionsOf(viewer)).items.map(({ body }) => body)).toEqual(["2", "1"]);
    expect((await mentionsOf(editor)).items).toEqual([]);
    expect((await mentionsOf((await seedWorkspace(t)).admin)).items).toEqual([]);
    expect(said(await call(viewer, "GET", "/comments/mentions?cursor=x"))).toMatchObject(
      refusal(400, "invalid_cursor"),
    );
    expect((await call(null, "GET", "/comments/mentions")).status).toBe(401);
  });
});

test("what is done leaves an audit row with ids and no words", async () => {
  const { item, writer, editor, workspace } = await seed();
  const { id, comments } = await openThread(call, writer, item.id, { body: "Secret" });
  const second = await reply(call, editor, item.id, id, { body: "Secret" });
  await call(editor, "PUT", `/comments/${second.id}`, { body: "Secret as well" });
  await call(editor, "POST", `${thread(item.id, id)}/resolve`);
  await call(editor, "POST", `${thread(item.id, id)}/reopen`);
  await call(editor, "DELETE", `/comments/${comments.items[0]!.id}`);
  const rows = await t.asOwner<{ action: string; subject_id: string; detail: object }>(
    "select action, subject_id, detail from audit_events where workspace_id = $1 order by at, id",
    [workspace.id],
  );
  expect(rows.map(({ action }) => action)).toEqual(
    ["thread_opened", "replied", "edited", "resolved", "reopened", "removed"].map((verb) => `comments.${verb}`),
  );
  for (const { subject_id, detail } of rows) {
    expect(subject_id).toBe(item.id);
    expect(detail).toMatchObject({ threadId: id });
  }
  expect(JSON.stringify([rows, await eventsOf(item.id)])).not.toContain("Secret");
});
