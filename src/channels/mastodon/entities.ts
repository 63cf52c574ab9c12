import { z } from "zod";

/**
 * What is used of the entities at docs.joinmastodon.org/entities (read 2026-11-28). Not strict: servers that speak the
 * API leave things out, and add their own.
 */
export const Account = z.object({ id: z.string(), username: z.string(), acct: z.string() });

const Count = z.int().nonnegative().optional().catch(undefined);

const fields = {
  id: z.string(),
  url: z.string().nullish(),
  created_at: z.string(),
  edited_at: z.string().nullish(),
  in_reply_to_id: z.string().nullish(),
  content: z.string(),
  account: z.object({ id: z.string() }),
  favourites_count: Count,
  reblogs_count: Count,
  replies_count: Count,
};
/** Some servers tell a post that somebody boosted as that boost, with the post in it. */
export const Status = z.object({ ...fields, reblog: z.object(fields).nullish().catch(undefined) });
export type Status = z.infer<z.ZodObject<typeof fields>>;
export const Statuses = z.array(Status);

export const StatusSource = z.object({ text: z.string() });

/** 202, and 206 later on, as long as `url` is none yet. */
export const Media = z.object({ id: z.string(), url: z.string().nullish() });

const Counted = z.int().positive().optional().catch(undefined);

/** `max_toot_chars` is how older servers and forks say it. */
export const Instance = z.object({
  max_toot_chars: Counted,
  configuration: z
    .object({
      statuses: z
        .object({ max_characters: Counted, max_media_attachments: Counted, characters_reserved_per_url: Counted })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** Since Mastodon 4.3; undefined where the server does not say. */
export const Application = z.object({ scopes: z.array(z.string()).optional().catch(undefined) });

export const Refusal = z.object({ error: z.string() });
