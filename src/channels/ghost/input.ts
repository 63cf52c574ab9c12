import { z } from "zod";

export const ghostInput = z.strictObject({
  /** As the integration shows it beside the key, such as `https://example.com` or `https://brand.ghost.io`. */
  apiUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** Made under Settings → Integrations → Add custom integration; the Content API key can't publish. */
  adminApiKey: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{24}:[0-9a-f]{64}$/i, "must be the Admin API key: 24 characters, a colon and 64 more"),
});

export type GhostInput = z.infer<typeof ghostInput>;
