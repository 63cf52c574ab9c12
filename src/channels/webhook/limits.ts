import type { Limits } from "@/channels/adapter";

export const limits: Limits = {
  form: "article",
  maxParts: 1,
  maxGraphemes: undefined,
  maxBytes: undefined,
  maxImages: 0,
};
