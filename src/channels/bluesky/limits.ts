import type { Limits } from "@/channels/adapter";

/** The lexicons `app.bsky.embed.images` (at most 4, of 1,000,000 bytes each) and `app.bsky.feed.post` as of @atproto/api 0.19.19; the length of a thread is our own bound. */
export const limits: Limits = { form: "thread", maxParts: 25, maxGraphemes: 300, maxBytes: 3000, maxImages: 4 };
