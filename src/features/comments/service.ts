import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import * as content from "@/features/content";
import { isMember } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { AppError, type Issue } from "@/platform/errors";
import type { DomainEvent } from "@/platform/events";
import { newId } from "@/platform/ids";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { splitsCharacter } from "@/platform/text-anchor";
import { type Anchored, passageOf, resolveAnchors } from "./anchors";
import type { EditComment, ListPage, ListThreads, OpenThread, Reply } from "./contract";
import * as policy from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Item = NonNullable<Awaited<ReturnType<typeof content.findItem>>>;
type Place = { id: string; threadId: string };

/** As many of a thread's comments come with it; `listReplies` has the rest. */
const FIRST_COMMENTS = 20;
/** The order of comments in their thread, and of the cursors that go on in it. */
const OLDEST_FIRST = "createdAt";
const LATEST_FIRST = "-mentionedAt";

const noSuchThread = () => new AppError("not_found", "There is no such thread on this item.");
const noSuchComment = () => new AppError("not_found", "There is no such comment in this workspace.");

/** The item, held, so that all that is said about it has one order with what becomes of it. */
async function holdLive(tx: Tx, id: string) {
  const item = await content.holdItem(tx, id);
  content.requireLive(item);
  return item;
}

async function threadOf(tx: Tx, { id, threadId }: Place) {
  const thread = await queries.findThread(tx, id, threadId);
  if (!thread) throw noSuchThread();
  return thread;
}

/** The comment as it is once the item is held. */
async function heldComment(tx: Tx, id: string, hold: typeof content.holdItem) {
  const found = await queries.findComment(tx, id);
  if (!found) throw noSuchComment();
  await hold(tx, found.contentItemId);
  const comment = await queries.findComment(tx, id);
  if (!comment) throw noSuchComment();
  return comment;
}

async function tell(tx: Tx, actor: Actor, event: Extract<DomainEvent, { type: `comments.${string}` }>) {
  const { type: action, subjectId, payload: detail } = event;
  await record(tx, actor, { action, subjectType: "content_item", subjectId, detail });
  await emit(tx, event);
}

function refuse(issues: Issue[]) {
  if (issues.length > 0) throw new AppError("invalid_request", "Some of this isn't there: see the issues.", { issues });
}

/** Words that could not be rendered are refused when they are said. */
async function issuesIn(tx: Tx, { body, mentions }: z.output<typeof Reply>): Promise<Issue[]> {
  refuseIntricate(body);
  const issues: Issue[] = [];
  for (const [at, userId] of mentions.entries())
    if (!(await isMember(tx, userId)))
      issues.push({ path: `mentions.${at}`, message: "No member of this workspace has this id." });
  return issues;
}

type NewAnchor = z.output<typeof OpenThread>["anchor"];

/** A passage is kept as it was read: one that isn't there could never be found again. */
async function anchorIssues(tx: Tx, item: Item, anchor: NewAnchor): Promise<Issue[]> {
  if (!anchor) return [];
  const { versionNumber, field, start, end, quote } = anchor;
  const version = await content.findVersion(tx, item.id, versionNumber);
  if (!version) return [{ path: "anchor.versionNumber", message: "This item has no such version." }];
  const text = version[field];
  const issues = (["start", "end"] as const)
    .filter((name) => splitsCharacter(text, anchor[name]))
    .map((name) => ({ path: `anchor.${name}`, message: "This is in the middle of a character." }));
  if (text.slice(start, end) !== quote)
    issues.push({ path: "anchor.quote", message: `This isn't what version ${versionNumber} says there.` });
  return issues;
}

const columnsOf = (anchor: NewAnchor) =>
  anchor && {
    anchorField: anchor.field,
    anchorStart: anchor.start,
    anchorEnd: anchor.end,
    anchorQuote: anchor.quote,
  };

/** Of a comment that was removed, there is left that it was. */
const presentComment = (row: queries.CommentRow) => (row.removedAt ? { ...row, body: null, mentions: [] } : row);

const commentPage = (rows: queries.CommentRow[], limit: number) =>
  toPage(rows.map(presentComment), limit, OLDEST_FIRST, (row) => row.createdAt.toISOString());

