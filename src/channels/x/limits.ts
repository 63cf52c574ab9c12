import type { Limits } from "@/channels/adapter";
import { countWeight, MAX_WEIGHT } from "@/channels/x/count";

/** Four photos with a post (docs.x.com, "Media best practices", read 2026-11-28); the length of a thread is our own bound. */
export const limits: Limits = {
  form: "thread",
  maxParts: 25,
  maxGraphemes: MAX_WEIGHT,
  maxBytes: undefined,
  maxImages: 4,
  count: countWeight,
};
