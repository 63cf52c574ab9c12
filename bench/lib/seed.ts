import { randomUUID } from "node:crypto";
import pg from "pg";

export type Seeded = { workspaceId: string; itemIds: string[] };

type Size = { userId: string; workspaces: number; itemsEach: number };

/** A deployment with many workspaces of equal size, all of one person. */
export async function seed(superuserUrl: string, { userId, workspaces, itemsEach }: Size): Promise<Seeded> {
  const client = new pg.Client(superuserUrl);
  await client.connect();
  const workspaceId = randomUUID();
  await client.query("set synchronous_commit = off");
  // Not indexed: a million texts would take an hour. What is searched is seeded by the part that searches.
  await client.query("set session_replication_role = replica");
  await client.query(
    `insert into workspaces (id, name, slug, owner_id, region)
     select case n when 1 then $1::uuid else gen_random_uuid() end, 'Bench ' || n, 'bench-' || n, $2, 'local' from generate_series(1, $3::int) n`,
    [workspaceId, userId, workspaces],
  );
  await client.query(
    "insert into workspace_members (workspace_id, user_id, role) select id, $1, 'Admin' from workspaces",
    [userId],
  );
  await client.query(
    `insert into channels (workspace_id, network, name, remote_account) select id, 'site', 'Site', slug from workspaces`,
  );
  await client.query(
    `insert into content_items (workspace_id, title, status, created_by, current_content_hash, created_at, updated_at)
     select w.id, 'Item ' || n, (array['Draft','InReview','Approved','Published'])[1 + n % 4], $1, repeat('0', 64),
            timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-01' + n * interval '1 minute'
     from workspaces w, generate_series(1, $2::int) n`,
    [userId, itemsEach],
  );
  await client.query(
    `insert into content_versions (workspace_id, content_item_id, version_number, title, body, content_hash, updated_by)
     select workspace_id, id, 1, title, repeat('A sentence of an article, as long as they are. ', 40), current_content_hash, created_by
     from content_items`,
  );
  await client.query("vacuum analyze");
  const { rows } = await client.query<{ id: string }>(
    "select id from content_items where workspace_id = $1 order by created_at desc limit 500",
    [workspaceId],
  );
  await client.end();
  return { workspaceId, itemIds: rows.map(({ id }) => id) };
}
