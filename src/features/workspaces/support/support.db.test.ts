import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { keepingMailer } from "#tests/factories/notifications";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { support as command } from "@/entry/admin-support";
import { tellSupportTask } from "./service";

const t = testDatabase();
const call = caller(t);
const { mails, mailer } = keepingMailer();
const worker = {
  query: async (...asked: Parameters<typeof t.asOwner>) => ({ rows: await t.asOwner(...asked) }),
} as never;
const begin = (slug: string, email: string, over: object = {}) =>
  command(worker, "begin", { workspace: slug, as: email, reason: "Ticket 311: a schedule is on hold.", ...over });
const tell = () =>
  runJobs(t, { "workspaces.tell_support": tellSupportTask({ db: t.db, mailer, publicUrl: "https://contentos.test" }) });
const page = async (who: Member) => (await call(who, "GET", `/workspaces/${who.workspaceId}/support`)).body;

async function inside(over: object = {}) {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin });
  const person = await seedPerson(t, { name: "Robin of the operator" });
  await begin(workspace.slug, person.email, over);
  return { ...workspace, item, robin: { ...person, workspaceId: workspace.id, role: "Admin" } as Member };
}

test("an operator's person enters with a reason, reads, and changes nothing", async () => {
  const { id, robin, item, admin } = await inside();
  expect((await call(robin, "GET", `/content/${item.id}`)).body).toMatchObject({ title: "Spring launch" });
  expect((await call(robin, "GET", "/audit")).status).toBe(200);
  for (const [method, path, body] of [
    ["PUT", `/content/${item.id}`, { title: "Changed" }],
    ["POST", "/auth/keys", { name: "To stay", role: "Admin" }],
    ["PUT", `/workspaces/${id}/support`, { forbidden: false }],
  ] as const)
    expect(await call(robin, method, path, body)).toMatchObject({ status: 409, body: { code: "workspace_read_only" } });
  expect((await call(robin, "GET", "/workspaces")).body.items).toMatchObject([{ id, role: "Admin", support: true }]);
  const other = await seedWorkspace(t);
  expect((await call({ ...robin, workspaceId: other.id }, "GET", "/content")).status).toBe(404);
  expect((await call(admin, "GET", `/content/${item.id}`)).body).toMatchObject({ title: "Spring launch" });
});

test("the Admins are told by notification and mail, see it on a page and in the log", async () => {
  const { id, robin, admin } = await inside();
  const second = await seedMember(t, id, "Admin");
  const editor = await seedMember(t, id, "Editor");
  await tell();
  const members = [admin.email, second.email, editor.email, robin.email];
  const told = mails.filter(({ to, text }) => members.includes(to) && text.includes("Ticket 311"));
  expect(told.map(({ to }) => to).sort()).toEqual([admin.email, second.email].sort());
  expect(told[0]!.text).toContain("Robin of the operator");
  expect(
    await t.asOwner("select type from events where workspace_id = $1 and subject_id = $2", [id, robin.userId]),
  ).toEqual([{ type: "workspaces.support_begun" }]);
  expect(await page(admin)).toMatchObject({
    forbidden: false,
    items: [{ userId: robin.userId, name: "Robin of the operator", live: true, mayWrite: false, endedAt: null }],
  });
  expect((await call(editor, "GET", `/workspaces/${id}/support`)).status).toBe(403);
  expect((await call(null, "GET", `/workspaces/${id}/support`)).status).toBe(401);
  const { body } = await call(admin, "GET", `/audit?subjectId=${robin.userId}`);
  expect(body.items).toMatchObject([
    { action: "workspaces.support_begun", actorKind: "System", detail: { minutes: 60 } },
  ]);
});

test("each list and thing that support opens is a row of the log, once in a while; members' reads are none", async () => {
  const { id, robin, item, admin } = await inside();
  const second = await seedItem(t, { createdBy: admin });
  for (const path of [`/content/${item.id}`, `/content/${item.id}`, `/content/${second.id}`, "/content", "/audit"])
    expect((await call(robin, "GET", path)).status).toBe(200);
  expect((await call(robin, "GET", `/content/${randomUUID()}`)).status).toBe(404);
  expect((await call(admin, "GET", `/content/${item.id}`)).status).toBe(200);
  const rows = await t.asOwner<Record<string, unknown>>(
    `select actor_id, subject_type, subject_id, detail ->> 'operation' as operation, detail ->> 'supportId' as support
     from audit_events where workspace_id = $1 and action = 'workspaces.support_read' order by at, operation`,
    [id],
  );
  const [access] = await t.asOwner<{ id: string }>("select id from workspace_support where workspace_id = $1", [id]);
  const row = { actor_id: robin.userId, support: access!.id };
  expect(rows).toEqual([
    { ...row, subject_type: "content_item", subject_id: item.id, operation: "getContent" },
    { ...row, subject_type: "content_item", subject_id: second.id, operation: "getContent" },
    { ...row, subject_type: "workspace", subject_id: id, operation: "listContent" },
    { ...row, subject_type: "workspace", subject_id: id, operation: "listAuditEvents" },
  ]);
  // The Admins find it by what was opened.
  expect((await call(admin, "GET", `/audit?subjectId=${second.id}`)).body.items).toMatchObject([
    { action: "workspaces.support_read", actorId: robin.userId },
  ]);
  expect((await call(robin, "PUT", `/content/${item.id}`, { title: "Changed" })).status).toBe(409);
});

