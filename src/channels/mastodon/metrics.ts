import type { Measured, MetricType, RemotePart } from "@/channels/adapter";
import type { Server } from "@/channels/mastodon/client";
import { Status } from "@/channels/mastodon/entities";

type Count = "favourites_count" | "reblogs_count" | "replies_count";

/**
 * Likes and reposts summed over the thread; replies without the thread's own. A post that was taken down is left out.
 * These are the counts of the account's own server: what it was not told by others, it does not know.
 */
export async function readMetrics(server: Server, parts: RemotePart[]): Promise<Measured[]> {
  const posts: Status[] = [];
  for (const { remoteId } of parts) {
    const told = await server.readIfThere(`/api/v1/statuses/${encodeURIComponent(remoteId)}`, Status);
    if (told) posts.push(told.reblog ?? told);
  }
  if (posts.length === 0) return [];
  const ids = new Set(posts.map(({ id }) => id));
  const ownReplies = posts.filter(({ in_reply_to_id: parent }) => parent && ids.has(parent)).length;
  const sums: [MetricType, number | undefined][] = [
    ["likes", sum(posts, "favourites_count")],
    ["reposts", sum(posts, "reblogs_count")],
    ["replies", sum(posts, "replies_count", -ownReplies)],
  ];
  return sums.flatMap(([metricType, value]) => (value === undefined ? [] : { metricType, value: Math.max(0, value) }));
}

/** Undefined where a post comes without the count: unknown isn't zero. */
function sum(posts: Status[], count: Count, from = 0): number | undefined {
  return posts.reduce<number | undefined>((total, post) => {
    const value = post[count];
    return total === undefined || value === undefined ? undefined : total + value;
  }, from);
}
