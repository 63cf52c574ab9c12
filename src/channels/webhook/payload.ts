import type { Publication } from "@/channels/adapter";

/** What a receiver gets of a publication; `id` names it in the event that takes it down. */
export type PublicationData = Publication & { id: string; canonicalUrl: string | undefined };

export const publicationData = (publication: Publication, id: string): PublicationData => ({
  id,
  contentItemId: publication.contentItemId,
  versionNumber: publication.versionNumber,
  title: publication.title,
  body: publication.body,
  excerpt: publication.excerpt,
  language: publication.language,
  canonicalUrl: publication.canonicalUrl,
  parts: publication.parts,
});
