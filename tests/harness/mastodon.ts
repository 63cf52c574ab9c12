import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Of `Status` and what stands behind it. */
export type Toot = {
  id: string;
  text: string;
  content: string;
  created_at: string;
  edited_at: string | null;
  in_reply_to_id: string | null;
  visibility: string;
  language: string | null;
  media: { id: string; description: string | null; name: string; bytes: number }[];
  favourites_count: number;
  reblogs_count: number;
  replies_count: number;
};

type Refused = { status: number; error: string; headers?: Record<string, string> };
const refuse = (status: number, error: string, headers = {}): Refused => ({ status, error, headers });
const NOT_FOUND = refuse(404, "Record not found");

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
/** Links are cut for show, mentions lose their server, blank lines part paragraphs. */
export const asMastodonShows = (text: string) =>
  `<p>${escaped(text.trim())
    .replace(
      /https?:\/\/(\S{0,30})(\S*)/g,
      (url, shown, rest) =>
        `<a href="${url}" rel="nofollow"><span class="invisible">${url.slice(0, url.indexOf("//") + 2)}</span>` +
        `<span class="ellipsis">${shown}</span><span class="invisible">${rest}</span></a>`,
    )
    .replace(/@(\w+)@[\w.-]+\w/g, '<span class="h-card"><a href="#" class="u-url mention">@<span>$1</span></a></span>')
    .replace(/#(\w+)/g, '<a href="#" class="mention hashtag">#<span>$1</span></a>')
    .replace(/\n\n+/g, "</p><p>")
    .replace(/\n/g, "<br />")}</p>`;

const ALL_SCOPES = ["read:accounts", "read:statuses", "write:statuses", "write:media"];

/**
 * An imitation of a Mastodon server with one account, written from its documentation (docs.joinmastodon.org/methods/statuses,
 * /media, /accounts, /instance, /api/rate-limits, read 2026-11-28), for what no server that can be had here does: to forget
 * keys and to remember them, to process images later, to slow down, to want scopes, to take posts down.
 */
