import { clausesOf, type LanguageRules } from "../languages/rules";
import type { Reading, ReadSentence } from "../reading";
import {
  type Check,
  type Checks,
  type Given,
  percentOf,
  places,
  type Skipped,
  type Status,
  type Verdict,
} from "../subject";
import { syllablesOf } from "../text/syllables";

/** Of fewer, a share says nothing. */
const LEAST_SENTENCES = 5;
const LEAST_SENTENCES_TRANSITIONS = 10;
const LEAST_FOR_EASE = { sentences: 3, words: 25 };

type Judged = { reading: Reading; prose: ReadSentence[]; rules: LanguageRules };

const inKnownLanguage =
  (least: number, check: (judged: Judged) => Verdict | Skipped): Check =>
  ({ reading }: Given) => {
    if (!reading.rules) return { because: "LanguageUnknown" };
    if (reading.prose.length < least) return { because: "TooShort" };
    return check({ reading, prose: reading.prose, rules: reading.rules });
  };

export const readabilityChecks: Checks = {
  "reading-ease": inKnownLanguage(1, ({ reading, rules: { readability } }) => {
    const ease = readingEase(reading);
    if (ease === null) return { because: "TooShort" };
    const params = { score: ease, formula: readability.formula };
    if (ease >= readability.plain) return { status: "Pass", reason: "plain", params };
    return ease >= readability.hard
      ? { status: "Warn", reason: "hard", params }
      : { status: "Fail", reason: "veryHard", params };
  }),
  "sentence-length": inKnownLanguage(LEAST_SENTENCES, ({ reading, prose, rules }) => {
    const long = prose.filter(({ count }) => count > rules.longSentence);
    const params = { count: long.length, percent: percentOf(long.length, prose.length), limit: rules.longSentence };
    const share = (long.length / prose.length) * 100;
    const status: Status = share <= 25 ? "Pass" : share <= 30 || long.length === 1 ? "Warn" : "Fail";
    return { status, reason: STATUS_WORDS[status], params, ...shown(reading, long) };
  }),
  "passive-voice": inKnownLanguage(LEAST_SENTENCES, ({ reading, prose, rules }) => {
    const passive = prose.filter(({ text, words }) => clausesOf(text, words).some(rules.isPassive));
    const params = { count: passive.length, percent: percentOf(passive.length, prose.length) };
    const share = (passive.length / prose.length) * 100;
    const status: Status = share <= 10 || passive.length === 1 ? "Pass" : share <= 15 ? "Warn" : "Fail";
    return { status, reason: STATUS_WORDS[status], params, ...shown(reading, passive) };
  }),
  "transition-words": inKnownLanguage(LEAST_SENTENCES_TRANSITIONS, ({ reading, prose, rules }) => {
    const has = transitionIn(rules);
    const without = prose.filter(({ words }) => !has(words));
    const share = ((prose.length - without.length) / prose.length) * 100;
    const params = { percent: Math.round(share) };
    if (share >= 30) return { status: "Pass", reason: "good", params };
    return { status: share >= 20 ? "Warn" : "Fail", reason: "few", params, ...shown(reading, without) };
  }),
  "sentence-openings": inKnownLanguage(3, ({ reading, prose, rules }) => {
    const runs = runsOf(prose, rules).filter((run) => run.length >= 3);
    const longest = Math.max(0, ...runs.map((run) => run.length));
    const params = { count: longest };
    if (longest === 0) return { status: "Pass", reason: "varied" };
    return { status: longest === 3 ? "Warn" : "Fail", reason: "alike", params, ...shown(reading, runs.flat()) };
  }),
};

const STATUS_WORDS = { Pass: "good", Warn: "some", Fail: "many" } as const;
const shown = (reading: Reading, sentences: readonly ReadSentence[]) =>
  places(
    reading.source,
    sentences.map(({ place }) => place),
  );

/** By the formula of the text's language, to one decimal; null where there is too little, or no formula. */
export function readingEase({ prose, language, rules }: Reading): number | null {
  const words = prose.flatMap((sentence) => sentence.words.filter(({ elided }) => !elided));
  if (!rules || prose.length < LEAST_FOR_EASE.sentences || words.length < LEAST_FOR_EASE.words) return null;
  const known = new Map<string, number>();
  let syllables = 0;
  for (const { lower } of words) {
    let count = known.get(lower);
    if (count === undefined) {
      count = syllablesOf(lower, language);
      known.set(lower, count);
    }
    syllables += count;
  }
  const score = rules.readability.score(words.length / prose.length, syllables / words.length);
  return Math.round(Math.min(100, Math.max(0, score)) * 10) / 10;
}

type Words = ReadSentence["words"];
const matchers = new WeakMap<LanguageRules, (words: Words) => boolean>();

/** By their first words, so that a sentence is walked through once. */
function transitionIn(rules: LanguageRules): (words: Words) => boolean {
  const known = matchers.get(rules);
  if (known) return known;
  const byFirst = new Map<string, string[][]>();
  for (const phrase of rules.transitions) {
    // Split as a text is: "d'abord" are two words of French, "e.g." is one.
    const words = phrase
      .replace(/'/g, rules.readability.formula === "Kandel-Moles" ? " " : "'")
      .replace(/\.$/, "")
      .split(/[\s]+|\. /);
    byFirst.set(words[0]!, [...(byFirst.get(words[0]!) ?? []), words]);
  }
  const matcher = (words: Words) =>
    words.some(({ lower }, at) =>
      byFirst.get(lower)?.some((phrase) => phrase.every((word, place) => words[at + place]?.lower === word)),
    );
  matchers.set(rules, matcher);
  return matcher;
}

/** Sentences in a row that begin alike. */
function runsOf(prose: readonly ReadSentence[], { articles }: LanguageRules): ReadSentence[][] {
  const runs: ReadSentence[][] = [];
  let before: string | undefined;
  for (const sentence of prose) {
    const [first, second] = sentence.words;
    const opening = first && articles.has(first.lower) && second ? `${first.lower} ${second.lower}` : first?.lower;
    if (opening !== undefined && opening === before) runs.at(-1)!.push(sentence);
    else runs.push([sentence]);
    before = opening;
  }
  return runs;
}
