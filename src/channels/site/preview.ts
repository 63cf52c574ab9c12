import type { Preview, Publication } from "@/channels/adapter";
import { textsOf } from "@/channels/default-parts";
import { limits } from "@/channels/site/limits";
import { countGraphemes, escapeHtml } from "@/channels/text";
import { renderMarkdown } from "@/platform/markdown";

export const preview = (publication: Publication): Preview => ({
  parts: textsOf(publication, limits).map((text) => ({
    html: `<h1>${escapeHtml(publication.title)}</h1>\n${renderMarkdown(text)}`,
    length: countGraphemes(text),
    limit: undefined,
  })),
});
