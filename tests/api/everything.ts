import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { seedPerson } from "#tests/factories";
import { seedGeneration } from "#tests/factories/ai";
import { seedFetched, seedPublication } from "#tests/factories/analytics";
import { expectStatus, seedChannel, seedTeam, setPolicy, submit, type Team } from "#tests/factories/approval";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { openThread } from "#tests/factories/comments";
import { approveItem } from "#tests/factories/distribution";
import { keepingMailer, notify } from "#tests/factories/notifications";
import { approves, giveLink, openLink, submitted } from "#tests/factories/review";
import { sitePublisher } from "#tests/factories/site";
import { asFeed, exportAll, importFile } from "#tests/factories/transfer";
import type { caller } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { hashToken } from "@/platform/secrets";

/** A workspace with at least one of each thing that has an id, most of it made through the API. */
export async function seedEverything(t: TestDatabase, call: ReturnType<typeof caller>) {
  const team = await seedTeam(t);
  const { workspace, admin, editor, writer } = team;
  const channelId = await seedChannel(t, workspace.id);
  const draft = await expectStatus(call(writer, "POST", "/content", { title: "A draft", body: "Under way." }), 201);
  const item = await expectStatus(call(writer, "POST", "/content", { title: "In review", body: "Ready." }), 201);
  const adaptation = { channelId, parts: [{ text: "It is here." }] };
  await expectStatus(call(writer, "POST", `/content/${draft.id}/adaptations`, adaptation), 201);
  const folder = await expectStatus(call(writer, "POST", "/assets/folders", { name: "Spring" }), 201);
  const asset = await uploadAsset(t, call, writer, { bytes: await aPicture(8, 8), folderId: folder.id });
  await expectStatus(call(writer, "POST", "/content", { title: "Shown", body: `![A](asset:${asset})` }), 201);
  await openThread(call, writer, String(item.id), { mentions: [editor.userId] });
  await expectStatus(call(writer, "PUT", `/content/${draft.id}/versions/1/labels`, { labels: ["First words"] }), 200);
  await expectStatus(call(writer, "PUT", `/content/${draft.id}/draft`, { body: "Half typed", baseVersion: 1 }), 200);
  await submit(call, writer, String(item.id));
  await setPolicy(t, workspace.id, []);
  const approved = await approveItem(call, writer);
  const later = {
    contentItemId: approved.id,
    channelId: workspace.siteChannelId,
    scheduledTime: "2999-01-01T09:00:00Z",
  };
  await expectStatus(call(editor, "POST", "/distribution/schedule", later), 201);
  const persona = await expectStatus(call(admin, "POST", "/personas", { name: "The voice", attributes: {} }), 201);
  const tag = await expectStatus(call(editor, "POST", "/planning/tags", { name: "Story" }), 201);
  await expectStatus(call(editor, "POST", "/planning/tags", { name: "Case" }), 201);
  const campaign = await expectStatus(call(editor, "POST", "/planning/campaigns", { name: "Spring" }), 201);
  const plan = { tagIds: [tag.id], campaignId: campaign.id };
  await expectStatus(call(editor, "POST", "/planning/templates", { name: "Story", title: "How", ...plan }), 201);
  await expectStatus(call(editor, "POST", "/planning/views", { name: "Due", shared: true, filter: {} }), 201);
  await expectStatus(call(writer, "PUT", `/content/${draft.id}`, plan), 200);
  const brief = { personaId: persona.id, goal: "Be read.", baseVersion: 0 };
  await expectStatus(call(writer, "PUT", `/content/${draft.id}/brief`, brief), 200);
  const blueprint = { version: 1, channels: ["bluesky"] };
  await expectStatus(call(admin, "POST", `/workspaces/${workspace.id}/blueprint`, blueprint), 200);
  await seedSso(t, workspace);
  await seedOperators(t, workspace);
  const invited = { email: `${randomUUID()}@example.com`, role: "Writer" };
  await expectStatus(call(admin, "POST", `/workspaces/${workspace.id}/members`, invited), 201);
  await expectStatus(call(admin, "POST", "/auth/keys", { name: "The shop", role: "Viewer" }), 201);
  const hook = { url: "https://hooks.example/told" };
  const endpoint = await expectStatus(call(admin, "POST", "/webhooks/endpoints", hook), 201);
  await expectStatus(call(admin, "POST", `/webhooks/endpoints/${endpoint.id}/ping`), 202);
  const siem = {
    kind: "Splunk",
    name: "Our SIEM",
    url: "https://siem.example/services/collector",
    token: "a-token-of-theirs",
  };
  await expectStatus(call(admin, "POST", "/forwarding/destinations", siem), 201);
  const site = await sitePublisher(t, workspace);
  const { item: published } = await site.publishNew();
  await site.close();
  const headlines = ["What spring brings", "Spring, at last"];
  await expectStatus(call(editor, "POST", "/site/trials", { contentItemId: published.id, headlines }), 201);
  const publication = await seedPublication(t, published, admin, channelId);
  const at = "2026-06-02T12:00:00Z";
  await seedFetched(t, publication, { likes: { value: 3, at } }, [["likes", at, 3]]);
  await seedGeneration(t, writer, String(draft.id));
  await importFile(t, call, admin, asFeed([{ title: "From elsewhere", html: "<p>Told before.</p>" }]));
  await exportAll(t, call, admin);
  const host = `${randomUUID()}.example`;
  await expectStatus(call(admin, "POST", "/site/domains", { host }), 201);
  const client = await seedClient(t, call, team);
  const { mailer } = keepingMailer();
  await notify(t, { mailer });
  await setPolicy(t, workspace.id, [{ role: "Editor" }, { role: "Admin" }]);
  return { ...team, draftId: String(draft.id), client };
}

