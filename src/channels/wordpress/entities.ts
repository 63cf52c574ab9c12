import { z } from "zod";
import { ToldAddress, ToldText } from "@/channels/told";

/**
 * What is used of the entities at developer.wordpress.org/rest-api/reference (read 2026-11-28). Not strict: plugins leave
 * things out, and add their own.
 */
export const Post = z.object({
  id: z.int(),
  /** Stored there in 20 characters. */
  status: z.string().max(20),
  link: ToldAddress,
  content: z.object({ raw: z.string().optional() }),
});
export type Post = z.infer<typeof Post>;
export const Posts = z.array(Post);

export const PostStatus = Post.pick({ status: true });

/** Its address is put into a text that is made safe afterwards. */
export const Media = z.object({ id: z.int().positive(), source_url: z.string().min(1).max(2_000) });
export type Media = z.infer<typeof Media>;

export const Index = z.object({ name: ToldText, home: ToldAddress, namespaces: z.array(z.string()) });
export type Index = z.infer<typeof Index>;

export const Me = z.object({
  id: z.int(),
  capabilities: z.object({ publish_posts: z.unknown().optional() }).optional().catch(undefined),
});

/** WordPress' own errors have a code and a sentence (developer.wordpress.org/rest-api, "Errors", read 2026-11-28). */
export const Refusal = z.object({ code: ToldText, message: ToldText }).catch({});
