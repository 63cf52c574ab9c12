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
import { ask, RefusedCall, type WordPressCredentials } from "@/channels/wordpress/client";
import { whoIs } from "@/channels/wordpress/connecting";
import { markerOf, postOf } from "@/channels/wordpress/content";
import { Post, Posts } from "@/channels/wordpress/entities";
import { placeImages } from "@/channels/wordpress/media";

type Connection = Account<WordPressCredentials>;

const FIELDS = { _fields: "id,status,link,content", context: "edit" };
/** All but the bin: what lies there is gone. */
const ANYWHERE = "publish,future,draft,pending,private";

export const publish = (
  account: Connection,
  publication: Publication,
  part: Part,
  _earlier: RemotePart[],
  context: CallContext,
): Promise<RemotePart> =>
  publishByDraft(copiesOf(account, part, context), {
    network: "WordPress",
    write: async () => postOf(publication, part, await placeImages(account, publication, part.text, context)),
    draft: (text) => makeDraft(account, part, text, context),
    drop: ({ id }) => toBin(account, id, context),
    bringOut: ({ id }, text) => bringOut(account, id, text, context),
  });

export const find = (account: Connection, part: Part, context: CallContext) =>
  findOut(copiesOf(account, part, context));

/** To the bin, from where people can take it back; a site without one keeps it as a draft. */
export async function remove(account: Connection, { remoteId }: RemotePart, context: CallContext): Promise<void> {
  await toBin(account, Number(remoteId), context);
}

async function makeDraft(account: Connection, part: Part, post: Record<string, unknown>, context: CallContext) {
  const body = { ...post, status: "draft" };
  const call = { method: "POST", path: "wp/v2/posts", query: FIELDS, body, kind: "write" } as const;
  const { data } = await ask(account.credentials, call, Post, context);
  if (data.content.raw?.includes(markerOf(part.key))) return;
  // Without it a second try could not find the first: better no post than two.
  await toBin(account, data.id, context);
  throw new ChannelError(
    "refused",
    "The site takes comments out of a text's HTML, so that a post could not be found again: have that switched off for this account.",
  );
}

async function bringOut(account: Connection, id: number, post: Record<string, unknown>, context: CallContext) {
  const body = { ...post, status: "publish" };
  const call = { method: "POST", path: `wp/v2/posts/${id}`, query: FIELDS, body, kind: "write" } as const;
  const { data } = await ask(account.credentials, call, Post, context);
  if (isOut(data)) return remoteOf(data);
  throw new ChannelError("refused", `The site keeps the post as "${data.status}": somebody there has to publish it.`);
}

async function toBin({ credentials }: Connection, id: number, context: CallContext): Promise<void> {
  const path = `wp/v2/posts/${id}`;
  const query = { _fields: "id" };
  try {
    await ask(credentials, { method: "DELETE", path, query, kind: "write" }, z.unknown(), context);
  } catch (error) {
    if (!(error instanceof RefusedCall)) throw error;
    if (error.status === 404 || error.status === 410) return;
    if (error.code !== "rest_trash_not_supported") throw error;
    const call = { method: "POST", path, query, body: { status: "draft" }, kind: "write" } as const;
    await ask(credentials, call, z.unknown(), context);
  }
}

/** To WordPress a password that was revoked is no password: whoever asks for drafts without one is told of a wrong parameter. */
async function asPerson<T>(credentials: WordPressCredentials, context: CallContext, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RefusedCall && error.code === "rest_invalid_param") await whoIs(credentials, context);
    throw error;
  }
}

const isOut = ({ status }: Pick<Post, "status">) => status === "publish" || status === "private" || status === "future";

const remoteOf = ({ id, link }: Post): RemotePart => ({ remoteId: String(id), remoteUrl: link });

/** How much older than the key a post may seem, where the clocks differ. */
const SKEW_MS = 6 * 3_600_000;
const PER_PAGE = 50;
const MAX_PAGES = 6;

const copiesOf = (account: Connection, part: Part, context: CallContext): Copies<Post> => ({
  isOut,
  remoteOf,
  async look() {
    const { posts, isWhole } = await marked(account, part, context);
    return { posts: posts.sort((a, b) => a.id - b.id), isWhole };
  },
});

/**
 * The search is asked first; since plugins put searches of their own in its place, a "no" is taken only from the list of all
 * that changed since the key was made.
 */
async function marked(account: Connection, { key, createdAt }: Part, context: CallContext) {
  const marker = markerOf(key);
  const found = await listed(account, { search: marker, per_page: String(PER_PAGE) }, context);
  const posts = found.posts.filter((post) => post.content.raw?.includes(marker));
  if (posts.length > 0) return { posts, isWhole: true };
  const since = new Date(createdAt.getTime() - SKEW_MS).toISOString();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const query = { modified_after: since, orderby: "id", per_page: String(PER_PAGE), page: String(page) };
    const changed = await listed(account, query, context);
    posts.push(...changed.posts.filter((post) => post.content.raw?.includes(marker)));
    if (page >= changed.pages) return { posts, isWhole: true };
  }
  return { posts, isWhole: posts.length > 0 };
}

async function listed({ credentials }: Connection, query: Record<string, string>, context: CallContext) {
  const call = { path: "wp/v2/posts", query: { ...FIELDS, status: ANYWHERE, ...query }, kind: "read" } as const;
  const { data, headers } = await asPerson(credentials, context, () => ask(credentials, call, Posts, context));
  const pages = Number(headers.get("x-wp-totalpages") ?? Number.NaN);
  if (!Number.isInteger(pages))
    throw new ChannelError("passing", "WordPress answered with something else than its REST API says.");
  return { posts: data, pages };
}