/** That the operator's support is there, and that the workspace was to be erased and is not. */
async function seedOperators(t: TestDatabase, { id, admin }: Team["workspace"]) {
  const support = await seedPerson(t);
  await t.asOwner(
    `insert into workspace_support (workspace_id, user_id, reason, ends_at)
     values ($1, $2, 'A look at a schedule', now() + interval '1 hour')`,
    [id, support.userId],
  );
  await t.asOwner(
    "insert into privacy_workspace_erasures (workspace_id, asked_by, status, due_at, ended_at) values ($1, $2, 'Undone', now(), now())",
    [id, admin.userId],
  );
}

/** An identity provider, a domain of it, and what the workspace asks for: nothing that keeps anybody out. */
async function seedSso({ asOwner }: TestDatabase, { id, admin }: Team["workspace"]) {
  await asOwner("insert into auth_policies (workspace_id, session_hours) values ($1, 8760)", [id]);
  await asOwner(
    `insert into auth_sso_connections (workspace_id, issuer, client_id, sealed_secret, default_role, created_by)
     values ($1, 'https://login.example.com', 'contentos', '', 'Writer', $2)`,
    [id, admin.userId],
  );
  await asOwner(
    "insert into auth_sso_domains (workspace_id, domain, token, created_by) values ($1, 'acme.example', 'x', $2)",
    [id, admin.userId],
  );
  await asOwner("insert into auth_scim_tokens (workspace_id, hint, token_hash, created_by) values ($1, 'x', $3, $2)", [
    id,
    admin.userId,
    hashToken(id),
  ]);
  await asOwner("insert into auth_scim_users (workspace_id, user_id) values ($1, $2)", [id, admin.userId]);
  await asOwner(
    `with made as (insert into auth_scim_groups (workspace_id, display_name) values ($1::uuid, 'Marketing') returning id)
     insert into auth_scim_group_members (workspace_id, group_id, user_id) select $1::uuid, id, $2::uuid from made`,
    [id, admin.userId],
  );
  await asOwner(
    "insert into auth_passkeys (user_id, name, credential_id, public_key, synced) values ($1, 'Key', $2, '', false)",
    [admin.userId, randomUUID()],
  );
}

