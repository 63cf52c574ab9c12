import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { type Member, seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import type { Role } from "@/platform/actor";

const t = testDatabase();
const call = caller(t);

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const membersOf = (id: string) =>
  t.asOwner<{ user_id: string; role: Role }>(
    "select user_id, role from workspace_members where workspace_id = $1 and removed_at is null order by joined_at",
    [id],
  );
const roleOf = async (member: Member) =>
  (await membersOf(member.workspaceId)).find(({ user_id }) => user_id === member.userId)?.role;
const put = (who: Member | null, member: Member, role: unknown) =>
  call(who, "PUT", `/workspaces/${member.workspaceId}/members/${member.userId}`, { role });
const remove = (who: Member | null, member: Member) =>
  call(who, "DELETE", `/workspaces/${member.workspaceId}/members/${member.userId}`);

describe("listing members", () => {
  test("shows every member who they work with, by pages", async () => {
    const { id, admin } = await seedWorkspace(t);
    const others = [
      await seedMember(t, id, "Editor", { name: "Ann" }),
      await seedMember(t, id, "Viewer", { name: "Zoe" }),
    ];
    await t.asOwner(
      "insert into workspace_members (workspace_id, user_id, role, removed_at) values ($1, $2, 'Writer', now())",
      [id, (await seedPerson(t)).userId],
    );
    const list = (query: string) => call(others[1]!, "GET", `/workspaces/${id}/members?${query}`);

    const first = await list("limit=2");
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items!, ...second.body.items!].map(({ userId }) => userId)).toEqual(
      [admin, ...others].map(({ userId }) => userId),
    );
    expect(second.body.nextCursor).toBeNull();
    expect(first.body.items![1]).toMatchObject({
      name: "Ann",
      role: "Editor",
      status: "Active",
      email: others[0]!.email,
    });
    const byName = (await list("sort=-name")).body.items!.map(({ name }) => name);
    expect(byName).toEqual(["Zoe", "Kim Example", "Ann"]);
    expect((await list("sort=email")).status).toBe(400);
    expect((await list("cursor=x")).body.code).toBe("invalid_cursor");
  });

  test("answers for another workspace as for none at all", async () => {
    const { admin } = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    for (const path of ["members", "invitations"]) {
      const [real, madeUp] = await Promise.all(
        [theirs.id, randomUUID()].map((id) => call(admin, "GET", `/workspaces/${id}/${path}`)),
      );
      expect(real!.status).toBe(404);
      expect(said(real!)).toEqual(said(madeUp!));
      expect((await call(null, "GET", `/workspaces/${theirs.id}/${path}`)).status).toBe(401);
    }
    expect(await membersOf(theirs.id)).toHaveLength(1);
  });
});

