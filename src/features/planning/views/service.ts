import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { requireUnchanged, whereNameIsFree } from "@/http/changes";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { found, givenOf, noSuch, pageOf, recorded } from "../changes";
import { canWrite } from "../policy";
import { type CreateView, type ListViews, type UpdateView, ViewFilter } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const named = <T>(work: Promise<T>) =>
  whereNameIsFree(
    whereNameIsFree(work, "planning_views_name", "Another shared view has this name: choose another."),
    "planning_views_own_name",
    "Another view of yours has this name: choose another.",
  );

const present = ({ filter, ...row }: queries.ViewRow) => ({ ...row, filter: ViewFilter.parse(filter) });

function requireSharer(actor: Actor) {
  if (!canWrite(actor))
    throw new AppError("forbidden", "Editors and Admins share views: keep it for yourself, or ask one of them.", {
      reason: "needs_editor",
    });
}

export async function listViews(tx: Tx, asked: z.output<typeof ListViews>) {
  const { items, nextCursor } = await pageOf(asked, (position) => queries.listViews(tx, position));
  return { items: items.map(present), nextCursor };
}

export async function createView(tx: Tx, actor: Actor, input: z.output<typeof CreateView>) {
  if (input.shared) requireSharer(actor);
  const view = await named(queries.views.insert(tx, { ...input, createdBy: actor.userId }));
  await recorded(tx, actor, "view", "created", view.id, { shared: view.shared });
  return present(view);
}

/** Made private, a view becomes its author's alone, so that nobody else may make it so. */
export async function updateView(
  tx: Tx,
  actor: Actor,
  { id, baseUpdatedAt, ...input }: z.output<typeof UpdateView> & { id: string },
) {
  const before = await held(tx, actor, id);
  if (input.shared) requireSharer(actor);
  if (input.shared === false && before.createdBy !== actor.userId)
    throw new AppError("forbidden", "Only whoever made this view can take it back for themselves: remove it instead.", {
      reason: "not_yours",
    });
  const { name, shared, filter } = before;
  requireUnchanged(before, baseUpdatedAt, "view", { name, shared, filter });
  const change = givenOf(input);
  if (Object.keys(change).length === 0) return present(before);
  const view = await named(queries.views.update(tx, id, change));
  await recorded(tx, actor, "view", "changed", id, { changed: Object.keys(change) });
  return present(view);
}

export async function removeView(tx: Tx, actor: Actor, { id }: { id: string }) {
  await held(tx, actor, id);
  if (!(await queries.views.remove(tx, id))) throw noSuch("view");
  await recorded(tx, actor, "view", "removed", id);
}

/** The view, locked; a shared one is an Editor's or Admin's to change. */
async function held(tx: Tx, actor: Actor, id: string) {
  const [locked] = await queries.views.lock(tx, [id]);
  if (locked) return locked;
  // Row-level security lets nobody lock what they may not change, though they see it.
  await found("view", queries.views.see(tx, id));
  requireSharer(actor);
  throw noSuch("view");
}
