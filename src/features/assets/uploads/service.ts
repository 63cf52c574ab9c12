import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { record } from "@/features/audit";
import { withinPlan } from "@/features/billing";
import type { Actor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { type PartPlan, STAGING, type Staged, type Storage, StorageError } from "@/platform/storage/storage";
import { fileTypeOf, MAX_BYTES } from "../file-types";
import { requireFolder } from "../folders/service";
import { canUpload } from "../policy";
import type { CreateUpload } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;
export type UploadsDeps = { storage: Storage; clock: Clock };
type Deps = UploadsDeps;

/** The smallest part that an S3 takes, but for the last one: a part that is cut off costs little to send again. */
const PART_BYTES = 5 * 1024 * 1024;
/** From its beginning. Addresses of parts hold for less: the upload, read again, gives new ones. */
const UPLOAD_LIFE_MS = 24 * 3_600_000;
const ADDRESS_LIFE_SECONDS = 3_600;

const noSuchUpload = () => new AppError("not_found", "There is no such upload of yours in this workspace.");
const closed = (upload: queries.UploadRow) =>
  new AppError("upload_closed", `This upload is ${upload.status} or has expired: begin a new one.`);

export const stagingKey = ({ workspaceId, id }: { workspaceId: string; id: string }) =>
  `${STAGING}/${workspaceId}/${id}`;
export const stagedOf = (upload: queries.UploadRow): Staged => ({ key: stagingKey(upload), ref: upload.storageRef });

function plan(sizeBytes: number): PartPlan[] {
  const count = Math.ceil(sizeBytes / PART_BYTES);
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    sizeBytes: Math.min(PART_BYTES, sizeBytes - index * PART_BYTES),
  }));
}

type Input = z.output<typeof CreateUpload>;

/** Refuses what can be told before a byte is sent. */
export async function requireUploadable(tx: Tx, actor: Actor, input: Input) {
  if (!canUpload(actor))
    throw new AppError("forbidden", "Viewers read: ask an Admin for the Writer's role.", { reason: "needs_writer" });
  const type = fileTypeOf(input.contentType, input.purpose);
  if (!type) {
    const sentence = `Files of the type ${input.contentType} are not taken: use PNG, JPEG, GIF, WebP, AVIF, MP4, WebM, MP3, PDF, an office document or plain text.`;
    const issues = [{ path: "contentType", message: "This type is not taken." }];
    throw new AppError("unsupported_media_type", sentence, { issues });
  }
  const most = MAX_BYTES[type.kind];
  if (input.sizeBytes > most) {
    const issues = [{ path: "sizeBytes", message: `At most ${most} bytes.` }];
    throw new AppError("too_large", `A file of this type may have at most ${most} bytes: make it smaller.`, { issues });
  }
  if (input.folderId) await requireFolder(tx, input.folderId);
  return type.contentType;
}

/** The storage is asked between two transactions; what it began is dropped where the second one fails. */
export const beginUpload = async ({ storage }: Deps, workspaceId: string, contentType: string) => {
  const id = newId();
  const key = stagingKey({ workspaceId, id });
  return { id, key, ref: await storage.begin(key, contentType) };
};

export async function createUpload(
  tx: Tx,
  actor: Actor,
  { contentType: _claimed, folderId, ...input }: Input,
  begun: { id: string; ref: string; contentType: string },
  deps: Deps,
) {
  const row = {
    ...input,
    id: begun.id,
    contentType: begun.contentType,
    folderId: folderId ?? null,
    storageRef: begun.ref,
    createdBy: actor.userId,
    expiresAt: new Date(deps.clock.now().getTime() + UPLOAD_LIFE_MS),
  };
  const upload = await withinPlan(tx, "storageBytes", () => queries.insertUpload(tx, row));
  if (folderId) await requireFolder(tx, folderId);
  await recorded(tx, actor, "begun", upload.id, { purpose: upload.purpose, sizeBytes: upload.sizeBytes });
  return present(upload, [], deps);
}

