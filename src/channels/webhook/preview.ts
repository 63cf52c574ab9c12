import type { Preview, Publication } from "@/channels/adapter";
import { countGraphemes, escapeHtml } from "@/channels/text";
import { publicationData } from "@/channels/webhook/payload";

/** The data of the event as it will be sent, but for its id, which is made when it goes out. */
export function preview(publication: Publication): Preview {
  const assets = publication.assets.map((asset) => ({ ...asset, url: "…", contentType: "…" }));
  const json = JSON.stringify(publicationData(publication, "…", assets), undefined, 2);
  return {
    parts: [
      {
        html: `<pre>${escapeHtml(json)}</pre>`,
        length: countGraphemes(json),
        limit: undefined,
        images: publication.images,
      },
    ],
  };
}
