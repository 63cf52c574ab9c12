import type { Agent } from "@atproto/api";
import { describe, expect, it } from "vitest";
import { readMetrics } from "@/channels/bluesky/metrics";

const uri = (key: string) => `at://did:plc:brand/app.bsky.feed.post/${key}`;
const part = (key: string) => ({ remoteId: uri(key), remoteUrl: undefined });
type Counts = { likeCount?: number; repostCount?: number; replyCount?: number; quoteCount?: number };
const post = (key: string, counts: Counts, parent?: string) => ({
  uri: uri(key),
  record: { $type: "app.bsky.feed.post", ...(parent ? { reply: { parent: { uri: uri(parent) } } } : {}) },
  ...counts,
});

/** The AppView's answer alone; against the real one see tests/peers/bluesky.peer.test.ts. */
const agentWith = (posts: { uri: string }[], calls: string[][] = []) =>
  ({
    app: {
      bsky: {
        feed: {
          getPosts: async ({ uris }: { uris: string[] }) => {
            calls.push(uris);
            return { data: { posts: posts.filter((one) => uris.includes(one.uri)) } };
          },
        },
      },
    },
  }) as unknown as Agent;

const zero: Counts = { likeCount: 0, repostCount: 0, replyCount: 0, quoteCount: 0 };
const gone = async () => null;
const there = async (at: string) => ({ uri: at });

describe("Bluesky's counts", () => {
  it("are summed over the thread, without its own replies", async () => {
    const agent = agentWith([
      post("a", { likeCount: 3, repostCount: 1, replyCount: 2, quoteCount: 0 }),
      post("b", { likeCount: 1, repostCount: 0, replyCount: 1, quoteCount: 2 }, "a"),
      post("c", zero, "b"),
    ]);
    expect(await readMetrics(agent, ["a", "b", "c"].map(part), gone)).toEqual([
      { metricType: "likes", value: 4 },
      { metricType: "reposts", value: 1 },
      { metricType: "replies", value: 1 },
      { metricType: "quotes", value: 2 },
    ]);
  });

  it("are unknown while a part that stands was not counted, and go on without one that was taken down", async () => {
    const agent = agentWith([post("a", { ...zero, likeCount: 2, replyCount: 0 })]);
    expect(await readMetrics(agent, [part("a"), part("b")], there)).toEqual([]);
    expect(await readMetrics(agent, [part("b")], gone)).toEqual([]);
    expect(await readMetrics(agent, [part("a"), part("b")], gone)).toMatchObject([{ value: 2 }, {}, { value: 0 }, {}]);
  });

  it("leave out what the AppView left out, and never fall under zero", async () => {
    const agent = agentWith([post("a", { likeCount: 1, replyCount: 0 }), post("b", zero, "a")]);
    expect(await readMetrics(agent, [part("a"), part("b")], gone)).toEqual([
      { metricType: "likes", value: 1 },
      { metricType: "replies", value: 0 },
    ]);
  });

  it("are asked for 25 posts at a time", async () => {
    const keys = Array.from({ length: 26 }, (_, at) => `k${at}`);
    const calls: string[][] = [];
    await readMetrics(
      agentWith(
        keys.map((key) => post(key, zero)),
        calls,
      ),
      keys.map(part),
      gone,
    );
    expect(calls.map((uris) => uris.length)).toEqual([25, 1]);
  });
});
