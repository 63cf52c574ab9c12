import type { WorkspaceTx } from "@/db/client";
import { listAssets } from "@/features/assets";
import { channelsByIds } from "@/features/channels";
import { findVersion, getBrief, labelsOf, listContent } from "@/features/content";
import { listPersonas } from "@/features/personas";
import { getCampaign, listCampaigns, listTags } from "@/features/planning";
import { findPerson, workspaceSettings } from "@/features/workspaces";
import type { ExportFilter } from "./contract";
import { authorBy, type FileOfItem } from "./exported-item";
import { folderPaths } from "./folders";
import type { AsPerson } from "./importing";
import type { Line, LineOf } from "./manifest";
import * as queries from "./queries";
import { threadLines } from "./threads";

type Tx = WorkspaceTx;
type Page<T> = { items: T[]; nextCursor: string | null };
const PAGE = 100;

/** Every row of a list, a page in a transaction. */
async function* allOf<T>(asPerson: AsPerson, list: (tx: Tx, cursor: string | undefined) => Promise<Page<T>>) {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await asPerson((tx) => list(tx, cursor));
    yield* items;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Which items are meant, in an order that doesn't depend on when they came. */
export async function itemIds(asPerson: AsPerson, { status, archived }: ExportFilter): Promise<string[]> {
  const ids: string[] = [];
  for (const those of archived ? (["false", "true"] as const) : (["false"] as const)) {
    const asked = { status, archived: those, overdue: "false", sort: "createdAt", limit: PAGE } as const;
    for await (const { id } of allOf(asPerson, (tx, cursor) => listContent(tx, { ...asked, cursor }, new Date())))
      ids.push(id);
  }
  return ids.sort();
}

/** What items stand on: settings, and words and files of the whole workspace. `wanted` is which files. */
export async function* settingLines(asPerson: AsPerson, wanted: Set<string> | "All"): AsyncGenerator<Line> {
  const { name, timeZone, language, branding, approvalSteps, lateAfterMinutes } = await asPerson(workspaceSettings);
  yield { workspace: { name, timeZone, language, branding, approvalSteps, lateAfterMinutes } };
  const byName = { sort: "name", limit: PAGE } as const;
  for await (const tag of allOf(asPerson, (tx, cursor) => listTags(tx, { ...byName, cursor })))
    yield { tag: { name: tag.name, color: tag.color } };
  for (const archived of ["false", "true"] as const)
    for await (const one of allOf(asPerson, (tx, cursor) => listCampaigns(tx, { ...byName, archived, cursor }))) {
      const { name, goal, startsOn, endsOn, archivedAt } = one;
      yield { campaign: { name, goal, startsOn, endsOn, archived: archivedAt !== null } };
    }
  for await (const persona of allOf(asPerson, (tx, cursor) => listPersonas(tx, { ...byName, cursor })))
    yield { persona: { name: persona.name, attributes: persona.attributes as Record<string, unknown> } };
  yield* assetLines(asPerson, wanted);
}

/** Where a file of the library lies in an archive. */
export const pathOfAsset = ({ id, fileName }: { id: string; fileName: string }) => `assets/${id}-${fileName}`;

async function* assetLines(asPerson: AsPerson, wanted: Set<string> | "All"): AsyncGenerator<Line> {
  const asked = { purpose: "Asset", sort: "createdAt", limit: PAGE } as const;
  const folders = await folderPaths(asPerson);
  for (const path of folders.values()) yield { folder: { path } };
  const found: LineOf<"asset">[] = [];
  for await (const asset of allOf(asPerson, (tx, cursor) => listAssets(tx, { ...asked, cursor }))) {
    const { id, fileName, contentType, altText, sha256, sizeBytes } = asset;
    const folder = (asset.folderId && folders.get(asset.folderId)) || [];
    if (wanted !== "All" && !wanted.has(id)) continue;
    found.push({ id, file: pathOfAsset(asset), fileName, contentType, altText, folder, sha256, sizeBytes });
  }
  for (const asset of found.sort((one, other) => (one.id < other.id ? -1 : 1))) yield { asset };
}

/** An item with all that belongs to it. */
export async function itemLines(tx: Tx, file: FileOfItem, path: string): Promise<Line[]> {
  const { item } = file;
  const lines: Line[] = [{ item: await itemLine(tx, file, path) }];
  const labels = await labelsOf(tx, item.id);
  for (let number = 1; number <= item.currentVersion.versionNumber; number++) {
    const version = (await findVersion(tx, item.id, number))!;
    const origin = (await queries.originsOf(tx, [version.id])).get(`Version ${version.id}`);
    const { title, body, contentHash } = version;
    lines.push({
      version: {
        number,
        title,
        body,
        metadata: version.metadata,
        assets: version.assets,
        contentHash,
        author: await authorBy(tx, origin, version.updatedBy),
        at: (origin?.at ?? version.updatedAt).toISOString(),
        labels: labels.filter(({ versionNumber }) => versionNumber === number).map(({ name }) => name),
      },
    });
  }
  for (const thread of await threadLines(tx, item.id)) lines.push({ thread });
  for (const memory of file.memories.filter(({ format }) => format !== "ContentOS"))
    lines.push({ memory: memoryLine(memory, memory === file.original) });
  return lines;
}

const memoryLine = (row: queries.EntryRow, original: boolean): LineOf<"memory"> => {
  const { source, key, format, rawHash, versionNumber, exportedHash, provenance } = row;
  return { source, key, format, rawHash, versionNumber, exportedHash, original, provenance };
};

async function itemLine(tx: Tx, { item, author, memories }: FileOfItem, file: string): Promise<LineOf<"item">> {
  const origin = (await queries.originsOf(tx, [item.id])).get(`Item ${item.id}`);
  const moved = memories.find(({ format }) => format === "ContentOS");
  // What moved here and was not touched since is, in the archive, what it was there.
  const before =
    moved?.versionNumber === item.currentVersion.versionNumber && item.status === "Draft" ? moved.provenance : {};
  const assignee = item.assigneeId ? ((await findPerson(tx, item.assigneeId)) ?? null) : null;
  return {
    id: item.id,
    file,
    author,
    createdAt: (origin?.at ?? item.createdAt).toISOString(),
    status: (before.status as LineOf<"item">["status"] | undefined) ?? item.status,
    publishedAt: item.publishedAt?.toISOString() ?? (before.publishedAt as string | null | undefined) ?? null,
    archived: item.archivedAt !== null,
    assignee: assignee ?? (moved?.provenance.assignee as LineOf<"item">["assignee"] | undefined) ?? null,
    dueAt: item.dueAt?.toISOString() ?? null,
    campaign: item.campaignId ? (await getCampaign(tx, item.campaignId)).name : null,
    tags: item.tags.map(({ name }) => name),
    brief: await briefLine(tx, item.id),
  };
}

/** By names, and by networks: accounts don't move. */
async function briefLine(tx: Tx, id: string): Promise<Record<string, unknown> | null> {
  const { version, goal, persona, keyword, audience, channelMix, keyMessages, notes } = await getBrief(tx, id);
  if (version === 0) return null;
  const channels = await channelsByIds(
    tx,
    channelMix.flatMap(({ channelId }) => channelId ?? []),
  );
  const counts = new Map<string, number>();
  for (const { channelId, network, count } of channelMix) {
    const name = network ?? (channelId && channels.get(channelId)?.network);
    if (name) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const mix = [...counts].map(([network, count]) => ({ network, count: Math.min(count, 100) }));
  return { goal, persona: persona?.name ?? null, keyword, audience, channelMix: mix, keyMessages, notes };
}
