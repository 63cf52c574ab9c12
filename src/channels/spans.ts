import { escapeHtml } from "@/channels/text";

/** A stretch of a text that its network will make clickable. */
export type Span = { start: number; end: number; kind: "link" | "mention" | "tag" };

/** @param spans in order, none within another */
export function spansToHtml(text: string, spans: readonly Span[]): string {
  let [html, at] = ["", 0];
  for (const { start, end, kind } of spans) {
    const shown = escapeHtml(text.slice(start, end));
    // An address that was written without https is none that a page here should lead to.
    const address = /^https?:/i.test(shown) ? shown : `https://${shown}`;
    html += escapeHtml(text.slice(at, start));
    html +=
      kind === "link"
        ? `<a href="${address}" rel="nofollow noopener noreferrer" target="_blank">${shown}</a>`
        : `<span class="${kind}">${shown}</span>`;
    at = end;
  }
  return (html + escapeHtml(text.slice(at))).replaceAll("\n", "<br>");
}

/** Those that begin with one another's end are left; of two that overlap, the one that begins first. */
export function inOrder(spans: Span[]): Span[] {
  let end = 0;
  return spans
    .sort((a, b) => a.start - b.start)
    .filter((span) => {
      if (span.start < end) return false;
      end = span.end;
      return true;
    });
}

/** Every match of a pattern; its first group, where it has one, stands before what is meant. */
export const spansOf = (text: string, pattern: RegExp, kind: Span["kind"]): Span[] =>
  Array.from(text.matchAll(pattern), (match) => {
    const start = match.index + (match[1]?.length ?? 0);
    return { start, end: match.index + match[0].length, kind };
  });