describe("changing a member's role", () => {
  test("bites on their next request", async () => {
    const { id, admin } = await seedWorkspace(t);
    const other = await seedMember(t, id, "Admin");
    expect((await call(other, "PUT", `/workspaces/${id}`, { name: "Theirs" })).status).toBe(200);

    const changed = await put(admin, other, "Writer");

    expect(changed.body).toMatchObject({ userId: other.userId, role: "Writer", status: "Active" });
    expect((await call(other, "PUT", `/workspaces/${id}`, { name: "Again" })).status).toBe(403);
    expect((await call(other, "GET", `/workspaces/${id}`)).body.role).toBe("Writer");
  });

  test.each(["Editor", "Writer", "Viewer"] as const)("is closed to the role %s", async (role) => {
    const { id } = await seedWorkspace(t);
    const member = await seedMember(t, id, role);
    expect(said(await put(member, member, "Admin"))).toMatchObject({ status: 403, code: "forbidden" });
    expect(said(await remove(member, await seedMember(t, id, "Viewer")))).toMatchObject({ status: 403 });
    expect(await roleOf(member)).toBe(role);
    expect((await membersOf(id)).length).toBe(3);
  });

  test("leaves the owner an Admin, whoever asks", async () => {
    const { id, admin } = await seedWorkspace(t);
    const other = await seedMember(t, id, "Admin");
    for (const who of [admin, other]) {
      expect(said(await put(who, admin, "Editor"))).toMatchObject({ status: 409, code: "owner_protected" });
      expect(said(await remove(who, admin))).toMatchObject({ status: 409, code: "owner_protected" });
    }
    expect(await roleOf(admin)).toBe("Admin");
  });

  test("answers for who is no member, and for another workspace, as for none at all", async () => {
    const { id, admin } = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    const theirMember = await seedMember(t, theirs.id, "Writer");
    const here = (userId: string): Member => ({ ...theirMember, workspaceId: id, userId });
    for (const ask of [(member: Member) => put(admin, member, "Admin"), (member: Member) => remove(admin, member)]) {
      const [foreign, madeUp] = [await ask(here(theirMember.userId)), await ask(here(randomUUID()))];
      expect(foreign.status).toBe(404);
      expect(said(foreign)).toEqual(said(madeUp));
      const [real, none] = [await ask(theirMember), await ask({ ...theirMember, workspaceId: randomUUID() })];
      expect(real.status).toBe(404);
      expect(said(real)).toEqual(said(none));
    }
    expect(await roleOf(theirMember)).toBe("Writer");
    expect((await put(null, theirMember, "Admin")).status).toBe(401);
    expect((await remove(null, theirMember)).status).toBe(401);
  });

  test.each(["Owner", "System", "admin", null, 4])("refuses the role %j", async (role) => {
    const { id, admin } = await seedWorkspace(t);
    const member = await seedMember(t, id, "Writer");
    expect(said(await put(admin, member, role))).toMatchObject({ status: 400, code: "invalid_request" });
    expect(await roleOf(member)).toBe("Writer");
  });

  test("and a hand-over to them at the same moment leave the owner an Admin", async () => {
    const { id, admin } = await seedWorkspace(t);
    const [heir, third] = [await seedMember(t, id, "Admin"), await seedMember(t, id, "Admin")];

    const answers = await atTheGate(`workspace_id = '${id}' and user_id = '${heir.userId}'`, [
      () => call(admin, "POST", `/workspaces/${id}/hand-over`, { userId: heir.userId }),
      () => put(third, heir, "Viewer"),
    ]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [{ owner_id }] = (await t.asOwner<{ owner_id: string }>("select owner_id from workspaces where id = $1", [
      id,
    ])) as [{ owner_id: string }];
    expect((await membersOf(id)).find(({ user_id }) => user_id === owner_id)?.role).toBe("Admin");
  });
});

/** As `collide`, for members, who have no id of their own. */
async function atTheGate<T>(member: string, competitors: (() => Promise<T>)[]): Promise<T[]> {
  const gate = new pg.Client(t.urls.superuser);
  await gate.connect();
  try {
    await gate.query(`begin; select from workspace_members where ${member} for update`);
    let early = false;
    const racing = Promise.all(
      competitors.map((run) =>
        run().finally(() => {
          early = true;
        }),
      ),
    );
    const waiting = async () =>
      (await t.asOwner("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
        .length;
    while (!early && (await waiting()) < competitors.length) await new Promise((resolve) => setTimeout(resolve, 5));
    const met = !early;
    await gate.query("commit");
    const answers = await racing;
    if (!met) throw new Error("A competitor came through without meeting the other");
    return answers;
  } finally {
    await gate.end();
  }
}

describe("removing a member", () => {
  test("bites on their next request, and lets them be invited again", async () => {
    const { id, admin } = await seedWorkspace(t);
    const member = await seedMember(t, id, "Editor");
    expect((await call(member, "GET", `/workspaces/${id}`)).status).toBe(200);

    expect((await remove(admin, member)).status).toBe(204);

    expect(said(await call(member, "GET", `/workspaces/${id}`))).toMatchObject({ status: 404, code: "not_found" });
    expect((await call(member, "GET", "/workspaces")).body.items).toEqual([]);
    expect(said(await remove(admin, member))).toMatchObject({ status: 404 });
    expect(await t.asOwner("select 1 from workspace_members where user_id = $1", [member.userId])).toHaveLength(1);

    const invited = await call(admin, "POST", `/workspaces/${id}/members`, { email: member.email, role: "Writer" });
    const token = (invited.body.inviteUrl as string).split("#token=")[1];
    expect((await call(member, "POST", "/invitations/accept", { token })).body).toEqual({
      workspaceId: id,
      role: "Writer",
    });
    expect((await call(member, "GET", `/workspaces/${id}`)).body.role).toBe("Writer");
  });

  test("lets an Admin who is not the owner go", async () => {
    const { id } = await seedWorkspace(t);
    const other = await seedMember(t, id, "Admin");
    expect((await remove(other, other)).status).toBe(204);
    expect((await call(other, "GET", `/workspaces/${id}`)).status).toBe(404);
  });
});
