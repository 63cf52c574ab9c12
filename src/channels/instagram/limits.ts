import type { Limits } from "@/channels/adapter";

/**
 * A caption has at most 2,200 characters, 30 hashtags and 20 mentions, and a carousel ten images (Meta's Instagram Platform
 * reference, IG User `media`); others tell of five hashtags by now (ayrshare.com/docs, both read 2026-11-28), which is warned of. What a character is isn't said: UTF-16 units are never fewer.
 */
export const limits: Limits = {
  form: "thread",
  maxParts: 1,
  maxGraphemes: 2_200,
  maxBytes: undefined,
  maxTags: 30,
  maxMentions: 20,
  maxImages: 10,
  count: (text) => text.length,
};

export const TAGS_ADVISED = 5;
