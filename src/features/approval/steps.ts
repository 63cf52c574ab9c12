import type { ScopedTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { constraintOf } from "@/http/problem";
import type { AnyActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import * as policy from "./policy";
import * as queries from "./queries";

type Found = Awaited<ReturnType<typeof queries.findStep>>;
export type Step = Pick<NonNullable<Found>, "step" | "submission">;

export const tell = (
  tx: ScopedTx,
  actor: AnyActor,
  action: string,
  { id: submissionId, contentItemId, versionNumber }: queries.SubmissionRow,
  detail: Record<string, unknown>,
) =>
  record(tx, actor, {
    action,
    subjectType: "content_item",
    subjectId: contentItemId,
    detail: { submissionId, versionNumber, ...detail },
  });

/** Step 0 asks nobody and is approved from the start. */
export async function openStep(tx: ScopedTx, submission: queries.SubmissionRow, step: number, writtenBy: string) {
  const role = submission.steps[step - 1]?.role ?? null;
  const { workspaceId, contentItemId, versionNumber, contentHash, submittedBy, submittedAt } = submission;
  const opened: queries.NewStep = {
    id: newId(),
    submissionId: submission.id,
    step,
    role,
    status: role ? "Pending" : "Approved",
    writtenBy,
    contentItemId,
    versionNumber,
    contentHash,
    submittedBy,
    submittedAt,
  };
  await queries.insertStep(tx, opened);
  if (role) {
    const payload = { approvalId: opened.id, step, role };
    await emit(tx, { type: "approval.step_opened", subjectId: contentItemId, payload });
  }
  const undecided = { approvedBy: null, decidedByGuest: null, decidedAt: null, comment: null };
  return { ...opened, ...undecided, workspaceId };
}

export const notPending = () =>
  new AppError("not_pending", "This step is no longer open: it was decided, or a newer version was saved. Look again.");

type Verdict = { event: "approve" | "reject"; comment: string | null };
type By = { approvedBy: string } | { decidedByGuest: string };

/** Decides a step as it is now; the item is held, so that it stays so. */
export async function decideStep(tx: ScopedTx, actor: AnyActor, found: Step, { event, comment }: Verdict, by: By) {
  const status = policy.nextApprovalState(found.step.status, event) as "Approved" | "Rejected" | undefined;
  if (!status) throw notPending();
  const step = await queries.decideStep(tx, found.step.id, { status, comment, ...by }).catch(onceEach);
  if (!step) throw notPending();
  await tell(tx, actor, `approval.step_${status === "Approved" ? "approved" : "rejected"}`, found.submission, {
    approvalId: step.id,
    step: step.step,
  });
  return { step, submission: found.submission };
}

/** That nobody decides two steps of one submission is the database's to tell, by unique indexes. */
function onceEach(cause: unknown): never {
  if (!constraintOf(cause)?.startsWith("approval_workflows_four_eyes")) throw cause;
  throw new AppError("own_work", "You decided another step of this submission: somebody else decides this one.", {
    reason: "other_step",
    cause,
  });
}

/** After an approved step: the next one, which is answered, or the item is Approved. */
export async function goOn(tx: ScopedTx, { step, submission }: Step) {
  const { id: submissionId, steps, contentItemId, versionNumber } = submission;
  if (step.step < steps.length) return openStep(tx, submission, step.step + 1, step.writtenBy);
  await settle(tx, submission, "Approved");
  const payload = { submissionId, versionNumber };
  await emit(tx, { type: "approval.approved", subjectId: contentItemId, payload });
  return null;
}

/** After a rejected step: the item is a Draft again. */
export async function giveBack(tx: ScopedTx, { step, submission }: Step) {
  await settle(tx, submission, "Rejected");
  const payload = { submissionId: submission.id, approvalId: step.id };
  await emit(tx, { type: "approval.rejected", subjectId: submission.contentItemId, payload });
}

/** The submission is decided, and its item follows. */
async function settle(tx: ScopedTx, submission: queries.SubmissionRow, status: "Approved" | "Rejected") {
  await queries.decideSubmission(tx, submission.id, status);
  if (!(await queries.settleItem(tx, submission.id)))
    throw new Error(`An open step of submission ${submission.id} whose item is not in review with that version`);
}