const recorded = (tx: Tx, actor: Actor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `assets.upload_${verb}`, subjectType: "asset_upload", subjectId, detail });

const isOpen = (upload: queries.UploadRow, { clock }: Deps) =>
  upload.status === "Open" && upload.expiresAt > clock.now();

async function present(upload: queries.UploadRow, received: PartPlan[], deps: Deps) {
  const numbers = new Set(received.map(({ number }) => number));
  const parts = plan(upload.sizeBytes);
  const open = isOpen(upload, deps) ? parts.filter(({ number }) => !numbers.has(number)) : [];
  const staged = { ...stagedOf(upload), contentType: upload.contentType };
  const requests = await deps.storage.partRequests(staged, open, ADDRESS_LIFE_SECONDS);
  const isIn = (number: number) => numbers.has(number) || !["Open", "Aborted"].includes(upload.status);
  return {
    ...upload,
    partBytes: PART_BYTES,
    parts: parts.map((part) => ({
      ...part,
      received: isIn(part.number),
      ...requests.find(({ number }) => number === part.number),
    })),
  };
}

export async function findUpload(tx: Tx, id: string) {
  const upload = await queries.findUpload(tx, id);
  if (!upload) throw noSuchUpload();
  return upload;
}

/** Asks the storage; not to be called in a transaction. */
export async function presentUpload(upload: queries.UploadRow, deps: Deps) {
  return present(upload, isOpen(upload, deps) ? await receivedOf(upload, deps) : [], deps);
}

async function receivedOf(upload: queries.UploadRow, { storage }: Deps): Promise<PartPlan[]> {
  const sizes = new Map(plan(upload.sizeBytes).map(({ number, sizeBytes }) => [number, sizeBytes]));
  try {
    const parts = await storage.partsOf(stagedOf(upload));
    return parts.filter(({ number, sizeBytes }) => sizes.get(number) === sizeBytes);
  } catch (error) {
    if (error instanceof StorageError && error.kind === "missing") throw closed(upload);
    throw error;
  }
}

/** Asks the storage; not to be called in a transaction. */
export async function requireComplete(upload: queries.UploadRow, deps: Deps) {
  if (!isOpen(upload, deps)) throw closed(upload);
  const received = new Set((await receivedOf(upload, deps)).map(({ number }) => number));
  const missing = plan(upload.sizeBytes).filter(({ number }) => !received.has(number));
  if (missing.length === 0) return;
  const numbers = missing.map(({ number }) => number);
  throw new AppError(
    "upload_incomplete",
    `Not all parts have arrived: send ${numbers.slice(0, 10).join(", ")} again.`,
    {
      extensions: { missing: numbers },
    },
  );
}

/** From here on it is the job's to say what came of it. */
export async function completeUpload(tx: Tx, actor: Actor, { id }: { id: string }, deps: Deps) {
  const open = await lockOpen(tx, actor, id);
  const upload = await queries.updateUpload(tx, open.id, { status: "Processing" });
  await enqueue(tx, {
    task: "assets.ingest",
    payload: { uploadId: id },
    jobKey: `assets.ingest:${id}`,
    maxAttempts: 12,
  });
  await recorded(tx, actor, "completed", id);
  return present(upload, [], deps);
}

export async function abortUpload(tx: Tx, actor: Actor, { id }: { id: string }) {
  const upload = await lockOpen(tx, actor, id);
  await queries.updateUpload(tx, id, { status: "Aborted" });
  await recorded(tx, actor, "aborted", id);
  return upload;
}

async function lockOpen(tx: Tx, actor: Actor, id: string) {
  const locked = await queries.lockUpload(tx, id);
  if (!locked) throw closed(await findUpload(tx, id));
  if (!canUpload(actor))
    throw new AppError("forbidden", "Viewers read: ask an Admin for the Writer's role.", { reason: "needs_writer" });
  return locked;
}
