import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Logger } from "pino";
import type { Database, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { enqueue } from "@/db/queue";
import { withJob, withJobFor } from "@/db/scope";
import { findFile, type InTx } from "@/features/assets";
import { record } from "@/features/audit";
import { sqlState } from "@/http/problem";
import type { Actor, JobClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { dropArchive, keepArchive } from "./archives";
import { ExportFilter, StoredOptions } from "./contract";
import { type Archive, writeArchive } from "./exporting";
import { type AsPerson, ImportStopped, importEntries } from "./importing";
import { importArchive } from "./importing-archive";
import { ARCHIVES } from "./moving-in";
import { createPictures, type PictureDeps } from "./pictures";
import * as queries from "./queries";
import { detect, openSource } from "./readers/detect";
import { SourceProblem } from "./readers/entry";
import type { Source } from "./readers/source";
import { countsOf, requireExporter } from "./service";

export type TransferDeps = PictureDeps & { db: Database; clock: Clock; log: Logger };
type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;

/** `transfer.import`: brings in an uploaded file as the person who asked for it. */
export const importTask =
  (deps: TransferDeps): Task =>
  async ({ importId }, claim, signal) => {
    const scopes = scopesOf(deps.db, claim);
    const row = await scopes.asSystem((tx) => queries.findImport(tx, importId!));
    if (!row || !isOpen(row)) return;
    const folder = await mkdtemp(join(tmpdir(), "contentos-import-"));
    try {
      const path = join(folder, "source");
      const held = await fetchUpload(deps, scopes.asSystem, row, path);
      if (held) await runImport(deps, scopes, row, { path, signal });
      else await failImport(scopes.asSystem, row.id, "The uploaded file is gone: upload it again.");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

/** `transfer.export`: writes the archive as the person who asked for it, and keeps it for a week. */
export const exportTask =
  (deps: TransferDeps): Task =>
  async ({ exportId }, claim, signal) => {
    const { asPerson, asSystem } = scopesOf(deps.db, claim);
    const row = await asSystem((tx) => queries.findExport(tx, exportId!));
    if (row?.status !== "Queued" && row?.status !== "Running") return;
    const folder = await mkdtemp(join(tmpdir(), "contentos-export-"));
    try {
      await asPerson(async (tx, actor) => {
        requireExporter(actor);
        await queries.updateExport(tx, row.id, { status: "Running" });
      });
      const filter = ExportFilter.parse(row.filter);
      const archive = await writeArchive({ asPerson, deps, filter, clock: deps.clock, signal, folder });
      const wrappedKey = await keepArchive(deps, row, archive);
      await asPerson((tx, actor) => endExport(tx, actor, row.id, archive, { wrappedKey, now: deps.clock.now() }));
    } catch (error) {
      signal.throwIfAborted();
      const gone = sqlState(error) === "CO403" || (error instanceof AppError && error.code === "forbidden");
      if (!gone) throw error;
      const message = "Whoever asked for this export is no Admin any more.";
      await asSystem((tx) => queries.updateExport(tx, row.id, { status: "Failed", message, endedAt: new Date() }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

const EXPORT_LIFE_MS = 7 * 24 * 3_600_000;

async function endExport(
  tx: WorkspaceTx,
  actor: Actor,
  id: string,
  archive: Archive,
  { wrappedKey, now }: { wrappedKey: Buffer; now: Date },
) {
  const { items, sizeBytes, sha256 } = archive;
  const expiresAt = new Date(now.getTime() + EXPORT_LIFE_MS);
  await queries.updateExport(tx, id, {
    status: "Finished",
    items,
    sizeBytes,
    sha256,
    wrappedKey,
    endedAt: now,
    expiresAt,
  });
  await enqueue(tx, {
    task: "transfer.expire",
    payload: { exportId: id },
    jobKey: `transfer.expire:${id}`,
    runAt: expiresAt,
  });
  await record(tx, actor, {
    action: "transfer.exported",
    subjectType: "transfer_export",
    subjectId: id,
    detail: { items, sizeBytes, sha256 },
  });
  await emit(tx, { type: "transfer.export_finished", subjectId: id, payload: { items, sizeBytes } });
}

/** `transfer.expire`: the archive of an export goes, and with its key whatever copy of it there may be. */
export const expireTask =
  (deps: TransferDeps): Task =>
  async ({ exportId }, claim) => {
    const { asSystem } = scopesOf(deps.db, claim);
    const row = await asSystem((tx) => queries.findExport(tx, exportId!));
    if (row?.status !== "Finished") return;
    await asSystem((tx) => queries.updateExport(tx, row.id, { status: "Expired", wrappedKey: null }));
    await dropArchive(deps, row);
  };

export type Scopes = { asPerson: AsPerson; asSystem: InTx };
export const scopesOf = (db: Database, claim: JobClaim): Scopes => ({
  asPerson: (work) => withJobFor(db, claim, work),
  asSystem: (work) => withJob(db, claim, work),
});

const isOpen = ({ status }: queries.ImportRow) => status === "Queued" || status === "Running";

/** To the disk: archives are read from their end. */
async function fetchUpload(deps: TransferDeps, asSystem: InTx, { assetId }: queries.ImportRow, path: string) {
  const file = assetId === null ? undefined : await asSystem((tx) => findFile(tx, deps, assetId));
  if (!file) return false;
  await pipeline(file.read(), createWriteStream(path, { mode: 0o600 }));
  return true;
}

type Place = { path: string; signal: AbortSignal };

/** Carries an import out from what lies at a path, and says in its row what came of it. */
export async function runImport(deps: TransferDeps, scopes: Scopes, row: queries.ImportRow, { path, signal }: Place) {
  let source: Source | undefined;
  try {
    source = await openSource(path, row.fileName);
    await bringIn(deps, scopes, row, source, signal);
    await endImport(scopes, row.id);
  } catch (error) {
    signal.throwIfAborted();
    const message = reasonOf(error);
    if (message === undefined) throw error;
    deps.log.info({ err: error, importId: row.id }, "An import ended early");
    await failImport(scopes.asSystem, row.id, message);
  } finally {
    await source?.close();
  }
}

async function bringIn(
  deps: TransferDeps,
  { asPerson, asSystem }: Scopes,
  row: queries.ImportRow,
  source: Source,
  signal: AbortSignal,
) {
  const options = StoredOptions.parse(row.options);
  const detected = await detect(source);
  if (options.format !== "auto" && options.format !== detected.format)
    throw new SourceProblem(`It is no ${options.format} source, but ${detected.format}.`);
  const archive = detected.format === "ContentOS";
  const name = archive
    ? ARCHIVES
    : (options.source ?? detected.sourceName ?? row.fileName.replace(/\.(zip|xml|md|html?)$/i, ""));
  const begun = await asPerson((tx) => begin(tx, row.id, detected.format, name, deps.clock.now()));
  if (!begun) throw new ImportStopped("It was canceled.");
  const { workspaceId, createdBy } = row;
  const pictures = createPictures(deps, { asSystem, source, fetching: options.fetchImages, createdBy });
  const run = { importId: row.id, workspaceId, options, asPerson, pictures, clock: deps.clock, signal };
  if (archive) await importArchive({ ...run, asSystem, deps, createdBy, askedAt: row.createdAt }, source);
  else await importEntries(run, source, detected, name);
}

async function begin(
  tx: Parameters<Parameters<AsPerson>[0]>[0],
  id: string,
  format: queries.ImportRow["format"],
  source: string,
  now: Date,
) {
  const row = await queries.lockImport(tx, id);
  if (!row || !isOpen(row)) return false;
  await queries.updateImport(tx, id, { status: "Running", format, source, startedAt: row.startedAt ?? now });
  if (row.status === "Queued") await emit(tx, { type: "transfer.import_started", subjectId: id, payload: {} });
  return true;
}

/** A person can do something about it; anything else is tried again. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof SourceProblem || error instanceof ImportStopped) return error.message;
  if (sqlState(error) === "CO403") return "Whoever asked for this import is no member any more.";
  return undefined;
}

async function endImport({ asPerson }: Scopes, id: string) {
  await asPerson(async (tx, actor) => {
    if ((await queries.lockImport(tx, id))?.status !== "Running") return;
    const row = await queries.updateImport(tx, id, { status: "Finished", endedAt: new Date() });
    await record(tx, actor, {
      action: "transfer.imported",
      subjectType: "transfer_import",
      subjectId: id,
      detail: countsOf(row),
    });
    await emit(tx, { type: "transfer.import_finished", subjectId: id, payload: countsOf(row) });
  });
}

async function failImport(asSystem: InTx, id: string, message: string) {
  await asSystem(async (tx, actor) => {
    const row = await queries.lockImport(tx, id);
    if (!row || !isOpen(row)) return;
    const failed = await queries.updateImport(tx, id, { status: "Failed", message, endedAt: new Date() });
    await record(tx, actor, {
      action: "transfer.import_failed",
      subjectType: "transfer_import",
      subjectId: id,
      detail: countsOf(failed),
    });
    await emit(tx, { type: "transfer.import_failed", subjectId: id, payload: countsOf(failed) });
  });
}
