import { ChannelError, type RemotePart } from "@/channels/adapter";

/** What a network tells of the posts that carry one part's marker. */
export type Copies<Post> = {
  /** The oldest first, and whether there are no others for certain. */
  look(): Promise<{ posts: Post[]; isWhole: boolean }>;
  isOut(post: Post): boolean;
  remoteOf(post: Post): RemotePart;
};

export type Making<Post, Text> = {
  network: string;
  /** What the post says, once its images are there. */
  write(): Promise<Text>;
  /** With the marker in it. */
  draft(text: Text): Promise<void>;
  drop(draft: Post): Promise<void>;
  /** Repeated, it is the same post: its id is named. All is said again, since somebody may have changed the draft meanwhile. */
  bringOut(draft: Post, text: Text): Promise<RemotePart>;
};

/**
 * For networks that make another post of each call, and give the second one the slug `-2`. A post is a draft first, with a
 * marker of ours in it, and is published by its id: whatever is repeated is looked up by the marker before (ADR 50).
 */
export async function publishByDraft<Post, Text>(
  copies: Copies<Post>,
  making: Making<Post, Text>,
): Promise<RemotePart> {
  const { look, isOut, remoteOf } = copies;
  const known = (await look()).posts;
  const out = known.find(isOut);
  if (out) return remoteOf(out);
  const text = await making.write();
  if (known.length === 0) await making.draft(text);
  // What was on its way in an earlier try, or in another process, may have arrived by now.
  const { posts } = await look();
  const chosen = posts.find(isOut) ?? posts[0];
  if (!chosen) throw new ChannelError("passing", `${making.network} does not show the draft that it has just taken.`);
  for (const extra of posts) if (extra !== chosen && !isOut(extra)) await making.drop(extra);
  return isOut(chosen) ? remoteOf(chosen) : making.bringOut(chosen, text);
}

/** `null` where nothing with the marker is out: a draft is what an interrupted try left, and the next one goes on with it. */
export async function findOut<Post>({ look, isOut, remoteOf }: Copies<Post>): Promise<RemotePart | null | undefined> {
  const { posts, isWhole } = await look();
  const out = posts.find(isOut);
  if (out) return remoteOf(out);
  return isWhole ? null : undefined;
}