/** A client with a link, who commented, approved one item and is asked for another. */
async function seedClient(t: TestDatabase, call: ReturnType<typeof caller>, team: Team) {
  await setPolicy(t, team.workspace.id, [{ role: "Client" }]);
  const [done, asked] = [await submitted(t, call, team), await submitted(t, call, team)];
  const client = await openLink(call, await giveLink(call, team.editor, [done.id, asked.id]));
  const said = await expectStatus(call(client, "POST", `/review/items/${asked.id}/comments`, { body: "Why?" }), 201);
  const receipt = await expectStatus(approves(call, client, done), 200);
  return {
    ...client,
    itemId: asked.id,
    doneId: done.id,
    receiptId: String(receipt.id),
    threadId: String(said.threadId),
  };
}

type Named = { table: string; id: string };

/** Every id that a workspace has, by the tables that the catalogue lists: a new table is among them by itself. */
export async function idsOf(t: TestDatabase, workspaceId: string): Promise<Named[]> {
  const tables = await tablesOfWorkspaces(t);
  const ids: Named[] = [{ table: "workspaces", id: workspaceId }];
  for (const { table, key } of tables.filter(({ key }) => key !== null)) {
    const rows = await t.asOwner<{ id: string }>(`select ${key} as id from ${table} where workspace_id = $1`, [
      workspaceId,
    ]);
    expect([table, rows.length > 0 || EMPTY.has(table)]).toEqual([table, true]);
    ids.push(...rows.map(({ id }) => ({ table, id })));
  }
  const people = await t.asOwner<{ id: string; session: string }>(
    `select u.id, s.id as session from workspace_members m join users u on u.id = m.user_id join auth_sessions s on s.user_id = u.id
     where m.workspace_id = $1`,
    [workspaceId],
  );
  ids.push(
    ...people.flatMap(({ id, session }) => [
      { table: "users", id },
      { table: "auth_sessions", id: session },
    ]),
  );
  const passkeys = await t.asOwner<{ id: string }>(
    "select p.id from auth_passkeys p join workspace_members m on m.user_id = p.user_id where m.workspace_id = $1",
    [workspaceId],
  );
  ids.push(...passkeys.map(({ id }) => ({ table: "auth_passkeys", id })));
  return ids;
}

/** Nothing is kept here but for a moment, or no operation has come to it yet. */
const EMPTY = new Set([
  "idempotency_keys",
  "review_idempotency_keys",
  "distribution_attempts",
  "billing_subscriptions",
  "billing_reservations",
  "webhooks_attempts",
]);

const tablesOfWorkspaces = (t: TestDatabase) =>
  t.asOwner<{ table: string; key: string | null }>(
    `select c.relname as table, max(a.attname) filter (where a.attname = 'id' and a.atttypid = 'uuid'::regtype) as key
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     group by c.oid, c.relname having bool_or(a.attname = 'workspace_id') order by 1`,
  );

/** That somebody was refused, or took the log, is a row of the log, and changes nothing else. */
const LEFT_BY_TRYING = " and action not in ('audit.refused', 'audit.exported')";

/** A fingerprint of each table's rows of a workspace, of the people in it and of their sessions. */
export async function checksum(t: TestDatabase, workspaceId: string) {
  const sums: Record<string, string> = {};
  const sum = async (name: string, rows: string) => {
    const [row] = await t.asOwner<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(r::text), '' order by md5(r::text))), '') as sum from (${rows}) r`,
      [workspaceId],
    );
    sums[name] = row!.sum;
  };
  for (const { table } of await tablesOfWorkspaces(t))
    await sum(
      table,
      `select * from ${table} where workspace_id = $1${table.endsWith("audit_events") ? LEFT_BY_TRYING : ""}`,
    );
  await sum("workspaces", "select * from workspaces where id = $1");
  const people = "(select user_id from workspace_members where workspace_id = $1)";
  await sum("users", `select * from users where id in ${people}`);
  await sum("auth_sessions", `select * from auth_sessions where user_id in ${people}`);
  await sum(
    "jobs",
    "select payload, task_id, run_at from graphile_worker._private_jobs where payload->>'workspaceId' = $1::text",
  );
  return sums;
}
