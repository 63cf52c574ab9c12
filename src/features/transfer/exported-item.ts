import type { WorkspaceTx } from "@/db/client";
import { findNamed } from "@/features/assets";
import { getContent } from "@/features/content";
import { findPerson } from "@/features/workspaces";
import { isUuid } from "@/platform/actor";
import { z } from "@/platform/contract";
import { ContentMetadata } from "@/platform/writing";
import { fingerprint, markdownFile, type Said } from "./markdown-file";
import * as queries from "./queries";
import { type Address, addressesOf, withAddresses } from "./readers/addresses";
import { type Person, SourceProblem } from "./readers/entry";

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

/** What a text names, as it lies in the archive, so that whoever unpacks it can follow. */
async function withPlaces(tx: Tx, body: string, places: Places): Promise<string> {
  if (!/(content|asset):/i.test(body)) return body;
  const addresses = readable(body);
  const ids = addresses.flatMap(({ url }) => /^asset:(.*)$/i.exec(url)?.[1]?.toLowerCase() ?? []).filter(isUuid);
  const files = new Map((await findNamed(tx, ids)).map((asset) => [asset.id, asset]));
  return withAddresses(body, addresses, ({ url }) => {
    const { of, id = "", rest = "" } = NAMED.exec(url)?.groups ?? {};
    const file = files.get(id.toLowerCase());
    const path = of?.toLowerCase() === "content" ? places.item(id.toLowerCase()) : file && places.asset(file);
    return path === undefined ? undefined : `../${path.split("/").map(encodeURIComponent).join("/")}${rest}`;
  });
}

/** A text that can't be read in time goes out as it is. */
function readable(body: string): Address[] {
  try {
    return addressesOf(body);
  } catch (error) {
    if (error instanceof SourceProblem) return [];
    throw error;
  }
}

const NAMED = /^(?<of>content|asset):(?<id>[^#]*)(?<rest>#.*)?$/is;

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
