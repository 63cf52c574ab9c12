import type { Preview, Publication } from "@/channels/adapter";
import { articleHtml } from "@/channels/article-html";
import { fieldsPreview } from "@/channels/copied-preview";
import { fieldsOf } from "@/channels/default-parts";
import { countGraphemes, escapeHtml, withoutTitle } from "@/channels/text";
import { limits } from "@/channels/wordpress/limits";

/** An adaptation's fields one below the other; of an article that nobody adapted, the page as a whole. */
export function preview(publication: Publication): Preview {
  if (publication.parts.length > 0) return fieldsPreview(limits)(publication);
  const { title, body } = fieldsOf(publication, limits);
  return {
    parts: [
      {
        html: `<h1>${escapeHtml(title)}</h1>\n${articleHtml(withoutTitle(body, title))}`,
        length: countGraphemes(body),
        limit: undefined,
        images: publication.images,
      },
    ],
  };
}
