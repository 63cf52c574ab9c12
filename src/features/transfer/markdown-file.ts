import { stringify } from "yaml";
import { canonicalHash } from "@/platform/canonical-json";
import type { ContentMetadata } from "@/platform/writing";
import type { Person } from "./readers/entry";
import { fieldReader, meaningOf, type Word } from "./readers/fields";
import { divide, documentOf, fieldsOf } from "./readers/front-matter";
import { decodeText } from "./readers/text";

/** What of an item a Markdown file says. */
export type Said = { title: string; body: string; metadata: ContentMetadata; tags: string[] };

/** Of what a file would say: as long as it is the same, an imported file is given back as it came. */
export const fingerprint = ({ title, body, metadata, tags }: Said): string =>
  canonicalHash({ title, body, metadata, tags: [...tags].sort() });

type Original = {
  bytes: Uint8Array;
  encoding: string | undefined;
  /** As the item was when the file was imported. */
  imported: Pick<Said, "title" | "tags"> & { categories: string[] };
};

/** The order in which fields stand where there was no file before. */
const ORDER: Word[] = ["title", "date", "author", "tags", "excerpt", "description", "slug", "language", "canonicalUrl"];

/** An item as a file: front matter, and its text to the letter. */
export function markdownFile(said: Said, author: Person | null, original?: Original): string {
  if (!original) return `---\n${stringify(fresh(said, author), STRINGIFY)}---\n\n${said.body}`;
  const { yaml } = divide(decodeText(original.bytes, original.encoding));
  const front = changed(yaml ?? "", said, original).trimEnd();
  return yaml === null && front === "" ? said.body : `---\n${front}\n---\n${said.body}`;
}

const STRINGIFY = { lineWidth: 0, version: "1.2", schema: "core" } as const;

const valuesOf = ({ title, metadata, tags }: Said): Partial<Record<Word | "keyword", unknown>> => ({
  title,
  date: metadata.firstPublishedAt,
  tags: tags.length > 0 ? tags : undefined,
  excerpt: metadata.excerpt,
  description: metadata.description,
  slug: metadata.slug,
  language: metadata.language,
  canonicalUrl: metadata.canonicalUrl,
  keyword: metadata.keyword,
});

function fresh(said: Said, author: Person | null) {
  const values = { ...valuesOf(said), author: author?.name };
  const named = [...ORDER, "keyword" as const].map((word) => [word, values[word]] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}

/** The front matter as it came, with what is another thing now: comments, order and fields of others stay. */
function changed(yaml: string, said: Said, { imported }: Original): string {
  const document = documentOf(yaml);
  const given = fieldsOf(yaml);
  const before = fieldReader(given);
  const nameOf = (word: string) => Object.keys(given).find((name) => meaningOf(name) === word) ?? word;
  const set = (word: string, value: unknown) => {
    const name = nameOf(word);
    if (value === undefined) document.delete(name);
    else document.set(name, value);
  };
  if (said.title !== imported.title) set("title", said.title);
  const values = valuesOf(said);
  for (const word of ["excerpt", "description", "slug", "language", "canonicalUrl"] as const) {
    const old = word === "slug" ? before.slug : before.metadata[word];
    if (values[word] !== old && (values[word] !== undefined || old !== undefined)) set(word, values[word]);
  }
  if (values.keyword !== undefined) set("keyword", values.keyword);
  if (!sameWords(said.tags, imported.tags)) setTags(said.tags, imported.categories, set);
  return document.contents === null ? "" : document.toString({ lineWidth: 0 });
}

/** Categories that are still tags stay what they were; the rest are tags. */
function setTags(tags: string[], categories: string[], set: (word: string, value: unknown) => void) {
  const wasCategory = (tag: string) => categories.some((one) => one.toLowerCase() === tag.toLowerCase());
  const [still, others] = [tags.filter(wasCategory), tags.filter((tag) => !wasCategory(tag))];
  set("tags", others.length > 0 ? others : undefined);
  if (categories.length > 0) set("categories", still.length > 0 ? still : undefined);
}

const sameWords = (some: string[], others: string[]) => [...some].sort().join("\n") === [...others].sort().join("\n");
