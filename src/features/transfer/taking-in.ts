import type { WorkspaceTx } from "@/db/client";
import { createContent, getContent, saveVersion, updateContent } from "@/features/content";
import { tagsNamed } from "@/features/planning";
import { memberByEmail } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import type { ImportOptions } from "./contract";
import { fingerprint } from "./markdown-file";
import * as queries from "./queries";
import type { Entry, Person, Piece } from "./readers/entry";
import { addReaderComments, type KnownComments } from "./threads";

type Tx = WorkspaceTx;

/** What entries of one import have in common. */
export type Intake = {
  source: string;
  format: string;
  options: ImportOptions;
  /** Whoever is called so in the source is this item here. */
  targets: ReadonlyMap<string, string>;
  idOf(key: string): string;
  now: Date;
};

export type Outcome = Pick<queries.OutcomeRow, "outcome" | "message" | "notes" | "contentItemId"> & {
  title?: string | null;
};

type Told = Entry & Pick<Piece, "key" | "rawHash">;

/** Whether there is work to do for an entry, so that pictures are brought for no other. */
export async function needsTaking(tx: Tx, { source }: Intake, { key, rawHash }: Piece): Promise<boolean> {
  const known = await recall(tx, source, key, rawHash);
  return known?.rawHash !== rawHash;
}

const recall = async (tx: Tx, source: string, key: string, rawHash: string) =>
  (await queries.lockEntry(tx, source, key)) ?? queries.findTwin(tx, source, key, rawHash);

/** One entry, in a transaction of its own: a new item, a new version of the one that it became, or neither. */
export async function takeIn(
  tx: Tx,
  actor: Actor,
  intake: Intake,
  piece: Piece,
  assets: ReadonlyMap<string, string>,
): Promise<Outcome> {
  const { key, rawHash } = piece;
  const known = await recall(tx, intake.source, key, rawHash);
  if (known?.rawHash === rawHash) {
    const message = known.source === intake.source ? null : `It was imported before, as part of ${known.source}.`;
    const title = typeof known.provenance.title === "string" ? known.provenance.title : null;
    return { outcome: "Unchanged", message, notes: [], contentItemId: known.contentItemId, title };
  }
  const entry = { ...piece.read(), key, rawHash };
  if (intake.options.dryRun)
    return { outcome: known ? "Updated" : "Imported", message: null, notes: entry.notes, contentItemId: null };
  const body = entry.bodyWith(({ kind, url }) =>
    kind === "image" ? assetAddress(assets.get(url)) : itemAddress(url, entry, intake),
  );
  const version = { title: entry.title, body, metadata: metadataOf(entry) };
  const { names, notes } = tagNames(entry, intake.options);
  return known
    ? update(tx, actor, intake, entry, known, { ...version, names, notes: [...entry.notes, ...notes] })
    : create(tx, actor, intake, entry, { ...version, names, notes: [...entry.notes, ...notes] });
}

type Wanted = { title: string; body: string; metadata: Entry["metadata"]; names: string[]; notes: string[] };

async function create(tx: Tx, actor: Actor, intake: Intake, entry: Told, wanted: Wanted): Promise<Outcome> {
  const { names, notes, ...version } = wanted;
  const tags = await tagsNamed(tx, actor, names);
  const id = intake.idOf(entry.key);
  const assigneeId = await assigneeOf(tx, entry.author, intake.options);
  const input = { ...version, tagIds: tags.map((tag) => tag.id), ...(assigneeId && { assigneeId }) };
  await createContent(tx, actor, input, intake.now, id);
  const exportedHash = fingerprint({ ...version, tags: tags.map(({ name }) => name) });
  const { key, rawHash, original } = entry;
  const { source, format } = intake;
  const memory = { source, key, format, contentItemId: id, rawHash, versionNumber: 1, exportedHash, original };
  const said = intake.options.comments ? entry.comments : [];
  const comments = await addReaderComments(tx, actor, id, said, {});
  const provenance = { ...provenanceOf(entry, intake, tags), comments: comments.places };
  await queries.insertEntry(tx, { ...memory, provenance });
  if (entry.author || entry.publishedAt) await queries.insertOrigin(tx, originOf(id, entry));
  return { outcome: "Imported", message: null, notes: [...notes, ...comments.notes], contentItemId: id };
}

const originOf = (subjectId: string, { author, publishedAt }: Pick<Entry, "author" | "publishedAt">) => ({
  subjectType: "Item" as const,
  subjectId,
  authorName: author?.name ?? null,
  authorEmail: author?.email ?? null,
  at: publishedAt ? new Date(publishedAt) : null,
  prefix: null,
});

