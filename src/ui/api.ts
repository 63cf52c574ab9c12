import { createClient, type Method, Problem } from "@contentos/sdk";
import { takeEarly } from "./early";
import { inReadersWords } from "./text/problem-words";

export { Problem };

/** The API, as whoever is signed in: their session's cookies are the browser's to send. */
export const client = createClient({
  baseUrl: "/api/v1",
  credentials: "same-origin",
  reword: inReadersWords,
  fetch: (url, init) => takeEarly(url, init)?.catch(() => fetch(url, init)) ?? fetch(url, init),
  // When the short cookie has run out, the long one gets another.
  refresh: async () => {
    // By its address: with its operation come all that write in that room.
    await client.request("POST", "/auth/refresh", { body: {}, retries: 0 });
    return true;
  },
});

type Options = {
  body?: unknown;
  workspaceId?: string | undefined;
  idempotencyKey?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** For what is sent as the page closes. */
  keepalive?: boolean;
  /** A client's, by a review link; the cookies of whoever is signed in stay out of it. */
  reviewCredential?: string;
};

/**
 * One call of the public API, by its path. New code calls operations, which are typed: `client.call(getContent, { id })`.
 * @throws Problem for every refusal, and for a server that can't be reached
 */
export async function api<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const text = await (await ask(method, path, options)).text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** The same, for an answer that is read as it comes, or that may be 304. */
export function ask(
  method: Method,
  path: string,
  { workspaceId, reviewCredential, ...options }: Options = {},
): Promise<Response> {
  const caller = reviewCredential ? client.asGuest(reviewCredential) : client.in(workspaceId);
  // Whoever asks this way tries again by themselves.
  return caller.request(method, path, { ...options, retries: 0 });
}
