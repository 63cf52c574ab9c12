/** What went wrong, as the API's problem document says it. */
export class Problem extends Error {
  override name = "Problem";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly issues: { path: string; message: string }[] = [],
    readonly members: Record<string, unknown> = {},
    /** How long to wait before another try, where the server says it. */
    readonly retryAfterMs = 0,
  ) {
    super(message);
  }
}

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

let refreshing: Promise<boolean> | undefined;

/** The session's cookies are ours alone to send; when the short one has run out, the long one gets another, once for all callers. */
function refreshSession(): Promise<boolean> {
  refreshing ??= send("POST", "/auth/refresh", { body: {} })
    .then((response) => response.ok)
    .catch(() => false)
    .finally(() => {
      refreshing = undefined;
    });
  return refreshing;
}

/**
 * One call of the public API, the same that scripts use.
 * @throws Problem for every refusal, and for a server that can't be reached
 */
export async function api<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const text = await (await ask(method, path, options)).text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** The same, for an answer that is read as it comes, or that may be 304. */
export async function ask(method: string, path: string, options: Options = {}): Promise<Response> {
  let response = await send(method, path, options);
  const ofSession = !path.startsWith("/auth/") && !options.reviewCredential;
  if (response.status === 401 && ofSession && (await refreshSession())) {
    response = await send(method, path, options);
  }
  if (response.ok || response.status === 304) return response;
  const { code, detail, issues, ...members } = (await response.json()) as {
    code: string;
    detail: string;
    issues?: Problem["issues"];
  };
  const retryAfterMs = Number(response.headers.get("retry-after") ?? 0) * 1000;
  throw new Problem(response.status, code, detail, issues, members, retryAfterMs);
}

async function send(method: string, path: string, options: Options): Promise<Response> {
  const { body, workspaceId, idempotencyKey, reviewCredential, headers, ...rest } = options;
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      credentials: reviewCredential ? "omit" : "same-origin",
      ...rest,
      headers: {
        ...headers,
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(workspaceId && { "X-Workspace-Id": workspaceId }),
        ...(reviewCredential && { Authorization: `Review ${reviewCredential}` }),
        ...(idempotencyKey && { "Idempotency-Key": idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw Object.assign(
      new Problem(0, "unreachable", "ContentOS can't be reached. What you wrote is still here: try again."),
      { cause },
    );
  }
}
