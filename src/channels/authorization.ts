import { z } from "zod";

/** Where a person agrees on the network's own page (OAuth 2, authorization code): what `connect` is given then. */
export const authorizedInput = z.strictObject({
  code: z.string().min(1).max(4_000),
  /** The same as when they were sent there. */
  redirectUri: z.url(),
});
export type AuthorizedInput = z.infer<typeof authorizedInput>;

export type Authorization = {
  /** The network's page on which a person agrees. */
  url(asked: { redirectUri: string; state: string }): URL;
};
