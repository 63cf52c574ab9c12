import type { Preview, Publication } from "@/channels/adapter";
import { articleHtml } from "@/channels/article-html";
import { textsOf } from "@/channels/default-parts";
import { limits } from "@/channels/site/limits";
import { countGraphemes, escapeHtml, withoutTitle } from "@/channels/text";

export const preview = (publication: Publication): Preview => ({
  parts: textsOf(publication, limits).map((text) => ({
    html: `<h1>${escapeHtml(publication.title)}</h1>\n${articleHtml(withoutTitle(text, publication.title))}`,
    length: countGraphemes(text),
    limit: undefined,
    images: publication.images,
  })),
});
