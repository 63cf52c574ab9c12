import type { Problem } from "./problem.ts";

export type ClientOptions = {
  /** Where the API is, such as `https://content.example.com/api/v1`. */
  baseUrl: string;
  /** A bearer token, or what gives the one of the moment. Left out where cookies say who asks. */
  token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** What the browser does with cookies. */
  credentials?: RequestCredentials | undefined;
  /** The workspace that is meant; need not be said by who has exactly one. */
  workspaceId?: string | undefined;
  /** Asked once for all callers when the session has run out; answers whether it goes on. */
  refresh?: (() => Promise<boolean>) | undefined;
  /** How often at most one call is tried again; 2 where nothing is said. */
  retries?: number | undefined;
  /** The longest wait between two tries, in ms; where the server asks for a longer one, its refusal is thrown. A minute where nothing is said. */
  maxWaitMs?: number | undefined;
  /** Says a refusal in other words before it is thrown, such as in the reader's language. */
  reword?: ((problem: Problem) => Problem | Promise<Problem>) | undefined;
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Time and chance, for tests. */
  wait?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  random?: (() => number) | undefined;
};

export type CallOptions = {
  signal?: AbortSignal | undefined;
  /** Beyond those that the operation has, such as `If-None-Match` or `Range`. */
  headers?: Record<string, string> | undefined;
  /** For who tries again later by themselves; else each call makes one where its operation takes one. */
  idempotencyKey?: string | undefined;
  retries?: number | undefined;
  /** For what is sent as the page closes. */
  keepalive?: boolean | undefined;
};

export type RequestOptions = CallOptions & { body?: unknown };
