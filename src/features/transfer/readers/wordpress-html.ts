import { type Converted, escapeHtml, markdownOf, within } from "./html";

export type Attachment = { id: string; url: string; title: string; alt: string; parent: string };
export type Attachments = ReadonlyMap<string, Attachment>;

/**
 * What WordPress keeps of a post, as Markdown: paragraphs of the classic editor, captions, galleries and embeds are
 * made what they show. Other shortcodes stay as text and are told, since only their plugin knows what they mean.
 * @param postId whose attachments a gallery without ids shows
 */
export function markdownOfPost(content: string, postId: string, attachments: Attachments): Converted {
  const notes = new Set<string>();
  const html = within(content, () => {
    const shown = withShortcodes(content, postId, attachments, notes);
    return /<!-- wp:/.test(content) ? shown : withParagraphs(shown);
  });
  const converted = markdownOf(html);
  return { ...converted, notes: [...notes, ...converted.notes] };
}

const SHORTCODE = /\[(\/?)([a-z][a-z0-9_-]*)((?:\s+[^[\]]*)?)\/?\]/gi;

function withShortcodes(content: string, postId: string, attachments: Attachments, notes: Set<string>): string {
  const html = content
    .replace(/\[(wp_)?caption\b([^\]]*)\]([\s\S]*?)\[\/\1?caption\]/g, (_, _wp, attributes: string, inner: string) =>
      figure(inner, attribute(attributes, "caption")),
    )
    .replace(/\[gallery\b([^\]]*)\]/g, (_, attributes: string) => gallery(attributes, postId, attachments))
    .replace(/\[embed\b[^\]]*\]([^[\]]+)\[\/embed\]/g, (_, url: string) => paragraph(link(url.trim())));
  for (const [text, closing, name, attributes] of html.matchAll(SHORTCODE)) {
    // Brackets are also just brackets: a shortcode has attributes, or ends.
    const used = closing === "/" || /=/.test(attributes ?? "") || html.includes(`[/${name}]`);
    if (used && !text.includes("://")) notes.add(`The shortcode [${name}] stays as text.`);
  }
  return html;
}

/** The picture, with its link, and what stands beside it. */
function figure(inner: string, given: string | undefined): string {
  const [, picture, rest = ""] = /^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(inner) ?? [];
  if (picture === undefined) return inner;
  const caption = (given ?? rest).trim();
  return `\n\n<figure>${picture}${caption ? `<figcaption>${caption}</figcaption>` : ""}</figure>\n\n`;
}

/** By its ids, or, as in posts of long ago, all that was uploaded to the post. */
function gallery(attributes: string, postId: string, attachments: Attachments): string {
  const ids = attribute(attributes, "ids")
    ?.split(",")
    .map((id) => id.trim());
  const chosen = ids
    ? ids.map((id) => attachments.get(id)).filter((one) => one !== undefined)
    : [...attachments.values()].filter(({ parent }) => parent === postId);
  return `\n\n${chosen.map((one) => `<figure>${image(one)}</figure>`).join("\n")}\n\n`;
}

export const image = ({ url, alt, title }: Attachment) =>
  `<img src="${escapeHtml(url)}" alt="${escapeHtml(alt || title)}">`;
const link = (url: string) => `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
const paragraph = (html: string) => `\n\n<p>${html}</p>\n\n`;

const attribute = (attributes: string, name: string) =>
  new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(attributes)
    ?.slice(1)
    .find((one) => one !== undefined);

const BLOCKS =
  "table|thead|tfoot|tbody|tr|td|th|caption|colgroup|col|div|dl|dt|dd|ul|ol|li|pre|form|blockquote|address|p|h[1-6]|hr|fieldset|section|article|aside|header|footer|nav|figure|figcaption|details|summary|style|script|iframe";
const OPENING = new RegExp(`(<(?:${BLOCKS})\\b)`, "gi");
const CLOSING = new RegExp(`(</(?:${BLOCKS})>|<hr\\b[^>]*>)`, "gi");
const BLOCK_FIRST = new RegExp(`^</?(?:${BLOCKS})\\b`, "i");

/** The classic editor keeps blank lines and line ends instead of tags; WordPress makes the tags when it shows a post. */
function withParagraphs(html: string): string {
  return html
    .replace(/\r\n?/g, "\n")
    .split(/(<pre\b[\s\S]*?<\/pre>)/i)
    .map((piece, at) => (at % 2 === 1 ? piece : paragraphs(piece)))
    .join("\n");
}

const paragraphs = (piece: string) =>
  piece
    .replace(OPENING, "\n\n$1")
    .replace(CLOSING, "$1\n\n")
    .split(/\n[ \t]*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== "")
    .map((block) => (BLOCK_FIRST.test(block) ? block : `<p>${block.replace(/(<br\s*\/?>)?\n/g, "<br>\n")}</p>`))
    .join("\n");
