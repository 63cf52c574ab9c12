import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type pg from "pg";
import type { WorkspaceTx } from "@/db/client";
import { searchDocuments } from "@/db/schema/search";
import { statement } from "@/db/statement";

export type Position = { score: number; updatedAt: string; id: string };

type Asked = {
  texts: string[];
  kinds: string[];
  of?: string[] | undefined;
  status?: string | undefined;
  author?: string | undefined;
  archived: boolean;
  after?: Position | undefined;
  count: number;
};

/** Of a longer text, a piece is enough to make a snippet of. In characters. */
const WHOLE = 3_000;
const PIECE = 1_500;
const BEFORE = 300;

const hit = searchDocuments;
const item = alias(searchDocuments, "item");
const { placeholder } = sql;

/** A row for each hit of the page, and one without a key where there is none. */
const page = statement("search", (db) =>
  db
    .select({
      kind: hit.kind,
      id: hit.subjectId,
      contentItemId: hit.contentItemId,
      threadId: hit.threadId,
      title: sql<string>`coalesce(${item.title}, ${hit.title})`,
      text: sql<string>`case when length(${hit.body}) <= ${sql.raw(String(WHOLE))} then ${hit.body} else
        substring(${hit.body} from greatest(1, coalesce(regexp_instr(lower(${hit.body}), found.pattern), 1) - ${sql.raw(String(BEFORE))}) for ${sql.raw(String(PIECE))}) end`,
      status: hit.status,
      authorId: hit.authorId,
      updatedAt: hit.updatedAt,
      archivedAt: sql<Date | null>`coalesce(${item.archivedAt}, ${hit.archivedAt})`.mapWith(hit.archivedAt),
      score: sql<number>`found.score`,
      total: sql<number>`found.total`,
      stems: sql<string[] | null>`found.stems`,
    })
    .from(
      sql`app.search(${placeholder("texts")}, ${placeholder("kinds")}, ${placeholder("of")}, ${placeholder("status")}, ${placeholder("author")}, ${placeholder("archived")}, ${placeholder("score")}, ${placeholder("updatedAt")}, ${placeholder("id")}, ${placeholder("count")}) as found`,
    )
    // Named although row-level security holds it too: the planner matches it with the key.
    .leftJoin(
      hit,
      and(
        eq(hit.workspaceId, sql`(select app.workspace_id())`),
        eq(hit.kind, sql`found.kind`),
        eq(hit.subjectId, sql`found.subject_id`),
      ),
    )
    .leftJoin(
      item,
      and(
        eq(item.workspaceId, sql`(select app.workspace_id())`),
        eq(item.kind, "Item"),
        eq(item.subjectId, hit.contentItemId),
        eq(hit.kind, "Comment"),
      ),
    )
    .orderBy(sql`found.score desc, found.updated_at desc, found.subject_id desc`),
);

export type Row = Awaited<ReturnType<typeof page>>[number];

export const findPage = (tx: WorkspaceTx, { after, ...asked }: Asked) =>
  page(tx, {
    ...asked,
    of: asked.of ?? null,
    status: asked.status ?? null,
    author: asked.author ?? null,
    score: after?.score ?? null,
    updatedAt: after?.updatedAt ?? null,
    id: after?.id ?? null,
  });

/** Makes the next documents of a kind anew. Answers the id of the last, or null where there was none. */
export async function renew(tx: WorkspaceTx, { kind, after }: { kind: string; after: string }, count: number) {
  const { rows } = await tx.execute<{ last: string | null }>(
    sql`select app.renew_search(${kind}, ${after}::uuid, ${count}::int) as last`,
  );
  return rows[0]!.last;
}

/**
 * Lets the worker index one workspace anew, or all. `worker` is the log-in of the jobs, which reads no tenant's table.
 * @returns how many workspaces
 */
export async function reindexByOperator(worker: Pick<pg.Pool, "query">, workspaceId?: string): Promise<number> {
  const { rows } = await worker.query<{ id: string }>("select app.searched_workspaces($1) as id", [
    workspaceId ?? null,
  ]);
  for (const { id } of rows) {
    await worker.query(
      "select graphile_worker.add_job('search.reindex', json_build_object('workspaceId', $1::text), job_key => $1 || ':search.reindex', priority => 10)",
      [id],
    );
  }
  return rows.length;
}
