/** Where a site is found: under the deployment's address by its slug, and at the host that it has chosen as its own. */
export type SiteAddress = { slug: string; primaryHost: string | null };

/** What a visitor may know of a workspace. Points in time are ISO 8601, here and below. */
export type SiteFacts = SiteAddress & {
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

/** Headlines that are tried, and which share of visitors sees which. */
export type Trial = { id: string; variants: { number: number; headline: string; weight: number }[] };

/** A page in the site's list. */
export type Listed = Teaser & { trial: Trial | null };

export type Article = Teaser & {
  contentItemId: string;
  /** Sanitised. */
  html: string;
  canonicalUrl: string | null;
  /** The pages of those items that it leads to, by the items' ids. */
  links: Record<string, { slug: string; updatedAt: string }>;
};
