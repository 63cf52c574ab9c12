import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { SealError } from "./secrets";

/*
 * Bytes of any length, sealed so that any range of them can be opened without the rest: the STREAM construction
 * (Hoang, Reyhanitabar, Rogaway, Vizár 2015), as age and Tink have it. A header, then chunks of 64 KiB by AES-256-GCM
 * under a key of this stream alone, each with its tag. The nonce counts the chunks and marks the last one, so that a
 * chunk which is changed, moved, left out or cut off doesn't open.
 */
const VERSION = 1;
const SALT_BYTES = 32;
export const HEADER_BYTES = 1 + SALT_BYTES;
export const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

/** The key of one stream, from its random salt: `Keyring.streamKey` bound to what the stream belongs to. */
export type StreamKey = (salt: Uint8Array) => Buffer;

/** How many bytes a sealed stream has. An empty one is a header and one empty chunk. */
export const sealedSize = (sizeBytes: number) =>
  HEADER_BYTES + sizeBytes + TAG_BYTES * Math.max(1, Math.ceil(sizeBytes / CHUNK_BYTES));

/** At most one chunk is held at a time. */
export async function* sealStream(keyOf: StreamKey, plaintext: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const key = keyOf(salt);
  yield Buffer.concat([Buffer.from([VERSION]), salt]);
  let number = 0;
  let held: Buffer | undefined;
  for await (const chunk of inChunks(plaintext)) {
    if (held) yield sealChunk(key, number++, false, held);
    held = chunk;
  }
  yield sealChunk(key, number, true, held ?? Buffer.alloc(0));
}

export type SealedSource = {
  /** Names the stream for good, so that its header is read once. */
  name: string;
  /** Of the plaintext. */
  sizeBytes: number;
  /** Sealed bytes from `start` up to, and without, `end`. */
  read(start: number, end: number): Promise<AsyncIterable<Uint8Array>>;
};

const headers = new LRUCache<string, Buffer>({ max: 10_000 });

/**
 * The plaintext from `start` up to, and without, `end`; all of it by default. What was not sealed like this, under this
 * key and with this size, throws before a byte of the chunk that is wrong is given.
 * @throws SealError
 */
export async function* openStream(
  keyOf: StreamKey,
  source: SealedSource,
  { start = 0, end = source.sizeBytes }: { start?: number; end?: number } = {},
): AsyncGenerator<Buffer> {
  const { sizeBytes } = source;
  const last = Math.max(0, Math.ceil(sizeBytes / CHUNK_BYTES) - 1);
  const first = Math.min(last, Math.floor(start / CHUNK_BYTES));
  const final = Math.min(last, Math.max(first, Math.ceil(end / CHUNK_BYTES) - 1));
  const key = keyOf((await headerOf(source)).subarray(1));
  const from = HEADER_BYTES + first * SEALED_CHUNK_BYTES;
  const to = Math.min(sealedSize(sizeBytes), HEADER_BYTES + (final + 1) * SEALED_CHUNK_BYTES);

  let number = first;
  for await (const sealed of inChunks(await source.read(from, to), SEALED_CHUNK_BYTES)) {
    if (number > final) throw new SealError("A sealed stream is longer than it was");
    const chunk = openChunk(key, number, number === last, sealed);
    if (number === last && last * CHUNK_BYTES + chunk.length !== sizeBytes)
      throw new SealError("A sealed stream is not of the size that is known of it");
    const offset = number++ * CHUNK_BYTES;
    const wanted = chunk.subarray(Math.max(0, start - offset), Math.max(0, end - offset));
    if (wanted.length > 0) yield wanted;
  }
  if (number <= final) throw new SealError("A sealed stream was cut off");
}

async function headerOf({ name, read }: SealedSource): Promise<Buffer> {
  const known = headers.get(name);
  if (known) return known;
  const header = await gather(await read(0, HEADER_BYTES));
  if (header.length !== HEADER_BYTES || header[0] !== VERSION) throw new SealError("This is not a sealed stream");
  headers.set(name, header);
  return header;
}

const NONCE_BYTES = 12;

function nonceOf(number: number, isLast: boolean) {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUIntBE(number, 5, 6);
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
  return nonce;
}

function sealChunk(key: Buffer, number: number, isLast: boolean, chunk: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, isLast), { authTagLength: TAG_BYTES });
  return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(key: Buffer, number: number, isLast: boolean, sealed: Buffer): Buffer {
  if (sealed.length < TAG_BYTES) throw new SealError("A sealed stream was cut off");
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, isLast), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new SealError("A sealed stream was changed, or belongs to something else", { cause });
  }
}

/** The same bytes in pieces of one size; the last one is what is left, and there is none of no bytes. */
async function* inChunks(bytes: AsyncIterable<Uint8Array>, size = CHUNK_BYTES): AsyncGenerator<Buffer> {
  let piece = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const part of bytes) {
    for (let at = 0; at < part.length; ) {
      const taken = Math.min(size - filled, part.length - at);
      piece.set(part.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < size) continue;
      yield piece;
      // Whoever has the piece may keep it.
      piece = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

/** All of it, for what is known to be small. */
export async function gather(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}
