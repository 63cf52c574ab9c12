import { z } from "zod";

export const wordpressInput = z.strictObject({
  /** Where the site begins, such as `https://example.com` or `https://example.com/blog`. */
  site: z.url({ protocol: /^https?$/ }).max(500),
  /** As for signing in there; an e-mail address is taken as well. */
  userName: z.string().trim().min(1).max(200),
  /** Made under Users → Profile → Application Passwords; the spaces in it are for people. */
  applicationPassword: z.string().trim().min(1).max(200),
});

export type WordPressInput = z.infer<typeof wordpressInput>;
