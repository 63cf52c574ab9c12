import { appendFile, mkdir, readFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { StartError } from "./errors";

export type ErasedPerson = { userId: string; at: string; receipt: string };
export type ErasedWorkspace = { workspaceId: string; at: string; receipt: string };
export type Erased = ErasedPerson | ErasedWorkspace;

/** Who and what was erased: ids alone, kept outside of the database and of its backups. */
export type Ledger = {
  add(entry: Erased): Promise<void>;
  list(): Promise<Erased[]>;
};

/** One line for each. Whoever adds to it says so again, until it was added: a line that was cut off counts as none. */
export const createFileLedger = (path: string): Ledger => ({
  async add(entry) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const { whole, last } = split(await read(path));
    if (last && !parsed(last)) await truncate(path, whole.length);
    const start = last && parsed(last) ? "\n" : "";
    await appendFile(path, `${start}${JSON.stringify(entry)}\n`, { mode: 0o600, flush: true });
  },
  async list() {
    const { whole, last } = split(await read(path));
    const entries = whole
      .toString("utf8")
      .split("\n")
      .filter(Boolean)
      .map((line, at) => {
        const entry = parsed(line);
        if (!entry)
          throw new StartError(`Line ${at + 1} of ${path} is no entry: put it right, since it says who was erased.`);
        return entry;
      });
    const trailing = parsed(last);
    return trailing ? [...entries, trailing] : entries;
  },
});

const read = (path: string) =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  });

/** The lines that were ended, and what stands after them: nothing, what was cut off, or a line whose end an editor left out. */
function split(bytes: Buffer) {
  const end = bytes.lastIndexOf("\n") + 1;
  return { whole: bytes.subarray(0, end), last: bytes.subarray(end).toString("utf8") };
}

function parsed(line: string): Erased | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
