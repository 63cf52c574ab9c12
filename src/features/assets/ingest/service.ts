import { createHash } from "node:crypto";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { withinPlan } from "@/features/billing";
import type { SystemActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { namedFor } from "../file-types";
import { keep, type VaultDeps } from "../files/vault";
import { findFolder } from "../folders/queries";
import * as queries from "../queries";
import { makeVariants } from "./images";
import { type Announced, type Inspected, inspect, RefusedFile } from "./inspect";

/** In a transaction of the job that brings the file in. */
export type InTx = <T>(work: (tx: WorkspaceTx, actor: SystemActor) => Promise<T>) => Promise<T>;

/** A file that can be read from its beginning more than once. */
export type Source = Announced & { read(): Promise<AsyncIterable<Uint8Array>> };

/** Checked and kept; nothing is known of it in the database as yet. */
export type Stored = Inspected & {
  /** Undefined where these bytes were known before. */
  blob: queries.NewBlob | undefined;
};

/**
 * Checks a file by its content, and keeps it sealed with what is made of it. No transaction is open meanwhile. Doing it
 * again, or twice at once, keeps one.
 * @throws RefusedFile
 */
export async function store(deps: VaultDeps, inTx: InTx, source: Source): Promise<Stored> {
  const inspected = await inspect(await source.read(), source);
  const { sha256, sizeBytes } = inspected;
  if (await inTx((tx) => queries.findBlob(tx, sha256))) return { ...inspected, blob: undefined };
  const { image, variants } = await variantsOf(inspected);
  const { workspaceId, key } = await inTx(async (tx, actor) => ({
    workspaceId: actor.workspaceId,
    key: (await queries.newestKey(tx)) ?? (await queries.insertKey(tx, deps.keyring.newWorkspaceKey())),
  }));
  const under = { workspaceId, keyId: key.id, wrappedKey: key.wrappedKey };
  await keep(deps, { ...under, sha256, sizeBytes }, await source.read());
  for (const { stored, bytes } of variants) await keep(deps, { ...under, ...stored }, oneOf(bytes));
  const stored = variants.map((variant) => variant.stored);
  return { ...inspected, blob: { sha256, sizeBytes, keyId: key.id, ...image, variants: stored } };
}

async function variantsOf({ kind, whole }: Inspected) {
  if (kind !== "Image") return { image: { width: null, height: null, animated: false }, variants: [] };
  const { variants, ...image } = await makeVariants(whole!);
  const made = variants.map(({ bytes, ...variant }) => ({
    bytes,
    stored: {
      ...variant,
      sizeBytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    } satisfies queries.StoredVariant,
  }));
  return { image, variants: made };
}

async function* oneOf(bytes: Buffer) {
  yield bytes;
}

export type NewAsset = {
  /** Its own, where it moves here from another deployment. */
  id?: string;
  fileName: string;
  altText: string;
  folderId: string | null;
  purpose: "Asset" | "Import";
  createdBy: string;
};

/** Makes an asset of what was stored, in the transaction that tells of it. */
export async function addAsset(tx: WorkspaceTx, actor: SystemActor, stored: Stored, wanted: NewAsset) {
  const { contentType, kind, sha256, sizeBytes, blob } = stored;
  const { altText, purpose, createdBy, folderId } = wanted;
  await queries.holdFiles(tx, { alone: false });
  if (await queries.areGoing(tx, [sha256, ...(blob?.variants ?? []).map((variant) => variant.sha256)]))
    throw new Error("The same bytes are just being removed: they are brought in when the job is tried again");
  if (blob) await queries.insertBlob(tx, blob);
  const id = wanted.id ?? newId();
  const fileName = namedFor(contentType, wanted.fileName);
  // A folder that was removed meanwhile keeps nobody from their file.
  const folder = folderId === null ? undefined : await findFolder(tx, folderId);
  const row = { id, purpose, kind, fileName, contentType, altText, folderId: folder?.id ?? null, sha256, createdBy };
  await queries.insertAsset(tx, row);
  await record(tx, actor, {
    action: "assets.uploaded",
    subjectType: "asset",
    subjectId: id,
    detail: { kind, sizeBytes, sha256, createdBy },
  });
  await emit(tx, { type: "assets.uploaded", subjectId: id, payload: { kind, sizeBytes, purpose } });
  return id;
}

/**
 * The same of a file that comes in without an upload, whose size nobody has held against the plan.
 * @throws RefusedFile where the plan has no room for it
 */
export async function bringAsset(tx: WorkspaceTx, actor: SystemActor, stored: Stored, wanted: NewAsset) {
  try {
    return await withinPlan(tx, "storageBytes", () => addAsset(tx, actor, stored, wanted));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new RefusedFile(cause.message, { cause });
  }
}
