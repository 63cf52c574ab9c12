import { Agent, type ComAtprotoServerCreateSession, XRPCError } from "@atproto/api";
import { type Account, type CallContext, ChannelError } from "@/channels/adapter";
import type { BlueskyInput } from "@/channels/bluesky/input";
import { networkFault, retryAfterMs, waiting } from "@/channels/fault";
import type { Clock } from "@/platform/clock";

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 5_000_000;

/** The app password stays beside the session, so that a session that ran out is no reason to ask a person. */
export type BlueskyCredentials = BlueskyInput & {
  did: string;
  handle: string;
  /** Where the account's data is; the service may only be the door to it. */
  pdsUrl: string;
  accessJwt: string;
  refreshJwt: string;
};

type Session = Pick<
  ComAtprotoServerCreateSession.OutputSchema,
  "did" | "handle" | "accessJwt" | "refreshJwt" | "didDoc"
>;

/**
 * An agent whose session is renewed on the way. Not the library's own session manager: that one doesn't wait for
 * a rotated session to be kept, and takes a server's hiccup during renewal for the call's answer.
 */
export function openAgent(account: Account<BlueskyCredentials>, context: CallContext) {
  let credentials = account.credentials;

  const send = (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${credentials.accessJwt}`);
    return call(context, new URL(url, credentials.pdsUrl), { ...init, headers });
  };

  const renew = async () => {
    const session = (await refresh(credentials, context)) ?? (await createSession(credentials, context));
    credentials = withSession(credentials, session);
    try {
      await account.saveCredentials(credentials);
    } catch (error) {
      throw new ChannelError("passing", "The renewed Bluesky session could not be kept; nothing was sent.", {
        cause: error,
      });
    }
  };

  const agent = new Agent({
    did: credentials.did,
    async fetchHandler(url, init) {
      const answer = await send(url, init);
      if (!(await isSessionOver(answer))) return answer;
      await answer.body?.cancel();
      await renew();
      return send(url, init);
    },
  });
  return { agent, renew };
}

/** A new session from the app password. `revoked` where the server clearly doesn't take it. */
export async function createSession(input: BlueskyInput, context: CallContext): Promise<Session> {
  try {
    const { identifier, appPassword: password } = input;
    const { data } = await signedOut(input.service, context).com.atproto.server.createSession({ identifier, password });
    return data;
  } catch (error) {
    if (error instanceof XRPCError && [400, 401, 403].includes(error.status)) {
      throw new ChannelError("revoked", SESSION_REFUSALS[error.error] ?? SESSION_REFUSALS.AuthenticationRequired!, {
        cause: error,
      });
    }
    throw toChannelError(error, "read", context.clock);
  }
}

const SESSION_REFUSALS: Record<string, string> = {
  AuthenticationRequired: "Bluesky does not accept this handle with this app password.",
  AuthFactorTokenRequired: "This is the account's main password, which needs a code: make an app password instead.",
  AccountTakedown: "Bluesky has taken this account down.",
};

export const withSession = (input: BlueskyInput, session: Session): BlueskyCredentials => ({
  service: input.service,
  identifier: input.identifier,
  appPassword: input.appPassword,
  did: session.did,
  handle: session.handle,
  pdsUrl: pdsOf(session.didDoc) ?? input.service,
  accessJwt: session.accessJwt,
  refreshJwt: session.refreshJwt,
});

/** Undefined where the server clearly says that the refresh token is over; anything unclear is thrown. */
async function refresh(credentials: BlueskyCredentials, context: CallContext): Promise<Session | undefined> {
  try {
    const headers = { authorization: `Bearer ${credentials.refreshJwt}` };
    const { data } = await signedOut(credentials.service, context).com.atproto.server.refreshSession(undefined, {
      headers,
    });
    return data;
  } catch (error) {
    if (error instanceof XRPCError && [400, 401, 403].includes(error.status)) return undefined;
    throw toChannelError(error, "read", context.clock);
  }
}

const signedOut = (service: string, context: CallContext) =>
  new Agent({ fetchHandler: (url, init) => call(context, new URL(url, service), init) });

/** A redirect is not followed: a write that was sent on may be repeated as something else. */
const call = (context: CallContext, url: URL, init: RequestInit) =>
  context.fetch(url, {
    ...init,
    signal: context.signal,
    redirect: "manual",
    encrypted: true,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });

async function isSessionOver(answer: Response): Promise<boolean> {
  if (answer.status !== 400 && answer.status !== 401) return false;
  const { error } = await errorOf(answer.clone());
  if (answer.status === 400) return error === "ExpiredToken" || error === "InvalidToken";
  return error === undefined || !LOCKED_OUT.has(error);
}

async function errorOf(answer: Response): Promise<{ error?: string }> {
  try {
    return (await answer.json()) ?? {};
  } catch {
    return {};
  }
}

function pdsOf(didDoc: unknown): string | undefined {
  const services = (didDoc as { service?: unknown } | undefined)?.service;
  if (!Array.isArray(services)) return undefined;
  const pds = services.find((service) => String(service?.id).endsWith("#atproto_pds"))?.serviceEndpoint;
  return typeof pds === "string" && URL.canParse(pds) ? pds : undefined;
}

const LOCKED_OUT = new Set(["AccountTakedown", "AccountSuspended", "AccountDeactivated", "RepoTakendown"]);

/** What an answer of Bluesky means to us; `write` where the call may have changed something. */
export function toChannelError(error: unknown, kind: "read" | "write", clock: Clock): ChannelError {
  if (!(error instanceof XRPCError) || error.status < 200) {
    // Below 200 are the library's own: no answer (1), or one that is not what the lexicon says (2).
    return networkFault(error, kind, "Bluesky");
  }
  const { status } = error;
  const wait = waiting(retryAfterMs(error.headers?.["retry-after"], clock) ?? untilReset(error.headers, clock));
  const make = (is: ChannelError["kind"], message: string) =>
    new ChannelError(is, message, { cause: error, ...(is === "passing" || is === "lost" ? wait : {}) });

  if (status === 429) return make("passing", "Bluesky asks to slow down.");
  if (status >= 500 && status !== 501) {
    return kind === "write"
      ? make("lost", `Bluesky answered ${status}; it may have taken the call.`)
      : make("passing", `Bluesky answered ${status}.`);
  }
  if (LOCKED_OUT.has(error.error)) return make("revoked", `Bluesky has closed this account: ${error.message}`);
  // The session was renewed on the way; a server that still says no to it is unwell, the password is not wrong.
  if (status === 401) return make("passing", "Bluesky did not accept a session that it had just given.");
  return make("refused", `Bluesky refused: ${error.message}`);
}

/** Bluesky tells the end of a limit as seconds since 1970. */
function untilReset(headers: XRPCError["headers"], clock: Clock): number | undefined {
  const seconds = Number(headers?.["ratelimit-reset"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.max(0, seconds * 1000 - clock.now().getTime()) : undefined;
}
