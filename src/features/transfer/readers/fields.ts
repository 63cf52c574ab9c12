import type { Person } from "./entry";

/** What Jekyll, Hugo, Astro, Eleventy and Obsidian call the same thing, in lower case without `_` and `-`. */
const WORDS = {
  title: ["title"],
  date: ["date", "pubdate", "pubdatetime", "publishdate", "publishedat", "published", "created"],
  tags: ["tags", "tag", "keywords"],
  categories: ["categories", "category"],
  slug: ["slug"],
  excerpt: ["excerpt", "summary"],
  description: ["description"],
  author: ["author", "authors"],
  draft: ["draft"],
  language: ["language", "lang"],
  canonicalUrl: ["canonicalurl", "canonical"],
  permalinks: ["permalink", "url", "aliases", "redirectfrom"],
} as const;
export type Word = keyof typeof WORDS;

export type Fields = {
  title: string | undefined;
  date: string | undefined;
  tags: string[];
  categories: string[];
  slug: string | undefined;
  author: Person | null;
  draft: boolean;
  metadata: Record<string, unknown>;
  permalinks: string[];
  /** Everything that none of our fields holds. */
  extra: Record<string, unknown>;
};

const plain = (name: string) => name.toLowerCase().replace(/[_-]/g, "");
const MEANING = new Map<string, Word>(
  Object.entries(WORDS).flatMap(([word, names]) => names.map((name): [string, Word] => [name, word as Word])),
);

/** The word of ours that a source's field stands for. */
export const meaningOf = (name: string): Word | undefined => MEANING.get(plain(name));

/** A source's fields under our words: the first that says something wins. */
export function fieldReader(given: Record<string, unknown>): Fields {
  const said: Partial<Record<Word, unknown>> = {};
  const extra: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const word = meaningOf(name);
    if (word === undefined) extra[name] = value;
    else if (said[word] === undefined && value !== null && value !== undefined) said[word] = value;
  }
  // Obsidian and others publish by a yes or no.
  const unpublished = given.published === false;
  return {
    title: textOf(said.title),
    date: textOf(said.date),
    tags: wordsOf(said.tags),
    categories: wordsOf(said.categories),
    slug: textOf(said.slug),
    author: authorOf(said.author),
    draft: said.draft === true || said.draft === "true" || unpublished,
    metadata: {
      excerpt: textOf(said.excerpt),
      description: textOf(said.description),
      language: textOf(said.language),
      canonicalUrl: textOf(said.canonicalUrl),
    },
    permalinks: listOf(said.permalinks),
    extra,
  };
}

const textOf = (value: unknown): string | undefined => {
  const text = typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
  return text === "" ? undefined : text;
};

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map(textOf).filter((one) => one !== undefined);

/** A list, or one text with commas. Each name once, whatever its case. */
export function wordsOf(value: unknown): string[] {
  const words = (typeof value === "string" ? value.split(",") : listOf(value)).map((word) => word.trim());
  const known = new Set<string>();
  return words.filter((word) => {
    const name = word.toLowerCase();
    return word !== "" && !known.has(name) && known.add(name);
  });
}

/** A name, a name with an address in angle brackets, or fields of which the first person counts. */
export function authorOf(value: unknown): Person | null {
  const [first] = Array.isArray(value) ? value : [value];
  if (typeof first === "object" && first !== null) {
    const { name, email } = first as { name?: unknown; email?: unknown };
    const called = textOf(name);
    return called === undefined ? null : { name: called, email: textOf(email)?.toLowerCase() ?? null };
  }
  const text = textOf(first);
  if (text === undefined) return null;
  const [, name, email] = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(text) ?? [];
  return { name: name || email || text, email: email?.toLowerCase() ?? null };
}
