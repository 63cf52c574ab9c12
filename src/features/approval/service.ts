import type { z } from "zod";
import { defaultParts, imagesOf } from "@/channels/default-parts";
import { copiedRulesOf, rulesOf } from "@/channels/networks";
import { CHANNEL_RULES, type Network } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { channelOf, connectedChannels } from "@/features/channels";
import * as content from "@/features/content";
import { membersByRole, workspaceSettings } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import { sqlState } from "@/http/problem";
import type { Actor, AnyActor } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { AppError, type Issue } from "@/platform/errors";
import { newId } from "@/platform/ids";
import type { ListApprovals } from "./contract";
import * as policy from "./policy";
import * as queries from "./queries";
import { decideStep, giveBack, goOn, openStep, type Step, tell } from "./steps";

type Tx = WorkspaceTx;
type Entry = queries.SubmittedAdaptation;

const noSuchApproval = () => new AppError("not_found", "There is no such approval in this workspace.");
const noSuchItem = () => new AppError("not_found", "There is no such content item in this workspace.");

const present = ({ step, submission, guestName = null }: Step & { guestName?: string | null }) => ({
  ...step,
  steps: submission.steps.length,
  approvedBy: step.status === "Rejected" ? null : step.approvedBy,
  decidedBy: step.approvedBy,
  decidedByGuest: step.decidedByGuest === null ? null : { id: step.decidedByGuest, name: guestName! },
});
const presentWhole = (found: Parameters<typeof present>[0]) => ({
  ...present(found),
  adaptations: found.submission.adaptations,
});

type Submit = { id: string; adaptationIds: string[]; publicUrl: string };

/** Whoever saves a version, submits or decides holds the item first, so that none of them can meet half-way. */
export async function submitContent(tx: Tx, actor: Actor, { id, adaptationIds, publicUrl }: Submit) {
  const item = await content.lockForEditing(tx, actor, id);
  if (item.archivedAt) throw new AppError("archived", "This item is archived: restore it first.");
  const { approvalSteps: steps, ...settings } = await workspaceSettings(tx);
  const alone = steps.length === 0;
  const status = policy.nextItemState(item.status, alone ? "submitAlone" : "submit");
  if (!status)
    throw new AppError(
      "not_draft",
      `Only a draft is submitted, and this item is ${item.status}: save a version first.`,
    );
  const version = (await content.findVersionHashed(tx, id, item.currentVersionNumber))!;
  const out = { language: settings.language, siteUrl: policy.permalinkOf(publicUrl, settings, id) };
  const named = await namedEntries(tx, version, [...new Set(adaptationIds)], out);
  const adaptations = [...named, ...(await defaultEntries(tx, version, named, out))];
  await requireSatisfiable(tx, steps, [version.updatedBy, actor.userId]);

  const contentHash = policy.manifestHash(version, adaptations);
  const submission = await insertSubmission(tx, {
    id: newId(),
    contentItemId: id,
    versionNumber: version.versionNumber,
    contentHash,
    adaptations,
    steps,
    status: alone ? "Approved" : "Pending",
    submittedBy: actor.userId,
  });
  await content.setStatus(tx, id, status);
  await tell(tx, actor, "approval.submitted", submission, { contentHash });
  const payload = { submissionId: submission.id, versionNumber: version.versionNumber };
  await emit(tx, { type: "approval.submitted", subjectId: id, payload });
  const step = await openStep(tx, submission, alone ? 0 : 1, version.updatedBy);
  if (alone) await emit(tx, { type: "approval.approved", subjectId: id, payload });
  return { ...presentWhole({ step, submission }), clientLinks: await clientLinks(tx, steps, id) };
}

/** How many links would let a client decide; null where the policy asks no client. */
const clientLinks = async (tx: Tx, steps: policy.Step[], contentItemId: string) =>
  steps.some(({ role }) => role === "Client") ? queries.countDecidingLinks(tx, contentItemId) : null;

async function insertSubmission(tx: Tx, row: Parameters<typeof queries.insertSubmission>[1]) {
  try {
    return await queries.insertSubmission(tx, row);
  } catch (cause) {
    // Who may submit was asked above: what is left is that the policy is another one by now.
    if (sqlState(cause) !== "42501") throw cause;
    throw new AppError("conflict", "The approval policy was changed at this moment: submit again.", { cause });
  }
}

type Version = NonNullable<Awaited<ReturnType<typeof content.findVersionHashed>>>;
type Out = { language: string; siteUrl: string };

