/** What a visitor may know of a workspace. Points in time are ISO 8601, here and below. */
export type SiteFacts = {
  slug: string;
  name: string;
  /** As it was saved: `brandingOf` reads it. */
  branding: unknown;
  language: string;
  timeZone: string;
  updatedAt: string;
};

export type Teaser = {
  id: string;
  slug: string;
  title: string;
  excerpt: string;
  language: string;
  wordCount: number;
  imageUrl: string | null;
  publishedAt: string;
  updatedAt: string;
};

export type Article = Teaser & {
  contentItemId: string;
  /** Sanitised. */
  html: string;
  canonicalUrl: string | null;
  /** The pages of those items that it leads to, by the items' ids. */
  links: Record<string, { slug: string; updatedAt: string }>;
};
