import {
  type Asset,
  abortUpload,
  type Client,
  completeUpload,
  createUpload,
  getAsset,
  getUpload,
  isProblem,
  newKey,
  type Upload,
} from "@contentos/sdk";
import { FILE_TYPES, fileTypeOf, type Purpose } from "../file-types";

export type Uploading = {
  purpose?: Purpose | undefined;
  folderId?: string | undefined;
  altText?: string | undefined;
  /** From 0 to 1, as bytes leave; 1 while the server looks at the file. */
  onProgress?: ((share: number) => void) | undefined;
  /** Gives the upload up. */
  signal?: AbortSignal | undefined;
  /** How a part is sent, and time: for tests. */
  send?: SendPart | undefined;
  wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
};

type Part = Upload["parts"][number];
type SendPart = (
  to: { url: string; headers: Record<string, string> },
  bytes: Blob,
  onSent: (bytes: number) => void,
  signal: AbortSignal | undefined,
) => Promise<void>;

/** So many parts are on their way at the same time. */
const AT_ONCE = 3;
/** How often the parts that are missing are sent again, and the rest before the first time, in ms. */
const TRIES = 5;
const FIRST_REST_MS = 500;
/** Between two looks at what the server makes of the file, in ms. */
const LOOK = { first: 300, most: 3_000 };

/** Where an upload of a file stands that broke off: the same file goes on there. */
const begun = new WeakMap<File, { uploadId: string; purpose: Purpose }>();

/**
 * Uploads a file in parts; what arrived before the line broke is not sent again, also when it is called anew with the
 * same file. @throws Problem for a refusal, Error with the reason where the content is refused, and the signal's reason
 * @example const asset = await uploadFile(client.in(workspaceId), file, { onProgress: setShare, signal });
 */
export async function uploadFile(client: Client, file: File, options: Uploading = {}): Promise<Asset> {
  const { onProgress, signal, purpose = "Asset", wait = pause } = options;
  const uploadId = await beginOrResume(client, file, { ...options, purpose });
  begun.set(file, { uploadId, purpose });
  try {
    await sendParts(client, uploadId, file, options);
    onProgress?.(1);
    await complete(client, uploadId, signal);
    const assetId = await untilReady(client, uploadId, { signal, wait });
    begun.delete(file);
    return await client.call(getAsset, { id: assetId }, { signal });
  } catch (error) {
    if (signal?.aborted) {
      begun.delete(file);
      // It would expire anyway: nobody has to hear of it.
      await client.call(abortUpload, { id: uploadId }).catch(() => {});
      signal.throwIfAborted();
    }
    if (error instanceof RefusedFile || isProblem(error, "upload_closed")) begun.delete(file);
    throw error;
  }
}

class RefusedFile extends Error {}

/** Whether another try with the same file would end the same way. */
export const isRefusal = (error: unknown) =>
  error instanceof RefusedFile ||
  (isProblem(error) && error.status >= 400 && error.status < 500 && error.status !== 429);

/** Feeds are XML, whatever else they are called. */
const FEED = /\.(rss|atom)$/i;

/** The type of a file: the browser's word where it is one that the server knows, else told by the name. */
export function typeOf({ name, type }: { name: string; type: string }): string {
  if (fileTypeOf(type, "Import")) return type;
  if (FEED.test(name)) return "application/xml";
  const ending = name.split(".").slice(1).at(-1)?.toLowerCase();
  const byName = Object.entries(FILE_TYPES).find(([, { extensions }]) => ending && extensions.includes(ending));
  return byName?.[0] ?? (type || "application/octet-stream");
}

