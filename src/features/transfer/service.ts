import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { dequeue, enqueue } from "@/db/queue";
import { findAsset, findUpload } from "@/features/assets";
import { record } from "@/features/audit";
import { isMember } from "@/features/workspaces";
import { decodeCursor, encodeCursor, toPage } from "@/http/cursor";
import { constraintOf } from "@/http/problem";
import type { Actor } from "@/platform/actor";
import { MAX_INTEGER } from "@/platform/contract";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { ExportFilter, type ListImportEntries, type StartExport, type StartImport, StoredOptions } from "./contract";
import { fileOf, slugOfItem } from "./exported-item";
import { canExport, canExportItem, canImport } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
export type Page = { limit: number; cursor?: string | undefined };

const noSuchImport = () => new AppError("not_found", "There is no such import in this workspace.");

export function requireImporter(actor: Actor) {
  if (!canImport(actor))
    throw new AppError("forbidden", "Editors and Admins import: ask one of them.", { reason: "needs_editor" });
}

export function presentImport({ options, ...row }: queries.ImportRow) {
  const counts = countsOf(row);
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { ...row, dryRun: StoredOptions.parse(options).dryRun, counts, progress: { done, total: row.total } };
}

type Counts = Pick<queries.ImportRow, "imported" | "updated" | "unchanged" | "conflicts" | "skipped" | "failed">;
export const countsOf = ({ imported, updated, unchanged, conflicts, skipped, failed }: Counts): Counts => ({
  imported,
  updated,
  unchanged,
  conflicts,
  skipped,
  failed,
});

export async function startImport(tx: Tx, actor: Actor, { format, options, ...from }: z.output<typeof StartImport>) {
  requireImporter(actor);
  await requireMembers(tx, options.authorMap ?? {});
  const file = await requireFile(tx, from);
  const row = await addImport(tx, actor, {
    fileName: file.fileName,
    assetId: file.id,
    options: { ...options, format },
  });
  await enqueue(tx, { task: "transfer.import", payload: { importId: row.id }, jobKey: jobKeyOf(row.id) });
  return presentImport(row);
}

const jobKeyOf = (id: string) => `transfer.import:${id}`;

type NewImport = Pick<queries.ImportRow, "fileName" | "assetId" | "options">;

/** One at a time: two would meet at each other's tags, and nobody could read how far either is. */
export async function addImport(tx: Tx, actor: Actor, wanted: NewImport): Promise<queries.ImportRow> {
  const row = await queries
    .insertImport(tx, { ...wanted, id: newId(), createdBy: actor.userId })
    .catch((raised: unknown) => {
      throw constraintOf(raised) === "transfer_imports_one"
        ? new AppError("import_running", "An import is under way in this workspace: wait for it, or cancel it.", {
            cause: raised,
          })
        : raised;
    });
  await record(tx, actor, { action: "transfer.import_asked", subjectType: "transfer_import", subjectId: row.id });
  return row;
}

async function requireMembers(tx: Tx, authorMap: Record<string, string>) {
  const issues = [];
  for (const [name, id] of Object.entries(authorMap))
    if (!(await isMember(tx, id)))
      issues.push({ path: `options.authorMap.${name}`, message: "No member of this workspace has this id." });
  if (issues.length > 0) throw new AppError("invalid_request", "Map authors to members of this workspace.", { issues });
}

async function requireFile(
  tx: Tx,
  { uploadId, assetId }: { uploadId?: string | undefined; assetId?: string | undefined },
) {
  const upload = uploadId === undefined ? undefined : await findUpload(tx, uploadId);
  if (uploadId !== undefined && !upload)
    throw new AppError("not_found", "There is no such upload of yours in this workspace.");
  if (upload && upload.status !== "Ready")
    throw new AppError("conflict", `This upload is ${upload.status}: import it once it is Ready.`);
  const found = await findAsset(tx, upload?.assetId ?? assetId!);
  if (!found) throw new AppError("not_found", "There is no such file in this workspace.");
  if (found.asset.purpose === "Import" || found.asset.kind === "Text") return found.asset;
  const issues = [{ path: "assetId", message: "This file was uploaded to be shown." }];
  throw new AppError("invalid_request", "Upload the file with the purpose Import.", { issues });
}

export async function listImports(tx: Tx, actor: Actor, { limit, cursor }: Page) {
  requireImporter(actor);
  const rows = await queries.listImports(tx, { after: decodeCursor(cursor, "-createdAt"), count: limit + 1 });
  return toPage(rows.map(presentImport), limit, "-createdAt", (row) => row.createdAt.toISOString());
}

export async function getImport(tx: Tx, actor: Actor, id: string) {
  requireImporter(actor);
  const row = await queries.findImport(tx, id);
  if (!row) throw noSuchImport();
  return presentImport(row);
}

