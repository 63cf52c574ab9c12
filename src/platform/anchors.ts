import { appendFile, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where an audit chain had come to at some time, with a proof that it was us who wrote that down. */
export type Anchor = { workspaceId: string; sequence: number; hash: string; at: string; proof: string };

/** Keeps the heads of audit chains outside of the database, so that its owner can't cut a chain or make it anew unseen. */
export type Anchors = {
  /** Stands in the place of the newest one, unless that is further. */
  add(anchor: Anchor): Promise<void>;
  newest(workspaceId: string): Promise<Anchor | undefined>;
  /** Keeps one for good, whatever is added after it: the chain is no longer what it says. */
  keep(anchor: Anchor): Promise<void>;
  /** In the order of their sequence. Not all that were added: the newest, and older ones here and there. */
  list(workspaceId: string): Promise<Anchor[]>;
};

/** How far apart those are that stay, in ms. */
const KEPT_EVERY_MS = 600_000;

/**
 * A folder with two files for each workspace: the newest head, and one line each ten minutes of what was the head then.
 * A line that was cut off by a crash is passed over.
 */
export function createFileAnchors(directory: string): Anchors {
  const headOf = (workspaceId: string) => join(directory, `${workspaceId}.head.json`);
  const historyOf = (workspaceId: string) => join(directory, `${workspaceId}.jsonl`);
  const linesOf = async (path: string) =>
    (await readFile(path, "utf8").catch(absent)).split("\n").flatMap((line): Anchor[] => {
      try {
        return line ? [JSON.parse(line)] : [];
      } catch {
        return [];
      }
    });
  const newest = async (workspaceId: string) => (await linesOf(headOf(workspaceId)))[0];
  return {
    newest,
    async keep(anchor) {
      const line = JSON.stringify(anchor);
      const kept = await linesOf(historyOf(anchor.workspaceId));
      if (kept.some((one) => JSON.stringify(one) === line)) return;
      await appendFile(historyOf(anchor.workspaceId), `${line}\n`, { mode: 0o600 });
    },
    async add(anchor) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const before = await newest(anchor.workspaceId);
      if (before && before.sequence > anchor.sequence) return;
      const line = `${JSON.stringify(anchor)}\n`;
      const history = historyOf(anchor.workspaceId);
      const last = await stat(history).then(({ mtimeMs }) => mtimeMs, absentTime);
      if (Date.parse(anchor.at) - last >= KEPT_EVERY_MS) await appendFile(history, line, { mode: 0o600 });
      const next = `${headOf(anchor.workspaceId)}.${process.pid}`;
      await writeFile(next, line, { mode: 0o600 });
      await rename(next, headOf(anchor.workspaceId));
    },
    async list(workspaceId) {
      const kept = [...(await linesOf(historyOf(workspaceId))), ...(await linesOf(headOf(workspaceId)))];
      return [...new Map(kept.map((anchor) => [`${anchor.sequence} ${anchor.hash}`, anchor])).values()].sort(
        (a, b) => a.sequence - b.sequence,
      );
    },
  };
}

/** Into all of them; from all of them that answer. */
export const joinedAnchors = (stores: Anchors[]): Anchors => ({
  async add(anchor) {
    const done = await Promise.allSettled(stores.map((store) => store.add(anchor)));
    const failed = done.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
  },
  async newest(workspaceId) {
    const each = await Promise.all(stores.map((store) => store.newest(workspaceId)));
    return each.filter((one) => one !== undefined).sort((a, b) => b.sequence - a.sequence)[0];
  },
  async keep(anchor) {
    for (const store of stores) await store.keep(anchor);
  },
  async list(workspaceId) {
    const all = await Promise.all(stores.map((store) => store.list(workspaceId)));
    return all.flat().sort((a, b) => a.sequence - b.sequence);
  },
});

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "";
  throw error;
}

function absentTime(error: NodeJS.ErrnoException): number {
  if (error.code === "ENOENT") return Number.NEGATIVE_INFINITY;
  throw error;
}