test("nothing is answered to support that could not be written down", async () => {
  const { robin, item, id } = await inside();
  await t.asOwner("alter policy support on audit_events with check (false)");
  try {
    for (const path of [`/content/${item.id}`, "/content"]) {
      const { status, body } = await call(robin, "GET", path);
      expect([path, status, JSON.stringify(body).includes("Spring launch")]).toEqual([path, 403, false]);
    }
  } finally {
    await t.asOwner(
      "alter policy support on audit_events with check (action in ('workspaces.support_begun', 'workspaces.support_ended', 'workspaces.support_read'))",
    );
  }
  expect((await call(robin, "GET", `/content/${item.id}`)).status).toBe(200);
  expect(
    (await t.db.pool.query("select app.note_support_read($1, $2, 'x', 'x', null) as noted", [randomUUID(), id])).rows,
  ).toEqual([{ noted: false }]);
});

test("an Admin ends it, and it is over with the next request", async () => {
  const { id, robin, admin } = await inside();
  const { items } = await page(admin);
  const path = `/workspaces/${id}/support/${items![0]!.id}`;
  expect((await call(admin, "PUT", path, {})).status).toBe(400);
  expect((await call(robin, "PUT", path, { end: true })).status).toBe(409);
  expect((await call(admin, "PUT", path, { end: true })).body).toMatchObject({ items: [{ live: false }] });
  expect((await call(robin, "GET", "/content")).status).toBe(404);
  expect((await call(admin, "PUT", path, { end: true })).status).toBe(404);
  expect((await call(robin, "GET", "/workspaces")).body.items).toEqual([]);
});

test("an Admin lets it write, as an Editor: it makes nothing by which it would stay", async () => {
  const { id, robin, item, admin } = await inside();
  const { items } = await page(admin);
  expect((await call(admin, "PUT", `/workspaces/${id}/support/${items![0]!.id}`, { mayWrite: true })).status).toBe(200);
  expect((await call(robin, "PUT", `/content/${item.id}`, { title: "Mended" })).status).toBe(200);
  expect((await call(robin, "POST", "/auth/keys", { name: "To stay", role: "Viewer" })).status).toBe(403);
  expect(
    (await call(robin, "POST", `/workspaces/${id}/members`, { email: "x@example.com", role: "Viewer" })).status,
  ).toBe(403);
  expect((await call(robin, "GET", `/workspaces/${id}/support`)).status).toBe(403);
});

test("a workspace forbids it: who is in is out, and nobody gets in", async () => {
  const { id, slug, robin, admin } = await inside();
  const editor = await seedMember(t, id, "Editor");
  expect((await call(editor, "PUT", `/workspaces/${id}/support`, { forbidden: true })).status).toBe(403);
  expect((await call(admin, "PUT", `/workspaces/${id}/support`, { forbidden: true })).body).toMatchObject({
    forbidden: true,
    items: [{ live: false }],
  });
  expect((await call(robin, "GET", "/content")).status).toBe(404);
  await expect(begin(slug, robin.email)).rejects.toThrow("forbids");
  expect((await call(admin, "PUT", `/workspaces/${id}/support`, { forbidden: false })).status).toBe(200);
  await begin(slug, robin.email);
  expect((await call(robin, "GET", "/content")).status).toBe(200);
});

test("it ends by itself, and by the operator; without a reason or a bound it never begins", async () => {
  const { slug, robin, admin, id } = await inside();
  await t.asOwner(
    "update workspace_support set begun_at = now() - interval '2 hours', ends_at = now() - interval '1 second' where workspace_id = $1",
    [id],
  );
  expect((await call(robin, "GET", "/content")).status).toBe(404);
  await begin(slug, robin.email, { minutes: "30" });
  expect((await call(robin, "GET", "/content")).status).toBe(200);
  expect(await command(worker, "end", { workspace: slug })).toContain("1 access is over");
  expect((await call(robin, "GET", "/content")).status).toBe(404);
  for (const over of [{ reason: "" }, { reason: "because" }, { minutes: "481" }, { minutes: "0" }, { minutes: "x" }])
    await expect(begin(slug, robin.email, over)).rejects.toThrow(/reason|minutes/);
  await expect(begin(slug, admin.email)).rejects.toThrow("member");
  await expect(begin("nowhere", robin.email)).rejects.toThrow("no such workspace");
  await expect(begin(slug, "nobody@example.com")).rejects.toThrow("no account");
  await expect(command(worker, undefined, {})).rejects.toThrow("Say what to do");
});
