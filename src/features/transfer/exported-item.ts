import type { WorkspaceTx } from "@/db/client";
import { findNamed } from "@/features/assets";
import { getContent } from "@/features/content";
import { findPerson } from "@/features/workspaces";
import { z } from "@/platform/contract";
import { ContentMetadata } from "@/platform/writing";
import { fingerprint, markdownFile, type Said } from "./markdown-file";
import * as queries from "./queries";
import type { Person } from "./readers/entry";

type Tx = WorkspaceTx;
type Item = Awaited<ReturnType<typeof getContent>>;
export type FileOfItem = {
  item: Item;
  bytes: Buffer;
  /** The memory whose original this is, to the byte. */
  original: queries.EntryRow | undefined;
  memories: queries.EntryRow[];
  /** As the source had them, else as they are here. */
  author: Person | null;
};

/**
 * An item as a Markdown file: to the byte as it was imported, as long as nothing that the file says has changed.
 * `places` are the files beside it, where it has any.
 */
export async function fileOf(tx: Tx, id: string, places?: Places): Promise<FileOfItem> {
  const item = await getContent(tx, id);
  const said = saidOf(item);
  const memories = await queries.entriesOfItem(tx, id);
  const known = memories.find(({ original }) => original !== null);
  const origin = (await queries.originsOf(tx, [id])).get(`Item ${id}`);
  const author = await authorBy(tx, origin, item.createdBy);
  if (known?.exportedHash === fingerprint(said))
    return { item, bytes: known.original!, original: known, memories, author };
  const body = places ? await withPlaces(tx, said.body, places) : said.body;
  const text = markdownFile({ ...said, body }, author, known && originalOf(known));
  return { item, bytes: Buffer.from(text), original: undefined, memories, author };
}

/** The paths of an archive's files. Items stand beside one another in one folder, and files in one beside it. */
export type Places = { item(id: string): string | undefined; asset(file: { id: string; fileName: string }): string };

/**
 * What a text names, as it lies in the archive, so that whoever unpacks it can follow. Told by the marks around it: to
 * read the Markdown of a long document takes a second, and an id of what is in the archive stands nowhere else.
 */
async function withPlaces(tx: Tx, body: string, places: Places): Promise<string> {
  const ids = Array.from(body.matchAll(NAMED), ([, , of, id]) =>
    of!.toLowerCase() === "asset" ? id!.toLowerCase() : "",
  );
  const files = new Map((await findNamed(tx, ids.filter(Boolean))).map((asset) => [asset.id, asset]));
  return body.replace(NAMED, (whole, marks: string, of: string, named: string) => {
    const id = named.toLowerCase();
    const file = files.get(id);
    const path = of.toLowerCase() === "content" ? places.item(id) : file && places.asset(file);
    return path === undefined ? whole : `${marks}../${path.split("/").map(encoded).join("/")}`;
  });
}

const NAMED = /(\]\(\s*<?|\]:\s*<?)(content|asset):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;
/** With the brackets that would end an address. */
const encoded = (name: string) => encodeURIComponent(name).replaceAll("(", "%28").replaceAll(")", "%29");

/** Who wrote a thing where it came from, else who did here. */
export async function authorBy(tx: Tx, origin: queries.OriginRow | undefined, userId: string): Promise<Person | null> {
  if (origin?.authorName) return { name: origin.authorName, email: origin.authorEmail };
  return (await findPerson(tx, userId)) ?? null;
}

export const saidOf = ({ title, currentVersion: { body, metadata }, tags }: Item): Said => ({
  title,
  body,
  metadata: ContentMetadata.parse(metadata),
  tags: tags.map(({ name }) => name),
});

/** As the item was right after it was imported. */
const Imported = z.object({
  title: z.string(),
  categories: z.array(z.string()),
  itemTags: z.array(z.string()),
  encoding: z.string().optional(),
});

function originalOf({ original, provenance }: queries.EntryRow) {
  const { title, categories, itemTags, encoding } = Imported.parse(provenance);
  return { bytes: original!, encoding, imported: { title, tags: itemTags, categories } };
}

/** What its address is, or would be made of. */
export const slugOfItem = ({ title, currentVersion }: Item): string =>
  ContentMetadata.parse(currentVersion.metadata).slug ?? slugOf(title);

const slugOf = (title: string) =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80) || "item";
