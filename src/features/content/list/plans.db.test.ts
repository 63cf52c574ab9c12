import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { scansOf, statementOf } from "#tests/harness/plans";
import { type ListFilter, listItems } from "./queries";

const t = testDatabase();
const ITEMS = 100_000;
/** A page looks at no more rows than this, the rarest tag's included. */
const MOST_ROWS = 5_000;
const TABLES = ["content_items", "content_item_tags", "content_briefs"];

let admin: Member;
let client: pg.Client;
const ids = { tags: [] as string[], campaign: "", persona: "" };

const idsOf = async (insert: string, values: unknown[]) =>
  (await t.asOwner<{ id: string }>(`${insert} returning id`, values)).map(({ id }) => id);

/** Each tag is on one item in a hundred, one in ten is due, one in fifty is in the campaign, one in 16 has the persona. */
beforeAll(async () => {
  ({ admin } = await seedWorkspace(t));
  const { workspaceId, userId } = admin;
  [ids.campaign = ""] = await idsOf("insert into planning_campaigns (workspace_id, name) values ($1, 'Spring')", [
    workspaceId,
  ]);
  [ids.persona = ""] = await idsOf("insert into personas (workspace_id, name) values ($1, 'Reader')", [workspaceId]);
  ids.tags = await idsOf(
    "insert into planning_tags (workspace_id, name, color) select $1, 'Tag ' || n, '#868e96' from generate_series(1, 20) n",
    [workspaceId],
  );
  await t.asOwner(
    `insert into content_items (workspace_id, title, status, created_by, current_content_hash, created_at, updated_at,
       due_at, campaign_id, assignee_id)
     select $1, 'Item ' || n, (array['Draft', 'InReview', 'Approved', 'Published'])[1 + n % 4], $2::uuid, repeat('0', 64),
       timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-01' + n * interval '1 minute',
       case when n % 10 = 0 then timestamptz '2026-06-01' + n * interval '1 minute' end,
       case when n % 50 = 0 then $3::uuid end, case when n % 20 = 0 then $2::uuid end
     from generate_series(1, $4::int) n`,
    [workspaceId, userId, ids.campaign, ITEMS],
  );
  await t.asOwner(
    `insert into content_item_tags (workspace_id, content_item_id, tag_id, created_by)
     select i.workspace_id, i.id, g.id, $2 from (select *, row_number() over (order by created_at) n from content_items) i
     join (select id, row_number() over (order by id) n from planning_tags) g on i.n % 100 = g.n where i.workspace_id = $1`,
    [workspaceId, userId],
  );
  await t.asOwner(
    `insert into content_briefs (workspace_id, content_item_id, persona_id, updated_by)
     select workspace_id, id, case when right(id::text, 1) = '0' then $3::uuid end, $2
     from content_items where workspace_id = $1 and right(id::text, 1) in ('0', '1')`,
    [workspaceId, userId, ids.persona],
  );
  await t.asOwner("vacuum analyze");
  client = new pg.Client(t.urls.app);
  await client.connect();
}, 120_000);
afterAll(() => client?.end());

const sentFor = (filter: Partial<ListFilter>) => {
  const sort = { column: "createdAt", descending: true } as const;
  return statementOf((tx) => listItems(tx, { archived: false, sort, after: undefined, count: 26, ...filter }));
};

const june = { dueFrom: "2026-06-02T00:00:00Z", dueTo: "2026-06-03T00:00:00Z" };
const dueAt = (descending: boolean) => ({ sort: { column: "dueAt", descending } as const });
const someId = "00000000-0000-4000-8000-000000000000";

test.each<[string, () => Partial<ListFilter>, number]>([
  ["nothing", () => ({}), 26],
  ["a tag", () => ({ tags: ids.tags.slice(0, 1) }), 26],
  ["two tags that no item has both of", () => ({ tags: ids.tags.slice(0, 2) }), 0],
  ["a campaign", () => ({ campaign: ids.campaign }), 26],
  ["an assignee", () => ({ assignee: admin.userId }), 26],
  ["me", () => ({ assignee: "me" }), 26],
  ["nobody", () => ({ assignee: "none" }), 26],
  ["a persona", () => ({ persona: ids.persona }), 26],
  ["a range of due dates, in their order", () => ({ ...june, ...dueAt(false) }), 26],
  ["a range of due dates, backward", () => ({ ...june, ...dueAt(true) }), 26],
  ["a range of due dates, the newest item first", () => june, 26],
  ["what is overdue", () => ({ overdueAt: june.dueTo, ...dueAt(false) }), 26],
  ["nothing, by due date", () => dueAt(false), 26],
  ["nothing, by due date backward", () => dueAt(true), 26],
  ["nothing, far into what has no due date", () => ({ ...dueAt(false), after: { value: "infinity", id: someId } }), 26],
  [
    "nothing, from the middle backward",
    () => ({ ...dueAt(true), after: { value: "2026-07-01T00:00:00.000Z", id: someId } }),
    26,
  ],
])("of 100,000 items, a page filtered by %s reads few rows, all by an index", async (_, filter, found) => {
  for (const runs of [0, 8]) {
    const seen = await scansOf(client, admin, await sentFor(filter()), TABLES, runs);
    expect([runs, seen.found, seen.read]).toEqual([runs, found, []]);
    expect(seen.rows).toBeLessThan(MOST_ROWS);
  }
});

test("a page asks for nobody's tags but its own rows', and for briefs only where a persona is meant", async () => {
  const { text } = await sentFor({});
  expect(text.match(/content_item_tags" inner join/g)).toHaveLength(1);
  expect(text).not.toContain("content_briefs");
  expect((await sentFor({ persona: ids.persona })).text).toContain("content_briefs");
});
