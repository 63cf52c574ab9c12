import { type Account, type CallContext, ChannelError } from "@/channels/adapter";
import { networkFault, retryAfterMs, waiting } from "@/channels/fault";
import { nameOf } from "@/channels/told";
import { ask, endpoint, mayNotPublish, parsed, type WordPressCredentials } from "@/channels/wordpress/client";
import { Index, Me } from "@/channels/wordpress/entities";
import type { WordPressInput } from "@/channels/wordpress/input";
import { OutboundError } from "@/platform/outbound-fetch";

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 5_000_000;

export async function connect({ site, userName, applicationPassword }: WordPressInput, context: CallContext) {
  const { api, index } = await findApi(site, context);
  const credentials: WordPressCredentials = { api, userName, applicationPassword };
  const { id } = await asRefused(() => whoIs(credentials, context));
  const { host, pathname } = new URL(index.home ?? site);
  const place = `${host}${pathname.replace(/\/$/, "")}`;
  return { name: nameOf(index.name, place), remoteAccount: `${place} ${id}`.slice(0, 500), credentials };
}

export async function check({ credentials }: Account<WordPressCredentials>, context: CallContext) {
  await whoIs(credentials, context);
}

/** A contributor's texts wait for somebody else there: told when it is connected, and not by what never appears. */
export async function whoIs(credentials: WordPressCredentials, context: CallContext) {
  const query = { context: "edit", _fields: "id,capabilities" };
  const { data } = await ask(credentials, { path: "wp/v2/users/me", query, kind: "read" }, Me, context);
  if (!data.capabilities?.publish_posts) throw mayNotPublish();
  return data;
}

/** Nothing was connected yet that could be revoked. */
async function asRefused<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ChannelError && error.kind === "revoked")
      throw new ChannelError("refused", error.message, { cause: error });
    throw error;
  }
}

/**
 * Each page of a site names the root of its API in a header, with pretty permalinks and without
 * (developer.wordpress.org/rest-api/using-the-rest-api/discovery, read 2026-11-28). Where a cache or a proxy drops it, the two
 * usual places are tried. No password goes out here, so that redirects may be followed; but what is told here decides where the
 * password goes, so that nobody on the way may say it.
 */
async function findApi(site: string, context: CallContext): Promise<{ api: string; index: Index }> {
  const page = await get(site, context);
  await page.body?.cancel().catch(() => undefined);
  const named = namedRoot(page.headers.get("link"));
  const base = new URL(page.url || site);
  base.search = base.hash = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const usual = [new URL("wp-json/", base), new URL("?rest_route=/", base)].map(({ href }) => href);
  for (const api of named && URL.canParse(named, base) ? [new URL(named, base).href] : usual) {
    const index = await indexOf(api, context);
    if (index) return { api, index };
  }
  if (page.status === 429 || page.status >= 500) {
    const wait = waiting(retryAfterMs(page.headers.get("retry-after"), context.clock));
    throw new ChannelError("passing", `The site answered ${page.status}.`, wait);
  }
  throw new ChannelError(
    "refused",
    "No WordPress answered there: give the address of its start page, and see that its REST API is not switched off.",
  );
}

export const namedRoot = (link: string | null): string | undefined =>
  /<([^>]*)>\s*;[^,]*\brel="?https:\/\/api\.w\.org\/"?/i.exec(link ?? "")?.[1];

async function indexOf(api: string, context: CallContext): Promise<Index | undefined> {
  const answer = await get(endpoint(api, "", { _fields: "name,home,namespaces" }).href, context);
  const { data: index } = Index.safeParse(parsed(await answer.text().catch(() => "")));
  return answer.ok && index?.namespaces.includes("wp/v2") ? index : undefined;
}

async function get(url: string, context: CallContext): Promise<Response> {
  try {
    return await context.fetch(url, {
      redirect: "follow",
      signal: context.signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      encrypted: true,
    });
  } catch (error) {
    // Also where a redirect led there, which another try would follow again.
    if (error instanceof OutboundError && error.kind === "forbidden")
      throw new ChannelError("refused", error.message, { cause: error });
    throw networkFault(error, "read", "The site");
  }
}
