import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { type Member, seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import type { Mail } from "@/platform/mailer";
import { hashToken } from "@/platform/secrets";

const t = testDatabase();
const mails: (Mail & { committed: boolean })[] = [];
const call = caller(t, {
  mailer: {
    send: async (mail) => {
      const rows = await t.asOwner("select 1 from workspace_invitations where token_hash = $1", [
        hashToken(tokenIn(mail.text)),
      ]);
      mails.push({ ...mail, committed: rows.length === 1 });
    },
  },
});

beforeEach(() => {
  mails.length = 0;
});

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const tokenIn = (text: string) => /token=([\w-]{43})/.exec(text)![1]!;
const tokenOf = (answer: Answer) => tokenIn(answer.body.inviteUrl as string);
const newEmail = () => `${randomUUID()}@example.com`;
const invite = (who: Member | null, email: unknown, role: unknown = "Editor", headers = {}, id = who!.workspaceId) =>
  call(who, "POST", `/workspaces/${id}/members`, { email, role }, headers);
const accept = (who: { sessionId: string } | null, token: string, headers = {}) =>
  call(who, "POST", "/invitations/accept", { token }, headers);
const invitationsOf = (id: string) =>
  t.asOwner<{ id: string; token_hash: string; role: string }>(
    "select * from workspace_invitations where workspace_id = $1 order by created_at",
    [id],
  );

describe("inviting somebody", () => {
  test("mails them a link, whose token is stored hashed", async () => {
    const { id, admin } = await seedWorkspace(t, { name: "Acme\nBcc: all@example.com" });

    const invited = await invite(admin, "Kim.New@Example.com");

    expect(invited.status).toBe(201);
    expect(invited.body).toMatchObject({ email: "kim.new@example.com", role: "Editor", status: "Invited" });
    const token = tokenOf(invited);
    expect(invited.body.inviteUrl).toBe(`https://contentos.test/invitations/accept#token=${token}`);
    expect(mails).toMatchObject([{ to: "kim.new@example.com", committed: true }]);
    expect(mails[0]!.text).toContain(invited.body.inviteUrl);
    expect(mails[0]!.subject).not.toContain("\n");
    const [row] = await invitationsOf(id);
    expect(row).toMatchObject({ token_hash: hashToken(token), invited_by: admin.userId });
    expect(JSON.stringify(row)).not.toContain(token);
    const days = (Date.parse(invited.body.expiresAt as string) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
  });

  test("a second time replaces token and role, and the first link is dead", async () => {
    const { id, admin } = await seedWorkspace(t);
    const guest = await seedPerson(t);
    const first = await invite(admin, guest.email, "Viewer");
    const second = await invite(admin, guest.email, "Admin");
    expect(second.body.id).toBe(first.body.id);
    expect(await invitationsOf(id)).toHaveLength(1);
    expect(said(await accept(guest, tokenOf(first)))).toMatchObject({ status: 409, code: "invitation_invalid" });
    expect((await accept(guest, tokenOf(second))).body).toEqual({ workspaceId: id, role: "Admin" });
  });

  test("twice at the same moment leaves one open invitation", async () => {
    const { id, admin } = await seedWorkspace(t);
    const other = await seedMember(t, id, "Admin");
    const guest = await seedPerson(t);
    const answers = await t.collide(
      "workspaces",
      id,
      [admin, other].map((who) => () => invite(who, guest.email)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(await invitationsOf(id)).toHaveLength(1);
    const accepted = [];
    for (const answer of answers) accepted.push((await accept(guest, tokenOf(answer))).status);
    expect(accepted.sort()).toEqual([200, 409]);
  });

  test("is done once for an Idempotency-Key; what is kept for it has no token", async () => {
    const { id, admin } = await seedWorkspace(t);
    const [email, headers] = [newEmail(), { "idempotency-key": randomUUID() }];
    const first = await invite(admin, email, "Editor", headers);
    const again = await invite(admin, email, "Editor", headers);
    const { inviteUrl, ...rest } = first.body;
    expect([again.status, again.body]).toEqual([201, rest]);
    expect(inviteUrl).toBeDefined();
    expect(mails).toHaveLength(1);
    const [kept] = await t.asOwner<{ response: object }>("select response from idempotency_keys where key = $1", [
      headers["idempotency-key"],
    ]);
    expect(JSON.stringify(kept)).not.toContain(tokenOf(first));
    expect(said(await invite(admin, email, "Admin", headers))).toMatchObject({
      status: 409,
      code: "idempotency_key_reused",
    });
    expect(await invitationsOf(id)).toMatchObject([{ role: "Editor" }]);
  });

  test("is limited, since each one sends a mail", async () => {
    const { id, admin } = await seedWorkspace(t);
    const limited = caller(t, { rateLimitFactor: 0.05 });
    const answers = [];
    for (let n = 0; n < 4; n++) {
      answers.push(await limited(admin, "POST", `/workspaces/${id}/members`, { email: newEmail(), role: "Viewer" }));
    }
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
    expect(answers[3]!.body.code).toBe("rate_limited");
    expect(Number(answers[3]!.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await invitationsOf(id)).toHaveLength(3);
  });

  test("stands although the mail could not be sent", async () => {
    const { id, admin } = await seedWorkspace(t);
    const cutOff = caller(t, { mailer: { send: () => Promise.reject(new Error("No mail server")) } });
    const invited = await cutOff(admin, "POST", `/workspaces/${id}/members`, { email: newEmail(), role: "Viewer" });
    expect(invited.status).toBe(201);
    expect(await invitationsOf(id)).toMatchObject([{ token_hash: hashToken(tokenOf(invited)) }]);
  });

  test("refuses who is a member already, and mails nobody", async () => {
    const { id, admin } = await seedWorkspace(t);
    const member = await seedMember(t, id, "Viewer");
    expect(said(await invite(admin, member.email))).toMatchObject({ status: 409, code: "already_member" });
    expect(await invitationsOf(id)).toEqual([]);
    expect(mails).toEqual([]);
  });

  test.each(["Editor", "Writer", "Viewer"] as const)("is closed to the role %s, as are invitations", async (role) => {
    const { id, admin } = await seedWorkspace(t);
    const open = await invite(admin, newEmail());
    const member = await seedMember(t, id, role);
    expect(said(await invite(member, newEmail()))).toMatchObject({ status: 403, code: "forbidden" });
    expect((await call(member, "GET", `/workspaces/${id}/invitations`)).status).toBe(403);
    expect((await call(member, "DELETE", `/workspaces/${id}/invitations/${open.body.id}`)).status).toBe(403);
    expect(await invitationsOf(id)).toMatchObject([{ revoked_at: null }]);
    expect(mails).toHaveLength(1);
  });

  test.each([
    ["no address", "Editor"],
    [`${"a".repeat(250)}@example.com`, "Editor"],
    [undefined, "Editor"],
    ["kim@example.com", "Owner"],
    ["kim@example.com", null],
  ])("refuses the address %j with the role %j", async (email, role) => {
    const { id, admin } = await seedWorkspace(t);
    expect(said(await invite(admin, email, role))).toMatchObject({ status: 400, code: "invalid_request" });
    expect(await invitationsOf(id)).toEqual([]);
  });

  test("answers for another workspace as for none at all, and asks for a sign-in", async () => {
    const { admin } = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    const [real, madeUp] = await Promise.all(
      [theirs.id, randomUUID()].map((id) => invite(admin, newEmail(), "Admin", {}, id)),
    );
    expect(real!.status).toBe(404);
    expect(said(real!)).toEqual(said(madeUp!));
    expect((await invite(null, newEmail(), "Admin", {}, theirs.id)).status).toBe(401);
    expect(await invitationsOf(theirs.id)).toEqual([]);
    expect(await t.asOwner("select 1 from workspaces where id = $1", [theirs.id])).toHaveLength(1);
  });
});

describe("open invitations", () => {
  test("are listed newest first by pages, without tokens, and taken back", async () => {
    const { id, admin } = await seedWorkspace(t);
    const ids = [];
    for (let n = 0; n < 3; n++) ids.unshift((await invite(admin, newEmail())).body.id);
    await t.asOwner("update workspace_invitations set expires_at = now() - interval '1 s' where id = $1", [ids[2]]);
    const list = (query: string) => call(admin, "GET", `/workspaces/${id}/invitations?${query}`);

    const first = await list("limit=2");
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items!, ...second.body.items!].map((row) => [row.id, row.status])).toEqual([
      [ids[0], "Invited"],
      [ids[1], "Invited"],
      [ids[2], "Expired"],
    ]);
    expect(Object.keys(first.body.items![0]!).sort()).toEqual(
      ["createdAt", "email", "expiresAt", "id", "invitedBy", "role", "status"].sort(),
    );

    const path = `/workspaces/${id}/invitations/${ids[0]}`;
    expect((await call(admin, "DELETE", path)).status).toBe(204);
    expect((await call(admin, "DELETE", path)).status).toBe(404);
    expect((await list("")).body.items!.map((row) => row.id)).toEqual([ids[1], ids[2]]);
    expect((await list("cursor=x")).body.code).toBe("invalid_cursor");
  });

  test("of another workspace are as none at all", async () => {
    const { id, admin } = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    const invited = await invite(theirs.admin, newEmail());
    const [real, madeUp] = await Promise.all(
      [invited.body.id, randomUUID()].map((one) => call(admin, "DELETE", `/workspaces/${id}/invitations/${one}`)),
    );
    expect(real!.status).toBe(404);
    expect(said(real!)).toEqual(said(madeUp!));
    const [inTheirs, inNone] = await Promise.all(
      [theirs.id, randomUUID()].map((one) =>
        call(admin, "DELETE", `/workspaces/${one}/invitations/${invited.body.id}`),
      ),
    );
    expect(inTheirs!.status).toBe(404);
    expect(said(inTheirs!)).toEqual(said(inNone!));
    expect((await call(null, "DELETE", `/workspaces/${theirs.id}/invitations/${invited.body.id}`)).status).toBe(401);
    expect(await invitationsOf(theirs.id)).toMatchObject([{ revoked_at: null }]);
  });
});

describe("accepting an invitation", () => {
  test("makes the invited person a member, once", async () => {
    const { id, admin } = await seedWorkspace(t);
    const guest = await seedPerson(t);
    const token = tokenOf(await invite(admin, guest.email, "Writer"));

    expect((await call(guest, "GET", `/workspaces/${id}`)).status).toBe(404);
    const joined = await accept(guest, token);
    expect([joined.status, joined.body]).toEqual([200, { workspaceId: id, role: "Writer" }]);
    expect((await call(guest, "GET", `/workspaces/${id}`)).body.role).toBe("Writer");
    expect(said(await accept(guest, token))).toMatchObject({ status: 409, code: "invitation_invalid" });
  });

  test("is for the invited address alone", async () => {
    const { id, admin } = await seedWorkspace(t);
    const token = tokenOf(await invite(admin, newEmail()));
    const other = await seedPerson(t);
    expect(said(await accept(other, token))).toMatchObject({ status: 409, code: "invitation_for_another_address" });
    expect(await t.asOwner("select 1 from workspace_members where workspace_id = $1", [id])).toHaveLength(1);
    expect(await invitationsOf(id)).toMatchObject([{ accepted_at: null }]);
  });

  test("refuses what was made up, taken back or has expired", async () => {
    const { id, admin } = await seedWorkspace(t);
    const guest = await seedPerson(t);
    const invited = await invite(admin, guest.email);
    const token = tokenOf(invited);
    const refused = { status: 409, code: "invitation_invalid" };

    expect(said(await accept(guest, "made-up"))).toMatchObject(refused);
    await t.asOwner("update workspace_invitations set expires_at = now() - interval '1 s' where id = $1", [
      invited.body.id,
    ]);
    expect(said(await accept(guest, token))).toMatchObject(refused);
    await t.asOwner("update workspace_invitations set expires_at = now() + interval '1 h' where id = $1", [
      invited.body.id,
    ]);
    expect((await call(admin, "DELETE", `/workspaces/${id}/invitations/${invited.body.id}`)).status).toBe(204);
    expect(said(await accept(guest, token))).toMatchObject(refused);
    expect(await t.asOwner("select 1 from workspace_members where user_id = $1", [guest.userId])).toEqual([]);
  });

  test("refuses who became a member meanwhile", async () => {
    const { id, admin } = await seedWorkspace(t);
    const guest = await seedPerson(t);
    const token = tokenOf(await invite(admin, guest.email, "Admin"));
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Viewer')", [
      id,
      guest.userId,
    ]);
    expect(said(await accept(guest, token))).toMatchObject({ status: 409, code: "already_member" });
    expect((await call(guest, "GET", `/workspaces/${id}`)).body.role).toBe("Viewer");
  });

  test("twice at the same moment, one joins", async () => {
    const { id, admin } = await seedWorkspace(t);
    const guest = await seedPerson(t);
    const invited = await invite(admin, guest.email);
    const answers = await t.collide(
      "workspace_invitations",
      invited.body.id as string,
      [1, 2].map(() => () => accept(guest, tokenOf(invited))),
    );
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, "invitation_invalid"]);
    expect(
      await t.asOwner("select 1 from workspace_members where workspace_id = $1 and user_id = $2", [id, guest.userId]),
    ).toHaveLength(1);
  });

  test("with an Idempotency-Key answers a repeated request the same", async () => {
    const { admin } = await seedWorkspace(t);
    const guest = await seedPerson(t);
    const token = tokenOf(await invite(admin, guest.email));
    const headers = { "idempotency-key": randomUUID() };
    const [first, again] = [await accept(guest, token, headers), await accept(guest, token, headers)];
    expect([again.status, again.body]).toEqual([200, first.body]);
  });

  test("asks for a sign-in, and for a token", async () => {
    const guest = await seedPerson(t);
    expect((await accept(null, "made-up")).status).toBe(401);
    expect((await call(guest, "POST", "/invitations/accept", {})).status).toBe(400);
    expect((await call(guest, "POST", "/invitations/accept", { token: "x", workspaceId: randomUUID() })).status).toBe(
      400,
    );
    expect((await call(guest, "POST", "/invitations/accept", "{")).body.code).toBe("invalid_json");
  });
});
