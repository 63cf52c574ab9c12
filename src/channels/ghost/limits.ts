import type { Limits, TextLimits } from "@/channels/adapter";

/** Ghost counts a title and an excerpt in UTF-16 units: 255 and 300 (its schemas `posts.title` and `custom_excerpt`, Ghost 5.130). */
const count = (text: string) => text.length;

export const limits: Limits = {
  form: "article",
  maxParts: 50,
  maxGraphemes: undefined,
  maxBytes: undefined,
  maxImages: 0,
  fields: [
    { name: "title", maxGraphemes: 255, maxBytes: undefined, count },
    { name: "excerpt", maxGraphemes: 300, maxBytes: undefined, count },
    { name: "body", maxGraphemes: undefined, maxBytes: undefined },
  ],
};

/** `posts_meta.feature_image_alt`, counted in the same way. */
export const ALT: TextLimits = { maxGraphemes: 191, maxBytes: undefined, count };
