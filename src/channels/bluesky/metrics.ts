import type { Agent, AppBskyFeedDefs } from "@atproto/api";
import type { Measured, MetricType, RemotePart } from "@/channels/adapter";

const POSTS_PER_CALL = 25;

/**
 * Likes, reposts and quotes summed over the thread; replies without the thread's own.
 * A post that stands in the account but was not counted yet makes all of them unknown, which is no answer: the sum
 * would be too small. One that was taken down is left out.
 */
export async function readMetrics(
  agent: Agent,
  parts: RemotePart[],
  lookUp: (uri: string) => Promise<unknown>,
): Promise<Measured[]> {
  const uris = parts.map((part) => part.remoteId);
  const posts: AppBskyFeedDefs.PostView[] = [];
  for (let at = 0; at < uris.length; at += POSTS_PER_CALL) {
    const { data } = await agent.app.bsky.feed.getPosts({ uris: uris.slice(at, at + POSTS_PER_CALL) });
    posts.push(...data.posts);
  }
  const counted = new Set(posts.map((post) => post.uri));
  for (const uri of uris) {
    if (!counted.has(uri) && (await lookUp(uri))) return [];
  }
  if (posts.length === 0) return [];

  const ownReplies = posts.filter((post) => counted.has(parentOf(post))).length;
  const sums: [MetricType, number | undefined][] = [
    ["likes", sum(posts, "likeCount")],
    ["reposts", sum(posts, "repostCount")],
    ["replies", sum(posts, "replyCount", -ownReplies)],
    ["quotes", sum(posts, "quoteCount")],
  ];
  return sums.flatMap(([metricType, value]) => (value === undefined ? [] : { metricType, value: Math.max(0, value) }));
}

type Count = "likeCount" | "repostCount" | "replyCount" | "quoteCount";

/** Undefined where a post comes without the count: unknown isn't zero. */
function sum(posts: AppBskyFeedDefs.PostView[], count: Count, from = 0): number | undefined {
  return posts.reduce<number | undefined>((total, post) => {
    const value = post[count];
    return total === undefined || value === undefined ? undefined : total + value;
  }, from);
}

const parentOf = ({ record }: AppBskyFeedDefs.PostView) =>
  String((record as { reply?: { parent?: { uri?: string } } }).reply?.parent?.uri);
