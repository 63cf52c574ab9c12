import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { decodeCursor, toPage } from "@/http/cursor";
import { constraintOf } from "@/http/problem";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { canChange, canUpload } from "../policy";
import type { CreateFolder, ListFolders, UpdateFolder } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** Levels of folders within one another. */
const MAX_DEPTH = 8;

const noSuchFolder = () => new AppError("not_found", "There is no such folder in this workspace.");
const refuse = (message: string) =>
  new AppError("invalid_request", message, { issues: [{ path: "parentId", message }] });

/** Asked after a thing was put there: a removal at the same moment has either met it, or is met here. */
export async function requireFolder(tx: Tx, id: string) {
  if (!(await queries.findFolder(tx, id))) throw noSuchFolder();
}

const recorded = (tx: Tx, actor: Actor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `assets.folder_${verb}`, subjectType: "asset_folder", subjectId, detail });

async function named<T>(work: Promise<T>): Promise<T> {
  return work.catch((raised: unknown) => {
    throw constraintOf(raised) === "assets_folders_name"
      ? new AppError("conflict", "A folder of this name stands there already: choose another.", {
          cause: raised,
          reason: "name_taken",
        })
      : raised;
  });
}

export async function listFolders(tx: Tx, { parent, limit, cursor }: z.output<typeof ListFolders>) {
  const rows = await queries.listFolders(tx, { parent, after: decodeCursor(cursor, "name"), count: limit + 1 });
  return toPage(rows, limit, "name", ({ name }) => name);
}

export async function createFolder(tx: Tx, actor: Actor, { name, parentId }: z.output<typeof CreateFolder>) {
  if (!canUpload(actor))
    throw new AppError("forbidden", "Viewers read: ask an Admin for the Writer's role.", { reason: "needs_writer" });
  await queries.lockTree(tx);
  if (parentId) await requireRoom(tx, parentId, 1);
  const folder = await named(queries.insertFolder(tx, { name, parentId, createdBy: actor.userId }));
  await recorded(tx, actor, "created", folder.id);
  return folder;
}

/** For who holds the tree. `levels` are what is to come below the parent. */
async function requireRoom(tx: Tx, parentId: string, levels: number, moved?: string) {
  await requireFolder(tx, parentId);
  const path = await queries.pathOf(tx, parentId, MAX_DEPTH);
  if (moved !== undefined && path.includes(moved)) throw refuse("A folder can't stand within itself: choose another.");
  if (path.length + levels > MAX_DEPTH)
    throw refuse(`Folders stand at most ${MAX_DEPTH} deep: choose one further out.`);
}

export async function updateFolder(
  tx: Tx,
  actor: Actor,
  { id, ...input }: z.output<typeof UpdateFolder> & { id: string },
) {
  const before = await lockOwn(tx, actor, id);
  const parentId = input.parentId ?? null;
  const moves = input.parentId !== undefined && parentId !== before.parentId;
  if (moves && parentId) await requireRoom(tx, parentId, await queries.heightOf(tx, id), id);
  const change = {
    ...(input.name !== undefined && input.name !== before.name && { name: input.name }),
    ...(moves && { parentId }),
  };
  const changed = Object.keys(change);
  if (changed.length === 0) return before;
  const folder = await named(queries.updateFolder(tx, id, change));
  await recorded(tx, actor, "changed", id, { changed });
  return folder;
}

export async function removeFolder(tx: Tx, actor: Actor, { id }: { id: string }) {
  await lockOwn(tx, actor, id);
  if (!(await queries.isEmpty(tx, id)))
    throw new AppError("in_use", "This folder isn't empty: move or remove what is in it first.");
  await queries.markRemoved(tx, id);
  await recorded(tx, actor, "removed", id);
}

async function lockOwn(tx: Tx, actor: Actor, id: string) {
  const found = await queries.findFolder(tx, id);
  if (!found) throw noSuchFolder();
  if (!canChange(actor, found))
    throw new AppError("forbidden", "Writers change the folders that they made: ask an Editor.", {
      reason: "not_yours",
    });
  await queries.lockTree(tx);
  // Removed at this moment.
  const folder = await queries.lockFolder(tx, id);
  if (!folder) throw noSuchFolder();
  return folder;
}
