import type { Limits, Preview, Publication } from "@/channels/adapter";
import { articleHtml } from "@/channels/article-html";
import { fieldAt } from "@/channels/check-fields";
import { imagesOf, textsOf } from "@/channels/default-parts";
import { inOrder, type Span, spansOf, spansToHtml } from "@/channels/spans";
import { escapeHtml, lengthOf } from "@/channels/text";

export const tagsIn = (text: string): Span[] => spansOf(text, /[#＃][\p{L}\p{N}\p{M}_]+/gu, "tag");
export const mentionsIn = (text: string): Span[] =>
  spansOf(text, /(^|[^\p{L}\p{N}@/.])[@＠][\p{L}\p{N}_.]*[\p{L}\p{N}_]/gu, "mention");

/** Addresses with http; a full stop or a bracket that closes behind one is not part of it. */
export const webLinksIn = (text: string): Span[] => spansOf(text, /https?:\/\/[^\s<>"]*[^\s<>".,;:!?'()[\]]/gi, "link");

/** Posts of plain text, counted as their network counts. */
export const postsPreview =
  (limits: Limits, spans: (text: string) => Span[]) =>
  (publication: Publication): Preview => {
    const images = imagesOf(publication, limits);
    return {
      parts: textsOf(publication, limits).map((text, position) => ({
        html: spansToHtml(text, inOrder(spans(text))),
        length: lengthOf(text, limits),
        limit: limits.maxGraphemes,
        images: images[position] ?? [],
      })),
    };
  };

/** A body of Markdown below lines of their own. */
export const fieldsPreview =
  ({ fields = [] }: Limits) =>
  ({ parts }: Publication): Preview => ({
    parts: parts.map((text, position) => {
      const field = fieldAt(fields, position);
      return {
        html: field.name === "body" ? articleHtml(text) : `<p>${escapeHtml(text)}</p>`,
        length: lengthOf(text, field),
        limit: field.maxGraphemes,
        images: [],
        field: field.name,
      };
    }),
  });
