import tlds from "tlds";
import type { Span } from "@/channels/spans";

/**
 * twitter-text's configuration v3 (github.com/twitter/twitter-text, config/v3.json; developer.x.com, "Counting characters";
 * read 2026-11-28): 280 in all, 2 for a code point or a whole emoji, 1 for what is in these ranges, 23 for an address of any
 * length. The library itself has had no release since 2020, and its list of top-level domains is as old; this counts as it
 * does wherever addresses stand apart from the words around them.
 */
const LIGHT = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
] as const;
const URL_LENGTH = 23;
export const MAX_WEIGHT = 280;

const TOP_LEVEL: ReadonlySet<string> = new Set(tlds);
// Behind http a name has letters of any script and symbols; without it, plain letters alone are taken for an address.
const ANY = "[^\\s\\p{P}\\p{C}$+<=>^`|~]";
const NAMED = `${ANY}(?:(?:${ANY}|[_-])*${ANY})?`;
const PLAIN = "[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?";
const TOP = "(?:xn--[a-z0-9-]+|[a-z]+|[^\\x00-\\x7f\\s\\p{P}]+)";
const END = "(?![a-z0-9@+-])";
const PATH_CHARACTER = "[a-z0-9\\u00c0-\\u024f\\u0400-\\u04ff!*';:=+,.$/%#\\[\\]\\-\\u2013_~@|&]";
const PATH_END = "[a-z0-9\\u00c0-\\u024f\\u0400-\\u04ff=_#/+\\-]";
const BRACKETS = `\\((?:${PATH_CHARACTER}|\\(${PATH_CHARACTER}+\\))+\\)`;
const PATH = `/(?:(?:${PATH_CHARACTER}|${BRACKETS})*(?:${PATH_END}|${BRACKETS}))?`;
const QUERY = "\\?(?:[a-z0-9!?*'@();:&=+$/%#\\[\\]\\-_.,~|]*[a-z0-9\\-_&=#/])?";
const ADDRESS = new RegExp(
  `(?<![a-z0-9@＠$#＃\\u202a-\\u202e])(?:https?://((?:${NAMED}\\.)+${TOP})|(?<![-_./])((?:${PLAIN}\\.)+${TOP}))${END}(?::\\d+)?(?:${PATH})?(?:${QUERY})?`,
  "giu",
);

/** Where X sees an address: its top-level domain is one that there is. */
export function addressesIn(text: string): Span[] {
  if (!text.includes(".")) return [];
  return Array.from(text.matchAll(ADDRESS)).flatMap(({ 0: whole, 1: named, 2: plain, index }): Span[] => {
    const domain = (named ?? plain)!;
    const top = domain.slice(domain.lastIndexOf(".") + 1).toLowerCase();
    if (!TOP_LEVEL.has(top) && !top.startsWith("xn--")) return [];
    return [{ start: index, end: index + whole.length, kind: "link" }];
  });
}

const EMOJI = "\\p{RGI_Emoji}";
const SETS: string = "gv";
let emoji: RegExp | undefined;
/** Made when it is first needed: a browser without sets in patterns still shows everything else. */
const wholeEmoji = () => (emoji ??= new RegExp(EMOJI, SETS));

const weightOf = (code: number) => (LIGHT.some(([from, to]) => code >= from && code <= to) ? 1 : 2);

function weigh(text: string): number {
  let weight = 0;
  const words = text.replace(wholeEmoji(), () => {
    weight += 2;
    return "";
  });
  for (const character of words) weight += weightOf(character.codePointAt(0)!);
  return weight;
}

/** As X counts a post, at most `MAX_WEIGHT`. */
export function countWeight(written: string): number {
  const text = written.normalize("NFC");
  let [weight, at] = [0, 0];
  for (const { start, end } of addressesIn(text)) {
    weight += weigh(text.slice(at, start)) + URL_LENGTH;
    at = end;
  }
  return weight + weigh(text.slice(at));
}
