import { z } from "zod";
import { type Account, type CallContext, ChannelError } from "@/channels/adapter";
import { networkFault, retryAfterMs, waiting } from "@/channels/fault";

const TOKEN_URL = "https://www.linkedin.com/oauth/v2/accessToken";
const API_URL = "https://api.linkedin.com";
const TIMEOUT_MS = 20_000;
const MAX_BYTES = 2_000_000;
/** Renewed that long before its end, so that none runs out on its way. */
const EARLY_MS = 5 * 60_000;

/** The operator's app at LinkedIn. */
export type LinkedinApp = {
  clientId: string;
  clientSecret: string;
  /** What people are asked to agree to. */
  scopes: readonly string[];
  /** Of the API, as YYYYMM: LinkedIn ends each about a year after it began. */
  version: string;
};

/**
 * An access token lasts for 60 days. Only approved partners get a refresh token; it lasts for a year from when the person
 * agreed, however often it is used
 * (https://learn.microsoft.com/linkedin/shared/authentication/programmatic-refresh-tokens, read 2026-11-28).
 */
export type LinkedinCredentials = {
  memberId: string;
  scopes: string[];
  accessToken: string;
  accessEndsAt: string;
  refreshToken?: string | undefined;
  refreshEndsAt?: string | undefined;
};
type Tokens = Omit<LinkedinCredentials, "memberId">;

/** When only a person can help. */
export const endOf = ({ refreshToken, refreshEndsAt, accessEndsAt }: Tokens) =>
  new Date((refreshToken && refreshEndsAt) || accessEndsAt);

/** A refresh token that is good for longer than the new access stays, where none came with it. */
export function withRefresh<Next extends Tokens>(before: Tokens, next: Next): Next {
  const { refreshToken, refreshEndsAt } = before;
  if (next.refreshToken || !refreshEndsAt || new Date(refreshEndsAt) <= new Date(next.accessEndsAt)) return next;
  return { ...next, refreshToken, refreshEndsAt };
}

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().positive().optional(),
  scope: z.string().optional(),
});
const TokenRefusal = z.object({ error: z.string().optional(), error_description: z.string().optional() });

type Grant =
  | { grant_type: "authorization_code"; code: string; redirect_uri: string }
  | { grant_type: "refresh_token"; refresh_token: string };

/** Only `invalid_grant` says that a refresh token is over; all else may be the operator's or LinkedIn's own trouble. */
export async function askForTokens(app: LinkedinApp, grant: Grant, context: CallContext): Promise<Tokens> {
  const { clientId: client_id, clientSecret: client_secret } = app;
  const answer = await send(context, TOKEN_URL, "read", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...grant, client_id, client_secret }).toString(),
  });
  const told = await bodyOf(answer);
  if (answer.ok) {
    const { data } = TokenAnswer.safeParse(told);
    if (!data) throw new ChannelError("passing", "LinkedIn gave no token that can be read.");
    const after = (seconds: number) => new Date(context.clock.now().getTime() + seconds * 1000).toISOString();
    return {
      accessToken: data.access_token,
      accessEndsAt: after(data.expires_in),
      refreshToken: data.refresh_token,
      refreshEndsAt: data.refresh_token_expires_in ? after(data.refresh_token_expires_in) : undefined,
      scopes: (data.scope ?? app.scopes.join(" ")).split(/[\s,]+/).filter(Boolean),
    };
  }
  if (answer.status === 429 || answer.status >= 500) throw fault(answer, "", context, "read");
  const { error, error_description: why } = TokenRefusal.safeParse(told).data ?? {};
  if (grant.grant_type === "authorization_code")
    throw new ChannelError("refused", `LinkedIn refused: ${why ?? error ?? answer.status}`);
  if (error === "invalid_grant")
    throw new ChannelError("revoked", "LinkedIn no longer takes this access: connect it again.");
  throw new ChannelError("passing", `LinkedIn did not renew the access: ${why ?? error ?? answer.status}`);
}

type Call = { method?: string; body?: unknown; headers?: Record<string, string>; kind?: "read" | "write" };

