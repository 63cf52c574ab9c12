/** What went wrong, as the API's problem document says it. */
export class Problem extends Error {
  override name = "Problem";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly issues: { path: string; message: string }[] = [],
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

type Options = {
  body?: unknown;
  workspaceId?: string | undefined;
  idempotencyKey?: string;
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
  let response = await send(method, path, options);
  const ofSession = !path.startsWith("/auth/") && !options.reviewCredential;
  if (response.status === 401 && ofSession && (await refreshSession())) {
    response = await send(method, path, options);
  }
  const text = await response.text();
  const answer = text ? JSON.parse(text) : undefined;
  if (response.ok) return answer as T;
  const { code, detail, issues, ...members } = answer as { code: string; detail: string; issues?: Problem["issues"] };
  throw new Problem(response.status, code, detail, issues, members);
}

async function send(
  method: string,
  path: string,
  { body, workspaceId, idempotencyKey, reviewCredential }: Options,
): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      credentials: reviewCredential ? "omit" : "same-origin",
      headers: {
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
