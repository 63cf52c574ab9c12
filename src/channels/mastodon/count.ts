import { addressesIn } from "@/channels/addresses";
import type { Span } from "@/channels/spans";
import { countGraphemes } from "@/channels/text";

/** What a link counts, however long it is; a server may say another number in `characters_reserved_per_url`. */
export const LINK_CHARACTERS = 23;
export const MAX_CHARACTERS = 500;

/** `@name`, or `@name@server`; the server is the second group. */
const MENTION =
  /(?<![=/\p{L}\p{N}\p{M}_])@([a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)(@[\p{L}\p{N}\p{M}_.-]+[\p{L}\p{N}\p{M}_]+)?/giu;

/** Links must begin with http(s); Mastodon finds them by the same library as X does. */
export const linksIn = (text: string): Span[] =>
  addressesIn(text).filter(({ start }) => /^https?:/i.test(text.slice(start, start + 6)));

export const mentionsIn = (text: string): Span[] =>
  Array.from(text.matchAll(MENTION), ({ 0: whole, index }) => ({
    start: index,
    end: index + whole.length,
    kind: "mention",
  }));

/** As it is shown and counted: without the servers of those who are mentioned. */
export const withoutServers = (text: string): string => text.replace(MENTION, "@$1");

/**
 * Graphemes; each link as 23, of a mention the name alone (docs.joinmastodon.org/user/posting, "Links" and "Mentions";
 * the server's own check counts so, read 2026-11-28).
 */
export function countCharacters(text: string, perLink = LINK_CHARACTERS): number {
  let [count, at] = [0, 0];
  for (const { start, end } of linksIn(text)) {
    count += countGraphemes(withoutServers(text.slice(at, start))) + perLink;
    at = end;
  }
  return count + countGraphemes(withoutServers(text.slice(at)));
}
