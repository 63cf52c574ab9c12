import type { Limits } from "@/channels/adapter";

/**
 * 2,200 characters and ten images (ayrshare.com/docs, "Instagram", read 2026-11-28). The same page tells of five hashtags where
 * it told of 30 before: 30 are refused, and more than five warned of. 20 mentions are from Meta's own reference of a caption,
 * which could not be read again. What a character is isn't said: UTF-16 units are never fewer.
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
