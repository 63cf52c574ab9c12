import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import yazl from "yazl";
import { findFile } from "@/features/assets";
import { getContent } from "@/features/content";
import type { Clock } from "@/platform/clock";
import type { ExportFilter } from "./contract";
import { fileOf, slugOfItem } from "./exported-item";
import type { AsPerson } from "./importing";
import { itemIds, itemLines, pathOfAsset, settingLines } from "./leaving";
import { type Line, linesOf, written } from "./manifest";
import type { PictureDeps } from "./pictures";
import { MANIFEST } from "./readers/detect";

export type ExportRun = {
  asPerson: AsPerson;
  deps: Pick<PictureDeps, "storage" | "keyring">;
  filter: ExportFilter;
  clock: Clock;
  signal: AbortSignal;
  /** Of this run alone. */
  folder: string;
};
export type Archive = { path: string; items: number; sizeBytes: number; sha256: string };

/** In every archive the same, so that the same content is the same archive. */
const MTIME = new Date("1980-01-01T00:00:00Z");

/** Writes the archive to a file of the run's folder. At most one item, or one piece of a file, is held at a time. */
export async function writeArchive(run: ExportRun): Promise<Archive> {
  const path = join(run.folder, "export.zip");
  const zip = new yazl.ZipFile();
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  const writing = pipeline(zip.outputStream as Readable, measured, createWriteStream(path, { mode: 0o600 }));
  const failed = Promise.race([writing.then(() => new Promise<never>(() => {})), faultOf(zip)]);
  const items = await Promise.race([addAll(run, zip), failed]);
  zip.end();
  await writing;
  return { path, items, sizeBytes, sha256: hash.digest("hex") };
}

/** Listened to once for all files, however many there are. */
const faultOf = (zip: yazl.ZipFile) =>
  new Promise<never>((_, reject) => {
    zip.on("error", reject);
  });

async function addAll(run: ExportRun, zip: yazl.ZipFile): Promise<number> {
  const lines = join(run.folder, "lines");
  const used = new Set<string>();
  const ids = await itemIds(run.asPerson, run.filter);
  await pipeline(Readable.from(contentOf(run, zip, ids, used)), createWriteStream(lines, { mode: 0o600 }));
  const everything = run.filter.status === undefined;
  const manifest = written(allLines(run, zip, everything ? "All" : used, lines), run.clock.now());
  // The assets are added while the manifest is written: it is kept until they are.
  const text = join(run.folder, MANIFEST);
  await pipeline(Readable.from(manifest), createWriteStream(text, { mode: 0o600 }));
  await add(zip, MANIFEST, async () => createReadStream(text));
  return ids.length;
}

/** Adds each item's file, and gives its lines. */
async function* contentOf(run: ExportRun, zip: yazl.ZipFile, ids: string[], used: Set<string>) {
  const paths = await pathsOf(run, ids);
  const places = { item: (id: string) => paths.get(id), asset: pathOfAsset };
  for (const id of ids) {
    run.signal.throwIfAborted();
    const { file, lines } = await run.asPerson(async (tx) => {
      const file = await fileOf(tx, id, places);
      return { file, lines: await itemLines(tx, file, paths.get(id)!) };
    });
    for (const line of lines) {
      for (const asset of line.version?.assets ?? []) used.add(String(asset.id));
      yield `${JSON.stringify(line)}\n`;
    }
    await add(zip, lines[0]!.item!.file, async () => Readable.from([file.bytes]));
  }
}

/** By the slug; where two items have one, the second is `-2`. Known before the first is written, since items name one another. */
async function pathsOf(run: ExportRun, ids: string[]): Promise<Map<string, string>> {
  const taken = new Set<string>();
  const paths = new Map<string, string>();
  for (const id of ids) {
    run.signal.throwIfAborted();
    const slug = slugOfItem(await run.asPerson((tx) => getContent(tx, id)));
    let path = `content/${slug}.md`;
    for (let n = 2; taken.has(path); n++) path = `content/${slug}-${n}.md`;
    taken.add(path);
    paths.set(id, path);
  }
  return paths;
}

async function* allLines(
  run: ExportRun,
  zip: yazl.ZipFile,
  wanted: Set<string> | "All",
  content: string,
): AsyncGenerator<Line> {
  for await (const line of settingLines(run.asPerson, wanted)) {
    run.signal.throwIfAborted();
    const { asset } = line;
    if (asset) await addAsset(run, zip, asset.id, asset.file);
    yield line;
  }
  for await (const text of linesOf(createReadStream(content))) yield JSON.parse(text) as Line;
}

async function addAsset({ asPerson, deps }: ExportRun, zip: yazl.ZipFile, id: string, path: string) {
  const file = await asPerson((tx) => findFile(tx, deps, id));
  if (file) await add(zip, path, async () => Readable.from(file.read()));
}

/** Adds a file and waits until it is written. */
async function add(zip: yazl.ZipFile, path: string, open: () => Promise<Readable>) {
  const stream = await open();
  await new Promise<void>((resolve, reject) => {
    stream.once("error", reject);
    stream.once("close", resolve);
    zip.addReadStreamLazy(path, { mtime: MTIME, mode: 0o100644, forceDosTimestamp: true }, (give) =>
      give(null, stream),
    );
  });
}
