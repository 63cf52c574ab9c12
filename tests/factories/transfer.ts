import { buffer } from "node:stream/consumers";
import { pino } from "pino";
import { expect } from "vitest";
import yazl from "yazl";
import type { Member } from "#tests/factories";
import { uploadAsset } from "#tests/factories/assets";
import type { caller } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testStorage } from "#tests/harness/storage";
import { importTask } from "@/features/transfer";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch, type OutboundFetch } from "@/platform/outbound-fetch";

type Call = ReturnType<typeof caller>;
export type Files = Record<string, string | Uint8Array>;

export const zipOf = (files: Files): Promise<Buffer> => {
  const zip = new yazl.ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(zip.outputStream);
};

export const transferDeps = (t: TestDatabase, { fetch }: { fetch?: OutboundFetch } = {}) => ({
  db: t.db,
  storage: testStorage(),
  keyring: testKeyring,
  clock: systemClock,
  fetch: fetch ?? createOutboundFetch({ allow: ["127.0.0.1"] }),
  log: pino({ level: "silent" }),
});

/** Does the imports that are asked for, as a worker does; what a task throws is thrown here. */
export async function runImports(t: TestDatabase, deps = transferDeps(t)) {
  const faults: unknown[] = [];
  const task = importTask(deps);
  const told: typeof task = (...args) =>
    task(...args).catch((error: unknown) => {
      faults.push(error);
      throw error;
    });
  await runJobs(t, { "transfer.import": told }, { withinMs: 60_000 });
  if (faults.length > 0) throw faults[0];
}

export type Import = {
  id: string;
  status: string;
  message: string | null;
  format: string | null;
  source: string | null;
  counts: Record<"imported" | "updated" | "unchanged" | "conflicts" | "skipped" | "failed", number>;
  progress: { done: number; total: number | null };
};
export type Outcome = {
  position: number;
  key: string;
  outcome: string;
  title: string | null;
  message: string | null;
  notes: string[];
  contentItemId: string | null;
};
type Upload = { bytes: Uint8Array; fileName: string; contentType: string };

export const asZip = async (files: Files, fileName = "blog.zip"): Promise<Upload> => ({
  bytes: await zipOf(files),
  fileName,
  contentType: "application/zip",
});

/** Asks for an import of a file, which is uploaded first. */
export async function askForImport(t: TestDatabase, call: Call, who: Member, file: Upload, options: object = {}) {
  const assetId = await uploadAsset(t, call, who, { ...file, purpose: "Import" });
  const answer = await call(who, "POST", "/content/import", { assetId, options });
  expect([answer.status, answer.body]).toEqual([202, expect.objectContaining({ status: "Queued" })]);
  return String(answer.body.id);
}

/** An import from upload to report. */
export async function importFile(
  t: TestDatabase,
  call: Call,
  who: Member,
  file: Upload,
  options: object = {},
  deps = transferDeps(t),
) {
  const id = await askForImport(t, call, who, file, options);
  await runImports(t, deps);
  return { ...((await call(who, "GET", `/content/import/${id}`)).body as unknown as Import), entries: await entriesOf(call, who, id) };
}

export async function entriesOf(call: Call, who: Member, id: string, query = ""): Promise<Outcome[]> {
  const found: Outcome[] = [];
  let cursor: unknown = null;
  do {
    const page = await call(who, "GET", `/content/import/${id}/entries?limit=100${query}${cursor ? `&cursor=${cursor}` : ""}`);
    expect(page.status).toBe(200);
    found.push(...(page.body.items as unknown as Outcome[]));
    cursor = page.body.nextCursor;
  } while (cursor);
  return found;
}
