import { z } from "zod";
import { ToldAddress, ToldText } from "@/channels/told";

/** What is used of the entities at docs.ghost.org/admin-api (read 2026-11-28). Not strict: versions of Ghost add their own. */
export const Post = z.object({
  id: z.string(),
  status: z.string(),
  url: ToldAddress,
  slug: z.string(),
  updated_at: z.string(),
  codeinjection_foot: z.string().nullish(),
});
export type Post = z.infer<typeof Post>;

export const Posts = z.object({
  posts: z.array(Post),
  meta: z.object({ pagination: z.object({ total: z.number().nullish() }).nullish() }).nullish(),
});

/** Undefined where no Ghost answers. */
export const SomePosts = z
  .object({ posts: z.array(z.unknown()) })
  .optional()
  .catch(undefined);

export const Site = z.object({
  site: z.object({ title: ToldText, url: ToldAddress }).optional().catch(undefined),
});

export const Images = z
  .object({ images: z.array(z.object({ url: z.string().min(1).max(2_000) })) })
  .optional()
  .catch(undefined);

export const Refusal = z
  .object({ errors: z.array(z.object({ message: ToldText, context: ToldText })).catch([]) })
  .catch({ errors: [] });
