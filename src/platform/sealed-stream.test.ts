import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CHUNK_BYTES,
  gather,
  HEADER_BYTES,
  openStream,
  type SealedSource,
  type StreamKey,
  sealedSize,
  sealStream,
} from "./sealed-stream";
import { createKeyring, SealError } from "./secrets";

const keyring = createKeyring("a secret of these tests");
const wrapped = keyring.newWorkspaceKey();
const keyFor =
  (...words: string[]): StreamKey =>
  (salt) =>
    keyring.streamKey(wrapped, salt, words);
const key = keyFor("asset", "workspace", "hash");

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

let names = 0;
const sourceOf = (sealed: Buffer, sizeBytes: number): SealedSource => ({
  name: `stream ${names++}`,
  sizeBytes,
  read: async (start, end) => inPieces(sealed.subarray(start, end), 10_007),
});
const seal = (plaintext: Buffer, of = key) => gather(sealStream(of, inPieces(plaintext, 30_011)));
const open = (sealed: Buffer, sizeBytes: number, range = {}, of = key) =>
  gather(openStream(of, sourceOf(sealed, sizeBytes), range));

const CHUNK = CHUNK_BYTES + 16;
const chunksOf = (sealed: Buffer) => {
  const chunks = [];
  for (let at = HEADER_BYTES; at < sealed.length; at += CHUNK) chunks.push(sealed.subarray(at, at + CHUNK));
  return chunks;
};
const headerOf = (sealed: Buffer) => sealed.subarray(0, HEADER_BYTES);

/** Around the ends of chunks, where counting goes wrong. */
const sizes = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc
    .integer({ min: 0, max: 3 })
    .chain((chunks) => fc.integer({ min: -2, max: 2 }).map((more) => Math.max(0, chunks * CHUNK_BYTES + more))),
);

describe("a sealed stream", () => {
  it("opens as what was sealed, and has the size that was told before", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => {
        const plaintext = randomBytes(size);
        const sealed = await seal(plaintext);
        expect(sealed.length).toBe(sealedSize(size));
        expect((await open(sealed, size)).equals(plaintext)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("opens at any range as that range", async () => {
    const size = 3 * CHUNK_BYTES + 17;
    const plaintext = randomBytes(size);
    const sealed = await seal(plaintext);
    const edges = fc.oneof(
      fc.integer({ min: 0, max: size }),
      fc.constantFrom(
        0,
        1,
        CHUNK_BYTES - 1,
        CHUNK_BYTES,
        CHUNK_BYTES + 1,
        2 * CHUNK_BYTES,
        3 * CHUNK_BYTES,
        size - 1,
        size,
      ),
    );
    await fc.assert(
      fc.asyncProperty(edges, edges, async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        expect((await open(sealed, size, { start, end })).equals(plaintext.subarray(start, end))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("reads of a range no more than its chunks", async () => {
    const size = 20 * CHUNK_BYTES;
    const sealed = await seal(randomBytes(size));
    const reads: [number, number][] = [];
    const source = { ...sourceOf(sealed, size) };
    const read: SealedSource["read"] = (start, end) => {
      reads.push([start, end]);
      return source.read(start, end);
    };
    await gather(openStream(key, { ...source, read }, { start: 5 * CHUNK_BYTES + 1, end: 5 * CHUNK_BYTES + 2 }));
    await gather(openStream(key, { ...source, read }, { start: 0, end: 1 }));
    // The header is read once.
    expect(reads).toEqual([
      [0, HEADER_BYTES],
      [HEADER_BYTES + 5 * CHUNK, HEADER_BYTES + 6 * CHUNK],
      [HEADER_BYTES, HEADER_BYTES + CHUNK],
    ]);
  });

  it("seals the same bytes differently each time", async () => {
    const plaintext = Buffer.from("the same");
    expect((await seal(plaintext)).equals(await seal(plaintext))).toBe(false);
  });

  it("does not open with any one bit changed", async () => {
    const plaintext = randomBytes(2 * CHUNK_BYTES + 5);
    const sealed = await seal(plaintext);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sealed.length * 8 - 1 }), async (bit) => {
        const changed = Buffer.from(sealed);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        await expect(open(changed, plaintext.length)).rejects.toThrow(SealError);
      }),
      { numRuns: 100 },
    );
  });

  const size = 3 * CHUNK_BYTES + 5;
  const plaintext = randomBytes(size);
  const tampered: [string, (sealed: Buffer) => Buffer | Promise<Buffer>, number?][] = [
    ["cut within a chunk", (sealed) => sealed.subarray(0, sealed.length - 1)],
    ["cut after a chunk, and said to be that long", (sealed) => sealed.subarray(0, HEADER_BYTES + CHUNK), CHUNK_BYTES],
    ["cut to its header", headerOf],
    [
      "with two chunks in the other's place",
      (sealed) => {
        const [a, b, ...rest] = chunksOf(sealed);
        return Buffer.concat([headerOf(sealed), b!, a!, ...rest]);
      },
    ],
    [
      "without a chunk",
      (sealed) => {
        const [a, , ...rest] = chunksOf(sealed);
        return Buffer.concat([headerOf(sealed), a!, ...rest]);
      },
      size - CHUNK_BYTES,
    ],
    [
      "with a chunk twice",
      (sealed) => {
        const [a, b, , ...rest] = chunksOf(sealed);
        return Buffer.concat([headerOf(sealed), a!, b!, b!, ...rest]);
      },
    ],
    [
      "with a chunk of another stream under the same key",
      async (sealed) => {
        const other = chunksOf(await seal(plaintext));
        const own = chunksOf(sealed);
        return Buffer.concat([headerOf(sealed), own[0]!, other[1]!, own[2]!, own[3]!]);
      },
    ],
    [
      "with another stream's header",
      async (sealed) => Buffer.concat([headerOf(await seal(plaintext)), ...chunksOf(sealed)]),
    ],
    ["that is something else", () => randomBytes(sealedSize(size))],
  ];
  it.each(tampered)("does not open %s", async (_, tamper, claimed = size) => {
    const sealed = await seal(plaintext);
    expect((await open(sealed, size)).equals(plaintext)).toBe(true);
    await expect(open(await tamper(sealed), claimed)).rejects.toThrow(SealError);
  });

  it("does not open as longer or shorter than it is", async () => {
    const sealed = await seal(Buffer.from("twelve bytes"));
    await expect(open(sealed, 11)).rejects.toThrow(SealError);
    await expect(open(sealed, 13)).rejects.toThrow(SealError);
  });

  it("belongs to what it was sealed for, and to its key", async () => {
    const sealed = await seal(plaintext);
    for (const other of [keyFor("asset", "another", "hash"), keyFor("asset", "workspace", "other"), keyFor("asset")])
      await expect(open(sealed, size, {}, other)).rejects.toThrow(SealError);
    const elsewhere = keyring.newWorkspaceKey();
    const foreign: StreamKey = (salt) => keyring.streamKey(elsewhere, salt, ["asset", "workspace", "hash"]);
    await expect(open(sealed, size, {}, foreign)).rejects.toThrow(SealError);
  });

  it("opens under a new master secret that knows the one before", async () => {
    const sealed = await seal(plaintext);
    const renewed = createKeyring("a new secret", ["a secret of these tests"]);
    const rewrapped = renewed.rewrap(wrapped);
    const after: StreamKey = (salt) =>
      createKeyring("a new secret").streamKey(rewrapped, salt, ["asset", "workspace", "hash"]);
    expect((await open(sealed, size, {}, after)).equals(plaintext)).toBe(true);
  });
});
