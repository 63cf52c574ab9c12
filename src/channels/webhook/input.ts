import { z } from "zod";

/** As Standard Webhooks wants it: `whsec_` and 24 to 64 bytes in base64. */
const isSecret = (text: string) => {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (base64 === undefined || base64.length % 4 !== 0) return false;
  const bytes = (base64.length / 4) * 3 - (base64.match(/=/g)?.length ?? 0);
  return bytes >= 24 && bytes <= 64;
};

export const webhookInput = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** Left out, one is made and shown once. */
  secret: z.string().refine(isSecret, "must be whsec_ followed by 24 to 64 bytes in base64").optional(),
});

export type WebhookInput = z.infer<typeof webhookInput>;