async function beginOrResume(client: Client, file: File, options: Uploading & { purpose: Purpose }): Promise<string> {
  const { purpose, folderId, altText, signal } = options;
  const before = begun.get(file);
  if (before?.purpose === purpose) {
    const upload = await client.call(getUpload, { id: before.uploadId }, { signal }).catch(() => undefined);
    if (upload?.status === "Open" || upload?.status === "Processing" || upload?.status === "Ready") return upload.id;
  }
  const body = {
    fileName: file.name,
    contentType: typeOf(file),
    sizeBytes: file.size,
    purpose,
    ...(altText && { altText }),
    ...(folderId && { folderId }),
  };
  return (await client.call(createUpload, { body }, { signal, idempotencyKey: newKey() })).id;
}

/** Sends what has not arrived, until all has. */
async function sendParts(client: Client, id: string, file: File, options: Uploading): Promise<void> {
  const { signal, wait = pause } = options;
  for (let tries = 1; ; tries += 1) {
    const upload = await client.call(getUpload, { id }, { signal });
    const missing = upload.status === "Open" ? upload.parts.filter(({ received }) => !received) : [];
    if (missing.length === 0) return;
    const failure = await sendAll(upload, missing, file, options);
    if (!failure) return;
    signal?.throwIfAborted();
    if (tries >= TRIES) throw failure;
    await wait(FIRST_REST_MS * 2 ** (tries - 1), signal);
  }
}

/** The first failure, if any; the other parts still arrive. */
async function sendAll(
  upload: Upload,
  missing: Part[],
  file: File,
  { onProgress, signal, send = sendByXhr }: Uploading,
) {
  const sent = new Map(upload.parts.map(({ number, sizeBytes, received }) => [number, received ? sizeBytes : 0]));
  const tell = (number: number, bytes: number) => {
    sent.set(number, bytes);
    const all = [...sent.values()].reduce((sum, one) => sum + one, 0);
    onProgress?.(Math.min(all / upload.sizeBytes, 1));
  };
  const queue = [...missing];
  let failure: unknown;
  const lane = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) {
      const { number, sizeBytes, url, headers = {} } = part;
      if (!url) continue;
      const from = (number - 1) * upload.partBytes;
      try {
        await send({ url, headers }, file.slice(from, from + sizeBytes), (bytes) => tell(number, bytes), signal);
        tell(number, sizeBytes);
      } catch (error) {
        tell(number, 0);
        failure ??= error;
        if (signal?.aborted) return;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return failure;
}

/** What we take ourselves, we take on every host; another one than the page's is closed to it. */
function onThisHost(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname.startsWith("/api/v1/assets/uploads/") ? pathname + search : url;
}

/** `fetch` can't tell how much it has sent. */
const sendByXhr: SendPart = ({ url, headers }, bytes, onSent, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", onThisHost(url));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => {
      const { status } = request;
      if (status >= 200 && status < 300) resolve();
      else reject(new Error(`A part of the file did not arrive (${status}).`));
    };
    request.onerror = () => reject(new Error("The connection broke off. Try again: what has arrived is kept."));
    request.onabort = () => reject(signal?.reason);
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(bytes);
  });

/** Said twice, after an answer that was lost, it is closed: whoever looks is told what came of it. */
async function complete(client: Client, id: string, signal: AbortSignal | undefined) {
  await client.call(completeUpload, { id }, { signal }).catch((error: unknown) => {
    if (!isProblem(error, "upload_closed") && !isProblem(error, "unreachable")) throw error;
  });
}

async function untilReady(
  client: Client,
  id: string,
  { signal, wait }: { signal: AbortSignal | undefined; wait: NonNullable<Uploading["wait"]> },
): Promise<string> {
  for (let restMs = LOOK.first; ; restMs = Math.min(restMs * 1.5, LOOK.most)) {
    const { status, assetId, reason } = await client.call(getUpload, { id }, { signal });
    if (status === "Ready" && assetId) return assetId;
    if (status === "Refused") throw new RefusedFile(reason ?? "This file was refused.");
    if (status === "Aborted") throw new RefusedFile("This upload was given up.");
    // Its completion did not reach the server.
    if (status === "Open") await complete(client, id, signal);
    await wait(restMs, signal);
  }
}

const pause = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
