import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { PutObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import { OutboundError, type OutboundFetch } from "@/platform/outbound-fetch";
import type { Sent } from "@/platform/outbound-send";
import { clientFor } from "./s3";

const TIMEOUT_MS = 30_000;
/** An answer to a put has no more than a few words of XML, in bytes. */
const ANSWER_BYTES = 1_000_000;
const KEPT = 1_000;

/** A bucket that a customer names; without an endpoint it is Amazon's. */
export type CustomerBucket = {
  endpoint: string | undefined;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
};

type SignedRequest = {
  method: string;
  protocol: string;
  hostname: string;
  port?: number | undefined;
  path: string;
  query?: Record<string, string | string[] | null> | undefined;
  headers: Record<string, string>;
  body?: Uint8Array | undefined;
};

/** Said by the connection itself, or not known to it. */
const OF_THE_CONNECTION = new Set(["host", "content-length", "expect"]);

/** Requests as the library signs them, by the only way to addresses that somebody gave. */
const handlerOver = (fetch: OutboundFetch) => ({
  async handle(request: SignedRequest, options: { abortSignal?: unknown } = {}) {
    const { protocol, hostname, port, path, method, body } = request;
    const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ""}${path}`);
    for (const [name, value] of Object.entries(request.query ?? {}))
      for (const one of [value ?? ""].flat()) url.searchParams.append(name, one);
    const headers = Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));
    const answer = await fetch(url, {
      method,
      headers,
      ...(body && { body: new Uint8Array(body) }),
      redirect: "manual",
      signal: options.abortSignal as AbortSignal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: ANSWER_BYTES,
    });
    const response = {
      statusCode: answer.status,
      reason: answer.statusText,
      headers: Object.fromEntries(answer.headers),
      body: Readable.from(Buffer.from(await answer.arrayBuffer()), { objectMode: false }),
    };
    return { response };
  },
});

type Written = { key: string; bytes: Buffer; contentType: string };

/**
 * Puts an object, over one of the same name: whoever names it by what it holds may repeat it. What goes wrong is told,
 * and thrown only where this process has to stop.
 */
export async function putInBucket(
  { endpoint, bucket, ...access }: CustomerBucket,
  { key, bytes, contentType }: Written,
  { fetch, signal }: { fetch: OutboundFetch; signal: AbortSignal },
): Promise<Sent> {
  const over = { requestHandler: handlerOver(fetch) as never, maxAttempts: 1 };
  const client = clientFor({ ...access, forcePathStyle: endpoint !== undefined }, endpoint, over);
  try {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: bytes,
      ContentType: contentType,
      // Buckets that lock their objects take none without it.
      ContentMD5: createHash("md5").update(bytes).digest("base64"),
    });
    await client.send(command, { abortSignal: signal });
    return { outcome: "Delivered", statusCode: 200, response: null, error: null };
  } catch (error) {
    if (signal.aborted) throw error;
    return toldOf(error);
  } finally {
    client.destroy();
  }
}

function toldOf(error: unknown): Sent {
  // Where nobody answered, or with 5xx, the client has wrapped it.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof S3ServiceException) {
    const statusCode = cause.$metadata.httpStatusCode ?? null;
    return { outcome: "Refused", statusCode, response: null, error: `${cause.name}: ${cause.message}`.slice(0, KEPT) };
  }
  if (cause instanceof OutboundError)
    return {
      outcome: cause.sent ? "Lost" : "Unreachable",
      statusCode: null,
      response: null,
      error: cause.message.slice(0, KEPT),
    };
  throw error;
}
