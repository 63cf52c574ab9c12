import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { requireUnchanged, whereNameIsFree } from "@/http/changes";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { found, givenOf, noSuch, pageOf, recorded, requireWriter, unknownAt } from "../changes";
import { replaceTag } from "../templates/queries";
import { CreateTag, type ListTags, type MergeTag, type RemoveTag, type UpdateTag } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const named = <T>(work: Promise<T>) =>
  whereNameIsFree(work, "planning_tags_name", "Another tag has this name: choose another, or merge the two.");

export const getTag = (tx: Tx, id: string) => found("tag", queries.findTags(tx, id));

export const listTags = (tx: Tx, asked: z.output<typeof ListTags>) =>
  pageOf(asked, (position) => queries.listTags(tx, position));

export async function createTag(tx: Tx, actor: Actor, input: z.output<typeof CreateTag>) {
  requireWriter(actor);
  const tag = await named(queries.tags.insert(tx, { ...input, createdBy: actor.userId }));
  await recorded(tx, actor, "tag", "created", tag.id);
  await emit(tx, { type: "planning.tag_created", subjectId: tag.id, payload: {} });
  return { ...tag, itemCount: 0 };
}

export async function updateTag(
  tx: Tx,
  actor: Actor,
  { id, baseUpdatedAt, ...input }: z.output<typeof UpdateTag> & { id: string },
) {
  requireWriter(actor);
  const { name, color, ...before } = await found("tag", queries.tags.lock(tx, [id]));
  requireUnchanged(before, baseUpdatedAt, "tag", { name, color });
  const change = givenOf(input);
  if (Object.keys(change).length > 0) {
    await named(queries.tags.update(tx, id, change));
    await recorded(tx, actor, "tag", "changed", id, { changed: Object.keys(change) });
    await emit(tx, { type: "planning.tag_changed", subjectId: id, payload: {} });
  }
  return getTag(tx, id);
}

/** The items follow by a reaction to the event, while both tags are held. */
export async function mergeTag(tx: Tx, actor: Actor, { id, into }: z.output<typeof MergeTag> & { id: string }) {
  requireWriter(actor);
  const both = await queries.tags.lock(tx, [id, into]);
  if (!both.some((tag) => tag.id === id)) throw noSuch("tag");
  if (!both.some((tag) => tag.id === into)) throw unknownAt("into", "tag");
  if (id === into) throw new AppError("invalid_request", "Name another tag to merge this one into.");
  await emit(tx, { type: "planning.tag_merged", subjectId: id, payload: { into } });
  await replaceTag(tx, id, into);
  await queries.tags.remove(tx, id);
  await recorded(tx, actor, "tag", "merged", id, { into });
  return getTag(tx, into);
}

/** It is taken off its items by a reaction to the event. */
export async function removeTag(tx: Tx, actor: Actor, { id, force }: z.output<typeof RemoveTag> & { id: string }) {
  requireWriter(actor);
  await found("tag", queries.tags.lock(tx, [id]));
  const { itemCount } = await getTag(tx, id);
  if (itemCount > 0 && force !== "true") {
    throw new AppError(
      "in_use",
      `Items have this tag (${itemCount}): merge it into another, or remove it with force=true to take it off them.`,
      { extensions: { itemCount } },
    );
  }
  await queries.tags.remove(tx, id);
  await recorded(tx, actor, "tag", "removed", id, { itemCount });
  await emit(tx, { type: "planning.tag_removed", subjectId: id, payload: {} });
}

/**
 * The tags that an item is to have, held so that nobody removes or merges one meanwhile.
 *
 * @throws AppError `invalid_request` that names each id that is none here
 */
export async function requireTags(tx: Tx, ids: string[]) {
  if (ids.length === 0) return [];
  const tags = await queries.tags.lock(tx, ids, "share");
  const known = new Set(tags.map(({ id }) => id));
  const issues = ids.flatMap((id, at) =>
    known.has(id) ? [] : [{ path: `tagIds.${at}`, message: "No tag of this workspace has this id." }],
  );
  if (issues.length > 0) throw new AppError("invalid_request", "Name tags of this workspace.", { issues });
  return tags;
}

/** The tags of these names that there are, whatever their case. */
export const knownTags = (tx: Tx, names: string[]) => queries.tags.named(tx, names);

/** The tags of these names; those that aren't there are made. */
export async function tagsNamed(tx: Tx, actor: Actor, names: string[]) {
  const known = await knownTags(tx, names);
  const isNew = (name: string) => !known.some((tag) => tag.name.toLowerCase() === name.toLowerCase());
  const made = [];
  for (const name of names.filter(isNew)) made.push(await createTag(tx, actor, CreateTag.parse({ name })));
  return [...known, ...made];
}
