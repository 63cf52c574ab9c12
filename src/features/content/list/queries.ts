import { and, eq, exists, getTableColumns, isNull, type SQL, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { WorkspaceTx } from "@/db/client";
import { contentBriefs, contentItems, contentItemTags } from "@/db/schema/content";
import { statement } from "@/db/statement";
import type { SortColumn } from "../contract";
import { tagsOfItem } from "../plan/queries";
import type { ItemRow } from "../queries";

type Tx = WorkspaceTx;

export type ListFilter = {
  status?: ItemRow["status"] | undefined;
  q?: string | undefined;
  author?: string | undefined;
  assignee?: string | undefined;
  /** The items have all of them. */
  tags?: string[] | undefined;
  campaign?: string | undefined;
  persona?: string | undefined;
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  /** Due before this time, and not Published. */
  overdueAt?: string | undefined;
  archived: boolean;
  sort: { column: SortColumn; descending: boolean };
  after: { value: string; id: string } | undefined;
  count: number;
};

/** What of a list is part of its statement; the rest are its parameters. */
type Shape = Pick<ListFilter, "archived" | "sort"> & { given: Given[]; tagCount: number; later: boolean };
type Given = keyof typeof FILTERS;

const i = contentItems;
/** These two are indexed as they stand here. What has no due date comes last in both directions. */
const DUE_OR_LAST = sql`case when ${i.dueAt} is null then 'infinity' else ${i.dueAt} end`;
const DUE_OR_FIRST = sql`case when ${i.dueAt} is null then '-infinity' else ${i.dueAt} end`;
const hasDueDate = sql`${i.dueAt} is not null`;

const FILTERS = {
  status: sql`${i.status} = ${sql.placeholder("status")}`,
  // By the index of search: under row-level security a match of text uses none.
  q: sql`${i.id} in (select app.items_titled(${sql.placeholder("q")}))`,
  author: sql`${i.createdBy} = ${sql.placeholder("author")}`,
  assignee: sql`${i.assigneeId} = ${sql.placeholder("assignee")}`,
  assignedToMe: sql`${i.assigneeId} = (select app.user_id())`,
  assignedToNobody: isNull(i.assigneeId),
  campaign: sql`${i.campaignId} = ${sql.placeholder("campaign")}`,
  createdFrom: sql`${i.createdAt} >= ${sql.placeholder("createdFrom")}::timestamptz`,
  createdTo: sql`${i.createdAt} < ${sql.placeholder("createdTo")}::timestamptz`,
  dueFrom: sql`${hasDueDate} and ${DUE_OR_LAST} >= ${sql.placeholder("dueFrom")}::timestamptz`,
  dueTo: sql`${hasDueDate} and ${DUE_OR_LAST} < ${sql.placeholder("dueTo")}::timestamptz`,
  overdueAt: sql`${hasDueDate} and ${DUE_OR_LAST} < ${sql.placeholder("overdueAt")}::timestamptz and ${i.status} <> 'Published'`,
  persona: undefined,
};

/** A list that nearly everybody asks for is built once; there are more shapes than anybody asks for. */
const LISTS = new LRUCache<string, ReturnType<typeof buildList>>({ max: 500 });

/** Built once for each shape: which filters, which order, first page or a later one. */
export function listItems(tx: Tx, { tags = [], ...filter }: ListFilter) {
  const { sort, after, archived, assignee, ...values } = filter;
  const shape: Shape = { sort, archived, given: givenIn(filter), tagCount: tags.length, later: Boolean(after) };
  const name = ["content_list", sort.column, sort.descending, archived, shape.later, tags.length, ...shape.given].join(
    "_",
  );
  const list = LISTS.get(name) ?? buildList(name, shape);
  LISTS.set(name, list);
  return list(tx, {
    ...values,
    assignee,
    ...Object.fromEntries(tags.map((tag, at) => [`tag${at}`, tag])),
    value: after?.value,
    id: after?.id,
  });
}

function givenIn({ assignee, ...filter }: ListFilter): Given[] {
  const given = (Object.keys(FILTERS) as Given[]).filter((name) => filter[name as keyof typeof filter] !== undefined);
  if (assignee === undefined) return given;
  return [...given, assignee === "me" ? "assignedToMe" : assignee === "none" ? "assignedToNobody" : "assignee"];
}

function buildList(name: string, { sort, archived, given, tagCount, later }: Shape) {
  const column = sortColumn(sort, given);
  const direction = sort.descending ? sql`desc` : sql`asc`;
  const beyond = sort.descending ? sql`<` : sql`>`;
  const type = sort.column === "title" ? sql`text` : sql`timestamptz`;
  return statement(name, (db) =>
    db
      .select({ ...getTableColumns(i), tags: tagsOfItem(db) })
      .from(i)
      .where(
        and(
          // Named although row-level security holds it too: the planner matches it with the index.
          sql`${i.workspaceId} = (select app.workspace_id())`,
          archived ? sql`${i.archivedAt} is not null` : isNull(i.archivedAt),
          ...given.map((each) => (each === "persona" ? isFor(db) : FILTERS[each])),
          ...Array.from({ length: tagCount }, (_, at) => hasTag(db, at)),
          later
            ? sql`(${column}, ${i.id}) ${beyond} (${sql.placeholder("value")}::${type}, ${sql.placeholder("id")}::uuid)`
            : undefined,
        ),
      )
      .orderBy(sql`${column} ${direction}`, sql`${i.id} ${direction}`)
      .limit(sql.placeholder("count")),
  );
}

/** Where all have a due date, one index serves range and order, whichever way it is read. */
function sortColumn({ column, descending }: ListFilter["sort"], given: Given[]) {
  if (column !== "dueAt") return i[column];
  const dated = given.some((name) => name === "dueFrom" || name === "dueTo" || name === "overdueAt");
  return descending && !dated ? DUE_OR_FIRST : DUE_OR_LAST;
}

function hasTag(db: Tx, at: number): SQL {
  const t = contentItemTags;
  return exists(
    db
      .select({ one: sql`1` })
      .from(t)
      .where(
        and(
          eq(t.workspaceId, i.workspaceId),
          eq(t.contentItemId, i.id),
          sql`${t.tagId} = ${sql.placeholder(`tag${at}`)}`,
          isNull(t.removedAt),
        ),
      ),
  );
}

function isFor(db: Tx): SQL {
  const b = contentBriefs;
  return exists(
    db
      .select({ one: sql`1` })
      .from(b)
      .where(
        and(
          eq(b.workspaceId, i.workspaceId),
          eq(b.contentItemId, i.id),
          sql`${b.personaId} = ${sql.placeholder("persona")}`,
        ),
      ),
  );
}
