import { execFile } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createDeflateRaw, deflateRawSync } from "node:zlib";
import { afterAll, expect, it, vi } from "vitest";
import { type RawEntry, rawZip } from "#tests/factories/raw-zip";
import { LIMITS } from "./limits";

vi.setConfig({ testTimeout: 300_000 });
const base = mkdtempSync(join(tmpdir(), "contentos-memory-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const LIMIT_BYTES = 300 * 1024 * 1024;
const MiB = Buffer.alloc(1024 * 1024, "x");

function* times(count: number, one: Buffer) {
  for (let n = 0; n < count; n++) yield one;
}

/** Reads a file in a process of its own: the most that it held, the loader of TypeScript included, and what it found. */
async function reading(path: string) {
  const child = ["--import", "tsx", "tests/harness/reader-child.ts", path, path.split("/").at(-1)!];
  const { stdout } = await promisify(execFile)(process.execPath, child);
  const { peakBytes, ...found } = JSON.parse(stdout) as Record<
    "entries" | "problems" | "skipped" | "peakBytes",
    number
  > & {
    failure: string;
  };
  console.info(`${path.split("/").at(-1)}: ${Math.round(peakBytes / 1024 / 1024)} MiB at most`);
  expect(peakBytes).toBeLessThan(LIMIT_BYTES);
  return found;
}

it("an archive of a hundred thousand files is listed and read", async () => {
  const one = deflateRawSync(Buffer.from("x"));
  const entries = Array.from({ length: LIMITS.entries }, (_, n): RawEntry => {
    const path = `a/rather/long/path/of/a/file/that/nobody/reads/number-${n}`;
    return n < 500
      ? { name: `${path}.md`, data: Buffer.from(`# Entry ${n}\n`) }
      : { name: `${path}.dat`, data: Buffer.from("x"), deflated: one };
  });
  const path = join(base, "many.zip");
  writeFileSync(path, rawZip(entries));
  expect(await reading(path)).toEqual({ entries: 500, problems: 0, skipped: 0, failure: "" });
  writeFileSync(path, rawZip([...entries, { name: "one-more.md" }]));
  expect((await reading(path)).failure).toContain(`more than ${LIMITS.entries} files`);
});

it("files that grow to a gigabyte are not held, whatever is said of them", async () => {
  const deflated = await buffer(Readable.from(times(1024, MiB)).pipe(createDeflateRaw()));
  const path = join(base, "gigabyte.zip");
  const claims = [{ uncompressedSize: 1024 ** 3 }, { uncompressedSize: 100 }];
  const entries = claims.map((claims, n): RawEntry => ({ name: `huge-${n}.md`, deflated, claims }));
  const hidden = { name: "export.xml", deflated, claims: { uncompressedSize: 1024 ** 3 } };
  writeFileSync(path, rawZip([...entries, hidden, { name: "fine.md", data: Buffer.from("# Fine") }]));
  expect(await reading(path)).toEqual({ entries: 1, problems: 2, skipped: 0, failure: "" });
});

it("an XML file of 20 MiB is read a post at a time, and one text without end is left", async () => {
  const post = (n: number) =>
    `<item><title>Post ${n}</title><guid>${n}</guid><description><![CDATA[${"<p>Some words.</p>".repeat(60)}]]></description></item>\n`;
  const filler = Buffer.from(`<other>${"<a>some more</a>".repeat(60_000)}</other>\n`);
  const feed = function* () {
    yield Buffer.from('<?xml version="1.0"?><rss version="2.0"><channel>');
    for (let n = 0; n < 20; n++) {
      yield Buffer.from(post(n));
      yield filler;
    }
    yield Buffer.from("</channel></rss>");
  };
  const posts = join(base, "posts.xml");
  await pipeline(Readable.from(feed()), createWriteStream(posts));
  expect(await reading(posts)).toEqual({ entries: 20, problems: 0, skipped: 0, failure: "" });

  const text = join(base, "text.xml");
  const long = function* () {
    yield Buffer.from('<?xml version="1.0"?><rss version="2.0"><channel><item><title>');
    yield* times(64, MiB);
  };
  await pipeline(Readable.from(long()), createWriteStream(text));
  expect(await reading(text)).toEqual({ entries: 0, problems: 1, skipped: 0, failure: "" });
});
