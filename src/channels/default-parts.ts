import type { FieldName, Limits, Publication, PublicationImage, TextLimits } from "@/channels/adapter";
import { fits, graphemesOf } from "@/channels/text";

/**
 * What goes out on a network of short posts when nobody wrote an adaptation: title, excerpt and link, in one part.
 * What is too long is cut at a word, the excerpt before the title. The link stays whole, or is left out
 * where it alone is too long: a cut link leads nowhere. Nothing to say gives no part.
 */
export function defaultParts(publication: Publication, limits: Limits): string[] {
  const title = publication.title.trim();
  const excerpt = publication.excerpt.trim();
  const link = publication.canonicalUrl && fits(publication.canonicalUrl, limits) ? publication.canonicalUrl : "";

  const attempts = [
    () => paragraphs(title, excerpt, link),
    () => cutToFit(excerpt, (cut) => paragraphs(title, cut, link), limits),
    () => paragraphs(title, link),
    () => cutToFit(title, (cut) => paragraphs(cut, link), limits),
    () => link,
  ];
  for (const attempt of attempts) {
    const text = attempt();
    if (text !== undefined && fits(text, limits)) return text === "" ? [] : [text];
  }
  return [];
}

/**
 * The texts that go out, one for each part: the adaptation's, else the article or the parts made by rule. What has fields
 * is one post all the same: its text is the body, and its other fields are told by `fieldsOf`.
 */
export function textsOf(publication: Publication, limits: Limits): string[] {
  if (limits.fields) return [fieldsOf(publication, limits).body];
  if (limits.form === "thread") {
    return publication.parts.length > 0 ? publication.parts : defaultParts(publication, limits);
  }
  return [publication.parts.length > 0 ? publication.parts.join("\n\n") : publication.body];
}

/** An adaptation's fields, else those of the item. */
export function fieldsOf({ title, excerpt, body, parts }: Publication, { fields = [] }: Limits) {
  if (parts.length === 0) return { title, excerpt, body };
  const said = (name: FieldName) => parts[fields.findIndex((field) => field.name === name)] ?? "";
  return { title: said("title"), excerpt: said("excerpt"), body: parts.slice(fields.length - 1).join("\n\n") };
}

/** The images that go out with each of those texts: the adaptation's, else the first one of the item. */
export function imagesOf(publication: Publication, limits: Limits): PublicationImage[][] {
  const { parts, partImages, images } = publication;
  if (limits.form === "article") return [partImages.flat()];
  if (parts.length > 0) return parts.map((_, position) => partImages[position] ?? []);
  return defaultParts(publication, limits).map(() => images.slice(0, Math.min(1, limits.maxImages)));
}

const paragraphs = (...texts: string[]) => texts.filter((text) => text !== "").join("\n\n");

/** The longest start of `text` that `place` can hold, cut at a word and marked with …; undefined where none fits. */
export function cutToFit(text: string, place: (cut: string) => string, limits: TextLimits): string | undefined {
  const graphemes = graphemesOf(text);
  const start = (length: number) => `${graphemes.slice(0, length).join("")}…`;
  let [low, high] = [0, graphemes.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(place(start(middle)), limits)) low = middle;
    else high = middle - 1;
  }
  if (low <= 0) return undefined;
  return place(`${atWord(graphemes, low)}…`);
}

/** Up to `length` graphemes, back to the end of a word unless that would give up more than half of them. */
function atWord(graphemes: string[], length: number): string {
  const kept = graphemes.slice(0, length);
  if (!isSpace(graphemes[length])) {
    const space = kept.findLastIndex(isSpace);
    if (space >= length / 2) kept.length = space;
  }
  const text = kept.join("");
  return text.replace(/[\s,;:–—-]+$/u, "") || text;
}

const isSpace = (grapheme: string | undefined) => grapheme === undefined || /^\s/u.test(grapheme);