function presentAnchor(item: Item, thread: queries.ThreadRow, anchored: Anchored) {
  const passage = passageOf(thread);
  if (!passage || !anchored) return null;
  const current =
    anchored.state === "Orphaned"
      ? null
      : { versionNumber: item.currentVersionNumber, start: anchored.start, end: anchored.end };
  return { ...passage, versionNumber: thread.versionNumber, state: anchored.state, current };
}

async function presentThreads(tx: Tx, item: Item, threads: queries.ThreadRow[], anchors: Anchored[]) {
  const comments = await queries.firstComments(tx, threads, FIRST_COMMENTS + 1);
  return threads.map((thread, at) => ({
    ...thread,
    anchor: presentAnchor(item, thread, anchors[at]!),
    comments: commentPage(
      comments.filter(({ threadId }) => threadId === thread.id),
      FIRST_COMMENTS,
    ),
  }));
}

async function presentThread(tx: Tx, item: Item, thread: queries.ThreadRow) {
  const [presented] = await presentThreads(tx, item, [thread], await resolveAnchors(tx, item, [thread]));
  return presented!;
}

type Said = Pick<queries.CommentRow, "id" | "contentItemId" | "threadId">;

async function say(tx: Tx, actor: Actor, thread: queries.ThreadRow, words: { body: string; versionNumber: number }) {
  const comment = { id: newId(), contentItemId: thread.contentItemId, threadId: thread.id };
  await queries.insertComment(tx, { ...comment, ...words, authorId: actor.userId });
  return comment;
}

/** Who is named in a comment is told once, however often it is edited. */
async function mention(tx: Tx, { id: commentId, contentItemId: subjectId, threadId }: Said, userIds: string[]) {
  for (const userId of await queries.insertMentions(tx, commentId, userIds))
    await emit(tx, { type: "comments.mentioned", subjectId, payload: { threadId, commentId, userId } });
}

export async function openThread(
  tx: Tx,
  actor: Actor,
  { id, body, visibility, anchor, mentions }: z.output<typeof OpenThread> & { id: string },
) {
  const item = await holdLive(tx, id);
  refuse([...(await anchorIssues(tx, item, anchor)), ...(await issuesIn(tx, { body, mentions }))]);
  const versionNumber = anchor?.versionNumber ?? item.currentVersionNumber;
  const thread = await queries.insertThread(tx, {
    id: newId(),
    contentItemId: id,
    versionNumber,
    visibility,
    authorId: actor.userId,
    ...columnsOf(anchor),
  });
  const comment = await say(tx, actor, thread, { body, versionNumber });
  await tell(tx, actor, {
    type: "comments.thread_opened",
    subjectId: id,
    payload: { threadId: thread.id, commentId: comment.id, visibility },
  });
  await mention(tx, comment, mentions);
  return presentThread(tx, item, thread);
}

export async function listThreads(
  tx: Tx,
  { id, resolved, visibility, sort, limit, cursor }: z.output<typeof ListThreads> & { id: string },
) {
  const item = await content.findItem(tx, id);
  if (!item) throw content.noSuchItem();
  const rows = await queries.listThreads(tx, {
    workspaceId: item.workspaceId,
    contentItemId: id,
    resolved: resolved && resolved === "true",
    visibility,
    descending: sort.startsWith("-"),
    after: decodeCursor(cursor, sort),
    count: limit + 1,
  });
  const anchors = await resolveAnchors(tx, item, rows.slice(0, limit));
  // Where comparing texts has taken its share, the page ends early, and the next one goes on.
  const { items, nextCursor } = toPage(rows, anchors.length, sort, (row) => row.createdAt.toISOString());
  return { items: await presentThreads(tx, item, items, anchors), nextCursor };
}

export async function getThread(tx: Tx, place: Place) {
  const item = await content.findItem(tx, place.id);
  if (!item) throw content.noSuchItem();
  return presentThread(tx, item, await threadOf(tx, place));
}

export async function replyToThread(
  tx: Tx,
  actor: Actor,
  { id, threadId, body, mentions }: z.output<typeof Reply> & Place,
) {
  const item = await holdLive(tx, id);
  const thread = await threadOf(tx, { id, threadId });
  if (thread.resolvedAt) throw new AppError("thread_resolved", "This thread is resolved: reopen it to go on.");
  refuse(await issuesIn(tx, { body, mentions }));
  const comment = await say(tx, actor, thread, { body, versionNumber: item.currentVersionNumber });
  await tell(tx, actor, { type: "comments.replied", subjectId: id, payload: { threadId, commentId: comment.id } });
  await mention(tx, comment, mentions);
  return presentComment((await queries.findComment(tx, comment.id))!);
}

