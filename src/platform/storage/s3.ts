import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type Part,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Config } from "@/platform/config";
import { AppError, StartError } from "@/platform/errors";
import { requireKey, STAGING, type Staged, type Storage, StorageError } from "./storage";

export type S3Settings = NonNullable<Config["s3"]>;

/** In ms. A body that is on its way takes as long as it takes. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000 };

const silent = () => {};
const SILENT = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };

type Access = Pick<S3Settings, "region" | "accessKeyId" | "secretAccessKey" | "forcePathStyle">;

/** @param over how it is asked: the operator's own storage straight, and what a customer gave by the outbound fetch */
export function clientFor(
  { region, accessKeyId, secretAccessKey, forcePathStyle }: Access,
  endpoint: string | undefined,
  over: Pick<S3ClientConfig, "requestHandler" | "maxAttempts"> = { requestHandler: TIMEOUTS },
) {
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle,
    credentials: { accessKeyId, secretAccessKey },
    ...over,
    // What fails is thrown, and told by whoever catches it.
    logger: SILENT,
    // Each object is sealed, and carries tags of its own; not every S3 knows the checksums that are sent by default.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  client.middlewareStack.add((next) => (args) => next(args).catch(asUnreachable), {
    step: "initialize",
    priority: "high",
    name: "contentosUnreachable",
  });
  return client;
}

/** @throws AppError `overloaded` for no answer, and for one that doesn't say what is wrong */
function asUnreachable(cause: unknown): never {
  if (cause instanceof S3ServiceException && (cause.$metadata.httpStatusCode ?? 500) < 500) throw cause;
  throw new AppError("overloaded", "The storage of files can't be reached for a moment: try again.", {
    cause,
    retryAfterSeconds: 5,
  });
}

/** Any S3: Amazon's, Ceph's, R2, B2 and the like. What browsers send goes straight there. */
export function createS3Storage(settings: S3Settings): Storage {
  const { bucket } = settings;
  const client = clientFor(settings, settings.endpoint);
  const outside = clientFor(settings, settings.publicEndpoint ?? settings.endpoint);
  const place = (key: string) => ({ Bucket: bucket, Key: requireKey(key) });
  const upload = ({ key, ref }: Staged) => ({ ...place(key), UploadId: ref });

  return {
    check: () => check(client, settings),

    async begin(key, contentType) {
      const command = new CreateMultipartUploadCommand({ ...place(key), ContentType: contentType });
      return (await client.send(command)).UploadId!;
    },

    // Length and type are signed: the server refuses any other.
    partRequests: ({ contentType, ...staged }, parts, lifeSeconds) =>
      Promise.all(
        parts.map(async ({ number, sizeBytes }) => {
          const command = new UploadPartCommand({ ...upload(staged), PartNumber: number, ContentLength: sizeBytes });
          command.middlewareStack.add(withType(contentType), { step: "build", name: "contentType" });
          const url = await getSignedUrl(outside, command, {
            expiresIn: lifeSeconds,
            signableHeaders: new Set(["host", "content-type", "content-length"]),
          });
          return { number, sizeBytes, method: "PUT" as const, url, headers: { "content-type": contentType } };
        }),
      ),

    async partsOf(staged) {
      const parts = await listParts(client, upload(staged)).catch(unlessOver);
      return parts.map(({ PartNumber, Size }) => ({ number: PartNumber!, sizeBytes: Size! }));
    },

    finish: (staged) => finish(client, upload(staged)),

    readStaged: async ({ key }) => bodyOf(client, new GetObjectCommand(place(key))),

    async drop(staged) {
      await client.send(new AbortMultipartUploadCommand(upload(staged))).catch(unlessGone);
      await client.send(new DeleteObjectCommand(place(staged.key)));
    },

    dropStale: (before) => dropStale(client, bucket, before),

    async put(key, sizeBytes, bytes) {
      const body = Readable.from(bytes, { objectMode: false });
      // The library would wait for the rest of a body that has failed.
      const failed = new AbortController();
      body.once("error", (error) => failed.abort(error));
      const command = new PutObjectCommand({
        ...place(key),
        Body: body,
        ContentLength: sizeBytes,
        ContentType: "application/octet-stream",
        IfNoneMatch: "*",
      });
      try {
        await client.send(command, { abortSignal: failed.signal });
        return "Written";
      } catch (error) {
        failed.signal.throwIfAborted();
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return "Exists";
        throw error;
      }
    },

    read: (key, start, end) =>
      bodyOf(client, new GetObjectCommand({ ...place(key), Range: `bytes=${start}-${end - 1}` })),

    async remove(key) {
      await client.send(new DeleteObjectCommand(place(key)));
    },

    removeBelow: (below) => dropBelow(client, bucket, `${requireKey(below)}/`),
  };
}

