/** Says a sentence of the server in another language; undefined for one that is not known there. */
export type Retell = (sentence: string) => string | undefined;

const BRACES = /\{(\w+)\}/g;

type Pattern = { matches: RegExp; names: string[]; said: string; literal: number };

/** @param sentences by the English of each, with what differs in braces, such as `It was tried {times} times.` */
export function retelling(sentences: Record<string, string>): Retell {
  const plain = new Map<string, string>();
  const patterns: Pattern[] = [];
  for (const [english, said] of Object.entries(sentences)) {
    const names = [...english.matchAll(BRACES)].map(([, name]) => name!);
    if (names.length === 0) plain.set(english, said);
    else patterns.push({ names, said, literal: english.replace(BRACES, "").length, matches: patternOf(english) });
  }
  // What says more of itself goes before what fits much.
  patterns.sort((one, other) => other.literal - one.literal);
  const retell: Retell = (sentence) => {
    const known = plain.get(sentence);
    if (known !== undefined) return known;
    for (const { matches, names, said } of patterns) {
      const found = matches.exec(sentence);
      if (!found) continue;
      const values = Object.fromEntries(names.map((name, at) => [name, found[at + 1]!]));
      // Some sentences are told within others: why something was not done.
      return said.replace(BRACES, (_, name: string) => retell(values[name]!) ?? values[name]!);
    }
    return undefined;
  };
  return retell;
}

const patternOf = (english: string) =>
  new RegExp(
    `^${english
      .split(BRACES)
      .map((part, at) => (at % 2 ? "(.+?)" : escaped(part)))
      .join("")}$`,
    "s",
  );

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
