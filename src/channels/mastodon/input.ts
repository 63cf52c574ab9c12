import { z } from "zod";

export const mastodonInput = z.strictObject({
  /** Where the account lives, such as https://mastodon.social. */
  server: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .transform((text) => new URL(text).origin),
  /** Made under Preferences → Development, with the scopes of `SCOPES`. */
  accessToken: z.string().trim().min(1).max(500),
});

export type MastodonInput = z.infer<typeof mastodonInput>;

/** All that publishing, looking up, counting and taking down need, and no more. */
export const SCOPES = ["read:accounts", "read:statuses", "write:statuses", "write:media"] as const;
