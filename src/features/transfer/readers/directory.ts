import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SourceProblem } from "./entry";
import { LIMITS, type Limits } from "./limits";
import { byPath, type Source, type SourceFile } from "./source";

/** A folder, or one file, of this machine. Links are told and not followed, so that it never leaves the folder. */
export async function openDirectory(path: string, limits: Limits = LIMITS): Promise<Source> {
  const found = await lstat(path).catch(() => {
    throw new SourceProblem(`There is no ${path}.`);
  });
  if (!found.isDirectory()) return oneFile(path, limits);
  const files: SourceFile[] = [];
  await walk(path, "", files, limits);
  return overFiles(path, files.sort(byPath), limits);
}

function oneFile(path: string, limits: Limits): Source {
  return overFiles(dirname(path), [{ path: basename(path), bytes: 0 }], limits);
}

async function walk(root: string, folder: string, files: SourceFile[], limits: Limits, depth = 0): Promise<void> {
  if (depth > limits.depth) {
    files.push({ path: folder, problem: `It is nested deeper than ${limits.depth} folders.` });
    return;
  }
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    // Dot files are the tools' own: repositories, caches.
    if (entry.name.startsWith(".")) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      await walk(root, path, files, limits, depth + 1);
      continue;
    }
    if (files.length >= limits.entries)
      throw new SourceProblem(`The folder has more than ${limits.entries} files: divide it.`);
    if (entry.isSymbolicLink()) files.push({ path, problem: "It is a link: links are not followed." });
    else if (entry.isFile()) files.push({ path, bytes: 0 });
    else files.push({ path, problem: "It is no plain file." });
  }
}

function overFiles(root: string, files: SourceFile[], limits: Limits): Source {
  const plain = new Set(files.filter((file) => "bytes" in file).map(({ path }) => path));
  const openPlain = async (path: string) => {
    if (!plain.has(path)) throw new SourceProblem(`There is no file ${path}.`);
    // Whatever the listing said: what is a link or a pipe by now is not opened.
    const handle = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
      (cause: unknown) => {
        throw new SourceProblem("It can't be opened.", { cause });
      },
    );
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, bytes: stats.size };
    await handle.close();
    throw new SourceProblem("It is no plain file.");
  };
  return {
    files,
    has: (path) => plain.has(path),
    async read(path, maxBytes) {
      const { handle, bytes } = await openPlain(path);
      try {
        if (bytes > maxBytes) throw new SourceProblem(`It has more than ${maxBytes} bytes.`);
        return await handle.readFile();
      } finally {
        await handle.close();
      }
    },
    async stream(path) {
      const { handle, bytes } = await openPlain(path);
      if (bytes > limits.streamBytes) {
        await handle.close();
        throw new SourceProblem(`It has more than ${limits.streamBytes} bytes.`);
      }
      return handle.createReadStream();
    },
    close: async () => {},
  };
}
