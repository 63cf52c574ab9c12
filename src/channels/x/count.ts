import { addressesIn } from "@/channels/addresses";

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
