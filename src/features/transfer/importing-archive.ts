import { bringAsset, findAsset, type InTx, RefusedFile, store } from "@/features/assets";
import { folderAt } from "./folders";
import { type ImportRun, report, reportRefusal, stopUnlessRunning } from "./importing";
import { itemIds } from "./leaving";
import { type Line, type LineOf, readManifest } from "./manifest";
import { addCampaign, addPersona, addTag, applySettings, closeCampaign } from "./moved-words";
import { ARCHIVES, type Moved, takeMoved } from "./moving-in";
import type { PictureDeps } from "./pictures";
import * as queries from "./queries";
import { MANIFEST } from "./readers/detect";
import { SourceProblem } from "./readers/entry";
import { LIMITS } from "./readers/limits";
import type { Source } from "./readers/source";

export type ArchiveRun = ImportRun & {
  asSystem: InTx;
  deps: Pick<PictureDeps, "storage" | "keyring">;
  createdBy: string;
  askedAt: Date;
};

/** Moves in what another workspace exported: first what items stand on, then each item with all that belongs to it. */
export async function importArchive(run: ArchiveRun, source: Source) {
  const total = await countItems(source);
  await run.asPerson((tx) => queries.updateImport(tx, run.importId, { total }));
  const over: string[] = [];
  let settings: LineOf<"workspace"> | undefined;
  let moved: Moved | undefined;
  let begun = 0;
  let position = 0;
  for await (const line of readManifest(await source.stream(MANIFEST))) {
    run.signal.throwIfAborted();
    position++;
    settings ??= line.workspace;
    if (line.campaign?.archived) over.push(line.campaign.name);
    if (line.item) {
      if (moved) await takeItem(run, source, moved, begun);
      moved = { item: line.item, versions: [], threads: [], memories: [], original: null };
      begun = position;
    } else if (moved) addTo(moved, line);
    else if (!run.options.dryRun) await addGround(run, source, line, position);
  }
  if (moved) await takeItem(run, source, moved, begun);
  if (!run.options.dryRun) await finish(run, settings, over);
}

async function countItems(source: Source): Promise<number> {
  let count = 0;
  for await (const { item } of readManifest(await source.stream(MANIFEST))) if (item) count++;
  if (count > LIMITS.entries) throw new SourceProblem(`The archive has more than ${LIMITS.entries} items.`);
  return count;
}

/** So that an item is one transaction, all of it is held at once. */
const MAX_ITEM_CHARS = 32 * 1024 * 1024;

function addTo(moved: Moved, { version, thread, memory }: Line) {
  if (version) moved.versions.push(version);
  if (thread) moved.threads.push(thread);
  if (memory) moved.memories.push(memory);
  const chars = moved.versions.reduce((sum, { body, title }) => sum + body.length + title.length, 0);
  if (chars > MAX_ITEM_CHARS)
    throw new SourceProblem(`The versions of ${moved.item.id} have more than ${MAX_ITEM_CHARS} characters together.`);
}

async function addGround(run: ArchiveRun, source: Source, line: Line, position: number) {
  if (line.asset) return addFile(run, source, line.asset, position);
  await run.asPerson(async (tx, actor) => {
    await stopUnlessRunning(tx, actor, run.importId);
    if (line.tag) await addTag(tx, actor, line.tag);
    if (line.campaign) await addCampaign(tx, actor, line.campaign);
    if (line.persona) await addPersona(tx, actor, line.persona);
    if (line.folder) await folderAt(tx, actor, line.folder.path);
  });
}

/** With its id, so that texts that name it need no change. Of a file that can't be brought, the report tells. */
async function addFile(run: ArchiveRun, source: Source, asset: LineOf<"asset">, position: number) {
  const { id, file, fileName, contentType, altText, sha256, sizeBytes } = asset;
  if (await run.asPerson((tx) => findAsset(tx, id))) return;
  try {
    const announced = { contentType, sizeBytes, sha256, purpose: "Asset" as const };
    const stored = await store(run.deps, run.asSystem, { ...announced, read: () => source.stream(file) });
    const folderId = await run.asPerson((tx, actor) => folderAt(tx, actor, asset.folder));
    const wanted = { id, fileName, altText, folderId, purpose: "Asset" as const, createdBy: run.createdBy };
    await run.asSystem((tx, actor) => bringAsset(tx, actor, stored, wanted));
  } catch (error) {
    if (!(error instanceof SourceProblem || error instanceof RefusedFile)) throw error;
    const place = { importId: run.importId, position, key: `asset:${id}`, title: fileName };
    await report(run, place, async () => ({
      outcome: "Failed",
      message: error.message,
      notes: [],
      contentItemId: null,
    }));
  }
}

async function takeItem(run: ArchiveRun, source: Source, moved: Moved, position: number) {
  const { item, versions, memories } = moved;
  const place = { importId: run.importId, position, key: item.id, title: versions.at(-1)?.title ?? null };
  try {
    if (memories.some(({ original }) => original)) moved.original = await source.read(item.file, LIMITS.textBytes);
    await report(run, place, (tx, actor) => takeMoved(tx, actor, moved, run.options.dryRun));
  } catch (error) {
    await reportRefusal(run, place, error);
  }
}

/** Settings come only into a workspace that has nothing else, and only where an Admin asks. */
async function finish(run: ArchiveRun, settings: LineOf<"workspace"> | undefined, over: string[]) {
  const moved = await run.asPerson((tx) => queries.itemsOfSource(tx, ARCHIVES));
  const ids = await itemIds(run.asPerson, { archived: true });
  const alone = ids.every((id) => moved.has(id));
  for (const name of over) await run.asPerson((tx, actor) => closeCampaign(tx, actor, name, run.askedAt));
  if (!settings || !alone) return;
  await run.asPerson(async (tx, actor) => {
    if (actor.role === "Admin") await applySettings(tx, actor, settings);
  });
}