export async function listReplies(tx: Tx, { limit, cursor, ...place }: z.output<typeof ListPage> & Place) {
  const { workspaceId, id: threadId } = await threadOf(tx, place);
  const after = decodeCursor(cursor, OLDEST_FIRST);
  return commentPage(await queries.listComments(tx, { workspaceId, threadId, after, count: limit + 1 }), limit);
}

/** The item and a thread on it that whoever asks may settle. */
async function holdToSettle(tx: Tx, actor: Actor, place: Place) {
  const item = await holdLive(tx, place.id);
  const thread = await threadOf(tx, place);
  if (!policy.canSettle(actor, thread, content.canEdit(actor, item)))
    throw new AppError("forbidden", "Who opened this thread may do that, and who writes the item: ask one of them.", {
      reason: "not_yours",
    });
  return { item, thread };
}

export async function resolveThread(tx: Tx, actor: Actor, place: Place) {
  const { item, thread } = await holdToSettle(tx, actor, place);
  if (thread.resolvedAt) throw new AppError("thread_resolved", "This thread is resolved already.");
  const settled = (await queries.settleThread(tx, thread.id, actor.userId))!;
  await tell(tx, actor, { type: "comments.resolved", subjectId: item.id, payload: { threadId: thread.id } });
  return presentThread(tx, item, settled);
}

export async function reopenThread(tx: Tx, actor: Actor, place: Place) {
  const { item, thread } = await holdToSettle(tx, actor, place);
  if (!thread.resolvedAt) throw new AppError("conflict", "This thread is open already.");
  const settled = (await queries.settleThread(tx, thread.id, null))!;
  await tell(tx, actor, { type: "comments.reopened", subjectId: item.id, payload: { threadId: thread.id } });
  return presentThread(tx, item, settled);
}

export async function editComment(
  tx: Tx,
  actor: Actor,
  { id, body, mentions }: z.output<typeof EditComment> & { id: string },
) {
  const comment = await heldComment(tx, id, holdLive);
  if (!policy.canEdit(actor, comment))
    throw new AppError("forbidden", "Only whoever wrote a comment changes it: reply to it.", { reason: "not_yours" });
  refuse(await issuesIn(tx, { body, mentions }));
  const { contentItemId, threadId } = comment;
  if (body !== comment.body) {
    await queries.editComment(tx, id, body);
    await tell(tx, actor, {
      type: "comments.edited",
      subjectId: contentItemId,
      payload: { threadId, commentId: id },
    });
  }
  await mention(tx, comment, mentions);
  return presentComment((await queries.findComment(tx, id))!);
}

/** Also on an archived item: words that should not have been said can always be taken back. */
export async function removeComment(tx: Tx, actor: Actor, { id }: { id: string }) {
  const { threadId, contentItemId, ...comment } = await heldComment(tx, id, content.holdItem);
  if (!policy.canRemove(actor, comment))
    throw new AppError("forbidden", "Editors and Admins remove what others said: ask one of them.", {
      reason: "needs_editor",
    });
  await queries.removeComment(tx, id, actor.userId);
  await tell(tx, actor, {
    type: "comments.removed",
    subjectId: contentItemId,
    payload: { threadId, commentId: id },
  });
}

export async function listMentions(tx: Tx, actor: Actor, { limit, cursor }: z.output<typeof ListPage>) {
  const rows = await queries.listMentions(tx, {
    workspaceId: actor.workspaceId,
    userId: actor.userId,
    after: decodeCursor(cursor, LATEST_FIRST),
    count: limit + 1,
  });
  const titles = await content.titlesOf(tx, [...new Set(rows.map(({ contentItemId }) => contentItemId))]);
  const mentions = rows.map((row) => ({ ...row, contentTitle: titles.get(row.contentItemId)! }));
  return toPage(mentions, limit, LATEST_FIRST, (row) => row.mentionedAt.toISOString());
}
