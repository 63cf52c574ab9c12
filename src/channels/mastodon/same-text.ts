import { withoutServers } from "@/channels/mastodon/count";

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

const decode = (html: string) =>
  html.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** What is left of a text once a server has made paragraphs of it, cut its links for show and taken servers from mentions. */
const bare = (text: string) => withoutServers(text.normalize("NFC")).replace(/\s+/gu, "");

/** Only for comparing: nothing of it is ever shown. */
const bareHtml = (html: string) => bare(decode(html.replace(/<[^>]*>/g, "")));

export const isShownAs = (html: string, text: string): boolean => bareHtml(html) === bare(text);

/** Whether a server may have made this of the text by rules of its own: at least half of the words are there. */
export function mayBeShownAs(html: string, text: string): boolean {
  const shown = bareHtml(html);
  const words = text.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => shown.includes(word)).length * 2 >= words.length;
}

/** A server may trim, and writes lines its own way. */
export const isWrittenAs = (source: string, text: string): boolean => {
  const plain = (any: string) => any.replace(/\r\n?/g, "\n").normalize("NFC").trim();
  return plain(source) === plain(text);
};
