import { openArchive } from "./archive";
import { openDirectory } from "./directory";
import { type Found, SourceProblem, sha256 } from "./entry";
import { addressOfFeed, readFeed } from "./feed";
import { isText, readFolder } from "./folder";
import { LIMITS } from "./limits";
import type { Source } from "./source";
import { readWordPress, siteOfExport } from "./wordpress";

export const FORMATS = ["Folder", "WordPress", "Rss", "Atom", "ContentOS"] as const;
export type Format = (typeof FORMATS)[number];

export const MANIFEST = "contentos.json";

/** What was recognised: how to read it, and a name that the same source has again the next time. */
export type Detected = { format: Format; path: string | null; sourceName: string | undefined };

/** Opens a zip, a single file or, from the command line, a folder. `name` is what the file was called. */
export async function openSource(path: string, name: string): Promise<Source> {
  const single = await openDirectory(path);
  const [only] = single.files;
  if (single.files.length !== 1 || !only || only.path !== path.split("/").at(-1)) return single;
  const start = await head(single, only.path, 4);
  if (start.toString("latin1") === "PK\u0003\u0004" || start.toString("latin1") === "PK\u0005\u0006")
    return openArchive(path);
  return renamed(single, only.path, name);
}

/** An upload lies on disk under a name of ours; its own name says what it is. */
function renamed(source: Source, held: string, name: string): Source {
  const own = (path: string) => (path === name ? held : "");
  return {
    files: [{ path: name, bytes: 0 }],
    has: (path) => path === name,
    read: (path, maxBytes) => source.read(own(path), maxBytes),
    stream: (path) => source.stream(own(path)),
    close: source.close,
  };
}

/** Tells by content what a source is. @throws {SourceProblem} where it is nothing that can be read */
export async function detect(source: Source): Promise<Detected> {
  if (source.has(MANIFEST)) return { format: "ContentOS", path: MANIFEST, sourceName: undefined };
  const folder = source.files.some(({ path }) => isText(path));
  for (const file of source.files) {
    if ("problem" in file || !/\.(xml|wxr|rss|atom)$/i.test(file.path)) continue;
    const { path } = file;
    const format = xmlFormat(await head(source, path, 8_192));
    if (format === "WordPress") return { format, path, sourceName: await named(siteOfExport(source, path)) };
    // A folder of pages may have a feed of them.
    if (format && !folder) return { format, path, sourceName: await named(addressOfFeed(source, path, format)) };
  }
  if (folder) return { format: "Folder", path: null, sourceName: undefined };
  throw new SourceProblem("It has no Markdown, no HTML, no WordPress export, no feed and no ContentOS export.");
}

/** What breaks off is told when its entries are read, with those before it. */
const named = (work: Promise<string | undefined>) =>
  work.catch((error: unknown) => {
    if (error instanceof SourceProblem) return undefined;
    throw error;
  });

function xmlFormat(bytes: Buffer): "WordPress" | "Rss" | "Atom" | undefined {
  // Markup is ASCII in every encoding, in UTF-16 with a zero beside each letter.
  const start = bytes.toString("latin1").replaceAll("\0", "");
  if (/xmlns:wp\s*=|wordpress\.org\/export/.test(start)) return "WordPress";
  if (/<rss[\s>]/.test(start)) return "Rss";
  if (/<feed[\s>]/.test(start)) return "Atom";
  return undefined;
}

async function head(source: Source, path: string, bytes: number): Promise<Buffer> {
  const stream = await source.stream(path);
  const chunks: Buffer[] = [];
  let read = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    read += (chunk as Buffer).length;
    if (read >= bytes) break;
  }
  stream.destroy();
  return Buffer.concat(chunks).subarray(0, bytes);
}

type ReadOptions = { encoding?: string | undefined };

/** Every entry of a source that is no ContentOS export, in an order that is the same each time. */
export async function* readEntries(
  source: Source,
  { format, path }: Detected,
  options: ReadOptions,
): AsyncGenerator<Found> {
  let count = 0;
  for await (const found of readerOf(source, format, path, options)) {
    if (++count > LIMITS.entries) {
      yield { key: "…", problem: `There are more than ${LIMITS.entries} entries: divide the source.` };
      return;
    }
    yield { ...found, key: shortened(found.key) };
  }
}

/** A key stands in an index: a longer one goes by its beginning and its hash. */
const shortened = (key: string) =>
  key.length <= MAX_KEY_CHARS ? key : `${key.slice(0, MAX_KEY_CHARS)}#${sha256(key)}`;
const MAX_KEY_CHARS = 400;

function readerOf(source: Source, format: Format, path: string | null, options: ReadOptions): AsyncGenerator<Found> {
  if (format === "WordPress") return readWordPress(source, path!);
  if (format === "Rss" || format === "Atom") return readFeed(source, path!, format);
  return readFolder(source, options);
}
