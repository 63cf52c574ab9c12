import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { type Answer, caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const rowsOf = (requestId: string) =>
  t.asOwner<{ action: string; actor_id: string; workspace_id: string }>(
    "select * from audit_events where request_id = $1",
    [requestId],
  );

type Call = [method: string, path: string, body?: unknown];

describe("every change", () => {
  let workspace: Awaited<ReturnType<typeof seedWorkspace>>;
  let walk: Record<string, () => Promise<[Member | Omit<Member, "workspaceId" | "role">, ...Call]>>;

  beforeAll(async () => {
    workspace = await seedWorkspace(t);
    const { id, admin } = workspace;
    const member = await seedMember(t, id, "Editor");
    const heir = await seedMember(t, id, "Admin");
    const founder = await seedPerson(t);
    const item = await seedItem(t, { createdBy: admin });
    const persona = async () => (await call(admin, "POST", "/personas", { name: randomUUID() })).body.id as string;
    const invitation = async (email: string) =>
      (await call(admin, "POST", `/workspaces/${id}/members`, { email, role: "Viewer" })).body as {
        id: string;
        inviteUrl: string;
      };
    const adapted = async () =>
      (
        await call(admin, "POST", `/content/${item.id}/adaptations`, {
          channelId: workspace.siteChannelId,
          parts: [{ text: "A" }],
        })
      ).body.id;
    const supported = async () => {
      const [access] = await t.asOwner<{ id: string }>(
        `insert into workspace_support (workspace_id, user_id, reason, ends_at)
         values ($1, $2, 'A look at a schedule', now() + interval '1 hour') returning id`,
        [id, (await seedPerson(t)).userId],
      );
      return access!.id;
    };
    walk = {
      createWorkspace: async () => [founder, "POST", "/workspaces", { name: "New" }],
      updateWorkspace: async () => [admin, "PUT", `/workspaces/${id}`, { language: "de" }],
      inviteMember: async () => [
        admin,
        "POST",
        `/workspaces/${id}/members`,
        { email: "kim@example.com", role: "Viewer" },
      ],
      revokeInvitation: async () => [
        admin,
        "DELETE",
        `/workspaces/${id}/invitations/${(await invitation("lee@example.com")).id}`,
      ],
      acceptInvitation: async () => {
        const guest = await seedPerson(t);
        const token = (await invitation(guest.email)).inviteUrl.split("#token=")[1];
        return [guest, "POST", "/invitations/accept", { token }];
      },
      changeMember: async () => [admin, "PUT", `/workspaces/${id}/members/${member.userId}`, { role: "Writer" }],
      removeMember: async () => [admin, "DELETE", `/workspaces/${id}/members/${member.userId}`],
      handOver: async () => [admin, "POST", `/workspaces/${id}/hand-over`, { userId: heir.userId }],
      changeSupportAccess: async () => [admin, "PUT", `/workspaces/${id}/support/${await supported()}`, { end: true }],
      changeSupport: async () => [admin, "PUT", `/workspaces/${id}/support`, { forbidden: true }],
      createPersona: async () => [admin, "POST", "/personas", { name: "New" }],
      updatePersona: async () => [admin, "PUT", `/personas/${await persona()}`, { attributes: { tone: "Warm" } }],
      removePersona: async () => [admin, "DELETE", `/personas/${await persona()}`],
      createContent: async () => [admin, "POST", "/content", { title: "New" }],
      updateContent: async () => [admin, "PUT", `/content/${item.id}`, { title: "Newer" }],
      saveVersion: async () => [admin, "POST", `/content/${item.id}/versions`, { body: "Words", baseVersion: 2 }],
      restoreVersion: async () => [admin, "POST", `/content/${item.id}/versions/1/restore`, { baseVersion: 3 }],
      labelVersion: async () => [admin, "PUT", `/content/${item.id}/versions/1/labels`, { labels: ["First"] }],
      saveBrief: async () => [admin, "PUT", `/content/${item.id}/brief`, { goal: "Be read.", baseVersion: 0 }],
      createAdaptation: async () => [
        admin,
        "POST",
        `/content/${item.id}/adaptations`,
        { channelId: workspace.siteChannelId, parts: [{ text: "A" }] },
      ],
      updateAdaptation: async () => [
        admin,
        "PUT",
        `/content/${item.id}/adaptations/${await adapted()}`,
        { parts: [{ text: "B" }] },
      ],
      archiveContent: async () => [admin, "POST", `/content/${item.id}/archive`],
      restoreContent: async () => [admin, "POST", `/content/${item.id}/restore`],
    };
  });

  test("of workspaces, personas and content leaves a row with who did it and in which request", async () => {
    for (const [operation, prepare] of Object.entries(walk)) {
      const [who, method, path, body] = await prepare();
      const requestId = randomUUID();
      const done = await call(who, method, path, body, { "x-request-id": requestId });
      expect({ operation, answer: done.body, ok: done.status < 300 }).toMatchObject({ ok: true });
      const rows = await rowsOf(requestId);
      const room = operation.endsWith("Persona") ? "personas" : path.startsWith("/content") ? "content" : "workspaces";
      // Reactions in other rooms may leave rows of their own beside it.
      const own = rows.filter(({ action }) => action.startsWith(`${room}.`));
      expect({ operation, own }).toMatchObject({ own: [{ actor_kind: "Member" }] });
      for (const row of rows) {
        expect(row.actor_id).toBe(who.userId);
        if (operation !== "createWorkspace") expect(row.workspace_id).toBe(workspace.id);
      }
    }
  });

  test("that the API offers in these rooms is walked", async () => {
    const { paths } = (await call(null, "GET", "/openapi.json")).body as unknown as {
      paths: Record<string, Record<string, { operationId: string; tags: string[] }>>;
    };
    const changes = Object.values(paths)
      .flatMap((path) => Object.entries(path))
      .filter(([method, { tags }]) => method !== "get" && ["workspaces", "personas", "content"].includes(tags[0]!))
      .map(([, { operationId }]) => operationId);
    // A merge saves nothing, and what somebody types is theirs alone until they save it.
    const unrecorded = ["mergeVersion", "saveDraft", "removeDraft"];
    expect([...Object.keys(walk), ...unrecorded].sort()).toEqual(changes.sort());
  });

  test("that is refused leaves none", async () => {
    const { admin } = await seedWorkspace(t);
    const requestId = randomUUID();
    await call(admin, "POST", "/personas", { name: "Twice" });
    const refused = await call(admin, "POST", "/personas", { name: "twice" }, { "x-request-id": requestId });
    expect(refused.status).toBe(409);
    expect(await rowsOf(requestId)).toEqual([]);
  });
});

describe("the audit log", () => {
  const list = (who: Member | null, query = "") => call(who, "GET", `/audit?${query}`);

  test("is listed newest first, by pages", async () => {
    const { admin } = await seedWorkspace(t);
    for (const name of ["A", "B", "C"]) await call(admin, "POST", "/personas", { name });
    const first = await list(admin, "limit=2");
    const second = await list(admin, `limit=2&cursor=${first.body.nextCursor}`);
    const rows = [...first.body.items!, ...second.body.items!];
    expect(rows).toHaveLength(3);
    expect(second.body.nextCursor).toBeNull();
    const times = rows.map(({ at }) => at as string);
    expect(times).toEqual(times.toSorted().reverse());
    expect(rows[0]).toMatchObject({
      actorKind: "Member",
      actorId: admin.userId,
      action: "personas.created",
      subjectType: "persona",
      detail: {},
      requestId: expect.any(String),
    });
  });

  test("is filtered by action, subject, actor and time", async () => {
    const { id, admin } = await seedWorkspace(t);
    const editor = await seedMember(t, id, "Editor");
    const persona = (await call(admin, "POST", "/personas", { name: "A" })).body.id as string;
    await call(editor, "PUT", `/personas/${persona}`, { name: "B" });
    await call(admin, "PUT", `/workspaces/${id}`, { name: "C" });
    await t.asOwner(
      "update audit_events set at = '2026-01-01T12:00:00Z' where workspace_id = $1 and action = 'personas.created'",
      [id],
    );
    const actions = async (query: string) => (await list(admin, query)).body.items!.map(({ action }) => action);

    expect(await actions("")).toEqual(["workspaces.changed", "personas.changed", "personas.created"]);
    expect(await actions("action=personas.changed")).toEqual(["personas.changed"]);
    expect(await actions("action=personas")).toEqual(["personas.changed", "personas.created"]);
    expect(await actions(`subjectId=${id}`)).toEqual(["workspaces.changed"]);
    expect(await actions(`actorId=${editor.userId}`)).toEqual(["personas.changed"]);
    expect(await actions("to=2026-01-01T12:00:00.001Z")).toEqual(["personas.created"]);
    expect(await actions("from=2026-01-01T13:00:00%2B01:00&to=2026-01-01T12:00:00Z")).toEqual([]);
    expect(await actions("from=2026-01-01T13:00:00%2B01:00&action=personas.created")).toEqual(["personas.created"]);
  });

  test.each(["Editor", "Writer", "Viewer"] as const)("is closed to the role %s", async (role) => {
    const { id, admin } = await seedWorkspace(t);
    await call(admin, "POST", "/personas", { name: "A" });
    const member = await seedMember(t, id, role);
    for (const _twice of [1, 2]) expect(said(await list(member))).toMatchObject({ status: 403, code: "forbidden" });
    const rows = await t.asOwner<{ action: string; actor_id: string; detail: object }>(
      "select action, actor_id, detail from audit_events where workspace_id = $1 order by at, id",
      [id],
    );
    // What was refused stands there, once a minute.
    expect(rows).toEqual([
      expect.objectContaining({ action: "personas.created" }),
      {
        action: "audit.refused",
        actor_id: member.userId,
        detail: { method: "GET", path: "/api/v1/audit", code: "forbidden" },
      },
    ]);
  });

  test("shows nothing of another workspace, and asks for a sign-in", async () => {
    const { admin } = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    const persona = (await call(theirs.admin, "POST", "/personas", { name: "A" })).body.id as string;
    expect((await list(admin)).body.items).toEqual([]);
    expect((await list(admin, `subjectId=${persona}`)).body.items).toEqual([]);
    expect(said(await list({ ...admin, workspaceId: theirs.id }))).toEqual(
      said(await list({ ...admin, workspaceId: randomUUID() })),
    );
    expect((await list(null)).status).toBe(401);
    expect(await t.asOwner("select 1 from audit_events where subject_id = $1", [persona])).toHaveLength(1);
  });

  test.each([
    "action=Drop Table",
    "subjectId=abc",
    "from=yesterday",
    "to=2026-02-30T00:00:00Z",
    "limit=0",
    "sort=action",
    "cursor=abc",
    `cursor=${Buffer.from(JSON.stringify(["-at", "yesterday", randomUUID()])).toString("base64url")}`,
  ])("refuses %s", async (query) => {
    const { admin } = await seedWorkspace(t);
    expect((await list(admin, query)).status).toBe(400);
  });

  test("can be changed by nobody who serves a request", async () => {
    const { id, admin } = await seedWorkspace(t);
    await call(admin, "POST", "/personas", { name: "A" });
    for (const statement of [
      "update audit_events set action = 'x'",
      "delete from audit_events",
      "truncate audit_events",
    ]) {
      await expect(t.db.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
    }
    expect(await t.asOwner("select action from audit_events where workspace_id = $1", [id])).toEqual([
      { action: "personas.created" },
    ]);
  });
});

describe("what the database writes by itself", () => {
  test("is what changed in a row, with texts and secrets masked, also where somebody went past the application", async () => {
    const { id, admin } = await seedWorkspace(t);
    const persona = (await call(admin, "POST", "/personas", { name: "A", attributes: { tone: "planted" } })).body.id;
    await call(admin, "PUT", `/personas/${persona}`, { name: "B" });
    await t.asOwner("update personas set attributes = '{}' where id = $1", [persona]);
    const { status, body } = await call(admin, "GET", `/audit/changes?rowId=${persona}`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain("planted");
    expect(body.items).toMatchObject([
      { operation: "Changed", actorKind: "System", actorId: null, after: { attributes: "(masked)" } },
      {
        operation: "Changed",
        actorId: admin.userId,
        login: "contentos_app",
        before: { name: "A" },
        after: { name: "B" },
      },
      { operation: "Inserted", actorKind: "Member", before: null, after: { name: "A", attributes: "(masked)" } },
    ]);
    expect(body.items![0]!.login).not.toBe("contentos_app");
    const other = await seedWorkspace(t);
    expect((await call(other.admin, "GET", `/audit/changes?rowId=${persona}`)).body.items).toEqual([]);
    expect((await call(admin, "GET", "/audit/changes?tableName=channels")).body.items).toMatchObject([
      { operation: "Inserted", tableName: "channels" },
    ]);
    expect(await t.asOwner("select 1 from audit_changes where workspace_id = $1", [id])).not.toEqual([]);
  });

  test("is who signed in, in each of their workspaces", async () => {
    const { admin } = await seedWorkspace(t);
    await t.asOwner("insert into auth_sessions (user_id, token, expires_at) values ($1, gen_random_uuid(), now())", [
      admin.userId,
    ]);
    expect((await call(admin, "GET", "/audit?action=auth.signed_in")).body.items).toMatchObject([
      { actorId: admin.userId, subjectType: "member", subjectId: admin.userId },
    ]);
  });
});

describe("the log as a file", () => {
  const textOf = async (who: Member, query: string) => {
    const answer = await testApp(t).request(`/api/v1/audit/export?${query}`, {
      headers: { authorization: `Bearer ${who.sessionId}`, "x-workspace-id": who.workspaceId },
    });
    return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
  };

  test("has every row, oldest first, by the filters, as JSON Lines and as CSV; that it was taken is a row", async () => {
    const { id, admin } = await seedWorkspace(t);
    await t.asOwner(
      `insert into audit_events (workspace_id, actor_kind, action, subject_type, subject_id, detail, at)
       select $1, 'System', 'content.made', 'x', gen_random_uuid(), jsonb_build_object('number', n), now() - interval '1 hour' + n * interval '1 s'
       from generate_series(1, 1205) n`,
      [id],
    );
    const lines = await textOf(admin, "format=jsonl");
    expect(lines).toMatchObject({ status: 200, type: "application/octet-stream" });
    const rows = lines.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ detail }) => detail.number).slice(0, 1205)).toEqual(
      Array.from({ length: 1205 }, (_, i) => i + 1),
    );
    const csv = await textOf(admin, "format=csv&text=1200");
    expect(csv.text.split("\r\n")).toEqual([
      "sequence,hash,sealedAt,at,actorKind,actorId,action,subjectType,subjectId,detail,requestId,id",
      expect.stringContaining('"{""number"":1200}"'),
      "",
    ]);
    expect((await textOf(admin, "of=changes&action=channels")).text).toContain('"tableName":"channels"');
    const taken = (await call(admin, "GET", "/audit?action=audit.exported")).body.items!;
    expect(taken.map(({ detail }) => detail)).toEqual([
      { format: "jsonl", of: "changes" },
      { format: "csv", of: "events" },
      { format: "jsonl", of: "events" },
    ]);
    expect((await textOf(admin, "format=xml")).status).toBe(400);
  });

  test("and the list find what a detail holds", async () => {
    const { id, admin } = await seedWorkspace(t);
    await call(admin, "POST", "/personas", { name: "A" });
    await call(admin, "PUT", `/workspaces/${id}`, { language: "de" });
    const found = async (text: string) => (await list(admin, `text=${encodeURIComponent(text)}`)).body.items!.length;
    const list = (who: Member, query: string) => call(who, "GET", `/audit?${query}`);
    const [row] = await t.asOwner<{ detail: Record<string, unknown> }>(
      "select detail from audit_events where workspace_id = $1 and action = 'workspaces.changed'",
      [id],
    );
    expect(await found(Object.keys(row!.detail)[0]!)).toBe(1);
    expect(await found("%")).toBe(0);
  });
});
