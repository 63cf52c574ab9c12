import type { Limits } from "@/channels/adapter";

/**
 * A post of WordPress's REST API has `title`, `content` and `excerpt`, of which none has a documented limit
 * (developer.wordpress.org/rest-api/reference/posts, read 2026-11-28); 300 is what a title may have here.
 */
export const limits: Limits = {
  form: "article",
  maxParts: 50,
  maxGraphemes: undefined,
  maxBytes: undefined,
  maxImages: 0,
  fields: [
    { name: "title", maxGraphemes: 300, maxBytes: undefined },
    { name: "excerpt", maxGraphemes: undefined, maxBytes: undefined },
    { name: "body", maxGraphemes: undefined, maxBytes: undefined },
  ],
};
