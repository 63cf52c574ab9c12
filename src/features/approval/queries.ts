import { and, eq, inArray, ne, notExists, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { GuestTx, ScopedTx, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { approvalSubmissions, approvalWorkflows } from "@/db/schema/approval";
import { countWhere, median, within } from "@/db/spans";
import { statement } from "@/db/statement";
import type { Span } from "@/platform/period";

type Tx = WorkspaceTx;

export type { SubmittedAdaptation } from "@/db/schema/approval";
export type SubmissionRow = typeof approvalSubmissions.$inferSelect;
export type StepRow = typeof approvalWorkflows.$inferSelect;
type After = { value: string; id: string } | undefined;

const ofSubmission = and(
  eq(approvalSubmissions.workspaceId, approvalWorkflows.workspaceId),
  eq(approvalSubmissions.id, approvalWorkflows.submissionId),
);
const withSubmission = {
  step: approvalWorkflows,
  submission: approvalSubmissions,
  guestName: sql<string | null>`app.review_guest_name(${approvalWorkflows.decidedByGuest})`,
};

export async function insertSubmission(tx: Tx, row: typeof approvalSubmissions.$inferInsert): Promise<SubmissionRow> {
  const decided = row.status === "Approved" && { decidedAt: sql`now()` };
  const rows = await tx
    .insert(approvalSubmissions)
    .values({ ...row, ...decided })
    .returning();
  return rows[0]!;
}

export type NewStep = Omit<StepRow, "workspaceId" | "approvedBy" | "decidedByGuest" | "decidedAt" | "comment">;
/** Answers nothing: whoever opens a step may be a client, who doesn't see a colleague's. */
export const insertStep = (tx: ScopedTx, row: NewStep) => tx.insert(approvalWorkflows).values(row);

export async function findSubmission(tx: Tx, id: string): Promise<SubmissionRow | undefined> {
  const rows = await tx.select().from(approvalSubmissions).where(eq(approvalSubmissions.id, id));
  return rows[0];
}

/** The submission that is open or approved; an item has one at most. */
const live = statement("approval_live", (db) =>
  db
    .select()
    .from(approvalSubmissions)
    .where(
      and(
        eq(approvalSubmissions.contentItemId, sql.placeholder("item")),
        inArray(approvalSubmissions.status, ["Pending", "Approved"]),
      ),
    ),
);
export const findLive = async (tx: Tx, item: string): Promise<SubmissionRow | undefined> =>
  (await live(tx, { item }))[0];

export async function findStep(tx: Tx, id: string) {
  const rows = await tx
    .select(withSubmission)
    .from(approvalWorkflows)
    .innerJoin(approvalSubmissions, ofSubmission)
    .where(eq(approvalWorkflows.id, id));
  return rows[0];
}

/** The clients' steps of what is before a client, in order: their own link's, since they see no other. */
export const clientSteps = (tx: GuestTx, contentItemId?: string) =>
  tx
    .select({ step: approvalWorkflows, submission: approvalSubmissions })
    .from(approvalWorkflows)
    .innerJoin(approvalSubmissions, ofSubmission)
    .where(contentItemId ? eq(approvalWorkflows.contentItemId, contentItemId) : undefined)
    .orderBy(approvalWorkflows.step);

type Decision = { status: "Approved" | "Rejected"; comment: string | null } & (
  | { approvedBy: string }
  | { decidedByGuest: string }
);
/** Undefined where somebody else was first. */
export async function decideStep(tx: ScopedTx, id: string, decision: Decision): Promise<StepRow | undefined> {
  const rows = await tx
    .update(approvalWorkflows)
    .set({ ...decision, decidedAt: sql`now()` })
    .where(and(eq(approvalWorkflows.id, id), eq(approvalWorkflows.status, "Pending")))
    .returning();
  return rows[0];
}

export const decideSubmission = (tx: ScopedTx, id: string, status: "Approved" | "Rejected") =>
  tx.update(approvalSubmissions).set({ status, decidedAt: sql`now()` }).where(eq(approvalSubmissions.id, id));

/** The submission with its open and given approvals. */
export async function supersede(tx: Tx, submissionId: string) {
  await tx.update(approvalSubmissions).set({ status: "Superseded" }).where(eq(approvalSubmissions.id, submissionId));
  await tx
    .update(approvalWorkflows)
    .set({ status: "Superseded" })
    .where(
      and(eq(approvalWorkflows.submissionId, submissionId), inArray(approvalWorkflows.status, ["Pending", "Approved"])),
    );
}

/** Holds the item for whoever decides on it, also where they may not change it; false where there is none for them. */
export async function lockItem(tx: ScopedTx, contentItemId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ held: boolean }>(sql`select app.lock_item(${contentItemId}) as held`);
  return rows[0]!.held;
}

/** Lets the item follow its submission's decision; false where it was not in review with that version. */
export async function settleItem(tx: ScopedTx, submissionId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ settled: boolean }>(sql`select app.settle_item(${submissionId}) as settled`);
  return rows[0]!.settled;
}

