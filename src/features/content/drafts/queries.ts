import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { contentDrafts, contentItems } from "@/db/schema/content";
import { statement } from "@/db/statement";

type Tx = WorkspaceTx;
export type DraftRow = typeof contentDrafts.$inferSelect;

const d = contentDrafts;
/** Named although row-level security holds it too: the planner matches it with the key. */
const mine = and(
  eq(d.contentItemId, sql.placeholder("contentItemId")),
  sql`${d.workspaceId} = (select app.workspace_id())`,
  sql`${d.userId} = (select app.user_id())`,
);

const draft = statement("content_draft", (db) =>
  db
    .select({ draft: d, currentVersionNumber: contentItems.currentVersionNumber })
    .from(d)
    .innerJoin(contentItems, and(eq(contentItems.workspaceId, d.workspaceId), eq(contentItems.id, d.contentItemId)))
    .where(and(mine, isNull(d.removedAt))),
);
/** The actor's own, with the item's current version. */
export const findDraft = async (tx: Tx, contentItemId: string) => (await draft(tx, { contentItemId }))[0];

type Typed = Pick<DraftRow, "contentItemId" | "userId" | "body" | "title" | "metadata" | "baseVersion">;
const values = {
  body: sql.placeholder("body"),
  title: sql.placeholder("title"),
  metadata: sql.placeholder("metadata"),
  baseVersion: sql.placeholder("baseVersion"),
};

const begin = statement("content_draft_begun", (db) =>
  db
    .insert(d)
    .values({ contentItemId: sql.placeholder("contentItemId"), userId: sql.placeholder("userId"), ...values })
    .onConflictDoUpdate({
      target: [d.workspaceId, d.contentItemId, d.userId],
      set: {
        body: sql`excluded.body`,
        title: sql`excluded.title`,
        metadata: sql`excluded.metadata`,
        baseVersion: sql`excluded.base_version`,
        draftVersion: sql`${d.draftVersion} + 1`,
        updatedAt: sql`now()`,
        removedAt: null,
      },
      setWhere: isNotNull(d.removedAt),
    })
    .returning(),
);
/** Undefined where there is one already. */
export const beginDraft = async (tx: Tx, row: Typed): Promise<DraftRow | undefined> => (await begin(tx, row))[0];

const go = statement("content_draft_changed", (db) =>
  db
    .update(d)
    .set({
      body: sql`${sql.placeholder("body")}`,
      title: sql`${sql.placeholder("title")}`,
      metadata: sql`${sql.placeholder("metadata")}::jsonb`,
      baseVersion: sql`${sql.placeholder("baseVersion")}`,
      draftVersion: sql`${d.draftVersion} + 1`,
      updatedAt: sql`now()`,
    })
    .where(and(mine, isNull(d.removedAt), eq(d.draftVersion, sql.placeholder("draftVersion"))))
    .returning(),
);
/** Undefined where it is another one by now, or gone. */
export const changeDraft = async (tx: Tx, { metadata, ...row }: Typed & { draftVersion: number }) =>
  (await go(tx, { ...row, metadata: metadata && JSON.stringify(metadata) }))[0] as DraftRow | undefined;

const drop = statement("content_draft_dropped", (db) =>
  db
    .update(d)
    .set({ body: "", title: null, metadata: null, removedAt: sql`now()` })
    .where(and(mine, isNull(d.removedAt)))
    .returning({ baseVersion: d.baseVersion }),
);
/** The actor's own, whoever waits for it or not: it costs no round trip of its own. */
export const dropDraft = drop.later;
export const removeDraft = async (tx: Tx, contentItemId: string) => (await drop(tx, { contentItemId })).length > 0;