export async function listImportEntries(
  tx: Tx,
  actor: Actor,
  { id, outcome, limit, cursor }: z.output<typeof ListImportEntries> & { id: string },
) {
  await getImport(tx, actor, id);
  const after = decodeCursor(cursor, "position");
  const position = after ? Number(after.value) : 0;
  if (!Number.isSafeInteger(position) || position > MAX_INTEGER)
    throw new AppError("invalid_cursor", "This cursor does not belong to this list: start again without one.");
  const rows = await queries.listOutcomes(tx, { importId: id, outcome, after: position, count: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last;
  return { items, nextCursor: more ? encodeCursor({ sort: "position", value: String(last.position), id }) : null };
}

/** What has come in stays, and is known when the source is imported again. */
export async function cancelImport(tx: Tx, actor: Actor, { id }: { id: string }) {
  requireImporter(actor);
  const row = await queries.lockImport(tx, id);
  if (!row) throw noSuchImport();
  if (row.endedAt) throw new AppError("import_over", `This import is ${row.status} already.`);
  const canceled = await queries.updateImport(tx, id, { status: "Canceled", endedAt: new Date() });
  await dequeue(tx, jobKeyOf(id));
  const counts = countsOf(canceled);
  await record(tx, actor, {
    action: "transfer.import_canceled",
    subjectType: "transfer_import",
    subjectId: id,
    detail: counts,
  });
  await emit(tx, { type: "transfer.import_canceled", subjectId: id, payload: counts });
  return presentImport(canceled);
}

export function requireExporter(actor: Actor) {
  if (!canExport(actor))
    throw new AppError("forbidden", "Admins export the workspace: ask one of them.", { reason: "needs_admin" });
}

export async function startExport(tx: Tx, actor: Actor, { filter }: z.output<typeof StartExport>) {
  requireExporter(actor);
  const row = await queries
    .insertExport(tx, { id: newId(), filter, createdBy: actor.userId })
    .catch((raised: unknown) => {
      throw constraintOf(raised) === "transfer_exports_one"
        ? new AppError("export_running", "An export is under way in this workspace: wait for it.", { cause: raised })
        : raised;
    });
  await enqueue(tx, { task: "transfer.export", payload: { exportId: row.id }, jobKey: `transfer.export:${row.id}` });
  await record(tx, actor, {
    action: "transfer.export_asked",
    subjectType: "transfer_export",
    subjectId: row.id,
    detail: filter,
  });
  return presentExport(row);
}

const presentExport = ({ filter, ...row }: queries.ExportRow) => ({ ...row, filter: ExportFilter.parse(filter) });

export async function listExports(tx: Tx, actor: Actor, { limit, cursor }: Page) {
  requireExporter(actor);
  const rows = await queries.listExports(tx, { after: decodeCursor(cursor, "-createdAt"), count: limit + 1 });
  return toPage(rows.map(presentExport), limit, "-createdAt", (row) => row.createdAt.toISOString());
}

export async function getExport(tx: Tx, actor: Actor, id: string) {
  requireExporter(actor);
  const row = await queries.findExport(tx, id);
  if (!row) throw new AppError("not_found", "There is no such export in this workspace.");
  return presentExport(row);
}

/** An export whose archive can be opened, told to the audit log: whoever has it has everything. */
export async function downloadExport(tx: Tx, actor: Actor, id: string) {
  const { status, sizeBytes, wrappedKey, workspaceId } = await getExport(tx, actor, id);
  if (status !== "Finished" || !wrappedKey || sizeBytes === null)
    throw new AppError("export_not_ready", `This export is ${status}: ${WAY_ON[status]}`);
  await record(tx, actor, { action: "transfer.export_downloaded", subjectType: "transfer_export", subjectId: id });
  return { id, workspaceId, sizeBytes, wrappedKey };
}

const WAY_ON: Record<queries.ExportRow["status"], string> = {
  Queued: "wait until it is Finished.",
  Running: "wait until it is Finished.",
  Finished: "ask for a new one.",
  Failed: "see why, and ask for a new one.",
  Expired: "ask for a new one.",
};

/** One item as a file, with the name that it is to have. */
export async function exportItem(tx: Tx, actor: Actor, id: string) {
  if (!canExportItem(actor))
    throw new AppError("forbidden", "Viewers read: ask an Admin for the Writer's role.", { reason: "needs_writer" });
  const file = await fileOf(tx, id);
  await record(tx, actor, { action: "transfer.item_exported", subjectType: "content_item", subjectId: id });
  return { fileName: `${slugOfItem(file.item)}.md`, bytes: file.bytes };
}
