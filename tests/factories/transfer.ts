import { buffer } from "node:stream/consumers";
import { pino } from "pino";
import { expect } from "vitest";
import yauzl from "yauzl";
import yazl from "yazl";
import type { Member } from "#tests/factories";
import { uploadAsset } from "#tests/factories/assets";
import { type caller, testApp } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testStorage } from "#tests/harness/storage";
import { expireTask, exportTask, importTask } from "@/features/transfer";
import type { Task } from "@/jobs/tasks";
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

/** A saved feed: entries with a title and HTML. */
export const asFeed = (entries: { title: string; html: string }[], fileName = "feed.xml"): Upload => {
  const item = ({ title, html }: { title: string; html: string }) =>
    `<item><title>${title}</title><guid>${title}</guid><description><![CDATA[${html}]]></description></item>`;
  const xml = `<?xml version="1.0"?><rss version="2.0"><channel><link>https://blog.test</link>${entries.map(item).join("\n")}</channel></rss>`;
  return { bytes: Buffer.from(xml), fileName, contentType: "application/xml" };
};

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
  await runTransfers(t, deps);
  return {
    ...((await call(who, "GET", `/content/import/${id}`)).body as unknown as Import),
    entries: await entriesOf(call, who, id),
  };
}

export async function entriesOf(call: Call, who: Member, id: string, query = ""): Promise<Outcome[]> {
  const found: Outcome[] = [];
  let cursor: unknown = null;
  do {
    const page = await call(
      who,
      "GET",
      `/content/import/${id}/entries?limit=100${query}${cursor ? `&cursor=${cursor}` : ""}`,
    );
    expect(page.status).toBe(200);
    found.push(...(page.body.items as unknown as Outcome[]));
    cursor = page.body.nextCursor;
  } while (cursor);
  return found;
}

/** Does what is due of imports and exports. */
export async function runTransfers(t: TestDatabase, deps = transferDeps(t)) {
  const faults: unknown[] = [];
  const told =
    (task: Task): Task =>
    (...args) =>
      task(...args).catch((error: unknown) => {
        faults.push(error);
        throw error;
      });
  const tasks = {
    "transfer.import": told(importTask(deps)),
    "transfer.export": told(exportTask(deps)),
    "transfer.expire": told(expireTask(deps)),
  };
  await runJobs(t, tasks, { withinMs: 60_000 });
  if (faults.length > 0) throw faults[0];
}

/** An archive of a workspace, as an Admin asks for one and downloads it. */
export async function exportAll(t: TestDatabase, call: Call, who: Member, filter: object = {}) {
  const asked = await call(who, "POST", "/content/export", { filter });
  expect([asked.status, asked.body]).toEqual([202, expect.objectContaining({ status: "Queued" })]);
  await runTransfers(t);
  const done = await call(who, "GET", `/content/export/${asked.body.id}`);
  expect(done.body).toMatchObject({ status: "Finished", message: null });
  const bytes = await download(t, who, `/content/export/${asked.body.id}/download`);
  return { id: String(asked.body.id), export: done.body, bytes, files: await unzipped(bytes) };
}

/** Bytes of an operation that answers with a file. */
export async function download(t: TestDatabase, who: Member, path: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${who.sessionId}`, "x-workspace-id": who.workspaceId };
  const response = await testApp(t).request(`/api/v1${path}`, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([response.status, response.status === 200 ? "" : bytes.toString()]).toEqual([200, ""]);
  return bytes;
}

export async function unzipped(bytes: Buffer): Promise<Record<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const files: Record<string, Buffer> = {};
  for await (const entry of zip.eachEntry())
    files[entry.fileName] = await buffer(await zip.openReadStreamPromise(entry));
  return files;
}
