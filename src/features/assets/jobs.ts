import type { Logger } from "pino";
import type { Database, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { withJob } from "@/db/scope";
import { record } from "@/features/audit";
import type { JobClaim, SystemActor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import type { Keyring } from "@/platform/secrets";
import { type Storage, StorageError } from "@/platform/storage/storage";
import { addAsset, type InTx, store } from "./ingest";
import { RefusedFile } from "./inspect";
import * as queries from "./queries";
import { stagedOf } from "./uploads";

type Deps = { db: Database; storage: Storage; keyring: Keyring; clock: Clock; log: Logger };
type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;

/** `assets.ingest`: what was uploaded becomes an asset, or is refused. Either way its staged bytes go. */
export const ingestTask =
  ({ db, ...deps }: Deps): Task =>
  async ({ uploadId }, claim) => {
    const inTx: InTx = (work) => withJob(db, claim, work);
    const upload = await inTx((tx) => queries.findUpload(tx, uploadId!));
    if (!upload) return;
    if (upload.status === "Processing") await ingest(deps, inTx, upload);
    await deps.storage.drop(stagedOf(upload));
  };

async function ingest(deps: Omit<Deps, "db">, inTx: InTx, upload: queries.UploadRow) {
  const staged = stagedOf(upload);
  try {
    await deps.storage.finish(staged);
    const read = () => deps.storage.readStaged(staged);
    const stored = await store(deps, inTx, { ...upload, read });
    await inTx(async (tx, actor) => {
      if ((await queries.lockUpload(tx, upload.id))?.status !== "Processing") return;
      const assetId = await addAsset(tx, actor, stored, upload);
      await queries.updateUpload(tx, upload.id, { status: "Ready", assetId });
    });
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    deps.log.info({ err: error, uploadId: upload.id }, "An upload was refused");
    await inTx((tx, actor) => refuse(tx, actor, upload.id, reason));
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof RefusedFile) return error.message;
  if (error instanceof StorageError && error.kind === "missing")
    return "What was uploaded is no longer there: upload it again.";
  return undefined;
}

async function refuse(tx: WorkspaceTx, actor: SystemActor, id: string, reason: string) {
  if ((await queries.lockUpload(tx, id))?.status !== "Processing") return;
  await queries.updateUpload(tx, id, { status: "Refused", reason });
  await record(tx, actor, { action: "assets.refused", subjectType: "asset_upload", subjectId: id });
  await emit(tx, { type: "assets.refused", subjectId: id, payload: {} });
}

/** Twice as long as an upload lives, so that none is swept away that a job may still be reading. */
const STALE_MS = 48 * 3_600_000;

/** `assets.sweep`: uploads that nobody finished. Their rows say by themselves that they have expired. */
export const sweepTask =
  ({ storage, clock, log }: Pick<Deps, "storage" | "clock" | "log">): Task =>
  async () => {
    const dropped = await storage.dropStale(new Date(clock.now().getTime() - STALE_MS));
    if (dropped > 0) log.info({ dropped }, "Dropped uploads that nobody finished");
  };