/** What people wrote for channels. Throws for what is not of this version, and for what its channel would refuse. */
async function namedEntries(tx: Tx, version: Version, ids: string[], out: Out): Promise<Entry[]> {
  const entries: Entry[] = [];
  const issues: Issue[] = [];
  for (const [index, id] of ids.entries()) {
    const row = await content.findAdaptationHashed(tx, version.contentItemId, id);
    if (!row) throw new AppError("not_found", "There is no such adaptation of this item.");
    if (row.versionNumber !== version.versionNumber) {
      throw new AppError(
        "adaptation_pinned",
        `An adaptation was made of version ${row.versionNumber}, and the current one is ${version.versionNumber}: make it anew.`,
      );
    }
    const { name, rules } = await placeOf(tx, row);
    const findings = rules.validate(content.publicationOf(version, row.parts, out));
    issues.push(
      ...findings
        .filter(({ severity }) => severity === "Error")
        .map(({ message }) => ({ path: `adaptationIds.${index}`, message: `${name}: ${message}` })),
    );
    entries.push(entryOf(row));
  }
  if (issues.length > 0) {
    const reasons = issues.map(({ message }) => message).join(" ");
    throw new AppError("channel_limits", `A channel would refuse its adaptation: correct it. ${reasons}`, { issues });
  }
  return entries;
}

type Row = NonNullable<Awaited<ReturnType<typeof content.findAdaptationHashed>>>;

/** The channel that it goes out on, or the network that it is copied to. */
async function placeOf(tx: Tx, { channelId, network }: Row) {
  if (channelId === null) {
    const rules = copiedRulesOf(network!);
    return { name: rules.label, rules };
  }
  const channel = await channelOf(tx, channelId);
  if (!channel || channel.status === "Disconnected") {
    throw new AppError("channel_disconnected", "An adaptation is for a channel that is not connected: leave it out.");
  }
  return { name: channel.name, rules: rulesOf(channel.network) };
}

const entryOf = ({ id, channelId, network, parts, contentHash }: Row): Entry => ({
  id,
  channelId,
  ...(network !== null && { network }),
  parts,
  contentHash,
});

/** Title, excerpt and link for each connected network of short posts that nobody wrote for. */
async function defaultEntries(tx: Tx, version: Version, named: Entry[], out: Out): Promise<Entry[]> {
  const publication = content.publicationOf(version, [], out);
  return (await connectedChannels(tx)).flatMap(({ id: channelId, network }): Entry[] => {
    const { limits } = CHANNEL_RULES[network as Network];
    if (limits.form !== "thread" || named.some((entry) => entry.channelId === channelId)) return [];
    const images = imagesOf(publication, limits);
    const parts = defaultParts(publication, limits).map((text, position) => ({
      text,
      ...(images[position]?.length && { images: images[position] }),
    }));
    return [{ id: null, channelId, parts, contentHash: canonicalHash({ channelId, parts }) }];
  });
}

async function requireSatisfiable(tx: Tx, steps: policy.Step[], excluded: string[]) {
  const role = policy.missingRole(steps, await membersByRole(tx), excluded);
  if (!role) return;
  throw new AppError(
    "policy_unsatisfiable",
    `The approval policy asks for different people, and a member with the role ${role} who neither wrote nor submitted this is missing: invite one, or ask an Admin to change the policy.`,
    { extensions: { missingRole: role } },
  );
}

/** Approves one step: opens the next, or makes the item Approved. */
export async function approveStep(tx: Tx, actor: Actor, { id, comment }: { id: string; comment?: string | undefined }) {
  const decided = await decide(tx, actor, id, { event: "approve", comment: comment ?? null });
  const next = await goOn(tx, decided);
  return { ...present(decided), next: next && present({ step: next, submission: decided.submission }) };
}

/** Rejects the submission at one step: the item is a Draft again. */
export async function rejectStep(tx: Tx, actor: Actor, { id, reason }: { id: string; reason: string }) {
  const decided = await decide(tx, actor, id, { event: "reject", comment: reason });
  await giveBack(tx, decided);
  return present(decided);
}