/** What was changed in the source and nowhere else becomes a new version. What was edited here stays as it is. */
async function update(
  tx: Tx,
  actor: Actor,
  intake: Intake,
  entry: Told,
  known: queries.EntryRow,
  { names, notes, ...version }: Wanted,
): Promise<Outcome> {
  const { contentItemId } = known;
  const item = await getContent(tx, contentItemId);
  const { body, metadata, versionNumber } = item.currentVersion;
  const here = fingerprint({ title: item.title, body, metadata, tags: item.tags.map(({ name }) => name) });
  const standing = standingAgainst(item, here === known.exportedHash);
  if (standing) return { outcome: "Conflict", message: standing, notes: [], contentItemId };
  const tags = await tagsNamed(tx, actor, names);
  const exportedHash = fingerprint({ ...version, tags: tags.map(({ name }) => name) });
  const said = intake.options.comments ? entry.comments : [];
  const comments = await addReaderComments(tx, actor, contentItemId, said, knownComments(known));
  const provenance = { ...provenanceOf(entry, intake, tags), comments: comments.places };
  const memory = { rawHash: entry.rawHash, original: entry.original, exportedHash, provenance };
  if (exportedHash === here) {
    await queries.updateEntry(tx, known.source, known.key, { ...memory, versionNumber });
    const told = { notes: comments.notes, contentItemId };
    return comments.added > 0
      ? { ...told, outcome: "Updated", message: "Comments were added; the text is the same." }
      : { ...told, outcome: "Unchanged", message: "What changed in the source is nothing that an item says." };
  }
  const asked = { id: contentItemId, ...version, baseVersion: versionNumber, onConflict: "refuse" } as const;
  const saved = await saveVersion(tx, actor, asked);
  await updateContent(tx, actor, { id: contentItemId, tagIds: tags.map(({ id }) => id) });
  await queries.updateEntry(tx, known.source, known.key, { ...memory, versionNumber: saved.versionNumber });
  return { outcome: "Updated", message: null, notes: [...notes, ...comments.notes], contentItemId };
}

const knownComments = ({ provenance }: queries.EntryRow) => (provenance.comments ?? {}) as KnownComments;

type Here = { archivedAt: Date | null; status: string };

/** Why an item that came in is not changed by its source any more; undefined where it is. */
export function standingAgainst({ archivedAt, status }: Here, untouched: boolean): string | undefined {
  const why = archivedAt
    ? "It is archived here."
    : status !== "Draft"
      ? `It is ${status} here.`
      : untouched
        ? undefined
        : "It was edited here since it was imported.";
  return why && `${why} The source has changed, too: nothing was overwritten.`;
}

const assetAddress = (id: string | undefined) => (id === undefined ? undefined : `asset:${id}`);

/** Links between entries lead to their items, wherever those are shown. */
function itemAddress(url: string, entry: Entry, { targets }: Intake): string | undefined {
  const reference = entry.links.find(({ address }) => address === url);
  const id = reference?.candidates.map((one) => targets.get(one)).find((one) => one !== undefined);
  return id === undefined ? undefined : `content:${id}${/#.*$/.exec(url)?.[0] ?? ""}`;
}

const metadataOf = ({ metadata, publishedAt }: Entry) => ({
  ...metadata,
  ...(publishedAt && { firstPublishedAt: publishedAt }),
});

const MAX_TAG_CHARS = 60;
const MAX_TAGS = 50;

function tagNames({ tags, categories }: Entry, { tagsFrom }: ImportOptions) {
  const wanted = [
    ...(tagsFrom === "TagsAndCategories" || tagsFrom === "Tags" ? tags : []),
    ...(tagsFrom === "TagsAndCategories" || tagsFrom === "Categories" ? categories : []),
  ];
  const once = [...new Map(wanted.map((name) => [name.toLowerCase(), name])).values()];
  const names = once.filter((name) => name.length <= MAX_TAG_CHARS).slice(0, MAX_TAGS);
  const notes =
    names.length < once.length
      ? [`Tags that are longer than ${MAX_TAG_CHARS} characters, or beyond ${MAX_TAGS}, were left out.`]
      : [];
  return { names, notes };
}

/** Whoever imports says who an author is; else the member with the author's address. */
async function assigneeOf(
  tx: Tx,
  author: Person | null,
  { authorMap = {} }: ImportOptions,
): Promise<string | undefined> {
  if (!author) return undefined;
  const said = new Map(Object.entries(authorMap).map(([name, id]) => [name.toLowerCase(), id]));
  const mapped = said.get(author.email ?? "") ?? said.get(author.name.toLowerCase());
  if (mapped !== undefined || author.email === null) return mapped;
  return (await memberByEmail(tx, author.email))?.userId;
}

/** As the source had it: what was not taken over is not lost. */
const provenanceOf = (entry: Entry, { options }: Intake, tags: { name: string }[]): Record<string, unknown> => ({
  kind: entry.kind,
  title: entry.title,
  author: entry.author,
  publishedAt: entry.publishedAt,
  status: entry.status,
  tags: entry.tags,
  categories: entry.categories,
  itemTags: tags.map(({ name }) => name),
  extra: entry.extra,
  ...(options.encoding && { encoding: options.encoding }),
});
