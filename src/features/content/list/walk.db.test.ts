import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { expectStatus } from "#tests/factories/approval";
import { makeCampaign, makePersona, makeTag } from "#tests/factories/planning";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t, { clock: { now: () => new Date("2026-12-01T00:00:00Z") } });

const SORTS = ["createdAt", "updatedAt", "dueAt", "title"].flatMap((column) => [column, `-${column}`]);
/** Times and titles are few, so that many rows have the same. */
const DAYS = [1, 2, 3];
const dayAt = (day: number) => new Date(Date.UTC(2026, 5, day)).toISOString();

let admin: Member;
let writer: Member;
let tags: string[];
let campaign: string;
let persona: string;
beforeAll(async () => {
  ({ admin } = await seedWorkspace(t));
  writer = await seedMember(t, admin.workspaceId, "Writer");
  tags = [(await makeTag(call, admin)).id, (await makeTag(call, admin)).id];
  campaign = (await makeCampaign(call, admin)).id;
  persona = (await makePersona(call, admin)).id;
});

type Planned = {
  title: string;
  day: number;
  due: number | null;
  tagged: boolean[];
  inCampaign: boolean;
  assigned: boolean;
  hasPersona: boolean;
};
const planned: fc.Arbitrary<Planned> = fc.record({
  title: fc.constantFrom("A", "B", "a"),
  day: fc.constantFrom(...DAYS),
  due: fc.option(fc.constantFrom(...DAYS)),
  tagged: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
  inCampaign: fc.boolean(),
  assigned: fc.boolean(),
  hasPersona: fc.boolean(),
});

async function write(item: Planned): Promise<string> {
  const [row] = await t.asOwner<{ id: string }>(
    `insert into content_items (workspace_id, title, created_by, current_content_hash, created_at, updated_at, due_at, campaign_id, assignee_id)
     values ($1, $2, $3, repeat('0', 64), $4, $4, $5, $6, $7) returning id`,
    [
      admin.workspaceId,
      item.title,
      admin.userId,
      dayAt(item.day),
      item.due === null ? null : dayAt(item.due),
      item.inCampaign ? campaign : null,
      item.assigned ? writer.userId : null,
    ],
  );
  const id = row!.id;
  const of = [admin.workspaceId, id];
  for (const [n, has] of item.tagged.entries()) {
    const query =
      "insert into content_item_tags (workspace_id, content_item_id, tag_id, created_by) values ($1, $2, $3, $4)";
    if (has) await t.asOwner(query, [...of, tags[n], admin.userId]);
  }
  const brief =
    "insert into content_briefs (workspace_id, content_item_id, persona_id, updated_by) values ($1, $2, $3, $4)";
  if (item.hasPersona) await t.asOwner(brief, [...of, persona, admin.userId]);
  return id;
}

/** Each filter as a client asks for it, and which items it means. */
const FILTERS: { query: () => string; means: (item: Planned) => boolean }[] = [
  { query: () => `tag=${tags[0]}`, means: ({ tagged }) => tagged[0]! },
  { query: () => `tag=${tags[0]},${tags[1]}`, means: ({ tagged }) => tagged.every(Boolean) },
  { query: () => `campaign=${campaign}`, means: ({ inCampaign }) => inCampaign },
  { query: () => `assignee=${writer.userId}`, means: ({ assigned }) => assigned },
  { query: () => "assignee=none", means: ({ assigned }) => !assigned },
  { query: () => `persona=${persona}`, means: ({ hasPersona }) => hasPersona },
  { query: () => `dueFrom=${dayAt(2)}`, means: ({ due }) => due !== null && due >= 2 },
  { query: () => `dueTo=${dayAt(3)}`, means: ({ due }) => due !== null && due < 3 },
  { query: () => "overdue=true", means: ({ due }) => due !== null },
  { query: () => "status=Draft", means: () => true },
];

/** What happens between two pages. Changes are of items that the walk is not asked about. */
type Happening = { kind: "comes" | "goes" | "changes"; item: Planned; which: number };
const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom("comes", "goes", "changes"),
  item: planned,
  which: fc.nat(20),
});

const CHANGE = `update content_items set title = $2, due_at = $3, created_at = $4, updated_at = now(), campaign_id = null where id = $1`;
async function happen({ kind, item, which }: Happening, restless: string[]) {
  if (kind === "comes") {
    restless.push(await write(item));
    return;
  }
  const id = restless[which % Math.max(1, restless.length)];
  if (id === undefined) return;
  if (kind === "goes") await t.asOwner("update content_items set archived_at = now() where id = $1", [id]);
  else await t.asOwner(CHANGE, [id, item.title, item.due === null ? null : dayAt(item.due), dayAt(item.day)]);
}

async function walk(query: string, happenings: Happening[], restless: string[]): Promise<string[]> {
  const seen: string[] = [];
  let cursor = "";
  do {
    const page = await expectStatus(
      call(admin, "GET", `/content?limit=3&${query}${cursor && `&cursor=${cursor}`}`),
      200,
    );
    seen.push(...page.items!.map(({ id }) => String(id)));
    cursor = (page.nextCursor as string | null) ?? "";
    const next = happenings.shift();
    if (next) await happen(next, restless);
  } while (cursor);
  return seen;
}

/** So many walks, each by any order and filter; answers which of them were asked for. */
async function walks(numRuns: number) {
  const asked = new Set<string>();
  const scenario = {
    quiet: fc.array(planned, { minLength: 6, maxLength: 12 }),
    restless: fc.array(planned, { maxLength: 5 }),
    happenings: fc.array(happening, { maxLength: 6 }),
    sort: fc.constantFrom(...SORTS),
    filters: fc.uniqueArray(fc.constantFrom(...FILTERS), { maxLength: 3 }),
  };
  const property = fc.asyncProperty(fc.record(scenario), async ({ quiet, restless, happenings, sort, filters }) => {
    await t.asOwner("update content_items set archived_at = now()");
    const ids = new Map<string, Planned>();
    for (const item of quiet) ids.set(await write(item), item);
    const others: string[] = [];
    for (const item of restless) others.push(await write(item));
    // Of two filters with one name, the last is asked for.
    const chosen = [...new Map(filters.map((filter) => [filter.query().split("=")[0], filter])).values()];
    const queries = chosen.map((filter) => filter.query());
    for (const one of [sort, ...queries]) asked.add(one);

    const seen = await walk([`sort=${sort}`, ...queries].join("&"), [...happenings], others);
    const wanted = [...ids].filter(([, item]) => chosen.every(({ means }) => means(item))).map(([id]) => id);
    expect(seen.filter((id) => ids.has(id)).toSorted()).toEqual(wanted.toSorted());
  });
  await fc.assert(property, { numRuns });
  return asked;
}

const LONG = { timeout: 180_000 };

test(
  "in every order and by every filter, the pages show each item that nobody touches exactly once",
  LONG,
  async () => {
    const asked = await walks(80);
    expect([...SORTS, ...FILTERS.map((filter) => filter.query())].filter((one) => !asked.has(one))).toEqual([]);
  },
);

test("so they do where no index lends its order", LONG, async () => {
  const [row] = await t.asOwner<{ name: string }>("select current_database() as name");
  for (const path of ["indexscan", "indexonlyscan", "bitmapscan"])
    await t.asOwner(`alter role contentos_app in database ${row!.name} set enable_${path} = off`);
  await t.asOwner(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'contentos_app' and datname = current_database()",
  );
  await walks(30);
});
