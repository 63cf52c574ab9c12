import { z } from "zod";
import {
  type Account,
  type CallContext,
  ChannelError,
  type Part,
  type Publication,
  type RemotePart,
} from "@/channels/adapter";
import { type Copies, findOut, publishByDraft } from "@/channels/drafts";
import { ask, type GhostCredentials, RefusedCall } from "@/channels/ghost/client";
import { markerOf, postOf } from "@/channels/ghost/content";
import { type Post, Posts, Site, SomePosts } from "@/channels/ghost/entities";
import { placeImages } from "@/channels/ghost/images";
import type { GhostInput } from "@/channels/ghost/input";
import { nameOf } from "@/channels/told";

type Connection = Account<GhostCredentials>;

export async function connect(input: GhostInput, context: CallContext) {
  await asRefused(() => knock(input, context));
  const { site } = await ask(input, { path: "site/", kind: "read" }, Site, context);
  const { host, pathname } = new URL(site?.url ?? input.apiUrl);
  const place = `${host}${pathname.replace(/\/$/, "")}`;
  return { name: nameOf(site?.title, place), remoteAccount: place.slice(0, 500), credentials: input };
}

export async function check({ credentials }: Connection, context: CallContext): Promise<void> {
  await knock(credentials, context);
}

/** Needs the key, unlike what Ghost says of its site. */
async function knock(credentials: GhostCredentials, context: CallContext): Promise<void> {
  const call = { path: "posts/", query: { limit: "1", fields: "id" }, kind: "read" } as const;
  if (!(await ask(credentials, call, SomePosts, context)))
    throw new ChannelError("refused", "No Ghost answered there: give the API URL that it shows beside the key.");
}

/** Nothing was connected yet that could be revoked. */
async function asRefused(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof ChannelError && error.kind === "revoked")
      throw new ChannelError("refused", error.message, { cause: error });
    throw error;
  }
}

export const publish = (
  account: Connection,
  publication: Publication,
  part: Part,
  _earlier: RemotePart[],
  context: CallContext,
): Promise<RemotePart> =>
  publishByDraft(copiesOf(account, part, context), {
    network: "Ghost",
    write: async () => postOf(publication, part, await placeImages(account, publication, part, context)),
    draft: (text) => makeDraft(account, part, text, context),
    drop: ({ id }) => dropDraft(account, id, context),
    bringOut: (draft, text) => bringOut(account, draft, text, part, context),
  });

export const find = (account: Connection, part: Part, context: CallContext) =>
  findOut(copiesOf(account, part, context));

/** Back to a draft, since Ghost has no bin and what it deletes is gone; its slug is free for another post then. */
export async function remove(
  { credentials }: Connection,
  { remoteId }: RemotePart,
  context: CallContext,
): Promise<void> {
  const path = `posts/${encodeURIComponent(remoteId)}/`;
  try {
    const { posts } = await ask(credentials, { path, query: { fields: FIELDS }, kind: "read" }, Posts, context);
    const [post] = posts;
    if (!post || !isOut(post)) return;
    const body = { posts: [{ status: "draft", slug: `${post.slug}-removed`, updated_at: post.updated_at }] };
    await ask(credentials, { method: "PUT", path, body, kind: "write" }, z.unknown(), context);
  } catch (error) {
    if (!(error instanceof RefusedCall && error.status === 404)) throw error;
  }
}

async function makeDraft(account: Connection, part: Part, post: Record<string, unknown>, context: CallContext) {
  const body = { posts: [{ ...post, status: "draft" }] };
  const call = { method: "POST", path: "posts/", query: { source: "html" }, body, kind: "write" } as const;
  const { posts } = await ask(account.credentials, call, Posts, context);
  if (posts[0] && hasMarker(posts[0], markerOf(part.key))) return;
  // Without it a second try could not find the first: better no post than two.
  if (posts[0]) await dropDraft(account, posts[0].id, context);
  throw new ChannelError(
    "refused",
    "This Ghost does not keep our mark with a post, so that it could not be found again: update it.",
  );
}

/** A draft of ours beside the one that goes out: it says the same. */
async function dropDraft({ credentials }: Connection, id: string, context: CallContext): Promise<void> {
  try {
    await ask(credentials, { method: "DELETE", path: `posts/${id}/`, kind: "write" }, z.unknown(), context);
  } catch (error) {
    if (!(error instanceof RefusedCall && error.status === 404)) throw error;
  }
}

async function bringOut(
  account: Connection,
  { id, updated_at }: Post,
  post: Record<string, unknown>,
  part: Part,
  context: CallContext,
): Promise<RemotePart> {
  const body = { posts: [{ ...post, status: "published", updated_at }] };
  const call = { method: "PUT", path: `posts/${id}/`, query: { source: "html" }, body, kind: "write" } as const;
  try {
    const { posts } = await ask(account.credentials, call, Posts, context);
    if (posts[0] && isOut(posts[0])) return remoteOf(posts[0]);
    throw new ChannelError("lost", "Ghost answered with something else than its API says.");
  } catch (error) {
    if (!(error instanceof RefusedCall && (error.status === 409 || error.status === 404))) throw error;
    // Another call was ahead with the same draft.
    const out = await find(account, part, context);
    if (out) return out;
    throw new ChannelError("passing", "Somebody is changing the post in Ghost: later.", { cause: error });
  }
}

const hasMarker = ({ codeinjection_foot }: Post, marker: string) => codeinjection_foot?.includes(marker) === true;

const isOut = ({ status }: Post) => status === "published" || status === "scheduled" || status === "sent";

const remoteOf = ({ id, url }: Post): RemotePart => ({ remoteId: id, remoteUrl: url });

const FIELDS = "id,status,url,slug,updated_at";

/** The database itself is asked: that there is none is a clear no. */
const copiesOf = ({ credentials }: Connection, { key }: Part, context: CallContext): Copies<Post> => ({
  isOut,
  remoteOf,
  async look() {
    const marker = markerOf(key);
    const query = { filter: `codeinjection_foot:~'${marker}'`, limit: "50" };
    const { posts, meta } = await ask(credentials, { path: "posts/", query, kind: "read" }, Posts, context);
    // Ids of Ghost begin with the time.
    const own = posts.filter((post) => hasMarker(post, marker)).sort((a, b) => (a.id < b.id ? -1 : 1));
    // Posts without it in the answer mean that the filter was not understood.
    return { posts: own, isWhole: own.length > 0 || (posts.length === 0 && !meta?.pagination?.total) };
  },
});
