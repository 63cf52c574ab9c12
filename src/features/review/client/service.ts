import type { z } from "zod";
import { rulesOf } from "@/channels/networks";
import type { Database, GuestTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { openAsGuest, passcodeSaltOf } from "@/db/scope";
import { decideAsClient, holdForClient, reviewsForClient } from "@/features/approval";
import { record } from "@/features/audit";
import { statesOf, titlesForClient, versionForClient } from "@/features/content";
import { ContentMetadata } from "@/features/content/contract";
import { stopForClient } from "@/features/distribution";
import { workspaceForClient } from "@/features/workspaces";
import { credentialOf } from "@/http/authentication";
import { noSuchLink } from "@/http/guests";
import type { GuestActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { renderMarkdown } from "@/platform/markdown";
import { hashToken, newToken } from "@/platform/secrets";
import { proofOf } from "../passcode";
import { keepReceipt, receiptsOfClient, type Signing } from "../receipts/service";
import type { ApproveItem, HoldItem, OpenReview, RequestChanges } from "./contract";
import * as queries from "./queries";

type Tx = GuestTx;
type Review = Awaited<ReturnType<typeof reviewsForClient>> extends Map<string, infer R> ? R : never;

export const noSuchItem = () => new AppError("not_found", "There is no such item behind this link.");

type Opening = z.output<typeof OpenReview> & { address: string; requestId: string | undefined };

/** The passcode is hashed before the transaction begins; that it is right, and how often it was wrong, the database tells. */
export async function openReview(db: Database, { token, passcode, name, email, address, requestId }: Opening) {
  const tokenHash = hashToken(token);
  const salt = await passcodeSaltOf(db, tokenHash);
  if (salt && !passcode)
    throw new AppError("passcode_required", "This link asks for a passcode: ask whoever sent it, and send it along.");
  const guestToken = newToken();
  const opening = {
    tokenHash,
    guestTokenHash: hashToken(guestToken),
    addressHash: hashToken(`${tokenHash} ${address}`),
    passcodeProof: salt && passcode ? await proofOf(passcode, salt) : null,
    name,
    email: email ?? null,
    requestId,
  };
  const outcome = await openAsGuest(db, opening, async (tx, guest) => {
    const { guestId, linkId } = guest;
    await record(tx, guest, { action: "review.opened", subjectType: "review_link", subjectId: linkId });
    await emit(tx, { type: "review.opened", subjectId: linkId, payload: { guestId } });
    return { ...(await getReviewSession(tx)), credential: credentialOf(token, guestToken) };
  });
  if ("opened" in outcome) return outcome.opened;
  if ("waitSeconds" in outcome)
    throw new AppError("rate_limited", "The passcode was wrong too often: wait as long as Retry-After says.", {
      retryAfterSeconds: outcome.waitSeconds,
    });
  throw new AppError("passcode_wrong", "This is not the link's passcode: correct it.");
}

export async function getReviewSession(tx: Tx) {
  const link = await queries.ownLink(tx);
  const guest = await queries.ownName(tx);
  const { name, branding, timeZone } = await workspaceForClient(tx);
  const ids = await queries.linkedItems(tx);
  const states = await statesOf(tx, ids);
  const reviews = await reviewsForClient(tx);
  const titles = await titlesForClient(tx);
  const items = ids.flatMap((id) => {
    const state = states.get(id);
    return state ? [summarise({ ...state, title: titles.get(id) ?? state.title }, reviews.get(id))] : [];
  });
  return { workspace: { name, branding, timeZone }, link, guest, items };
}

type State = { id: string; title: string; status: "Draft" | "InReview" | "Approved" | "Published" };

const summarise = ({ id, title, status }: State, review: Review | undefined) => ({
  id,
  title,
  status,
  versionNumber: review?.step.versionNumber ?? null,
  contentHash: review?.step.contentHash ?? null,
  // What was superseded is not seen at all.
  decision: (review?.step.status as "Pending" | "Approved" | "Rejected" | undefined) ?? null,
});

/** What of an item is before the client; undefined where nothing is. */
export async function findReview(tx: Tx, id: string) {
  const review = (await reviewsForClient(tx, id)).get(id);
  const version = review && (await versionForClient(tx, id, review.step.versionNumber));
  return version && { ...review, version };
}

export async function getReviewItem(tx: Tx, { id }: { id: string }) {
  const state = (await statesOf(tx, [id])).get(id);
  if (!state) throw noSuchItem();
  const receipts = await receiptsOfClient(tx, id);
  const review = await findReview(tx, id);
  if (!review) return { ...summarise(state, undefined), ...NOTHING_BEFORE_THEM, receipts };
  const { step, submission, version } = review;
  const channels = await queries.channelsOf(tx);
  const names = await queries.namesOf(tx);
  return {
    ...summarise({ ...state, title: version.title }, review),
    body: version.body,
    html: renderMarkdown(version.body, { title: version.title }),
    metadata: ContentMetadata.parse(version.metadata),
    adaptations: submission.adaptations.map(({ channelId, network, parts }) => {
      if (channelId === null) return { channelId, network: network!, channelName: rulesOf(network!).label, parts };
      const channel = channels.get(channelId)!;
      return { channelId, network: channel.network, channelName: channel.name, parts };
    }),
    submittedAt: submission.submittedAt,
    decidedAt: step.decidedAt,
    decidedBy: step.decidedByGuest && names.get(step.decidedByGuest)!,
    comment: step.comment,
    receipts,
  };
}

const NOTHING_BEFORE_THEM = {
  body: null,
  html: null,
  metadata: null,
  adaptations: [],
  submittedAt: null,
  decidedAt: null,
  decidedBy: null,
  comment: null,
};

/** The link, held while the client writes, so that it is taken back before or after. @throws AppError `forbidden` where it is for reading */
export async function requireLink(tx: Tx, right: "canComment" | "canDecide") {
  if (!(await queries.holdLink(tx))) throw noSuchLink();
  const link = await queries.ownLink(tx);
  if (!link[right])
    throw new AppError("forbidden", "This link is for reading: ask whoever sent it for one that lets you do this.");
  return link;
}

type Approval = z.output<typeof ApproveItem> & { id: string };

export const approveItem = (tx: Tx, guest: GuestActor, { comment, ...input }: Approval, signing: Signing) =>
  decide(tx, guest, { ...input, event: "approve", comment: comment ?? null }, signing);

export const requestChanges = (
  tx: Tx,
  guest: GuestActor,
  { reason, ...input }: z.output<typeof RequestChanges> & { id: string },
  signing: Signing,
) => decide(tx, guest, { ...input, event: "reject", comment: reason }, signing);

type Verdict = { id: string; contentHash: string; event: "approve" | "reject"; comment: string | null };

async function decide(tx: Tx, guest: GuestActor, { id, contentHash, event, comment }: Verdict, signing: Signing) {
  const link = await requireLink(tx, "canDecide");
  const decided = await decideAsClient(tx, guest, { contentItemId: id, contentHash }, { event, comment });
  const receipt = await receiptFor(tx, decided, { link, comment, signing, decision: DECISIONS[event] });
  const type = event === "approve" ? "review.approved" : "review.changes_requested";
  await emit(tx, { type, subjectId: id, payload: payloadOf(guest, decided.submission, receipt.id) });
  return receipt;
}

const DECISIONS = { approve: "Approved", reject: "ChangesRequested" } as const;

/** What waits for its time is put on hold for a member to release; what is out or going out is not called back. */
export async function holdItem(
  tx: Tx,
  guest: GuestActor,
  { id, reason }: z.output<typeof HoldItem> & { id: string },
  signing: Signing,
) {
  const link = await requireLink(tx, "canDecide");
  await holdForClient(tx, id);
  const review = (await reviewsForClient(tx, id)).get(id);
  if (review?.submission.status !== "Approved")
    throw new AppError(
      "not_approved",
      "This is not approved, so that nothing of it goes out: there is nothing to stop.",
    );
  const { name } = await queries.ownName(tx);
  const publications = await stopForClient(tx, guest, {
    contentItemId: id,
    submissionId: review.submission.id,
    reason: `${name}, by the review link “${link.name}”: ${reason}`,
  });
  if (!publications.some(({ held }) => held)) throw nothingToHold(publications.map(({ status }) => status));
  const receipt = await receiptFor(tx, review, { link, comment: reason, signing, decision: "Held" });
  await record(tx, guest, {
    action: "review.held",
    subjectType: "content_item",
    subjectId: id,
    detail: { receiptId: receipt.id },
  });
  await emit(tx, { type: "review.held", subjectId: id, payload: payloadOf(guest, review.submission, receipt.id) });
  return receipt;
}

function nothingToHold(statuses: string[]) {
  const one = (...some: string[]) => statuses.some((status) => some.includes(status));
  const why = one("Publishing", "Unknown")
    ? "It is going out right now and can't be called back: ask the team to take it down."
    : one("Published")
      ? "It is out already: ask the team to take it down."
      : one("OnHold")
        ? "It is on hold already."
        : "Nothing of it is planned, so that there is nothing to stop: comment, so that the team knows.";
  return new AppError("nothing_to_hold", why);
}

type Told = {
  link: Awaited<ReturnType<typeof requireLink>>;
  decision: "Approved" | "ChangesRequested" | "Held";
  comment: string | null;
  signing: Signing;
};

async function receiptFor(tx: Tx, { step, submission }: Review, { link, decision, comment, signing }: Told) {
  const { contentItemId, versionNumber, contentHash } = submission;
  const { id: workspaceId, name: workspaceName } = await workspaceForClient(tx);
  const guest = await queries.ownName(tx);
  const { title } = (await versionForClient(tx, contentItemId, versionNumber))!;
  const decided = {
    decision,
    workspace: { id: workspaceId, name: workspaceName },
    item: { id: contentItemId, title },
    versionNumber,
    contentHash,
    comment,
    guest,
    link: { id: link.id, name: link.name },
    submissionId: submission.id,
    approvalId: decision === "Held" ? null : step.id,
  };
  return keepReceipt(tx, decided, signing);
}

const payloadOf = ({ linkId, guestId }: GuestActor, submission: Review["submission"], receiptId: string) => ({
  linkId,
  guestId,
  submissionId: submission.id,
  versionNumber: submission.versionNumber,
  receiptId,
});
