import { z } from "zod";

export const blueskyInput = z.strictObject({
  /** The server where the account lives; bsky.social for most. */
  service: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .default("https://bsky.social"),
  /** A handle such as `brand.bsky.social`, or the account's e-mail address or DID. */
  identifier: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .transform((text) => text.replace(/^@/, "")),
  /** Made under Settings → Privacy and security → App passwords; the main password is not wanted. */
  appPassword: z.string().trim().min(1).max(200),
});

export type BlueskyInput = z.infer<typeof blueskyInput>;
