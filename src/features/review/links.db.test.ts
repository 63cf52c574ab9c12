import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Member, seedItem } from "#tests/factories";
import { expectStatus, seedTeam, type Team } from "#tests/factories/approval";
import { giveLink, openLink, seedAgency, seedAsked } from "#tests/factories/review";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

const stored = async (id: string) =>
  (
    await t.asOwner<{ row: string; revoked: boolean }>(
      "select l::text as row, revoked_at is not null as revoked from review_links l where id = $1",
      [id],
    )
  )[0]!;
const body = (ids: string[], over: object = {}) => ({ name: "Acme, spring", contentItemIds: ids, ...over });
const draft = async (team: Team) => (await seedItem(t, { createdBy: team.writer })).id;

describe("giving a link", () => {
  it("answers its address once, and keeps neither token nor passcode", async () => {
    const team = await seedTeam(t);
    const id = await draft(team);
    const headers = { "idempotency-key": randomUUID() };
    const input = body([id], { passcode: "otter-73-lamp", message: "Look at the prices.", canComment: false });
    const made = await call(team.editor, "POST", "/review/links", input, headers);
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        name: "Acme, spring",
        message: "Look at the prices.",
        status: "Live",
        hasPasscode: true,
        canComment: false,
        canDecide: true,
        expiresAt: null,
        contentItemIds: [id],
        createdBy: team.editor.userId,
        url: expect.stringMatching(/^https:\/\/contentos\.test\/review#[\w-]{43}$/),
      },
    ]);
    const token = String(made.body.url).split("#")[1]!;
    const again = await call(team.editor, "POST", "/review/links", input, headers);
    expect([again.status, again.body]).toEqual([201, { ...made.body, url: undefined }]);
    const everything = [
      (await stored(String(made.body.id))).row,
      JSON.stringify(await t.asOwner("select * from idempotency_keys where key = $1", [headers["idempotency-key"]])),
      JSON.stringify(await t.asOwner("select * from audit_events where subject_id = $1", [made.body.id])),
      JSON.stringify(await t.asOwner("select * from events where subject_id = $1", [made.body.id])),
      JSON.stringify((await call(team.admin, "GET", `/review/links/${made.body.id}`)).body),
    ];
    expect(everything[1]).toContain(String(made.body.id));
    for (const text of everything) {
      expect(text).not.toContain(token);
      expect(text).not.toContain("otter");
    }
    expect(await t.asOwner("select type, payload from events where subject_id = $1", [made.body.id])).toEqual([
      { type: "review.link_created", payload: {} },
    ]);
  });

  it.each(["admin", "editor"] as const)("is done by an %s", async (role) => {
    const team = await seedTeam(t);
    expect((await call(team[role], "POST", "/review/links", body([await draft(team)]))).status).toBe(201);
  });

  it.each(["writer", "viewer"] as const)("is not done by a %s, nor is any change", async (role) => {
    const team = await seedTeam(t);
    const id = await draft(team);
    const link = await giveLink(call, team.editor, [id]);
    const before = await stored(link.id);
    for (const [method, path, input] of [
      ["POST", "/review/links", body([id])],
      ["PUT", `/review/links/${link.id}`, { expiresAt: null }],
      ["DELETE", `/review/links/${link.id}`, undefined],
      ["POST", `/review/links/${link.id}/items`, { contentItemIds: [id] }],
      ["DELETE", `/review/links/${link.id}/items/${id}`, undefined],
    ] as const) {
      const answer = await call(team[role], method, path, input);
      expect([path, answer.status, answer.body.detail]).toEqual([
        path,
        403,
        expect.stringMatching(/Editors and Admins/),
      ]);
    }
    expect(await stored(link.id)).toEqual(before);
    expect((await call(team[role], "GET", `/review/links/${link.id}`)).status).toBe(200);
  });

  it("is not done by nobody, nor by a client", async () => {
    const team = await seedAgency(t);
    const { item, client, link } = await seedAsked(t, call, team);
    for (const who of [null, client]) {
      expect((await call(who, "POST", "/review/links", body([item.id]))).status).toBe(401);
      expect((await call(who, "GET", "/review/links")).status).toBe(401);
      expect((await call(who, "DELETE", `/review/links/${link.id}`)).status).toBe(401);
    }
    expect((await stored(link.id)).revoked).toBe(false);
  });

  it("is refused for what isn't there, is put away, is another workspace's, or is past", async () => {
    const [team, other] = [await seedTeam(t), await seedTeam(t)];
    const [id, foreign, archived] = [await draft(team), await draft(other), await draft(team)];
    await expectStatus(call(team.editor, "POST", `/content/${archived}/archive`), 200);
    const ask = async (over: object) => {
      const { status, body: said } = await call(team.editor, "POST", "/review/links", body([id], over));
      return [status, said.code];
    };
    expect(await ask({ contentItemIds: [id, randomUUID()] })).toEqual([404, "not_found"]);
    expect(await ask({ contentItemIds: [foreign] })).toEqual([404, "not_found"]);
    expect(await ask({ contentItemIds: [archived] })).toEqual([409, "archived"]);
    expect(await ask({ contentItemIds: [] })).toEqual([400, "invalid_request"]);
    expect(await ask({ contentItemIds: Array.from({ length: 51 }, () => randomUUID()) })).toEqual([
      400,
      "invalid_request",
    ]);
    expect(await ask({ expiresAt: "2020-01-01T00:00:00Z" })).toEqual([400, "invalid_request"]);
    expect(await ask({ passcode: "short" })).toEqual([400, "invalid_request"]);
    expect(await t.asOwner("select 1 from review_links where workspace_id = $1", [team.workspace.id])).toEqual([]);
  });
});

