import type { WorkspaceTx } from "@/db/client";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { canEdit } from "./policy";
import * as queries from "./queries";

export const noSuchItem = () => new AppError("not_found", "There is no such content item in this workspace.");
export const noSuchVersion = () => new AppError("not_found", "There is no such version of this item.");
/** For a `baseVersion` that the item doesn't have. */
export function noSuchBase({ currentVersionNumber }: queries.ItemRow) {
  const issues = [{ path: "baseVersion", message: `The newest version is ${currentVersionNumber}.` }];
  return new AppError("invalid_request", "Name as `baseVersion` a version that this item has.", { issues });
}
const notYours = () =>
  new AppError("forbidden", "Writers change their own items: ask an Editor, or have it assigned to you.", {
    reason: "not_yours",
  });

/** The item as it is, not locked. Refuses as `lockForEditing` does. */
export async function findForEditing(tx: WorkspaceTx, actor: Actor, id: string) {
  const item = await queries.findItem(tx, id);
  if (!item) throw noSuchItem();
  if (!canEdit(actor, item)) throw notYours();
  return item;
}

/** The item, locked for this transaction. Throws `not_found`, or `forbidden` for who may not change it. */
export async function lockForEditing(tx: WorkspaceTx, actor: Actor, id: string) {
  const item = await queries.lockItem(tx, id);
  if (!item) throw (await queries.findItem(tx, id)) ? notYours() : noSuchItem();
  if (!canEdit(actor, item)) throw notYours();
  return item;
}

/** The item, held against others for whoever speaks on it, also where they may not change it. Throws `not_found`. */
export async function holdItem(tx: WorkspaceTx, id: string) {
  await queries.holdItem(tx, id);
  const item = await queries.findItem(tx, id);
  if (!item) throw noSuchItem();
  return item;
}

export const requireLive = (item: queries.ItemRow) => {
  if (item.archivedAt) throw new AppError("archived", "This item is archived: restore it first.");
};
