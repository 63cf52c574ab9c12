import { createHash, randomBytes } from "node:crypto";
import sharp from "sharp";
import { expect } from "vitest";
import type { Member } from "#tests/factories";
import { type caller, testApp } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testStorage } from "#tests/harness/storage";
import { ingestTask } from "@/features/assets";
import { systemClock } from "@/platform/clock";
import { createLogger } from "@/platform/logger";
import type { Storage } from "@/platform/storage/storage";

type Call = ReturnType<typeof caller>;
export type Part = {
  number: number;
  sizeBytes: number;
  received: boolean;
  url: string;
  headers: Record<string, string>;
};
export type UploadBody = { id: string; status: string; reason: string | null; assetId: string | null; parts: Part[] };

/** A picture of its own: no two have the same bytes. */
export const aPicture = (width = 800, height = 600, format: "png" | "jpeg" | "webp" = "png") => {
  const [r, g, b] = randomBytes(3);
  return sharp({ create: { width, height, channels: 3, background: { r: r!, g: g!, b: b! } } })
    .toFormat(format)
    .withExif({ IFD0: { Copyright: randomBytes(8).toString("hex") } })
    .toBuffer();
};

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What becomes of uploads, done as a worker does it. */
export async function ingestAll(t: TestDatabase, storage: Storage = testStorage()) {
  const log = createLogger({ level: "silent" });
  const ingest = ingestTask({ db: t.db, storage, keyring: testKeyring, clock: systemClock, log });
  const faults: unknown[] = [];
  const told: typeof ingest = (...args) =>
    ingest(...args).catch((error: unknown) => {
      faults.push(error);
      throw error;
    });
  await runJobs(t, { "assets.ingest": told });
  // Tried again later by a worker; a test is told at once.
  if (faults.length > 0) throw faults[0];
}

/** Sends one part where its address says, as anybody would who has it. */
export function sendPart(t: TestDatabase, part: Part, bytes: Uint8Array, headers = part.headers) {
  const { pathname, search } = new URL(part.url);
  return testApp(t).request(pathname + search, { method: "PUT", headers, body: new Uint8Array(bytes) });
}

type File = { bytes: Uint8Array; fileName?: string; contentType?: string } & Record<string, unknown>;

/** A file sent and complete; its job is still to be done. */
export async function sendFile(t: TestDatabase, call: Call, who: Member, { bytes, ...said }: File) {
  const input = { fileName: "spring.png", contentType: "image/png", sizeBytes: bytes.length, ...said };
  const begun = await call(who, "POST", "/assets/uploads", input);
  expect([begun.status, begun.body]).toEqual([201, expect.anything()]);
  const upload = begun.body as unknown as UploadBody;
  let sent = 0;
  for (const part of upload.parts) {
    const answer = await sendPart(t, part, bytes.subarray(sent, sent + part.sizeBytes));
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    sent += part.sizeBytes;
  }
  const complete = await call(who, "POST", `/assets/uploads/${upload.id}/complete`);
  expect([complete.status, complete.body]).toEqual([200, expect.objectContaining({ status: "Processing" })]);
  return upload.id;
}

/** A file in the library, brought in as anybody brings one in. */
export async function uploadAsset(t: TestDatabase, call: Call, who: Member, file: File) {
  const id = await sendFile(t, call, who, file);
  await ingestAll(t);
  const upload = (await call(who, "GET", `/assets/uploads/${id}`)).body as unknown as UploadBody;
  expect(upload).toMatchObject({ status: "Ready", reason: null });
  return upload.assetId!;
}

/** What came of a file that was sent: its status and, where it was refused, the sentence. */
export async function outcomeOf(t: TestDatabase, call: Call, who: Member, file: File) {
  const id = await sendFile(t, call, who, file);
  await ingestAll(t);
  return (await call(who, "GET", `/assets/uploads/${id}`)).body as unknown as UploadBody;
}
