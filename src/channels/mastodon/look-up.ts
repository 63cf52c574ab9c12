import type { CallContext, Part, RemotePart } from "@/channels/adapter";
import { entityOf, type Server, unreadable } from "@/channels/mastodon/client";
import { type Status, Statuses, StatusSource } from "@/channels/mastodon/entities";
import { isShownAs, isWrittenAs, mayBeShownAs } from "@/channels/mastodon/same-text";

/** How far a server's clock, once reckoned by its Date header, may still be from the one that the part was made by. */
const MARGIN_MS = 10 * 60_000;
const POSTS_PER_PAGE = 40;
const MOST_PAGES = 25;
const MOST_SOURCES = 40;

export const remotePart = ({ id, url }: Pick<Status, "id" | "url">): RemotePart => ({
  remoteId: id,
  remoteUrl: url && /^https?:/.test(url) ? url : undefined,
});

/**
 * Looks a part up among the account's own posts, since Mastodon forgets a key after an hour, and some servers never hear
 * of it. It is the one with the text of the part, in its place of the thread, that no other part is known to be.
 * `null` is a clear no; undefined where it can't be told, since a post was edited meanwhile, or another part with the
 * same words may be under way.
 */
export async function lookUp(
  server: Server,
  part: Part,
  earlier: RemotePart[] | undefined,
  context: CallContext,
): Promise<RemotePart | null | undefined> {
  // It answers a part that is not out: it was never sent.
  if (earlier && earlier.length < part.position) return null;
  const posts = await postsSince(server, part.createdAt, context);
  if (!posts) return undefined;
  const inPlace = posts.filter((post) => isInPlace(post, part, earlier));
  if (inPlace.length === 0) return null;
  // Asked after the posts: whatever part made one of them was written down before it.
  const others = (await context.otherParts?.(part)) ?? [];
  const taken = new Set([...others, ...(earlier ?? [])].map(({ remoteId }) => remoteId));
  const free = inPlace.filter(({ id }) => !taken.has(id));
  const shown = free.filter(({ content }) => isShownAs(content, part.text));
  const { same, isSure } = shown.length > 0 ? { same: shown, isSure: true } : await bySource(server, free, part.text);
  // The oldest: what came later with the same words is somebody's by hand.
  if (same.length > 0) return taken.has(null) ? undefined : remotePart(same.at(-1)!);
  return isSure && !free.some(({ edited_at }) => edited_at) ? null : undefined;
}

function isInPlace({ in_reply_to_id: parent }: Status, { position }: Part, earlier: RemotePart[] | undefined): boolean {
  if (position === 0) return !parent;
  return earlier ? parent === earlier[position - 1]!.remoteId : Boolean(parent);
}

/** Newest first; undefined where there are too many, or the server does not page. */
async function postsSince(server: Server, createdAt: Date, { clock }: CallContext): Promise<Status[] | undefined> {
  const me = await server.readAccount();
  if (!me) throw unreadable();
  const seen = new Map<string, Status>();
  let before: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(POSTS_PER_PAGE), ...(before && { max_id: before }) });
    const answer = await server.send(`/api/v1/accounts/${encodeURIComponent(me.id)}/statuses?${query}`);
    const since = createdAt.getTime() + aheadMs(answer, clock.now()) - MARGIN_MS;
    const told = await entityOf(answer, Statuses, "read");
    if (!told) return undefined;
    for (const { reblog, ...boost } of told) {
      const post = reblog ?? boost;
      if (post.account.id === me.id && Date.parse(post.created_at) >= since) seen.set(post.id, post);
    }
    const last = told.at(-1);
    if (!last || Date.parse(last.created_at) < since) return [...seen.values()];
    // A server that does not page gives the same again; what fits on a page is then all that there is.
    if (last.id === before) return told.length < POSTS_PER_PAGE ? [...seen.values()] : undefined;
    before = last.id;
  }
  return undefined;
}

/** By how much the server's clock is ahead of ours. */
function aheadMs(answer: Response, now: Date): number {
  const at = Date.parse(answer.headers.get("date") ?? "");
  return Number.isNaN(at) ? 0 : at - now.getTime();
}

/** Those that were written so, where a server has its own way of showing; not sure where it doesn't tell, or would have to be asked too often. */
async function bySource(server: Server, posts: Status[], text: string) {
  const asked = posts.filter(({ content }) => mayBeShownAs(content, text));
  const same: Status[] = [];
  let isSure = asked.length <= MOST_SOURCES;
  for (const post of asked.slice(0, MOST_SOURCES)) {
    const source = await server.readIfThere(`/api/v1/statuses/${encodeURIComponent(post.id)}/source`, StatusSource);
    if (!source) isSure = false;
    else if (isWrittenAs(source.text, text)) same.push(post);
  }
  return { same, isSure };
}
