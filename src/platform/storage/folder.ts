import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, constants, link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StartError } from "@/platform/errors";
import type { PartClaims, PartTokens } from "./part-tokens";
import { type PartPlan, requireKey, STAGING, type Storage, StorageError } from "./storage";

type Options = { directory: string; publicUrl: string; tokens: PartTokens };

/** A storage whose parts come to us, since there is no server beside us that would take them. */
export type FolderStorage = Storage & {
  readonly tokens: PartTokens;
  /** Keeps a part once all of it is there. @throws StorageError `missing` or `refused` */
  receivePart(claims: PartClaims, bytes: AsyncIterable<Uint8Array>): Promise<void>;
};

export const isFolderStorage = (storage: Storage): storage is FolderStorage => "receivePart" in storage;

const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;
/** No key has a dot, so that none is taken for these. */
const DONE = ".done";
const UNDER_WAY = ".part";

/** Files in a directory of this machine: for one machine, or several that share a disk. */
export function createFolderStorage({ directory, publicUrl, tokens }: Options): FolderStorage {
  const at = (key: string) => join(directory, requireKey(key));
  const madeFor = (file: string) => mkdir(dirname(file), { recursive: true, mode: DIRECTORY_MODE });

  return {
    tokens,

    async check() {
      try {
        await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
        await access(directory, constants.R_OK | constants.W_OK);
      } catch (cause) {
        throw new StartError(`The folder for files, ${directory}, can't be written: ${(cause as Error).message}.`, {
          cause,
        });
      }
    },

    async begin(key) {
      await mkdir(at(key), { recursive: true, mode: DIRECTORY_MODE });
      return "folder";
    },

    partRequests: ({ key, contentType }, parts, lifeSeconds) =>
      Promise.all(
        parts.map(async ({ number, sizeBytes }) => {
          const token = await tokens.sign({ key, number, sizeBytes, contentType }, lifeSeconds);
          const path = `/api/v1/assets/uploads/${key.split("/").at(-1)}/parts/${number}`;
          const headers = { "content-type": contentType };
          return { number, sizeBytes, method: "PUT" as const, url: `${publicUrl}${path}?token=${token}`, headers };
        }),
      ),

    receivePart: (claims, bytes) => receive(at(claims.key), claims, bytes),

    async partsOf({ key }) {
      return partsIn(await openDirectory(at(key)));
    },

    async finish({ key }) {
      const from = at(key);
      try {
        await rename(from, from + DONE);
      } catch (error) {
        if (codeOf(error) !== "ENOENT") throw error;
        // Somebody has done it before.
        await openDirectory(from + DONE);
      }
    },

    async readStaged({ key }) {
      const parts = await partsIn(await openDirectory(at(key) + DONE));
      return joined(parts.map(({ number }) => join(at(key) + DONE, String(number))));
    },

    async drop({ key }) {
      for (const staged of [at(key), at(key) + DONE]) await rm(staged, { recursive: true, force: true });
    },

    dropStale: (before) => dropStale(join(directory, STAGING), before),

    async put(key, sizeBytes, bytes) {
      const file = at(key);
      await madeFor(file);
      const draft = `${file}.${randomUUID()}`;
      try {
        await write(draft, sizeBytes, bytes);
        await link(draft, file);
        return "Written";
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
        return "Exists";
      } finally {
        await rm(draft, { force: true });
      }
    },

    async read(key, start, end) {
      const file = at(key);
      await stat(file).catch((cause: unknown) => {
        throw codeOf(cause) === "ENOENT" ? new StorageError("missing", "There is no such object.", { cause }) : cause;
      });
      return createReadStream(file, { start, end: end - 1 });
    },

    remove: (key) => rm(at(key), { force: true }),

    async removeBelow(place) {
      const found = await readdir(at(place), { recursive: true, withFileTypes: true }).catch(absent);
      await rm(at(place), { recursive: true, force: true });
      return found.filter((entry) => entry.isFile()).length;
    },
  };
}

async function receive(staged: string, claims: PartClaims, bytes: AsyncIterable<Uint8Array>) {
  const draft = join(staged, `${randomUUID()}${UNDER_WAY}`);
  try {
    await write(draft, claims.sizeBytes, bytes);
    // What was begun before it finished has no place to go any more.
    await rename(draft, join(staged, String(claims.number)));
  } catch (error) {
    await rm(draft, { force: true });
    throw codeOf(error) === "ENOENT" ? isOver(error) : error;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
const isOver = (cause?: unknown) => new StorageError("missing", "There is no such upload, or it is over.", { cause });

/** On the disk, and exactly as long as announced, or not at all. */
async function write(file: string, sizeBytes: number, bytes: AsyncIterable<Uint8Array>) {
  const handle = await open(file, "wx", FILE_MODE);
  try {
    let written = 0;
    for await (const piece of bytes) {
      written += piece.length;
      if (written > sizeBytes) break;
      await handle.writeFile(piece);
    }
    if (written !== sizeBytes)
      throw new StorageError("refused", `This is not ${sizeBytes} bytes long, as was announced.`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openDirectory(directory: string): Promise<string> {
  await stat(directory).catch((cause: unknown) => {
    throw codeOf(cause) === "ENOENT" ? isOver(cause) : cause;
  });
  return directory;
}

async function partsIn(directory: string): Promise<PartPlan[]> {
  const numbers = (await readdir(directory)).filter((name) => /^\d+$/.test(name)).map(Number);
  const parts = numbers.map(async (number) => {
    const { size } = await stat(join(directory, String(number)));
    return { number, sizeBytes: size };
  });
  return (await Promise.all(parts)).sort((one, other) => one.number - other.number);
}

async function* joined(files: string[]): AsyncGenerator<Uint8Array> {
  for (const file of files) yield* createReadStream(file);
}

async function dropStale(staging: string, before: Date): Promise<number> {
  let dropped = 0;
  for (const workspace of await namesIn(staging)) {
    for (const upload of await namesIn(join(staging, workspace))) {
      const directory = join(staging, workspace, upload);
      const { birthtime } = await stat(directory);
      if (birthtime >= before) continue;
      await rm(directory, { recursive: true, force: true });
      dropped += 1;
    }
  }
  return dropped;
}

const namesIn = (directory: string) => readdir(directory).catch(absent);

function absent(error: unknown): never[] {
  if (codeOf(error) === "ENOENT") return [];
  throw error;
}
