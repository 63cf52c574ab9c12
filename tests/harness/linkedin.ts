import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Post = { id: string; author: string; commentary: string; createdAt: number; content?: unknown };
type Request = { method: string; path: string; headers: IncomingMessage["headers"]; body: string };
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

const DAY_S = 86_400;

/**
 * An imitation of LinkedIn, which can't be had here: of its OAuth, userinfo, Posts, Images and post statistics, written from
 * its documentation as read on 2026-11-28 (learn.microsoft.com/linkedin: shared/authentication/authorization-code-flow and
 * programmatic-refresh-tokens, consumer/integrations/self-serve/sign-in-with-linkedin-v2,
 * marketing/community-management/shares/posts-api, images-api and little-text-format, members/post-statistics).
 * That a text is taken once, with 422, is in no document: github.com/ComposioHQ/composio/issues/2710.
 */
export async function startLinkedin({ clientId = "app-1", clientSecret = "s3cret-of-the-app" } = {}) {
  const requests: Request[] = [];
  const posts = new Map<string, Post>();
  const uploads = new Map<string, number>();
  const codes = new Map<string, string>();
  const access = new Set<string>();
  const refresh = new Set<string>();
  const told = {
    scopes: "openid profile w_member_social r_member_social r_member_postAnalytics",
    /** Only approved partners get them. */
    refreshes: false,
    member: { sub: "8675309_Ab", name: "Kim Example" },
    /** Takes the place of an answer. */
    answer: (_request: Request): Answer | undefined => undefined,
  };
  let ids = 7_400_000_000_000_000_000n;

  const grantTokens = (renewed?: string): Answer => {
    const token = `access-${randomUUID()}`;
    access.add(token);
    const renewal = renewed ?? (told.refreshes ? `refresh-${randomUUID()}` : undefined);
    if (renewal) refresh.add(renewal);
    return {
      status: 200,
      body: {
        access_token: token,
        expires_in: 60 * DAY_S,
        scope: told.scopes.replaceAll(" ", ","),
        ...(renewal && { refresh_token: renewal, refresh_token_expires_in: 365 * DAY_S }),
      },
    };
  };

  const tokens = (body: string): Answer => {
    const asked = new URLSearchParams(body);
    const refused = (status: number, error: string, error_description: string): Answer => ({
      status,
      body: { error, error_description },
    });
    if (asked.get("client_id") !== clientId || asked.get("client_secret") !== clientSecret)
      return refused(401, "invalid_client", "Client authentication failed");
    if (asked.get("grant_type") === "refresh_token") {
      const renewed = asked.get("refresh_token") ?? "";
      if (!refresh.has(renewed)) return refused(400, "invalid_grant", "Token has been expired or revoked.");
      return grantTokens(renewed);
    }
    const code = asked.get("code") ?? "";
    if (codes.get(code) !== asked.get("redirect_uri"))
      return refused(401, "invalid_request", "Unable to retrieve access token: authorization code not found");
    codes.delete(code);
    return grantTokens();
  };

  const refusal = (status: number, message: string): Answer => ({ status, body: { status, message } });

  const create = (body: string): Answer => {
    const { author, commentary, content } = JSON.parse(body) as Post;
    if (author !== `urn:li:person:${told.member.sub}`) return refusal(403, "Not the author");
    const twin = [...posts.values()].find((post) => post.commentary === commentary);
    if (twin) return refusal(422, `Content is a duplicate of ${twin.id}`);
    ids += 1n;
    const id = `urn:li:share:${ids}`;
    posts.set(id, { id, author, commentary, createdAt: Date.now(), ...(content !== undefined && { content }) });
    return { status: 201, headers: { "x-restli-id": id } };
  };

  const rest = ({ method, path, headers, body }: Request): Answer => {
    const url = new URL(path, "https://api.linkedin.com");
    if (!access.has(headers.authorization?.replace(/^Bearer /, "") ?? ""))
      return { status: 401, body: { status: 401, serviceErrorCode: 65_601, code: "REVOKED_ACCESS_TOKEN" } };
    const scopes = told.scopes.split(" ");
    if (url.pathname === "/v2/userinfo") return { status: 200, body: told.member };
    if (method === "PUT" && uploads.has(url.pathname)) {
      uploads.set(url.pathname, Buffer.byteLength(body));
      return { status: 201 };
    }
    if (headers["x-restli-protocol-version"] !== "2.0.0" || !/^\d{6}$/.test(String(headers["linkedin-version"])))
      return refusal(400, "A version header is missing");
    if (headers["linkedin-version"] === "202001") return refusal(426, "Requested version 20200101 is not active");
    if (url.pathname === "/rest/images") {
      const place = `/dms-uploads/${randomUUID()}`;
      uploads.set(place, 0);
      const value = { uploadUrl: `https://www.linkedin.com${place}`, image: `urn:li:image:${place.slice(13)}` };
      return { status: 200, body: { value } };
    }
    if (url.pathname === "/rest/memberCreatorPostAnalytics")
      return scopes.includes("r_member_postAnalytics")
        ? { status: 200, body: { elements: [{ count: url.searchParams.get("queryType") === "IMPRESSION" ? 40 : 2 }] } }
        : refusal(403, "Not enough permissions");
    if (url.pathname === "/rest/posts" && method === "POST") return create(body);
    if (url.pathname === "/rest/posts") {
      if (!scopes.includes("r_member_social") || headers["x-restli-method"] !== "FINDER")
        return refusal(403, "Not enough permissions to access: posts.FINDER-author");
      const own = [...posts.values()].filter(({ author }) => author === url.searchParams.get("author"));
      return { status: 200, body: { elements: own.reverse().slice(0, Number(url.searchParams.get("count"))) } };
    }
    const id = decodeURIComponent(url.pathname.replace("/rest/posts/", ""));
    if (method === "DELETE") return posts.delete(id) ? { status: 204 } : refusal(404, "Not found");
    return refusal(404, "Not found");
  };

  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("latin1");
    const request = { method: incoming.method ?? "GET", path: incoming.url ?? "/", headers: incoming.headers, body };
    // Text is UTF-8; only an image's size is of interest.
    if (request.method === "POST") request.body = Buffer.concat(chunks).toString();
    requests.push(request);
    const answer =
      told.answer(request) ?? (request.path === "/oauth/v2/accessToken" ? tokens(request.body) : rest(request));
    outgoing.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    outgoing.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    app: { clientId, clientSecret, scopes: ["openid", "profile", "w_member_social"], version: "202605" },
    requests,
    posts,
    uploads,
    told,
    /** What LinkedIn sends a person back with, once they agreed; good for one exchange. */
    agree(redirectUri: string) {
      const code = randomUUID();
      codes.set(code, redirectUri);
      return code;
    },
    /** The person takes the app's access away, or all of it is over. */
    revoke: (what: "access" | "all" = "all") => {
      access.clear();
      if (what === "all") refresh.clear();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
