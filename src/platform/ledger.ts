import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";

export type ErasedPerson = { userId: string; at: string; receipt: string };
export type ErasedWorkspace = { workspaceId: string; at: string; receipt: string };
export type Erased = ErasedPerson | ErasedWorkspace;

/** Who and what was erased: ids alone, kept outside of the database and of its backups. */
export type Ledger = {
  add(entry: Erased): Promise<void>;
  list(): Promise<Erased[]>;
};

/** One line for each. */
export const createFileLedger = (path: string): Ledger => ({
  async add(entry) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await appendFile(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  },
  async list() {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  },
});
