import { and, eq, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { contentBriefs, contentItems, personaNames } from "@/db/schema/content";
import { statement } from "@/db/statement";

type Tx = WorkspaceTx;
export type BriefRow = typeof contentBriefs.$inferSelect;

const briefOfItem = statement("content_brief", (db) =>
  db
    .select({ id: contentItems.id, brief: contentBriefs, persona: personaNames })
    .from(contentItems)
    .leftJoin(
      contentBriefs,
      and(eq(contentBriefs.workspaceId, contentItems.workspaceId), eq(contentBriefs.contentItemId, contentItems.id)),
    )
    .leftJoin(
      personaNames,
      and(eq(personaNames.workspaceId, contentBriefs.workspaceId), eq(personaNames.id, contentBriefs.personaId)),
    )
    .where(eq(contentItems.id, sql.placeholder("id"))),
);

/** Undefined where there is no such item; an item without a brief has null for it. */
export const findBrief = async (tx: Tx, id: string) => (await briefOfItem(tx, { id }))[0];

type Change = Omit<BriefRow, "workspaceId" | "version" | "updatedAt">;

export const insertBrief = (tx: Tx, row: Change) => tx.insert(contentBriefs).values(row);

export const updateBrief = (tx: Tx, { contentItemId, ...change }: Change & { version: number }) =>
  tx
    .update(contentBriefs)
    .set({ ...change, updatedAt: sql`now()` })
    .where(
      and(
        sql`${contentBriefs.workspaceId} = (select app.workspace_id())`,
        eq(contentBriefs.contentItemId, contentItemId),
      ),
    );