async function decide(tx: Tx, actor: Actor, id: string, verdict: Parameters<typeof decideStep>[3]) {
  const asked = await queries.findStep(tx, id);
  if (!asked) throw noSuchApproval();
  if (!policy.mayDecide(actor.role, asked.step.role))
    throw new AppError("forbidden", `This step is not yours to decide: it asks ${asked.step.role ?? "nobody"}.`);
  if (actor.keyId) throw new AppError("key_not_allowed", "Decisions are people's: sign in to approve or reject.");
  if (policy.isOwnWork(actor, asked.step))
    throw new AppError("own_work", "You wrote this version or submitted it: somebody else decides on it.");

  await queries.lockItem(tx, asked.step.contentItemId);
  const found = (await queries.findStep(tx, id))!;
  return decideStep(tx, actor, found, verdict, { approvedBy: actor.userId });
}

/** A reaction: what was submitted or approved is not what the item says now. */
export async function supersede(tx: Tx, actor: AnyActor, contentItemId: string) {
  const live = await queries.findLive(tx, contentItemId);
  if (!live) return;
  const { id: submissionId, versionNumber } = live;
  await queries.supersede(tx, submissionId);
  await tell(tx, actor, "approval.superseded", live, { was: live.status });
  await emit(tx, { type: "approval.superseded", subjectId: contentItemId, payload: { submissionId, versionNumber } });
}

/** A reaction: the same, where what was submitted names this adaptation; the item is a draft again. */
export async function supersedeAdaptation(tx: Tx, actor: AnyActor, contentItemId: string, adaptationId: string) {
  const live = await queries.findLive(tx, contentItemId);
  if (!live?.adaptations.some(({ id }) => id === adaptationId)) return;
  await supersede(tx, actor, contentItemId);
  await moveItem(tx, contentItemId, "changeAdaptation");
}

/** A reaction: nobody reviews what was put away. What is approved stays approved, for when it is brought back. */
export async function supersedeReview(tx: Tx, actor: AnyActor, contentItemId: string) {
  const live = await queries.findLive(tx, contentItemId);
  if (live?.status === "Pending") await supersede(tx, actor, contentItemId);
  await moveItem(tx, contentItemId, "archive");
}

async function moveItem(tx: Tx, contentItemId: string, event: "changeAdaptation" | "archive") {
  const item = (await content.findItem(tx, contentItemId))!;
  const state = policy.nextItemState(item.status, event);
  if (!state) throw new Error(`${event} met an item that is ${item.status}`);
  if (state !== item.status) await content.setStatus(tx, contentItemId, state);
}

/**
 * The hash of a submission made anew from the rows as they are now; null where one of them is gone.
 * Whoever is about to send compares it with the submission's own.
 */
export async function rebuildManifestHash(
  tx: Tx,
  submission: Pick<queries.SubmissionRow, "contentItemId" | "versionNumber" | "adaptations">,
): Promise<string | null> {
  const version = await content.findVersionHashed(tx, submission.contentItemId, submission.versionNumber);
  if (!version) return null;
  const entries: Entry[] = [];
  for (const entry of submission.adaptations) {
    const row = entry.id && (await content.findAdaptationHashed(tx, submission.contentItemId, entry.id));
    if (entry.id && !row) return null;
    entries.push(row ? entryOf(row) : entry);
  }
  return policy.manifestHash(version, entries);
}

/** The submission by which an item's current version may go out, with what goes out on which channel. */
export async function approvedFor(tx: Tx, contentItemId: string) {
  const live = await queries.findLive(tx, contentItemId);
  return live?.status === "Approved" ? live : undefined;
}

export async function getApproval(tx: Tx, id: string) {
  const found = await queries.findStep(tx, id);
  if (!found) throw noSuchApproval();
  return presentWhole(found);
}

type Paging = z.output<typeof ListApprovals>;

export async function listInbox(tx: Tx, { limit, cursor }: Paging) {
  const rows = await queries.listInbox(tx, decodeCursor(cursor, "submittedAt"), limit + 1);
  const { items, nextCursor } = toPage(rows.map(present), limit, "submittedAt", sortValue);
  const titles = await content.titlesOf(
    tx,
    items.map(({ contentItemId }) => contentItemId),
  );
  return { items: items.map((item) => ({ ...item, title: titles.get(item.contentItemId)! })), nextCursor };
}

export async function listApprovals(tx: Tx, { id, limit, cursor }: Paging & { id: string }) {
  if (!(await content.findItem(tx, id))) throw noSuchItem();
  const rows = await queries.listHistory(tx, id, decodeCursor(cursor, "-submittedAt"), limit + 1);
  return toPage(rows.map(present), limit, "-submittedAt", sortValue);
}

const sortValue = (row: { submittedAt: Date }) => row.submittedAt.toISOString();
