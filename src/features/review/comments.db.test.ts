import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { expectStatus } from "#tests/factories/approval";
import { declines, giveLink, openLink, seedAgency, seedAsked, submitted } from "#tests/factories/review";
import { caller } from "#tests/harness/app";
import { comingSecond, testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

type Who = Parameters<typeof call>[0];
const say = (who: Who, id: string, body: object, headers = {}) =>
  call(who, "POST", `/review/items/${id}/comments`, { body: "Is this true?", ...body }, headers);
const read = async (who: Who, id: string, query = "") =>
  (await call(who, "GET", `/review/items/${id}/comments${query}`)).body;

/** A member's thread with a comment in it. */
async function thread(item: { id: string; workspaceId: string }, userId: string, visibility: "Internal" | "Client") {
  const [id, comment] = [randomUUID(), randomUUID()];
  await t.asOwner(
    `insert into comments_threads (workspace_id, id, content_item_id, version_number, visibility, author_id) values ($1, $2, $3, 1, $4, $5)`,
    [item.workspaceId, id, item.id, visibility, userId],
  );
  await t.asOwner(
    `insert into comments (workspace_id, id, content_item_id, thread_id, version_number, body, author_id) values ($1, $2, $3, $4, 1, $5, $6)`,
    [item.workspaceId, comment, item.id, id, `${visibility} words`, userId],
  );
  return { id, comment };
}

describe("a client", () => {
  it("says nothing of a version that is replaced while they say it", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    const save = () => call(team.writer, "POST", `/content/${item.id}/versions`, { body: "New.", baseVersion: 1 });
    const [saved, said] = await t.collide("content_items", item.id, [
      save,
      () => comingSecond(t, () => say(client, item.id, {})),
    ]);
    expect([saved!.status, said!.status, said!.body.code]).toEqual([201, 409, "not_under_review"]);
    expect(await t.asOwner("select 1 from comments where content_item_id = $1", [item.id])).toEqual([]);
  });

  it("is heard before the version that comes while they say it", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    const save = () => call(team.writer, "POST", `/content/${item.id}/versions`, { body: "New.", baseVersion: 1 });
    const [said, saved] = await t.collide("content_items", item.id, [
      () => say(client, item.id, {}),
      () => comingSecond(t, save),
    ]);
    expect([said!.status, saved!.status]).toEqual([201, 201]);
    const rows = await t.asOwner("select version_number, guest_id from comments where content_item_id = $1", [item.id]);
    expect(rows).toEqual([{ version_number: 1, guest_id: client.guestId }]);
  });

  it("comments on what is before them and on a passage of it, as themselves", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    const anchor = { field: "body", start: 10, end: 20, quote: "It is here" };
    const said = await say(client, item.id, { anchor });
    expect([said.status, said.body]).toMatchObject([
      201,
      {
        versionNumber: 1,
        body: "Is this true?",
        author: { kind: "Client", name: "Kim of Acme", you: true },
        anchor: { versionNumber: 1, ...anchor },
        resolved: false,
      },
    ]);
    const [row] = await t.asOwner("select author_id, guest_id, visibility from comments_threads where id = $1", [
      said.body.threadId,
    ]);
    expect(row).toEqual({ author_id: null, guest_id: client.guestId, visibility: "Client" });
    const seen = await call(team.viewer, "GET", `/content/${item.id}/comments`);
    expect(seen.body.items).toMatchObject([
      {
        visibility: "Client",
        comments: { items: [{ guestId: client.guestId, guestName: "Kim of Acme", authorId: null }] },
      },
    ]);
    const answer = await say(client, item.id, { threadId: said.body.threadId, body: "And this?" });
    expect(answer).toMatchObject({ status: 201, body: { threadId: said.body.threadId, anchor } });
    const events = await t.asOwner(
      "select type, actor_id, payload from events where subject_id = $1 and type like 'comments.%' order by id",
      [item.id],
    );
    expect(events).toEqual([
      {
        type: "comments.thread_opened",
        actor_id: client.guestId,
        payload: { threadId: said.body.threadId, commentId: said.body.id, visibility: "Client" },
      },
      {
        type: "comments.replied",
        actor_id: client.guestId,
        payload: { threadId: said.body.threadId, commentId: answer.body.id },
      },
    ]);
  });

  it("reads what is meant for them, with names and nothing else of people, by the page", async () => {
    const team = await seedAgency(t);
    const { item, link, client } = await seedAsked(t, call, team);
    const internal = await thread(item, team.editor.userId, "Internal");
    const open = await thread(item, team.editor.userId, "Client");
    const other = await openLink(call, link, { name: "Lee of Acme", email: "lee@acme.example" });
    await expectStatus(say(other, item.id, { body: "From Lee." }), 201);
    const { items } = await read(client, item.id);
    expect(items).toMatchObject([
      {
        threadId: open.id,
        body: "Client words",
        author: { kind: "Member", name: "Kim Example", you: false },
        anchor: null,
      },
      { body: "From Lee.", author: { kind: "Client", name: "Lee of Acme", you: false } },
    ]);
    const text = JSON.stringify(items);
    for (const secret of [team.editor.email, team.editor.userId, "lee@acme.example", internal.id, "Internal"])
      expect(text).not.toContain(secret);
    expect(await t.asOwner("select 1 from comments where thread_id = $1", [internal.id])).toHaveLength(1);
    const page = await read(client, item.id, "?limit=1");
    expect(page.items).toMatchObject([{ body: "Client words" }]);
    expect((await read(client, item.id, `?limit=1&cursor=${page.nextCursor}`)).items).toMatchObject([
      { body: "From Lee." },
    ]);
    // What was taken back is gone for them.
    await t.asOwner("update comments set removed_at = now(), removed_by = author_id where id = $1", [open.comment]);
    expect((await read(client, item.id)).items).toMatchObject([{ body: "From Lee." }]);
    expect((await call(client, "GET", `/review/items/${item.id}/comments?cursor=x`)).body.code).toBe("invalid_cursor");
  });

  it("says a thing once for a key, and each client has their own keys", async () => {
    const team = await seedAgency(t);
    const { item, link, client } = await seedAsked(t, call, team);
    const other = await openLink(call, link, { name: "Lee" });
    const key = { "idempotency-key": randomUUID() };
    const first = await say(client, item.id, {}, key);
    const again = await say(client, item.id, {}, key);
    expect([again.status, again.headers.get("idempotency-replayed"), again.body]).toEqual([201, "true", first.body]);
    expect((await say(client, item.id, { body: "Else" }, key)).body.code).toBe("idempotency_key_reused");
    const theirs = await say(other, item.id, {}, key);
    expect([theirs.status, theirs.headers.get("idempotency-replayed")]).toEqual([201, null]);
    expect((await read(client, item.id)).items).toHaveLength(2);
  });

  it("goes on speaking after they asked for changes", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    await expectStatus(declines(call, client, item), 200);
    expect((await say(client, item.id, {})).status).toBe(201);
  });
});

