import type { Limits } from "@/channels/adapter";
import { countCharacters, MAX_CHARACTERS } from "@/channels/mastodon/count";

/**
 * What a Mastodon server takes unless its admin changed it (docs.joinmastodon.org/user/posting, read 2026-11-28). What an
 * account's own server takes is asked before a thread begins. The length of a thread is our own bound.
 */
export const limits: Limits = {
  form: "thread",
  maxParts: 25,
  maxGraphemes: MAX_CHARACTERS,
  maxBytes: undefined,
  maxImages: 4,
  count: (text) => countCharacters(text),
};
