/** What a text claims that can be looked up in its source, letter by letter. No model is asked. */
export type Claim = { kind: "Number" | "Name" | "Quote" | "Link" | "Mention"; text: string };

/** Small numbers in words, since a text may say "three" where its headline says 3. English, German, Spanish, French. */
const WORDS: Record<string, string> = {
  ...numbered(2, "two three four five six seven eight nine ten eleven twelve"),
  ...numbered(2, "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
  ...numbered(2, "dos tres cuatro cinco seis siete ocho nueve diez once doce"),
  ...numbered(2, "deux trois quatre cinq six sept huit neuf dix onze douze"),
};

function numbered(from: number, words: string): Record<string, string> {
  return Object.fromEntries(words.split(" ").map((word, index) => [word, String(from + index)]));
}

const folded = (text: string) => text.normalize("NFKC").toLocaleLowerCase("en").replace(/[’‘]/g, "'");

/** Digits as they are meant: 1,000 and 1.000 are the same number, and so are 12.50 and 12,5. */
function plainNumber(digits: string): string {
  const plain = digits.replace(/[.,'’\u00a0\u202f](?=\d{3}(?!\d))/g, "").replace(",", ".");
  return plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain.replace(/^0+(?=\d)/, "");
}

const DIGITS = /\d+(?:[.,'’\u00a0\u202f]\d+)*/g;
const URL_IN_TEXT = /https?:\/\/[^\s<>()[\]"']+[^\s<>()[\]"'.,;:!?]/gi;
const MENTION = /(?<![\w@/.])@[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?/gu;
const QUOTED = /["“„«]([^"“”„«»]{3,}?)["”“»]/gu;

const withoutLinks = (text: string) => text.replace(URL_IN_TEXT, " ");

export const linksIn = (text: string): string[] => [...new Set(text.match(URL_IN_TEXT) ?? [])];
export const mentionsIn = (text: string): string[] => [...new Set(withoutLinks(text).match(MENTION) ?? [])];
export const quotesIn = (text: string): string[] => [...text.matchAll(QUOTED)].map(([, said]) => said!.trim());

/** The values of all numbers, also of those in words. */
export function numbersIn(text: string): string[] {
  const plain = withoutLinks(text);
  const digits = (plain.match(DIGITS) ?? []).map(plainNumber);
  const words = folded(plain).match(/\p{L}+/gu) ?? [];
  return [...new Set([...digits, ...words.flatMap((word) => WORDS[word] ?? [])])];
}

/** Numbers in digits alone: a headline's "one" and "ten" may be a manner of speaking. */
const digitsIn = (text: string) => [...new Set((withoutLinks(text).match(DIGITS) ?? []).map(plainNumber))];

/**
 * Words that are written like names where it means something: not at the start of a sentence. Where most words have a
 * capital, as in German or in a title, only what has capitals within, and two in a row, are taken for one.
 */
export function namesIn(text: string, language: string): string[] {
  const sentences = withoutLinks(text).split(/(?<=[.!?:–—])\s+|\n+/);
  return [...new Set(sentences.flatMap((sentence) => namesInSentence(sentence, language)))];
}

const capital = (word: string) => /^\p{Lu}/u.test(word);
const capitalWithin = (word: string) => /^.+\p{Lu}/u.test(word);

function namesInSentence(sentence: string, language: string): string[] {
  const words = sentence.match(/\p{L}[\p{L}\p{N}'’&-]*/gu) ?? [];
  const long = words.filter((word) => word.length > 3);
  const titled = long.length > 2 && long.filter(capital).length / long.length > 0.8;
  return words.filter((word, index) => {
    if (word.length < 2 || /^I['’]/.test(word)) return false;
    if (capitalWithin(word)) return true;
    if (index === 0 || !capital(word)) return false;
    if (language.startsWith("de")) return index > 1 && capital(words[index - 1]!);
    return !titled;
  });
}

/** Its words by their beginnings, so that "Berliner" is founded where the text says "Berlin's". */
function foundIn(source: string) {
  const words = new Set(folded(source).match(/[\p{L}\p{N}]+/gu) ?? []);
  const stems = new Set([...words].map(stem));
  return (name: string) =>
    (folded(name).match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => words.has(word) || stems.has(stem(word)));
}
const stem = (word: string) => (word.length > 5 ? word.slice(0, Math.max(4, word.length - 3)) : word);

const spaced = (text: string) => folded(text).replace(/\s+/g, " ");

/** A source as claims are looked up in it. Made once for many texts: reading a long one takes milliseconds. */
export type Ground = ReturnType<typeof groundOf>;

export const groundOf = (source: string) => ({
  numbers: new Set(numbersIn(source)),
  links: new Set(linksIn(source).map(folded)),
  mentions: new Set(mentionsIn(source).map(folded)),
  whole: spaced(source),
  isFound: foundIn(source),
});

/** What `text` says and `source` doesn't. */
export function unfounded(text: string, source: string | Ground, language: string): Claim[] {
  const { numbers, links, mentions, whole, isFound } = typeof source === "string" ? groundOf(source) : source;
  const claims = (kind: Claim["kind"], found: string[]) => found.map((said) => ({ kind, text: said }));
  return [
    ...claims(
      "Number",
      digitsIn(text).filter((number) => !numbers.has(number)),
    ),
    ...claims(
      "Link",
      linksIn(text).filter((link) => !links.has(folded(link))),
    ),
    ...claims(
      "Mention",
      mentionsIn(text).filter((mention) => !mentions.has(folded(mention))),
    ),
    ...claims(
      "Quote",
      quotesIn(text).filter((quote) => !whole.includes(spaced(quote))),
    ),
    ...claims(
      "Name",
      namesIn(text, language).filter((name) => !isFound(name)),
    ),
  ];
}

/** How much two short texts are the same: shared words among all of theirs, 0 to 1. */
export function likeness(one: string, other: string): number {
  const words = (text: string) => new Set((folded(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem));
  const [a, b] = [words(one), words(other)];
  const shared = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 1 : shared / all;
}
