import { type Keyword, phraseAt, shareIn, shareInSlug, timesIn } from "../keyword";
import type { Reading } from "../reading";
import { type Checks, percentOf, places, withKeyword } from "../subject";
import { visible, wordsIn } from "../text/words";
import { imagesOf } from "./images";
import { slugOf } from "./snippet";

const LEAST_WORDS = 100;
const LEAST_WORDS_SPREAD = 300;

export const keywordChecks: Checks = {
  "keyword-length": ({ keyword }) => {
    if (!keyword) return { status: "Warn", reason: "none" };
    if (keyword.meaning === 0) return { status: "Fail", reason: "empty" };
    const params = { count: keyword.meaning };
    if (keyword.meaning <= 4) return { status: "Pass", reason: "good", params };
    return keyword.meaning <= 8
      ? { status: "Warn", reason: "long", params }
      : { status: "Fail", reason: "tooLong", params };
  },
  "keyword-in-title": withKeyword(({ subject: { title }, reading, keyword }) => {
    if (title === undefined) return { because: "NoTitle" };
    const words = wordsIn(title, reading.language);
    if (phraseAt(keyword, words, reading) >= 0) return { status: "Pass", reason: "phrase" };
    const share = shareIn(keyword, words, reading);
    if (share === 1) return { status: "Warn", reason: "scattered" };
    return share >= 0.5 ? { status: "Warn", reason: "partly" } : { status: "Fail", reason: "missing" };
  }),
  "keyword-title-start": withKeyword(({ subject: { title = "" }, reading, keyword }) => {
    const words = wordsIn(title, reading.language);
    const at = phraseAt(keyword, words, reading);
    if (at < 0) return { because: "NotInTitle" };
    return at < title.length / 2 ? { status: "Pass", reason: "early" } : { status: "Warn", reason: "late" };
  }),
  "keyword-in-slug": withKeyword(({ subject, reading, keyword }) => {
    const slug = slugOf(subject);
    if (slug === undefined) return { because: "NoTitle" };
    const share = shareInSlug(keyword, slug, reading);
    if (share === 1) return { status: "Pass", reason: "whole" };
    return share >= 0.5 ? { status: "Warn", reason: "partly" } : { status: "Fail", reason: "missing" };
  }),
  "keyword-in-description": withKeyword(({ subject: { description }, reading, keyword }) => {
    if (!description) return { because: "NoDescription" };
    const count = timesIn(keyword, wordsIn(description, reading.language), reading);
    if (count === 0) return { status: "Fail", reason: "missing" };
    return { status: count <= 2 ? "Pass" : "Warn", reason: count <= 2 ? "good" : "often", params: { count } };
  }),
  "keyword-in-introduction": withKeyword(({ reading, keyword }) => {
    const first = reading.blocks.find(({ kind }) => kind === "Paragraph");
    if (!first) return { because: "TooShort" };
    const shown = places(reading.source, [first]);
    if (first.sentences.some(({ words }) => timesIn(keyword, words, reading) > 0))
      return { status: "Pass", reason: "sentence", ...shown };
    const words = first.sentences.flatMap((sentence) => sentence.words);
    if (shareIn(keyword, words, reading) === 1) return { status: "Warn", reason: "scattered", ...shown };
    return { status: "Fail", reason: "missing", ...shown };
  }),
  "keyword-in-headings": withKeyword(({ subject, reading, keyword }) => {
    const headings = subheadingsOf(reading, subject.title);
    if (headings.length === 0) return { because: "NoHeadings" };
    const saying = headings.filter(({ sentences }) =>
      sentences.some(({ words }) => shareIn(keyword, words, reading) >= 0.5),
    );
    const params = { count: saying.length, total: headings.length };
    const share = saying.length / headings.length;
    if (saying.length === 0) return { status: "Fail", reason: "missing", params, ...places(reading.source, headings) };
    if (share < 0.3) return { status: "Warn", reason: "few", params, ...places(reading.source, saying) };
    if (share > 0.75 && headings.length >= 3)
      return { status: "Warn", reason: "many", params, ...places(reading.source, saying) };
    return { status: "Pass", reason: "good", params, ...places(reading.source, saying) };
  }),
  "keyword-in-alt": withKeyword(({ subject, reading, keyword }) => {
    const images = imagesOf(subject, reading).filter(({ alt }) => alt !== undefined);
    if (images.length === 0) return { because: "NoImages" };
    const saying = images.filter(({ alt = "" }) => shareIn(keyword, wordsIn(alt, reading.language), reading) >= 0.5);
    const params = { count: saying.length, total: images.length };
    const share = saying.length / images.length;
    if (saying.length === 0) return { status: "Warn", reason: "missing", params, ...places(reading.source, images) };
    if (images.length >= 5 && share < 0.3) return { status: "Warn", reason: "few", params };
    if (images.length >= 5 && share > 0.75)
      return { status: "Warn", reason: "many", params, ...places(reading.source, saying) };
    return { status: "Pass", reason: "good", params, ...places(reading.source, saying) };
  }),
  "keyword-density": withKeyword(({ reading, keyword }) => {
    if (reading.wordCount < LEAST_WORDS) return { because: "TooShort" };
    const saying = sayings(reading, keyword);
    const count = saying.reduce((sum, { times }) => sum + times, 0);
    const density = (count / reading.wordCount) * 100;
    const params = { count, density: Math.round(density * 10) / 10 };
    const shown = places(reading.source, saying);
    if (count === 0) return { status: "Fail", reason: "never", params };
    if (density <= 0.5) return { status: "Warn", reason: "few", params, ...shown };
    if (density <= 3) return { status: "Pass", reason: "good", params, ...shown };
    return { status: density <= 4 ? "Warn" : "Fail", reason: density <= 4 ? "many" : "stuffed", params, ...shown };
  }),
  "keyword-distribution": withKeyword(({ reading, keyword }) => {
    if (reading.wordCount < LEAST_WORDS_SPREAD) return { because: "TooShort" };
    const saying = sayings(reading, keyword);
    if (saying.length === 0) return { because: "NoKeyword" };
    let [longest, last] = [0, 0];
    for (const { wordsBefore, count } of saying) {
      longest = Math.max(longest, wordsBefore - last);
      last = wordsBefore + count;
    }
    const percent = percentOf(Math.max(longest, reading.wordCount - last), reading.wordCount);
    const shown = { params: { percent }, ...places(reading.source, saying) };
    if (percent <= 50) return { status: "Pass", reason: "even", ...shown };
    return percent <= 70 ? { status: "Warn", reason: "uneven", ...shown } : { status: "Fail", reason: "gap", ...shown };
  }),
  "competing-links": withKeyword(({ reading, keyword }) => {
    if (reading.links.length === 0) return { because: "NoLinks" };
    const rivals = reading.links.filter(({ text }) => isKeywordAlone(text, keyword, reading));
    if (rivals.length === 0) return { status: "Pass", reason: "none" };
    return { status: "Fail", reason: "some", params: { count: rivals.length }, ...places(reading.source, rivals) };
  }),
};

/** A first heading that repeats the title is left out when it goes out. */
export function subheadingsOf({ blocks }: Pick<Reading, "blocks">, title: string | undefined) {
  const headings = blocks.filter(({ kind }) => kind === "Heading");
  const [first] = headings;
  const repeats = first?.depth === 1 && (title === undefined || first.text.trim() === title.trim());
  return repeats && first === blocks[0] ? headings.slice(1) : headings;
}

/** Sentences, headings and lines that have all of the keyword. */
function sayings(reading: Reading, keyword: Keyword) {
  let wordsBefore = 0;
  return reading.blocks.flatMap((block) =>
    block.sentences.flatMap(({ words, count, start, end }) => {
      const times = timesIn(keyword, words, reading);
      const saying = { times, wordsBefore, count, ...block.inSource(start, end) };
      wordsBefore += count;
      return times > 0 ? [saying] : [];
    }),
  );
}

function isKeywordAlone(text: string, keyword: Keyword, reading: Reading): boolean {
  const words = wordsIn(visible(text), reading.language);
  const own = words.filter(({ lower, elided }) => !elided && !reading.rules?.functionWords.has(lower));
  return own.length === keyword.meaning && shareIn(keyword, own, reading) === 1;
}
