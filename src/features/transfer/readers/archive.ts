import type { Readable } from "node:stream";
import { Transform } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { SourceProblem } from "./entry";
import { LIMITS, type Limits } from "./limits";
import { byPath, type Source, type SourceFile } from "./source";

/** The file types of Unix, in the upper half of a zip entry's external attributes (APPNOTE 4.4.15). */
const FILE_TYPE = 0o170_000;
const PLAIN = 0o100_000;
const LINK = 0o120_000;
const FOLDER = 0o040_000;

/** Of an entry, what it takes to read it: a hundred thousand of them stay in memory. */
type Place = Pick<
  yauzl.Entry,
  | "compressedSize"
  | "uncompressedSize"
  | "crc32"
  | "relativeOffsetOfLocalHeader"
  | "compressionMethod"
  | "generalPurposeBitFlag"
>;

/**
 * A zip on disk, read in place: nothing of it is unpacked to a path of its own choosing. Sizes are counted as they are
 * read, since what its headers say is the sender's word.
 */
export async function openArchive(path: string, limits: Limits = LIMITS): Promise<Source> {
  const zip = await yauzl
    .openPromise(path, { decodeStrings: false, validateEntrySizes: true, autoClose: false })
    .catch((cause: unknown) => {
      throw new SourceProblem("It is no zip archive, or a broken one.", { cause });
    });
  const close = async () => zip.close();
  try {
    const { files, places } = await listEntries(zip, limits);
    return sourceOf(zip, files, places, limits, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function listEntries(zip: yauzl.ZipFile, limits: Limits) {
  if (zip.entryCount > limits.entries) throw tooMany(limits);
  const files: SourceFile[] = [];
  const places = new Map<string, Place>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (files.length >= limits.entries) throw tooMany(limits);
      const file = fileOf(entry, places, limits);
      if (file === undefined) continue;
      files.push(file);
      if ("bytes" in file) places.set(file.path, placeOf(entry));
    }
  } catch (error) {
    if (error instanceof SourceProblem) throw error;
    throw new SourceProblem("The list of files in this archive is broken.", { cause: error });
  }
  return withoutCommonRoot(files, places);
}

const tooMany = (limits: Limits) => new SourceProblem(`The archive has more than ${limits.entries} files: divide it.`);

function fileOf(entry: yauzl.Entry, places: Map<string, Place>, limits: Limits): SourceFile | undefined {
  const { fileNameRaw } = entry;
  if (fileNameRaw.length > limits.nameBytes)
    return { path: `${fileNameRaw.toString("latin1", 0, 60)}…`, problem: "Its name is too long." };
  const path = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, fileNameRaw, entry.extraFields, false);
  const told = printable(path);
  if (yauzl.validateFileName(path) !== null || path !== told || path.split("/").includes("."))
    return { path: told, problem: "Its name leads out of the archive, or is none." };
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (path.endsWith("/")) return undefined;
  if (hidden(path)) return undefined;
  if (type === LINK) return { path, problem: "It is a link: links are not followed." };
  if (type !== 0 && type !== PLAIN && type !== FOLDER) return { path, problem: "It is no plain file." };
  if (entry.isEncrypted()) return { path, problem: "It is encrypted." };
  if (!entry.canDecodeFileData()) return { path, problem: "It is compressed in a way that isn't read: use deflate." };
  if (places.has(path)) return { path, problem: "The archive has two files of this name: the first is taken." };
  return { path, bytes: entry.uncompressedSize };
}

const printable = (path: string) => path.replace(/[\p{Cc}\p{Cs}]/gu, "�");
/** What macOS and version control put beside the files. */
const hidden = (path: string) => path.startsWith("__MACOSX/") || path.split("/").some((part) => part.startsWith("."));

const placeOf = (entry: yauzl.Entry): Place => ({
  compressedSize: entry.compressedSize,
  uncompressedSize: entry.uncompressedSize,
  crc32: entry.crc32,
  relativeOffsetOfLocalHeader: entry.relativeOffsetOfLocalHeader,
  compressionMethod: entry.compressionMethod,
  generalPurposeBitFlag: entry.generalPurposeBitFlag,
});
const entryAt = (place: Place): yauzl.Entry => Object.assign(Object.create(yauzl.Entry.prototype), place);

/** Whoever packs a folder packs its name, too: the same files have the same keys with and without it. */
function withoutCommonRoot(files: SourceFile[], places: Map<string, Place>) {
  const root = files[0]?.path.split("/")[0];
  const prefix = `${root}/`;
  if (!files.every(({ path }) => path.startsWith(prefix))) return { files, places };
  for (const file of files) file.path = file.path.slice(prefix.length);
  for (const [path, place] of [...places]) {
    places.delete(path);
    places.set(path.slice(prefix.length), place);
  }
  return { files, places };
}

function sourceOf(
  zip: yauzl.ZipFile,
  files: SourceFile[],
  places: Map<string, Place>,
  limits: Limits,
  close: () => Promise<void>,
): Source {
  let totalBytes = 0;
  const open = async (path: string, maxBytes: number): Promise<Readable> => {
    const place = places.get(path);
    if (!place) throw new SourceProblem(`There is no file ${path}.`);
    if (place.uncompressedSize > maxBytes) throw tooLarge(maxBytes);
    const stream = await zip.openReadStreamPromise(entryAt(place)).catch((cause: unknown) => {
      throw broken(cause);
    });
    let bytes = 0;
    let crc = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length;
        totalBytes += chunk.length;
        if (bytes > maxBytes) return done(tooLarge(maxBytes));
        if (bytes > limits.ratioFromBytes && bytes > place.compressedSize * limits.ratio)
          return done(new SourceProblem(`It grows to more than ${limits.ratio} times its size.`));
        if (totalBytes > limits.totalBytes)
          return done(new SourceProblem(`The archive holds more than ${limits.totalBytes} bytes: divide it.`));
        crc = crc32(chunk, crc);
        done(null, chunk);
      },
      flush: (done) => done(crc === place.crc32 ? null : broken(new Error("CRC-32"))),
    });
    stream.on("error", (cause) => counted.destroy(broken(cause)));
    counted.on("close", () => stream.destroy());
    return stream.pipe(counted);
  };
  return {
    files: files.sort(byPath),
    has: (path) => places.has(path),
    async read(path, maxBytes) {
      const chunks: Buffer[] = [];
      for await (const chunk of await open(path, maxBytes)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    stream: (path) => open(path, limits.streamBytes),
    close,
  };
}

const tooLarge = (maxBytes: number) => new SourceProblem(`It has more than ${maxBytes} bytes.`);
const broken = (cause: unknown) =>
  cause instanceof SourceProblem ? cause : new SourceProblem("Its bytes in the archive are broken.", { cause });
