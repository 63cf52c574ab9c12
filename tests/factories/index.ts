import { randomUUID } from "node:crypto";
import type { TestDatabase } from "#tests/harness/database";
import { testKeyring } from "#tests/harness/keyring";
import type { Role } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";

export type Member = { userId: string; sessionId: string; workspaceId: string; role: Role; email: string };
export type SeededItem = { id: string; workspaceId: string; versionNumber: number; contentHash: string };

/** A person with a live session. */
export async function seedPerson({ asOwner }: TestDatabase, over: { email?: string; name?: string } = {}) {
  const email = over.email ?? `${randomUUID()}@example.com`;
  const [user] = await asOwner<{ id: string }>(
    "insert into users (email, name, email_verified) values ($1, $2, true) returning id",
    [email, over.name ?? "Kim Example"],
  );
  const [session] = await asOwner<{ id: string }>(
    "insert into auth_sessions (user_id, token, expires_at) values ($1, $2, now() + interval '1 day') returning id",
    [user!.id, randomUUID()],
  );
  return { userId: user!.id, sessionId: session!.id, email };
}

/** A workspace with an Admin who owns it, its site channel and its key. */
export async function seedWorkspace(
  t: TestDatabase,
  over: { approvalSteps?: { role: string }[]; slug?: string; name?: string; timeZone?: string } = {},
) {
  const owner = await seedPerson(t);
  const [row] = await t.asOwner<{ id: string; slug: string }>(
    `insert into workspaces (name, slug, owner_id, region, approval_steps, time_zone)
     values ($1, $2, $3, 'local', $4, $5) returning id, slug`,
    [
      over.name ?? "Acme",
      over.slug ?? `acme-${randomUUID().slice(0, 13)}`,
      owner.userId,
      JSON.stringify(over.approvalSteps ?? [{ role: "Editor" }, { role: "Admin" }]),
      over.timeZone ?? "UTC",
    ],
  );
  const admin: Member = { ...owner, workspaceId: row!.id, role: "Admin" };
  await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Admin')", [
    row!.id,
    owner.userId,
  ]);
  await t.asOwner("insert into workspace_keys (workspace_id, wrapped_key) values ($1, $2)", [
    row!.id,
    testKeyring.newWorkspaceKey(),
  ]);
  const [channel] = await t.asOwner<{ id: string }>(
    "insert into channels (workspace_id, network, name, remote_account) values ($1, 'site', 'Site', $2) returning id",
    [row!.id, row!.slug],
  );
  return { id: row!.id, slug: row!.slug, admin, siteChannelId: channel!.id };
}

export async function seedMember(
  t: TestDatabase,
  workspaceId: string,
  role: Role,
  over: { name?: string } = {},
): Promise<Member> {
  const person = await seedPerson(t, over);
  await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, $3)", [
    workspaceId,
    person.userId,
    role,
  ]);
  return { ...person, workspaceId, role };
}

type ItemOver = {
  createdBy: Member;
  title?: string;
  body?: string;
  status?: string;
  assigneeId?: string;
  metadata?: object;
};

/** An item with one version, written by whoever created it. */
export async function seedItem(t: TestDatabase, { createdBy, ...over }: ItemOver): Promise<SeededItem> {
  const { workspaceId, userId } = createdBy;
  const item = { title: "Spring launch", body: "# Spring\n\nIt is here.", metadata: {}, assets: [], ...over };
  const contentHash = canonicalHash({
    title: item.title,
    body: item.body,
    metadata: item.metadata,
    assets: item.assets,
  });
  const [row] = await t.asOwner<{ id: string }>(
    `insert into content_items (workspace_id, title, status, created_by, assignee_id, current_content_hash)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [workspaceId, item.title, over.status ?? "Draft", userId, over.assigneeId ?? null, contentHash],
  );
  await t.asOwner(
    `insert into content_versions (workspace_id, content_item_id, version_number, title, body, metadata, content_hash, updated_by)
     values ($1, $2, 1, $3, $4, $5, $6, $7)`,
    [workspaceId, row!.id, item.title, item.body, JSON.stringify(item.metadata), contentHash, userId],
  );
  return { id: row!.id, workspaceId, versionNumber: 1, contentHash };
}
