import type { z } from "zod";
import { type CallContext, ChannelError } from "@/channels/adapter";
import { networkFault, retryAfterMs, waiting } from "@/channels/fault";
import { Account, Refusal } from "@/channels/mastodon/entities";
import { type MastodonInput, SCOPES } from "@/channels/mastodon/input";
import type { Clock } from "@/platform/clock";

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 5_000_000;
const LONGEST_REASON = 300;

export type MastodonCredentials = MastodonInput;

type Call = {
  method?: "GET" | "POST" | "DELETE";
  headers?: Record<string, string>;
  json?: Record<string, unknown>;
  form?: FormData;
  /** `write` where a post may come of it or go. */
  kind?: "read" | "write";
  /** Statuses that are answers here, and no refusals. */
  allow?: number[];
};

export type Server = ReturnType<typeof openServer>;

/** The account's server, with what its answers mean to us. */
export function openServer({ server, accessToken }: MastodonCredentials, context: CallContext) {
  /** A redirect is not followed: it would lead the token, or the post, to where nobody sent it. */
  async function send(path: string, call: Call = {}): Promise<Response> {
    const { method = "GET", headers = {}, json, form, kind = "read", allow = [] } = call;
    const url = new URL(path, server);
    let answer: Response;
    try {
      answer = await context.fetch(url, {
        method,
        headers: {
          ...headers,
          authorization: `Bearer ${accessToken}`,
          ...(json && { "content-type": "application/json" }),
        },
        ...((json || form) && { body: json ? JSON.stringify(json) : form! }),
        signal: context.signal,
        redirect: "manual",
        encrypted: true,
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_BYTES,
      });
    } catch (error) {
      throw networkFault(error, kind, "Mastodon");
    }
    if (answer.ok || allow.includes(answer.status)) return answer;
    throw await toChannelError(answer, kind, context.clock);
  }

  /** What a read says; what can't be read is a server that is unwell. */
  async function read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    const said = await entityOf(await send(path), schema, "read");
    if (said === undefined) throw unreadable();
    return said;
  }

  /** Undefined where the server has no such thing, or never heard of the question. */
  async function readIfThere<Schema extends z.ZodType>(path: string, schema: Schema) {
    const answer = await send(path, { allow: [404, 410] });
    return answer.ok ? entityOf(answer, schema, "read") : void (await answer.body?.cancel());
  }

  /** 422 is for tokens that are nobody's (docs.joinmastodon.org/methods/accounts, "verify_credentials"). */
  async function readAccount() {
    const answer = await send("/api/v1/accounts/verify_credentials", { allow: [422] });
    if (answer.ok) return entityOf(answer, Account, "read");
    await answer.body?.cancel();
    throw new ChannelError("revoked", INVALID_TOKEN);
  }

  return { origin: server, send, read, readIfThere, readAccount };
}

export const unreadable = () =>
  new ChannelError("passing", "Mastodon answered with something else than was asked for.");

/** Undefined where the answer is not what the documentation says. */
export async function entityOf<Schema extends z.ZodType>(
  answer: Response,
  schema: Schema,
  kind: "read" | "write",
): Promise<z.output<Schema> | undefined> {
  let text: string;
  try {
    text = await answer.text();
  } catch (error) {
    throw networkFault(error, kind, "Mastodon");
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const WITHOUT_SCOPE = `This access token may do too little: make one with ${SCOPES.join(", ")}, and connect again.`;
const INVALID_TOKEN =
  "Mastodon does not take this access token: make one under Preferences → Development, and connect again.";

/** https://docs.joinmastodon.org/client/intro and /api/rate-limits, read 2026-11-28. */
async function toChannelError(answer: Response, kind: "read" | "write", clock: Clock): Promise<ChannelError> {
  const { status, headers } = answer;
  const wait = waiting(retryAfterMs(headers.get("retry-after"), clock) ?? untilReset(headers, clock));
  const why = (await entityOf(answer, Refusal, kind).catch(() => undefined))?.error.slice(0, LONGEST_REASON);

  if (status === 401) return new ChannelError("revoked", INVALID_TOKEN);
  if (status === 403) return forbidden(headers, why);
  if (status === 429) return new ChannelError("passing", "Mastodon asks to slow down.", wait);
  if (status >= 500 && status !== 501) {
    return kind === "write"
      ? new ChannelError("lost", `Mastodon answered ${status}; it may have taken the call.`, wait)
      : new ChannelError("passing", `Mastodon answered ${status}.`, wait);
  }
  if (status >= 300 && status < 400)
    return new ChannelError("refused", "This server sends on to another address: give that one, and connect again.");
  return refused(status, why);
}

const refused = (status: number, why: string | undefined) =>
  new ChannelError("refused", why === undefined ? `Mastodon answered ${status}.` : `Mastodon refused: ${why}`);

/** Also what a firewall before the server says, which is no word on the account. */
function forbidden(headers: Headers, why: string | undefined): ChannelError {
  if (
    /insufficient_scope/.test(headers.get("www-authenticate") ?? "") ||
    /outside the authorized scopes/i.test(why ?? "")
  )
    return new ChannelError("revoked", WITHOUT_SCOPE);
  if (/^your login is|suspended|disabled/i.test(why ?? ""))
    return new ChannelError("revoked", `Mastodon has closed this account: ${why}`);
  return refused(403, why);
}

/** Mastodon tells the end of a limit as a date. */
function untilReset(headers: Headers, clock: Clock): number | undefined {
  const at = Date.parse(headers.get("x-ratelimit-reset") ?? "");
  return Number.isNaN(at) ? undefined : Math.max(0, at - clock.now().getTime());
}

export const withoutScope = () => new ChannelError("refused", WITHOUT_SCOPE);
