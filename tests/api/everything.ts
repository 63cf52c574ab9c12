import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { seedFetched, seedPublication } from "#tests/factories/analytics";
import { expectStatus, seedChannel, seedTeam, setPolicy, submit, type Team } from "#tests/factories/approval";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { openThread } from "#tests/factories/comments";
import { approveItem } from "#tests/factories/distribution";
import { approves, giveLink, openLink, submitted } from "#tests/factories/review";
import { sitePublisher } from "#tests/factories/site";
import { asFeed, exportAll, importFile } from "#tests/factories/transfer";
import type { caller } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";

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
  await expectStatus(call(writer, "PUT", `/content/${draft.id}`, plan), 200);
  const brief = { personaId: persona.id, goal: "Be read.", baseVersion: 0 };
  await expectStatus(call(writer, "PUT", `/content/${draft.id}/brief`, brief), 200);
  const invited = { email: `${randomUUID()}@example.com`, role: "Writer" };
  await expectStatus(call(admin, "POST", `/workspaces/${workspace.id}/members`, invited), 201);
  const site = await sitePublisher(t, workspace);
  const { item: published } = await site.publishNew();
  await site.close();
  const publication = await seedPublication(t, published, admin, channelId);
  const at = "2026-06-02T12:00:00Z";
  await seedFetched(t, publication, { likes: { value: 3, at } }, [["likes", at, 3]]);
  await importFile(t, call, admin, asFeed([{ title: "From elsewhere", html: "<p>Told before.</p>" }]));
  await exportAll(t, call, admin);
  const client = await seedClient(t, call, team);
  await setPolicy(t, workspace.id, [{ role: "Editor" }, { role: "Admin" }]);
  return { ...team, draftId: String(draft.id), client };
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
  return ids;
}

/** Nothing is kept here but for a moment, or no operation has come to it yet. */
const EMPTY = new Set([
  "idempotency_keys",
  "review_idempotency_keys",
  "distribution_attempts",
  "billing_subscriptions",
]);

const tablesOfWorkspaces = (t: TestDatabase) =>
  t.asOwner<{ table: string; key: string | null }>(
    `select c.relname as table, max(a.attname) filter (where a.attname = 'id' and a.atttypid = 'uuid'::regtype) as key
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     group by c.oid, c.relname having bool_or(a.attname = 'workspace_id') order by 1`,
  );

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
    await sum(table, `select * from ${table} where workspace_id = $1`);
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