export async function startMastodon() {
  let toots: Toot[] = [];
  const media = new Map<string, { description: string | null; name: string; bytes: number; looks: number }>();
  const keys = new Map<string, { id: string; at: number }>();
  const can = {
    token: "a-token" as string | undefined,
    scopes: ALL_SCOPES,
    /** For how long a key is held; 0 is a server that keeps none. */
    keysForMs: 3_600_000,
    maxCharacters: 500,
    /** How often an image is looked at before it is ready. */
    looks: 0,
    pages: true,
    source: true,
    deletes: true,
    /** By how much its clock is ahead. */
    aheadMs: 0,
    /** Answers instead, until it is taken away. */
    instead: undefined as ((method: string, path: string) => Refused | undefined) | undefined,
  };
  const calls: { method: string; path: string; headers: IncomingMessage["headers"] }[] = [];
  let [lastId, now] = [110_000_000_000_000_000n, () => Date.now()];
  const account = { id: "109", username: "brand", acct: "brand" };

  const entity = ({ media: attached, text: _text, ...toot }: Toot) => ({
    ...toot,
    url: `https://social.test/@brand/${toot.id}`,
    account,
    reblog: null,
    media_attachments: attached.map(({ id, description }) => ({ id, type: "image", description })),
  });
  const find = (id: string) => toots.find((toot) => toot.id === id);

  function post(body: Record<string, unknown>, key: string | undefined) {
    const known = key === undefined ? undefined : keys.get(key);
    const held = known && now() - known.at < can.keysForMs ? find(known.id) : undefined;
    if (held) return entity(held);
    const text = String(body.status ?? "");
    // Counted plainly: the tests give it no links.
    if ([...text].length > can.maxCharacters)
      return refuse(422, `Validation failed: Text character limit of ${can.maxCharacters} exceeded`);
    if (text.trim() === "") return refuse(422, "Validation failed: Text can't be blank");
    const parent = body.in_reply_to_id as string | undefined;
    if (parent !== undefined && !find(parent))
      return refuse(404, "The post you are trying to reply to does not appear to exist.");
    const ids = (body.media_ids as string[] | undefined) ?? [];
    if (ids.length > 4) return refuse(422, "Cannot attach more than 4 files");
    if (ids.some((id) => !media.has(id) || media.get(id)!.looks > 0))
      return refuse(422, "Cannot attach files that have not finished processing. Try again in a moment!");
    lastId += 1n;
    const toot: Toot = {
      id: String(lastId),
      text,
      content: asMastodonShows(text),
      created_at: new Date(now() + can.aheadMs).toISOString(),
      edited_at: null,
      in_reply_to_id: parent ?? null,
      visibility: String(body.visibility ?? "public"),
      language: (body.language as string | undefined) ?? null,
      media: ids.map((id) => ({ id, ...media.get(id)! })),
      favourites_count: 0,
      reblogs_count: 0,
      replies_count: 0,
    };
    toots.push(toot);
    if (parent) find(parent)!.replies_count += 1;
    if (key) keys.set(key, { id: toot.id, at: now() });
    return entity(toot);
  }

  function remove(id: string) {
    const toot = can.deletes ? find(id) : undefined;
    if (!toot) return NOT_FOUND;
    toots = toots.filter((each) => each !== toot);
    const parent = toot.in_reply_to_id ? find(toot.in_reply_to_id) : undefined;
    if (parent) parent.replies_count -= 1;
    return { ...entity(toot), text: toot.text };
  }

  function list(query: URLSearchParams) {
    const before = query.get("max_id");
    const newest = [...toots].reverse();
    const from = before && can.pages ? newest.filter(({ id }) => BigInt(id) < BigInt(before)) : newest;
    return from.slice(0, Number(query.get("limit") ?? 20)).map(entity);
  }

  async function upload(request: Request) {
    const form = await request.formData();
    const [file, description] = [form.get("file") as File, form.get("description")];
    if (file.type !== "image/jpeg") return refuse(422, "Validation failed: File content type is invalid");
    const id = String(500 + media.size);
    media.set(id, { description: description as string | null, name: file.name, bytes: file.size, looks: can.looks });
    return { id, type: "image", url: can.looks > 0 ? null : `https://social.test/media/${id}.jpg`, description };
  }

  /** Of what is asked: the scope that it takes, and the answer. */
  async function route(request: Request, method: string, path: string, query: URLSearchParams) {
    const [, id = "", rest] = /^\/api\/v1\/(?:statuses|media)\/([^/]+)(\/source)?$/.exec(path) ?? [];
    const named = id ? path.replace(`/${id}`, "/:id") : path;
    const asked = `${method} ${named.replace(/accounts\/\d+/, "accounts/:id")}`;
    const scoped = (scope: string, answer: () => unknown) =>
      can.scopes.includes(scope)
        ? answer()
        : refuse(403, "This action is outside the authorized scopes", {
            "www-authenticate": 'Bearer realm="Doorkeeper", error="insufficient_scope"',
          });
    switch (asked) {
      case "GET /api/v2/instance":
        return {
          configuration: {
            statuses: { max_characters: can.maxCharacters, max_media_attachments: 4, characters_reserved_per_url: 23 },
          },
        };
      case "GET /api/v1/apps/verify_credentials":
        return { name: "ContentOS", scopes: can.scopes };
      case "GET /api/v1/accounts/verify_credentials":
        return scoped("read:accounts", () => account);
      case "GET /api/v1/accounts/:id/statuses":
        return scoped("read:statuses", () => list(query));
      case "POST /api/v1/statuses": {
        const body = (await request.json()) as Record<string, unknown>;
        return scoped("write:statuses", () => post(body, request.headers.get("idempotency-key") ?? undefined));
      }
      case "GET /api/v1/statuses/:id":
        return scoped("read:statuses", () => (find(id) ? entity(find(id)!) : NOT_FOUND));
      case "GET /api/v1/statuses/:id/source":
        return scoped("read:statuses", () =>
          can.source && find(id) && rest ? { id, text: find(id)!.text } : NOT_FOUND,
        );
      case "DELETE /api/v1/statuses/:id":
        return scoped("write:statuses", () => remove(id));
      case "POST /api/v2/media":
        return can.scopes.includes("write:media") ? upload(request) : scoped("write:media", () => undefined);
      case "GET /api/v1/media/:id": {
        const file = media.get(id);
        if (!file) return NOT_FOUND;
        file.looks = Math.max(0, file.looks - 1);
        return { id, url: file.looks > 0 ? null : `https://social.test/media/${id}.jpg` };
      }
      default:
        return NOT_FOUND;
    }
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const method = incoming.method ?? "GET";
    const { pathname: path, searchParams } = new URL(incoming.url ?? "/", "http://localhost");
    calls.push({ method, path, headers: incoming.headers });
    const body = method === "POST" ? { body: Buffer.concat(chunks) } : {};
    const request = new Request(`http://localhost${path}`, {
      method,
      headers: incoming.headers as Record<string, string>,
      ...body,
    });
    const known = can.token !== undefined && incoming.headers.authorization === `Bearer ${can.token}`;
    const said =
      can.instead?.(method, path) ??
      (known ? await route(request, method, path, searchParams) : refuse(401, "The access token is invalid"));
    const { status, error, headers } = (
      said && typeof said === "object" && "error" in said ? said : {}
    ) as Partial<Refused>;
    const busy = said && typeof said === "object" && "url" in said && said.url === null;
    response.writeHead(status ?? (busy ? (method === "POST" ? 202 : 206) : 200), {
      "content-type": "application/json; charset=utf-8",
      date: new Date(now() + can.aheadMs).toUTCString(),
      ...headers,
    });
    response.end(JSON.stringify(status ? { error } : said));
  }

  const server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    account,
    can,
    calls,
    /** What stands there, oldest first. */
    toots: () => toots,
    /** As its owner would by hand. */
    byHand: (body: Record<string, unknown>) => post(body, undefined) as { id: string },
    forgetKeys: () => keys.clear(),
    setClock(next: () => number) {
      now = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
