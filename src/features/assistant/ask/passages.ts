import type { WorkspaceTx } from "@/db/client";
import { findItem, findVersion } from "@/features/content";
import { passagesOf, search } from "@/features/search";

/** What was retrieved, as it is cited. */
export type Passage = { id: string; contentItemId: string; versionNumber: number; title: string; text: string };

const MAX_WORDS = 8;
const MAX_ITEMS = 6;
const MAX_OF_ITEM = 2;
const MAX_PASSAGES = 8;
const HITS_EACH = 20;

/** Words that ask and don't say about what, in the languages of the application and its neighbours. */
const ASKING = new Set(
  "a about an and are as at be by can did do does for from had has have how i in is it many much of on or our say should that the their there they this to us was we were what when where which who why will with you your das dem den der des die ein eine einem einen einer es für haben hat ich im in ist kann man mit nach nicht oder sagen sagt sich sie sind über und uns unser unsere von wann warum was welche welcher wer wie wieso wir wird wo zu zum zur combien comment dans de des du elle est et il la le les nos notre nous ou où par pour pourquoi quand que quel quelle qui sur un une como cómo con cuál cuándo de del dónde el en es está la las los nos nuestra para por qué quién se son un una y".split(
    " ",
  ),
);

const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** What a question is about: its words without those that only ask, each once. */
export function termsOf(question: string): string[] {
  const words = [...new Set(wordsIn(question))];
  const meaning = words.filter((word) => word.length > 1 && !ASKING.has(word));
  return (meaning.length > 0 ? meaning : words).slice(0, MAX_WORDS);
}

/** Of an item's current version; by its number it is the same one, however it was found. */
type Found = { contentItemId: string; versionNumber: number; number: number };

/** The usual constant of reciprocal rank fusion (Cormack, Clarke, Büttcher: SIGIR 2009). */
const RANK = 60;

/**
 * Passages of current versions that speak of what is asked: by its words, and where there is one, by an order of what is near
 * in meaning. What both find comes first. Nothing but what the workspace's scope shows is found.
 */
export async function retrieve(tx: WorkspaceTx, question: string, nearest: Found[] = []): Promise<Passage[]> {
  const scores = new Map<string, { found: Found; score: number }>();
  for (const list of [await byWords(tx, question), nearest.slice(0, MAX_PASSAGES)]) {
    for (const [rank, found] of list.entries()) {
      const key = `${found.contentItemId} ${found.number}`;
      const score = (scores.get(key)?.score ?? 0) + 1 / (RANK + rank + 1);
      scores.set(key, { found, score });
    }
  }
  const best = [...scores.values()].sort((one, other) => other.score - one.score).slice(0, MAX_PASSAGES);
  const passages: Omit<Passage, "id">[] = [];
  for (const { found } of best) {
    const { contentItemId, versionNumber, number } = found;
    const version = await findVersion(tx, contentItemId, versionNumber);
    const text = version && passagesOf(version.body)[number];
    if (text) passages.push({ contentItemId, versionNumber, title: version.title, text });
  }
  return passages.map((passage, at) => ({ id: `P${at + 1}`, ...passage }));
}

/** The search room's query for each word, items by how many of them they have, and of these the passages with most of them. */
async function byWords(tx: WorkspaceTx, question: string): Promise<Found[]> {
  const terms = termsOf(question);
  const found = new Map<string, number>();
  for (const term of terms) {
    const { items } = await search(tx, { q: term, kinds: ["Item"], archived: "false", limit: HITS_EACH });
    for (const { id, score } of items) found.set(id, (found.get(id) ?? 0) + 4 + score);
  }
  const best = [...found].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)).slice(0, MAX_ITEMS);
  const passages: Found[] = [];
  for (const [contentItemId] of best) {
    const item = await findItem(tx, contentItemId);
    const version = item && (await findVersion(tx, contentItemId, item.currentVersionNumber));
    if (!version) continue;
    const { versionNumber } = version;
    for (const number of bestOf(passagesOf(version.body), terms))
      passages.push({ contentItemId, versionNumber, number });
  }
  return passages.slice(0, MAX_PASSAGES);
}

/** By the beginnings of words, so that "roses" is found by "rose". */
const beginning = (word: string) => (word.length > 5 ? word.slice(0, -2) : word.replace(/(?<=..)s$/, ""));

function bestOf(passages: readonly string[], terms: readonly string[]): number[] {
  const scored = passages.map((passage, number) => {
    const words = wordsIn(passage);
    return { number, score: terms.filter((term) => words.some((word) => word.startsWith(beginning(term)))).length };
  });
  const chosen = scored
    .sort((one, other) => other.score - one.score || one.number - other.number)
    .slice(0, MAX_OF_ITEM);
  // The first one stands for an item whose title is what was found.
  return chosen.filter(({ score }, at) => score > 0 || at === 0).map(({ number }) => number);
}