type Place = { Bucket: string; Key: string };
type Upload = Place & { UploadId: string };

/** `UploadPart` has no type of its own; signed all the same, so that a browser can't claim another one. */
const withType =
  (contentType: string) =>
  <Args extends { request: unknown }, Output>(next: (args: Args) => Promise<Output>) =>
  (args: Args) => {
    (args.request as { headers: Record<string, string> }).headers["content-type"] = contentType;
    return next(args);
  };

const isGone = (error: unknown) =>
  error instanceof S3ServiceException && ["NoSuchUpload", "NoSuchKey", "NotFound"].includes(error.name);

function unlessGone(error: unknown) {
  if (!isGone(error)) throw error;
}

function unlessOver(error: unknown): never {
  throw isGone(error)
    ? new StorageError("missing", "There is no such upload, or it is over.", { cause: error })
    : error;
}

/**
 * Page after page, as long as the server says that there are more. Not by the library's own paginator: that one goes on
 * for as long as a page names the next, which Ceph's last page does as well.
 */
async function* pagesOf<Page extends { IsTruncated?: boolean | undefined }>(
  read: (before: Page | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let page: Page | undefined;
  do {
    page = await read(page);
    yield page;
  } while (page.IsTruncated);
}

async function listParts(client: S3Client, upload: Upload): Promise<Part[]> {
  const parts: Part[] = [];
  const pages = pagesOf<ListPartsCommandOutput>((before) =>
    client.send(new ListPartsCommand({ ...upload, PartNumberMarker: before?.NextPartNumberMarker })),
  );
  for await (const { Parts = [] } of pages) parts.push(...Parts);
  return parts;
}

async function finish(client: S3Client, upload: Upload) {
  try {
    const parts = await listParts(client, upload);
    const MultipartUpload = { Parts: parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })) };
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
  } catch (error) {
    if (!isGone(error)) throw error;
    // Somebody has done it before, or it was dropped.
    const { Bucket, Key } = upload;
    await client.send(new HeadObjectCommand({ Bucket, Key })).catch(unlessOver);
  }
}

async function bodyOf(client: S3Client, command: GetObjectCommand): Promise<AsyncIterable<Uint8Array>> {
  try {
    return (await client.send(command)).Body as Readable;
  } catch (cause) {
    throw isGone(cause) ? new StorageError("missing", "There is no such object.", { cause }) : cause;
  }
}

const dropStale = (client: S3Client, bucket: string, before: Date) => dropBelow(client, bucket, `${STAGING}/`, before);

/** Uploads and objects; with a time, those that are older. */
async function dropBelow(client: S3Client, Bucket: string, Prefix: string, before?: Date): Promise<number> {
  let dropped = 0;
  const isMeant = (at: Date | undefined) => before === undefined || (at !== undefined && at < before);
  const uploads = pagesOf<ListMultipartUploadsCommandOutput>((last) =>
    client.send(
      new ListMultipartUploadsCommand({
        Bucket,
        Prefix,
        KeyMarker: last?.NextKeyMarker,
        UploadIdMarker: last?.NextUploadIdMarker,
      }),
    ),
  );
  for await (const { Uploads = [] } of uploads) {
    for (const { Key, UploadId, Initiated } of Uploads) {
      if (!Key || !isMeant(Initiated)) continue;
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(unlessGone);
      dropped += 1;
    }
  }
  const objects = pagesOf<ListObjectsV2CommandOutput>((last) =>
    client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: last?.NextContinuationToken })),
  );
  for await (const { Contents = [] } of objects) {
    for (const { Key, LastModified } of Contents) {
      if (!Key || !isMeant(LastModified)) continue;
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      dropped += 1;
    }
  }
  return dropped;
}

/** Where several addresses of one name were tried, there is only a code. */
function reasonOf(error: unknown): string {
  const { message, code } = (error instanceof AppError ? error.cause : error) as NodeJS.ErrnoException;
  return message || code || "no answer";
}

async function check(client: S3Client, { bucket, endpoint }: S3Settings) {
  const where = endpoint ?? "Amazon S3";
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (cause) {
    const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
    throw new StartError(
      status === 404
        ? `There is no bucket ${bucket} at ${where}: make it, or correct S3_BUCKET.`
        : status === 403 || status === 400
          ? `${where} does not accept these credentials for the bucket ${bucket}: correct S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY or S3_REGION.`
          : `The storage at ${where} can't be reached: ${reasonOf(cause)}. Correct S3_ENDPOINT, or start it.`,
      { cause },
    );
  }
}
