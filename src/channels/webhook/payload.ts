import type { Publication } from "@/channels/adapter";

/** A file that the body names as `asset:<id>`, and where it can be fetched for a week. */
export type SentAsset = { id: string; altText: string; url: string; contentType: string };

/** What a receiver gets of a publication; `id` names it in the event that takes it down. */
export const publicationData = (publication: Publication, id: string, assets: SentAsset[]) => ({
  id,
  contentItemId: publication.contentItemId,
  versionNumber: publication.versionNumber,
  title: publication.title,
  body: publication.body,
  excerpt: publication.excerpt,
  language: publication.language,
  canonicalUrl: publication.canonicalUrl,
  parts: publication.parts,
  assets,
});
