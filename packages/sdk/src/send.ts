import type { Method } from "./operation.ts";
import type { ClientOptions, RequestOptions } from "./options.ts";
import { AWAY, isProblem, Problem, problemOf, unreachable } from "./problem.ts";

export type Sender = <T>(request: Request, read: (response: Response) => Promise<T>) => Promise<T>;
export type Request = RequestOptions & {
  method: Method;
  path: string;
  workspaceId?: string | undefined;
  reviewCredential?: string | undefined;
  /** Whether a session that has run out is renewed for it. */
  renews: boolean;
};

/** In ms. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 60_000;
/** Codes of Node for a connection that never was. */
const NEVER_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/** What sends requests for one client: with its credentials, as often as it makes sense. */
export function createSender(options: ClientOptions): Sender {
  const { retries = 2, maxWaitMs = LONGEST_WAIT, wait = pause, random = Math.random } = options;
  const session = sessionOf(options.refresh);

  /** @throws Problem for a refusal, whatever the answer of the server */
  async function once(request: Request): Promise<Response> {
    const response = await put(options, request);
    if (response.ok || response.status === 304) return response;
    throw await problemOf(response);
  }

  async function attempt<T>(request: Request, read: (response: Response) => Promise<T>): Promise<T> {
    const renewals = session.renewals();
    try {
      const response = await once(request).catch(async (error: unknown) => {
        const over = request.renews && isProblem(error, "unauthenticated");
        if (over && (await session.renew(renewals))) return once(request);
        throw error;
      });
      return await read(response);
    } catch (error) {
      request.signal?.throwIfAborted();
      // Anything else is the network's, also where an answer is cut in the middle.
      throw error instanceof Problem ? error : unreachable(error);
    }
  }

  const { reword = (problem: Problem) => problem } = options;
  return async (request, read) => {
    for (let left = request.retries ?? retries, backoffMs = FIRST_WAIT; ; left -= 1, backoffMs *= 2) {
      try {
        return await attempt(request, read);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (left <= 0 || !isWorthAnotherTry(error, request)) throw await reword(error);
        const waitMs = Math.max(error.retryAfterMs, backoffMs * (0.5 + random() / 2));
        if (waitMs > maxWaitMs) throw await reword(error);
        await wait(waitMs, request.signal);
      }
    }
  };
}

/** Never where the work may have been done and would be done twice. */
function isWorthAnotherTry(problem: Problem, { method, idempotencyKey }: Request): boolean {
  if (problem.status === 429) return true;
  const repeatable = method === "GET" || idempotencyKey !== undefined;
  if (problem.status !== 0) return repeatable && AWAY.includes(problem.status);
  const { cause } = (problem.cause ?? {}) as { cause?: { code?: string } };
  return repeatable || NEVER_SENT.test(cause?.code ?? "");
}

/** Renews a session once for all who ask meanwhile, and for who was refused before it was renewed. */
function sessionOf(refresh: ClientOptions["refresh"]) {
  let renewals = 0;
  let underWay: Promise<boolean> | undefined;
  const renew = async (refresh: () => Promise<boolean>) => {
    try {
      const renewed = await refresh();
      if (renewed) renewals += 1;
      return renewed;
    } catch {
      // Whoever asked is told what they were told: that the session is over.
      return false;
    } finally {
      underWay = undefined;
    }
  };
  return {
    renewals: () => renewals,
    renew(seen: number): boolean | Promise<boolean> {
      if (!refresh) return false;
      if (seen !== renewals) return true;
      underWay ??= renew(refresh);
      return underWay;
    },
  };
}

async function put(options: ClientOptions, request: Request): Promise<Response> {
  const { body, workspaceId, idempotencyKey, reviewCredential, signal, keepalive } = request;
  const token = typeof options.token === "function" ? await options.token() : options.token;
  const authorization = reviewCredential ? `Review ${reviewCredential}` : token && `Bearer ${token}`;
  // Looked up late: it may be replaced after this client was made.
  const { fetch = globalThis.fetch } = options;
  // The cookies of whoever is signed in stay out of what a client sends by a review link.
  const credentials = reviewCredential ? "omit" : options.credentials;
  return fetch(options.baseUrl.replace(/\/+$/, "") + request.path, {
    method: request.method,
    headers: {
      ...request.headers,
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(workspaceId && { "X-Workspace-Id": workspaceId }),
      ...(authorization && { Authorization: authorization }),
      ...(idempotencyKey && { "Idempotency-Key": idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(credentials && { credentials }),
    ...(signal && { signal }),
    ...(keepalive && { keepalive }),
  });
}

const pause = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
    if (signal?.aborted) done();
  });
