import type { Limits } from "@/channels/adapter";

/**
 * A post's `commentary` has at most 3,000 characters, as LinkedIn's API says when it refuses one (github.com/n8n-io/n8n,
 * issue 22899, read 2026-11-28); 20 images is what its MultiImage API takes. What a character is isn't said: UTF-16 units are never
 * fewer than any other way of counting.
 */
export const limits: Limits = {
  form: "thread",
  maxParts: 1,
  maxGraphemes: 3_000,
  maxBytes: undefined,
  maxImages: 20,
  count: (text) => text.length,
};
