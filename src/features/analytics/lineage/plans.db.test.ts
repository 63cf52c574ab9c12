import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { scansOf, statementOf } from "#tests/harness/plans";
import { lineageOf } from "./queries";

const t = testDatabase();
const ITEMS = 10_000;
const TABLES = [
  "content_items",
  "content_briefs",
  "content_versions",
  "content_adaptations",
  "distribution_schedules",
  "analytics_fetches",
];

let admin: Member;
let client: pg.Client;
const ids = { contentItemId: "", campaignId: "", personaId: "" };

/** Each item went out twice; one in a hundred has the persona, and one in a hundred is in the campaign. */
beforeAll(async () => {
  const workspace = await seedWorkspace(t);
  admin = workspace.admin;
  const of = [workspace.id];
  const idOf = async (insert: string) => (await t.asOwner<{ id: string }>(`${insert} returning id`, of))[0]!.id;
  ids.campaignId = await idOf("insert into planning_campaigns (workspace_id, name) values ($1, 'Spring')");
  ids.personaId = await idOf("insert into personas (workspace_id, name) values ($1, 'Reader')");
  await t.asOwner(
    `insert into content_items (workspace_id, title, status, created_by, current_content_hash, created_at, campaign_id)
     select $1, 'Item ' || n, 'Published', $2, repeat('0', 64), timestamptz '2026-01-01' + n * interval '1 minute',
       case when n % 100 = 0 then $3::uuid end
     from generate_series(1, $4::int) n`,
    [workspace.id, admin.userId, ids.campaignId, ITEMS],
  );
  const filled = [
    `insert into content_briefs (workspace_id, content_item_id, persona_id, updated_by)
     select workspace_id, id, case when campaign_id is not null then $2::uuid end, created_by from content_items where workspace_id = $1`,
    `insert into content_versions (workspace_id, content_item_id, version_number, title, body, content_hash, updated_by)
     select workspace_id, id, n, title, 'It is here.', current_content_hash, created_by
     from content_items, generate_series(1, 2) n where workspace_id = $1 and $2::uuid is not null`,
    `insert into content_adaptations (workspace_id, content_item_id, version_number, channel_id, parts, content_hash, created_by)
     select i.workspace_id, i.id, 1, c.id, '[]', repeat('0', 64), i.created_by
     from content_items i join channels c using (workspace_id) where workspace_id = $1 and $2::uuid is not null`,
    `insert into approval_submissions (workspace_id, content_item_id, version_number, content_hash, steps, status, submitted_by)
     select workspace_id, id, 1, repeat('0', 64), '[]', 'Superseded', created_by from content_items where workspace_id = $1 and $2::uuid is not null`,
    `insert into distribution_schedules (workspace_id, content_item_id, version_number, submission_id, channel_id, content_hash,
       scheduled_time, status, published_at, remote_id)
     select s.workspace_id, s.content_item_id, 1, s.id, c.id, repeat('0', 64), now() + n * interval '1 hour', 'Published', now(), s.id || ' ' || n
     from approval_submissions s join channels c using (workspace_id), generate_series(1, 2) n where workspace_id = $1 and $2::uuid is not null`,
    `insert into analytics_fetches (workspace_id, schedule_id, content_item_id, channel_id, remote_id, published_at, since, latest)
     select workspace_id, id, content_item_id, channel_id, remote_id, now(), now(), '{}'
     from distribution_schedules where workspace_id = $1 and $2::uuid is not null`,
  ];
  for (const insert of filled) await t.asOwner(insert, [workspace.id, ids.personaId]);
  await t.asOwner("vacuum analyze");
  [ids.contentItemId = ""] = (await t.asOwner<{ id: string }>("select id from content_items limit 1")).map(
    ({ id }) => id,
  );
  client = new pg.Client(t.urls.app);
  await client.connect();
}, 120_000);
afterAll(() => client?.end());

test.each([
  ["an item", "contentItemId", 1],
  ["a persona", "personaId", 26],
  ["a campaign", "campaignId", 26],
] as const)("of 10,000 items, a page of the lineage of %s reads each table by an index", async (_, by, found) => {
  const sent = await statementOf((tx) =>
    lineageOf(tx, { of: { [by]: ids[by] } as never, after: undefined, count: 26 }),
  );
  for (const runs of [0, 8]) {
    const seen = await scansOf(client, admin, sent, TABLES, runs);
    expect([runs, seen.found, seen.read]).toEqual([runs, found, []]);
    expect(seen.rows).toBeLessThan(2_000);
  }
});
