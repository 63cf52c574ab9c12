import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gather } from "@/platform/sealed-stream";
import type { PartRequest, Storage } from "@/platform/storage/storage";

/** A storage as a test sees it. */
export type Subject = {
  storage: Storage;
  /** Sends a part as whoever uploads does, and says with which status it was answered. */
  send(request: PartRequest, bytes: Uint8Array): Promise<number>;
  /** What stands under a key, as the storage itself tells it; undefined for nothing. */
  look(key: string): Promise<Buffer | undefined>;
  /** How many uploads are under way, finished or not. */
  countStaged(): Promise<number>;
  close(): Promise<void>;
};

const TYPE = "image/png";
/** What S3 asks of every part but the last. */
const PART = 5 * 1024 * 1024;

async function* inPieces(bytes: Buffer, size = 100_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What every storage has to do. */
export function describeStorage(name: string, open: () => Promise<Subject>) {
  describe(`${name} keeps files`, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject?.close());

    const begin = async () => {
      const key = `staging/${randomUUID()}/${randomUUID()}`;
      return { key, ref: await subject.storage.begin(key, TYPE), contentType: TYPE };
    };
    type Staged = Awaited<ReturnType<typeof begin>>;
    const requests = (staged: Staged, sizes: number[], lifeSeconds = 60) =>
      subject.storage.partRequests(
        staged,
        sizes.map((sizeBytes, index) => ({ number: index + 1, sizeBytes })),
        lifeSeconds,
      );
    const missing = { name: "StorageError", kind: "missing" };

    it("is there", async () => {
      await expect(subject.storage.check()).resolves.toBeUndefined();
    });

    it("joins parts in the order of their numbers, whatever the order they came in", async () => {
      const bytes = randomBytes(2 * PART + 123);
      const staged = await begin();
      const parts = await requests(staged, [PART, PART, 123]);
      for (const index of [2, 0, 1]) {
        const part = bytes.subarray(index * PART, index * PART + parts[index]!.sizeBytes);
        expect(await subject.send(parts[index]!, part)).toBe(200);
      }
      await subject.storage.finish(staged);
      expect((await gather(await subject.storage.readStaged(staged))).equals(bytes)).toBe(true);
    });

    it("tells which parts have arrived as a whole, so that the rest can be sent", async () => {
      const staged = await begin();
      const [first, second] = await requests(staged, [PART, 10]);
      expect(await subject.storage.partsOf(staged)).toEqual([]);
      expect(await subject.send(second!, randomBytes(10))).toBe(200);
      expect(await subject.storage.partsOf(staged)).toEqual([{ number: 2, sizeBytes: 10 }]);
      expect(await subject.send(first!, randomBytes(PART))).toBe(200);
      const parts = await subject.storage.partsOf(staged);
      expect(parts).toEqual([
        { number: 1, sizeBytes: PART },
        { number: 2, sizeBytes: 10 },
      ]);
    });

    it("takes a part again, and keeps what was sent last", async () => {
      const staged = await begin();
      const [part] = await requests(staged, [4]);
      expect(await subject.send(part!, Buffer.from("once"))).toBe(200);
      expect(await subject.send(part!, Buffer.from("more"))).toBe(200);
      await subject.storage.finish(staged);
      expect((await gather(await subject.storage.readStaged(staged))).toString()).toBe("more");
    });

    it.each([
      ["a byte short", 99, TYPE],
      ["a byte long", 101, TYPE],
      ["of another type", 100, "text/html"],
      ["of no type", 100, ""],
    ])("refuses a part that is %s", async (_, sizeBytes, type) => {
      const staged = await begin();
      const [part] = await requests(staged, [100]);
      const status = await subject.send({ ...part!, headers: { "content-type": type } }, randomBytes(sizeBytes));
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(await subject.storage.partsOf(staged)).toEqual([]);
    });

    it("refuses an address that was changed", async () => {
      const [mine, other] = [await begin(), await begin()];
      const [part] = await requests(mine, [4]);
      const elsewhere = new URL(part!.url);
      elsewhere.pathname = elsewhere.pathname.replace(mine.key.split("/")[2]!, other.key.split("/")[2]!);
      expect(await subject.send({ ...part!, url: elsewhere.href }, Buffer.from("here"))).toBe(403);
      expect(await subject.storage.partsOf(other)).toEqual([]);
      expect(await subject.send(part!, Buffer.from("here"))).toBe(200);
    });

    it("takes nothing more once it is finished, and is finished twice without harm", async () => {
      const staged = await begin();
      const [part] = await requests(staged, [4]);
      expect(await subject.send(part!, Buffer.from("done"))).toBe(200);
      await subject.storage.finish(staged);
      await subject.storage.finish(staged);
      expect(await subject.send(part!, Buffer.from("late"))).toBeGreaterThanOrEqual(400);
      await expect(subject.storage.partsOf(staged)).rejects.toMatchObject(missing);
      expect((await gather(await subject.storage.readStaged(staged))).toString()).toBe("done");
    });

    it("leaves nothing of what is dropped, before it is finished and after", async () => {
      const before = await subject.countStaged();
      for (const finished of [false, true]) {
        const staged = await begin();
        const [part] = await requests(staged, [4]);
        expect(await subject.send(part!, Buffer.from("gone"))).toBe(200);
        if (finished) await subject.storage.finish(staged);
        expect(await subject.countStaged()).toBe(before + 1);
        await subject.storage.drop(staged);
        await subject.storage.drop(staged);
        expect(await subject.countStaged()).toBe(before);
        await expect(subject.storage.readStaged(staged)).rejects.toMatchObject(missing);
        await expect(subject.storage.finish(staged)).rejects.toMatchObject(missing);
        expect(await subject.send(part!, Buffer.from("late"))).toBeGreaterThanOrEqual(400);
      }
    });

    it("drops what was begun before a time, and nothing else", async () => {
      const old = await begin();
      const [part] = await requests(old, [4]);
      await subject.send(part!, Buffer.from("kept"));
      expect(await subject.storage.dropStale(new Date(Date.now() - 3_600_000))).toBe(0);
      expect(await subject.storage.partsOf(old)).toEqual([{ number: 1, sizeBytes: 4 }]);
      expect(await subject.storage.dropStale(new Date(Date.now() + 3_600_000))).toBeGreaterThan(0);
      await expect(subject.storage.partsOf(old)).rejects.toMatchObject(missing);
      expect(await subject.countStaged()).toBe(0);
    });

    it("writes an object once, and never over another", async () => {
      const key = `objects/${randomUUID()}/${randomUUID()}`;
      const bytes = randomBytes(300_000);
      expect(await subject.storage.put(key, bytes.length, inPieces(bytes))).toBe("Written");
      expect(await subject.storage.put(key, 3, inPieces(Buffer.from("new")))).toBe("Exists");
      expect((await subject.look(key))?.equals(bytes)).toBe(true);
    });

    it("has one of two objects that are written at once", async () => {
      const key = `objects/${randomUUID()}/${randomUUID()}`;
      const both = [randomBytes(200_000), randomBytes(200_000)];
      const outcomes = await Promise.all(both.map((bytes) => subject.storage.put(key, bytes.length, inPieces(bytes))));
      const kept = await subject.look(key);
      expect(both.some((bytes) => kept?.equals(bytes))).toBe(true);
      expect(outcomes).toContain("Written");
      const written = outcomes.flatMap((outcome, index) => (outcome === "Written" ? [both[index]!] : []));
      expect(written.some((bytes) => kept?.equals(bytes))).toBe(true);
    });

    it("keeps nothing of an object whose bytes end in an error", async () => {
      const key = `objects/${randomUUID()}/${randomUUID()}`;
      const broken = async function* () {
        yield randomBytes(1_000);
        throw new Error("the source broke off");
      };
      await expect(subject.storage.put(key, 2_000, broken())).rejects.toThrow();
      expect(await subject.look(key)).toBeUndefined();
    });

    it("reads any range of an object", async () => {
      const key = `objects/${randomUUID()}/${randomUUID()}`;
      const bytes = randomBytes(10_000);
      await subject.storage.put(key, bytes.length, inPieces(bytes));
      for (const [start, end] of [
        [0, 10_000],
        [0, 1],
        [4_000, 6_000],
        [9_999, 10_000],
      ] as const) {
        expect((await gather(await subject.storage.read(key, start, end))).equals(bytes.subarray(start, end))).toBe(
          true,
        );
      }
      await expect(subject.storage.read(`objects/${randomUUID()}`, 0, 1)).rejects.toMatchObject(missing);
    });

    it("takes no key that isn't one", async () => {
      for (const key of [
        "../secret",
        "objects/../../secret",
        "/etc/passwd",
        "objects//x",
        "Objects/x",
        "objects/x.txt",
      ])
        await expect(async () => subject.storage.read(key, 0, 1)).rejects.toThrow("Not a key");
    });
  });
}