/** How many live review links let a client decide on the item. */
export async function countDecidingLinks(tx: Tx, contentItemId: string): Promise<number> {
  const { rows } = await tx.execute<{ links: number }>(
    sql`select app.deciding_review_links(${contentItemId}) as links`,
  );
  return rows[0]!.links;
}

/** The open steps that whoever asks may decide: by role, of others' work, of whose submission they decided no step. */
export function listInbox(tx: Tx, after: After, count: number) {
  const { column, id } = { column: approvalWorkflows.submittedAt, id: approvalWorkflows.id };
  const { beyond, order } = keyset({ column, id, descending: false, after });
  const me = sql`(select app.user_id())`;
  const earlier = alias(approvalWorkflows, "earlier");
  return tx
    .select(withSubmission)
    .from(approvalWorkflows)
    .innerJoin(approvalSubmissions, ofSubmission)
    .where(
      and(
        sql`${approvalWorkflows.workspaceId} = (select app.workspace_id())`,
        eq(approvalWorkflows.status, "Pending"),
        ne(approvalWorkflows.role, "Client"),
        sql`app.role_rank(${approvalWorkflows.role}) <= app.role_rank((select app.role()))`,
        sql`${approvalWorkflows.writtenBy} <> ${me}`,
        sql`${approvalWorkflows.submittedBy} <> ${me}`,
        notExists(
          tx
            .select({ one: sql`1` })
            .from(earlier)
            .where(
              and(
                eq(earlier.workspaceId, approvalWorkflows.workspaceId),
                eq(earlier.submissionId, approvalWorkflows.submissionId),
                sql`${earlier.approvedBy} = ${me}`,
              ),
            ),
        ),
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(count);
}

export function listHistory(tx: Tx, contentItemId: string, after: After, count: number) {
  const { column, id } = { column: approvalWorkflows.submittedAt, id: approvalWorkflows.id };
  const { beyond, order } = keyset({ column, id, descending: true, after });
  return tx
    .select(withSubmission)
    .from(approvalWorkflows)
    .innerJoin(approvalSubmissions, ofSubmission)
    .where(and(eq(approvalWorkflows.contentItemId, contentItemId), beyond))
    .orderBy(...order)
    .limit(count);
}

/** How long reviews took that were decided in a period and in the one before, and how many were rejected. */
export async function reviewFacts(tx: Tx, { span, previous }: { span: Span; previous: Span }) {
  const s = approvalSubmissions;
  const rejected = (during: SQL) => sql`${during} and ${s.status} = 'Rejected'`;
  const hours = sql`extract(epoch from ${s.decidedAt} - ${s.submittedAt}) / 3600`;
  const [now, before] = [within(s.decidedAt, span), within(s.decidedAt, previous)];
  const rows = await tx
    .select({
      decided: countWhere(now),
      decidedBefore: countWhere(before),
      rejected: countWhere(rejected(now)),
      rejectedBefore: countWhere(rejected(before)),
      hoursToDecide: median(hours, now),
      hoursToDecideBefore: median(hours, before),
    })
    .from(s)
    // Where the policy asked nobody, nothing was decided.
    .where(and(sql`${s.steps} <> '[]'`, within(s.decidedAt, { ...previous, to: span.to })));
  return rows[0]!;
}