describe("is refused", () => {
  it("where nothing is before them", async () => {
    const team = await seedAgency(t, ["Editor", "Client"]);
    const item = await submitted(t, call, team);
    const client = await openLink(call, await giveLink(call, team.editor, [item.id]));
    const answer = await say(client, item.id, {});
    expect([answer.status, answer.body.code]).toEqual([409, "not_under_review"]);
    expect(await read(client, item.id)).toEqual({ items: [], nextCursor: null });
  });

  it("by a link for reading", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team, { canComment: false });
    expect((await say(client, item.id, {})).body).toMatchObject({
      code: "forbidden",
      detail: expect.stringMatching(/for reading/),
    });
    expect((await read(client, item.id)).items).toEqual([]);
  });

  it("an internal thread, one of another item, a settled one, and one that isn't there", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    const { item: elsewhere, client: other } = await seedAsked(t, call, team);
    const internal = await thread(item, team.editor.userId, "Internal");
    const theirs = await say(other, elsewhere.id, {});
    const settled = await thread(item, team.editor.userId, "Client");
    await t.asOwner("update comments_threads set resolved_at = now(), resolved_by = author_id where id = $1", [
      settled.id,
    ]);
    for (const threadId of [internal.id, theirs.body.threadId, randomUUID()]) {
      const answer = await say(client, item.id, { threadId });
      expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    }
    expect((await say(client, item.id, { threadId: settled.id })).body.code).toBe("thread_resolved");
    expect((await read(client, item.id)).items).toHaveLength(1);
  });

  it("a passage that doesn't stand there, and one beside a thread", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    const anchor = { field: "body", start: 10, end: 20, quote: "It is here" };
    const wrong = await say(client, item.id, { anchor: { ...anchor, start: 11 } });
    expect([wrong.status, wrong.body.issues]).toMatchObject([400, [{ path: "anchor.quote" }]]);
    const { threadId } = (await say(client, item.id, {})).body;
    expect((await say(client, item.id, { threadId, anchor })).body.issues).toMatchObject([{ path: "anchor" }]);
    expect((await say(client, item.id, { body: " " })).status).toBe(400);
  });

  it("an item of another link or workspace, and to members and nobody", async () => {
    const [team, other] = [await seedAgency(t), await seedAgency(t)];
    const { client } = await seedAsked(t, call, team);
    const { item } = await seedAsked(t, call, team);
    const { item: foreign } = await seedAsked(t, call, other);
    for (const { id } of [item, foreign, { id: randomUUID() }]) {
      expect((await say(client, id, {})).status).toBe(404);
      expect((await call(client, "GET", `/review/items/${id}/comments`)).status).toBe(404);
      expect((await call(client, "GET", `/review/items/${id}`)).status).toBe(404);
    }
    for (const who of [team.admin, team.viewer, null]) {
      expect((await say(who, item.id, {})).status).toBe(401);
      expect((await call(who, "GET", `/review/items/${item.id}/comments`)).status).toBe(401);
    }
    expect(await t.asOwner("select 1 from comments where content_item_id = any($1)", [[item.id, foreign.id]])).toEqual(
      [],
    );
  });
});