describe("a link is", () => {
  it("listed, newest first, by item and by state", async () => {
    const team = await seedTeam(t);
    const [one, two] = [await draft(team), await draft(team)];
    const first = await giveLink(call, team.editor, [one]);
    const second = await giveLink(call, team.admin, [one, two]);
    const ended = await giveLink(call, team.admin, [two]);
    await expectStatus(call(team.editor, "DELETE", `/review/links/${ended.id}`), 204);
    await t.asOwner("update review_links set expires_at = now() where id = $1", [first.id]);
    const ids = async (query: string) =>
      (await call(team.viewer, "GET", `/review/links?${query}`)).body.items!.map(({ id }) => id);
    expect(await ids("")).toEqual([ended.id, second.id, first.id]);
    expect(await ids("status=Live")).toEqual([second.id]);
    expect(await ids("status=Ended")).toEqual([ended.id, first.id]);
    expect(await ids(`contentItemId=${one}`)).toEqual([second.id, first.id]);
    const page = await call(team.viewer, "GET", "/review/links?limit=2");
    expect(page.body.items!.map(({ id, status }) => [id, status])).toEqual([
      [ended.id, "Revoked"],
      [second.id, "Live"],
    ]);
    const next = await call(team.viewer, "GET", `/review/links?limit=2&cursor=${page.body.nextCursor}`);
    expect([next.body.items!.map(({ id, status }) => [id, status]), next.body.nextCursor]).toEqual([
      [[first.id, "Expired"]],
      null,
    ]);
    expect((await call(team.viewer, "GET", "/review/links?cursor=x")).body.code).toBe("invalid_cursor");
  });

  it("read with who opened it", async () => {
    const team = await seedAgency(t);
    const { link, client } = await seedAsked(t, call, team);
    await openLink(call, link, { name: "Lee", email: "Lee@Acme.example" });
    const { guests } = (await call(team.viewer, "GET", `/review/links/${link.id}`)).body;
    expect(guests).toMatchObject([
      { name: "Lee", email: "lee@acme.example" },
      { id: client.guestId, name: "Kim of Acme", email: null },
    ]);
  });

  it("changed, in what is given, and in nothing else", async () => {
    const team = await seedTeam(t);
    const link = await giveLink(call, team.editor, [await draft(team)], {
      message: "Look.",
      passcode: "otter-73-lamp",
    });
    const change = (input: object) => expectStatus(call(team.admin, "PUT", `/review/links/${link.id}`, input), 200);
    expect(await change({ name: "Acme, summer" })).toMatchObject({
      name: "Acme, summer",
      message: "Look.",
      hasPasscode: true,
    });
    expect(await change({ message: null, passcode: null })).toMatchObject({ message: null, hasPasscode: false });
    expect(await change({ expiresAt: "2999-01-01T00:00:00Z" })).toMatchObject({
      expiresAt: "2999-01-01T00:00:00.000Z",
    });
    expect(await change({ expiresAt: null })).toMatchObject({ expiresAt: null, name: "Acme, summer" });
    const past = await call(team.admin, "PUT", `/review/links/${link.id}`, { expiresAt: "2020-01-01T00:00:00Z" });
    expect([past.status, past.body.issues]).toMatchObject([400, [{ path: "expiresAt" }]]);
    const [audit] = await t.asOwner<{ detail: object }>(
      "select detail from audit_events where subject_id = $1 and action = 'review.link_changed' order by at limit 1",
      [link.id],
    );
    expect(audit!.detail).toEqual({ changed: ["name"] });
  });

  it("taken back for good", async () => {
    const team = await seedTeam(t);
    const [id, other] = [await draft(team), await draft(team)];
    const link = await giveLink(call, team.editor, [id]);
    await expectStatus(call(team.editor, "DELETE", `/review/links/${link.id}`), 204);
    for (const [method, path, input] of [
      ["PUT", "", { expiresAt: null }],
      ["DELETE", "", undefined],
      ["POST", "/items", { contentItemIds: [other] }],
      ["DELETE", `/items/${id}`, undefined],
    ] as const) {
      const answer = await call(team.admin, method, `/review/links/${link.id}${path}`, input);
      expect([method, answer.status, answer.body.code]).toEqual([method, 409, "link_revoked"]);
    }
    const events = await t.asOwner<{ type: string }>("select type from events where subject_id = $1 order by id", [
      link.id,
    ]);
    expect(events.map(({ type }) => type)).toEqual(["review.link_created", "review.link_revoked"]);
  });

  it("given more items, and fewer, 50 at most", async () => {
    const team = await seedTeam(t);
    const [one, two] = [await draft(team), await draft(team)];
    const link = await giveLink(call, team.editor, [one]);
    const add = (ids: string[]) => call(team.editor, "POST", `/review/links/${link.id}/items`, { contentItemIds: ids });
    expect((await add([two, two, one])).body.contentItemIds).toEqual([one, two]);
    await expectStatus(call(team.editor, "DELETE", `/review/links/${link.id}/items/${one}`), 204);
    expect((await call(team.editor, "DELETE", `/review/links/${link.id}/items/${one}`)).status).toBe(404);
    expect((await call(team.viewer, "GET", `/review/links/${link.id}`)).body.contentItemIds).toEqual([two]);
    expect((await add([one])).body.contentItemIds).toEqual([two, one]);
    expect((await add([randomUUID()])).status).toBe(404);
    const many = await Promise.all(Array.from({ length: 49 }, () => draft(team)));
    const full = await add(many);
    expect([full.status, full.body.issues]).toMatchObject([400, [{ path: "contentItemIds" }]]);
    expect((await add(many.slice(1))).body.contentItemIds).toHaveLength(50);
  });

  it("unknown in another workspace, like one that was never made", async () => {
    const [team, other] = [await seedTeam(t), await seedTeam(t)];
    const id = await draft(team);
    const link = await giveLink(call, team.editor, [id]);
    const told = async (as: Member, method: string, path: string, input?: object) => {
      const { status, body: said } = await call(as, method, `/review/links/${path}`, input);
      return { status, said: { ...said, requestId: "" } };
    };
    for (const [method, path, input] of [
      ["GET", "", undefined],
      ["PUT", "", { expiresAt: null }],
      ["DELETE", "", undefined],
      ["POST", "/items", { contentItemIds: [id] }],
      ["DELETE", `/items/${id}`, undefined],
    ] as const) {
      const madeUp = await told(other.admin, method, `${randomUUID()}${path}`, input);
      expect(madeUp.status).toBe(404);
      expect(await told(other.admin, method, `${link.id}${path}`, input)).toEqual(madeUp);
    }
    expect((await stored(link.id)).revoked).toBe(false);
  });
});
