import tlds from "tlds";
import type { Span } from "@/channels/spans";

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

/**
 * Where X sees an address, by its library twitter-text 3, and Mastodon a link, by the same: the top-level domain is one that
 * there is. Mastodon wants http before it.
 */
export function addressesIn(text: string): Span[] {
  if (!text.includes(".")) return [];
  return Array.from(text.matchAll(ADDRESS)).flatMap(({ 0: whole, 1: named, 2: plain, index }): Span[] => {
    const domain = (named ?? plain)!;
    const top = domain.slice(domain.lastIndexOf(".") + 1).toLowerCase();
    if (!TOP_LEVEL.has(top) && !top.startsWith("xn--")) return [];
    return [{ start: index, end: index + whole.length, kind: "link" }];
  });
}
