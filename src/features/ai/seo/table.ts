/** What a check is about, in the order of a page. */
export const CATEGORIES = ["Keyword", "Snippet", "Structure", "Readability", "Links", "Images", "Workspace"] as const;
export type Category = (typeof CATEGORIES)[number];

/** All checks: what they are about and what they count for. */
export const CHECKS = {
  "keyword-length": ["Keyword", 2],
  "keyword-in-title": ["Keyword", 3],
  "keyword-title-start": ["Keyword", 1],
  "keyword-in-introduction": ["Keyword", 2],
  "keyword-in-headings": ["Keyword", 2],
  "keyword-in-slug": ["Keyword", 2],
  "keyword-in-description": ["Keyword", 2],
  "keyword-in-alt": ["Keyword", 1],
  "keyword-density": ["Keyword", 2],
  "keyword-distribution": ["Keyword", 1],
  "competing-links": ["Keyword", 1],
  "title-width": ["Snippet", 2],
  "description-width": ["Snippet", 2],
  slug: ["Snippet", 1],
  "structured-data": ["Snippet", 1],
  "text-length": ["Structure", 3],
  headings: ["Structure", 2],
  "subheading-distribution": ["Structure", 2],
  "paragraph-length": ["Structure", 1],
  "reading-ease": ["Readability", 2],
  "sentence-length": ["Readability", 2],
  "passive-voice": ["Readability", 1],
  "transition-words": ["Readability", 1],
  "sentence-openings": ["Readability", 1],
  "links-internal": ["Links", 2],
  "links-external": ["Links", 1],
  "links-dead": ["Links", 3],
  "link-texts": ["Links", 1],
  images: ["Images", 1],
  "image-alt": ["Images", 2],
  "duplicate-title": ["Workspace", 3],
  cannibalization: ["Workspace", 2],
  freshness: ["Workspace", 1],
} as const satisfies Record<string, readonly [Category, 1 | 2 | 3]>;

export type CheckId = keyof typeof CHECKS;
export const CHECK_IDS = Object.keys(CHECKS) as [CheckId, ...CheckId[]];

/** Why a check had nothing to judge. */
export const SKIPPED_BECAUSE = [
  "NoKeyword",
  "NotInTitle",
  "NoTitle",
  "NoDescription",
  "TooShort",
  "LanguageUnknown",
  "NoHeadings",
  "NoLinks",
  "NoImages",
  "NoItem",
  "NotPublished",
] as const;
export type SkippedBecause = (typeof SKIPPED_BECAUSE)[number];