/** Calls as the connected member; access is renewed ahead of its end, and once where LinkedIn says that it is over. */
export function openClient(app: LinkedinApp | undefined, account: Account<LinkedinCredentials>, context: CallContext) {
  let credentials = account.credentials;

  const renew = async () => {
    const { refreshToken } = credentials;
    if (!refreshToken) throw new ChannelError("revoked", "LinkedIn no longer takes this access: connect it again.");
    if (!app) throw new ChannelError("passing", "LinkedIn can't be asked: this deployment has no app there any more.");
    const tokens = await askForTokens(app, { grant_type: "refresh_token", refresh_token: refreshToken }, context);
    const next = { ...withRefresh(credentials, tokens), memberId: credentials.memberId };
    try {
      await account.saveCredentials(next, { endsAt: endOf(next) });
    } catch (error) {
      throw new ChannelError("passing", "The renewed access to LinkedIn could not be kept; nothing was sent.", {
        cause: error,
      });
    }
    credentials = next;
  };

  const attempt = (url: string, { method = "GET", body, headers, kind = "read" }: Call) =>
    send(context, url, kind, {
      method,
      headers: {
        ...restHeaders(app),
        ...(body !== undefined && !(body instanceof Uint8Array) && { "content-type": "application/json" }),
        ...headers,
        authorization: `Bearer ${credentials.accessToken}`,
      },
      ...(body !== undefined && { body: body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) }),
    });

  /** Whatever is not 2xx is thrown, but for a status that `expected` names. */
  return async (path: string, call: Call = {}, expected: number[] = []): Promise<Response> => {
    const url = path.startsWith("https://") ? path : `${API_URL}${path}`;
    const ends = Date.parse(credentials.accessEndsAt) - context.clock.now().getTime();
    if (credentials.refreshToken && ends < EARLY_MS) await renew();
    let answer = await attempt(url, call);
    if (answer.status === 401) {
      await answer.body?.cancel();
      await renew();
      answer = await attempt(url, call);
    }
    if (answer.ok || expected.includes(answer.status)) return answer;
    throw fault(answer, messageOf(await bodyOf(answer)), context, call.kind ?? "read");
  };
}

const restHeaders = (app: LinkedinApp | undefined): Record<string, string> => ({
  "x-restli-protocol-version": "2.0.0",
  ...(app && { "linkedin-version": app.version }),
});

/** Whose account an access token opens: `sub` is the member's id for this app (OpenID Connect). */
export async function memberOf(accessToken: string, context: CallContext) {
  const answer = await send(context, `${API_URL}/v2/userinfo`, "read", {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!answer.ok) throw fault(answer, messageOf(await bodyOf(answer)), context, "read");
  const { data } = z.object({ sub: z.string().min(1), name: z.string().optional() }).safeParse(await bodyOf(answer));
  if (!data) throw new ChannelError("passing", "LinkedIn did not say whose account this is.");
  return data;
}

/** A redirect is not followed: what was sent on may be repeated as something else. */
async function send(context: CallContext, url: string, kind: "read" | "write", init: RequestInit) {
  try {
    return await context.fetch(url, {
      ...init,
      redirect: "manual",
      signal: context.signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
  } catch (error) {
    throw networkFault(error, kind, "LinkedIn");
  }
}

/** Undefined where it is no JSON, or breaks off: the status has decided by then. */
export async function bodyOf(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}

export const messageOf = (body: unknown) => z.object({ message: z.string() }).safeParse(body).data?.message ?? "";

/** What an answer means (https://learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling, read 2026-11-28). */
export function fault(
  { status, headers }: Response,
  why: string,
  { clock }: CallContext,
  kind: "read" | "write",
): ChannelError {
  const wait = waiting(retryAfterMs(headers.get("retry-after"), clock));
  if (status === 429) return new ChannelError("passing", "LinkedIn asks to slow down.", wait);
  if (status >= 500)
    return kind === "write"
      ? new ChannelError("lost", `LinkedIn answered ${status}; it may have taken the call.`, wait)
      : new ChannelError("passing", `LinkedIn answered ${status}.`, wait);
  // Access was renewed on the way, or was given a moment ago.
  if (status === 401) return new ChannelError("passing", "LinkedIn did not accept access that it had just given.");
  if (status === 426)
    return new ChannelError("refused", "LinkedIn has ended this version of its API: set LINKEDIN_API_VERSION.");
  return new ChannelError("refused", `LinkedIn refused: ${why || status}`);
}
