import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { findForEditing, noSuchBase, requireLive } from "../access";
import type { SaveDraft } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const noSuchDraft = () => new AppError("not_found", "You have no draft of this item.");

const present = (draft: queries.DraftRow, currentVersionNumber: number) => ({
  ...draft,
  stale: draft.baseVersion !== currentVersionNumber,
  currentVersionNumber,
});

export async function getDraft(tx: Tx, { id }: { id: string }) {
  const found = await queries.findDraft(tx, id);
  if (!found) throw noSuchDraft();
  return present(found.draft, found.currentVersionNumber);
}

/** Neither audit row nor event: it is written every few seconds, and is nobody else's business. */
export async function saveDraft(
  tx: Tx,
  actor: Actor,
  { id, draftVersion, ...input }: z.output<typeof SaveDraft> & { id: string },
) {
  const item = await findForEditing(tx, actor, id);
  requireLive(item);
  if (input.baseVersion > item.currentVersionNumber) throw noSuchBase(item);
  const { body, title = null, metadata = null, baseVersion } = input;
  const typed = { contentItemId: id, userId: actor.userId, body, title, metadata, baseVersion };
  const saved =
    draftVersion === undefined
      ? await queries.beginDraft(tx, typed)
      : await queries.changeDraft(tx, { ...typed, draftVersion });
  if (!saved) throw await draftConflict(tx, id);
  return present(saved, item.currentVersionNumber);
}

/** Two windows of one person: the later one hears of it and overwrites nothing. */
async function draftConflict(tx: Tx, id: string) {
  const found = await queries.findDraft(tx, id);
  if (!found)
    return new AppError(
      "draft_conflict",
      "Your draft was saved as a version or thrown away meanwhile: read the item, and begin a draft without `draftVersion`.",
      { extensions: { draft: null } },
    );
  const { draftVersion, body, title, metadata, baseVersion, updatedAt } = found.draft;
  return new AppError(
    "draft_conflict",
    `Your draft was changed elsewhere, in another window perhaps: take over what you need, and save it with \`draftVersion\` ${draftVersion}.`,
    { extensions: { draft: { draftVersion, body, title, metadata, baseVersion, updatedAt: updatedAt.toISOString() } } },
  );
}

export async function removeDraft(tx: Tx, { id }: { id: string }) {
  if (!(await queries.removeDraft(tx, id))) throw noSuchDraft();
}
