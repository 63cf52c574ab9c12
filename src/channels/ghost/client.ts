import { SignJWT } from "jose";
import type { z } from "zod";
import { type CallContext, ChannelError } from "@/channels/adapter";
import { networkFault, retryAfterMs, waiting } from "@/channels/fault";
import { Refusal } from "@/channels/ghost/entities";
import type { GhostInput } from "@/channels/ghost/input";
import { reasonOf } from "@/channels/told";

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 10_000_000;

export type GhostCredentials = GhostInput;

export type Call = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the Admin API, such as `posts/`. */
  path: string;
  query?: Record<string, string>;
  body?: Record<string, unknown> | FormData;
  /** What an answer that does not come means: a `write` may have changed what readers see. */
  kind: "read" | "write";
};

/** For five minutes at most, of our clock (docs.ghost.org/admin-api, "Token Authentication", read 2026-11-28). */
function tokenOf(adminApiKey: string, now: Date): Promise<string> {
  const [id = "", secret = ""] = adminApiKey.split(":");
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: "HS256", kid: id, typ: "JWT" })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 300)
    .setAudience("/admin/")
    .sign(Buffer.from(secret, "hex"));
}

export const endpoint = (apiUrl: string, path: string, query: Record<string, string> = {}): URL => {
  const url = new URL(`${apiUrl.replace(/[?#].*$/, "").replace(/\/$/, "")}/ghost/api/admin/${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
};

/** Asks as the integration. A redirect is not followed: the token was meant for this address. */
export async function ask<Schema extends z.ZodType>(
  { apiUrl, adminApiKey }: GhostCredentials,
  { method = "GET", path, query, body, kind }: Call,
  schema: Schema,
  context: CallContext,
): Promise<z.output<Schema>> {
  const isForm = body instanceof FormData;
  const token = await tokenOf(adminApiKey, context.clock.now());
  const { answer, text } = await answered(kind, async () => {
    const received = await context.fetch(endpoint(apiUrl, path, query), {
      method,
      headers: {
        accept: "application/json",
        "accept-version": "v5.0",
        authorization: `Ghost ${token}`,
        ...(body && !isForm && { "content-type": "application/json" }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
      redirect: "manual",
      signal: context.signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      encrypted: true,
    });
    return { answer: received, text: await received.text() };
  });
  const data = answer.status === 204 ? {} : parsed(text);
  if (!answer.ok) throw toChannelError(answer, data, kind, context);
  const said = data === undefined ? undefined : schema.safeParse(data);
  if (!said?.success)
    throw new ChannelError(
      kind === "write" ? "lost" : "passing",
      "Ghost answered with something else than its API says.",
    );
  return said.data;
}

async function answered<T>(kind: Call["kind"], act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw networkFault(error, kind, "Ghost");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A refusal whose status says more than its kind. */
export class RefusedCall extends ChannelError {
  constructor(
    kind: ChannelError["kind"],
    message: string,
    readonly status: number,
    options: { retryAfterMs?: number },
  ) {
    super(kind, message, options);
  }
}

function toChannelError({ status, headers }: Response, data: unknown, kind: Call["kind"], { clock }: CallContext) {
  const [said] = Refusal.parse(data).errors;
  const words = said?.context || said?.message;
  const wait = waiting(retryAfterMs(headers.get("retry-after"), clock));
  const make = (is: ChannelError["kind"], message: string) => new RefusedCall(is, message, status, wait);
  // 503 is what Ghost itself answers while it starts or is being updated: nothing was done.
  if (status === 429 || status === 503) return make("passing", `Ghost answered ${status}: later.`);
  if (status >= 500)
    return kind === "write"
      ? make("lost", `Ghost answered ${status}; it may have taken the call.`)
      : make("passing", `Ghost answered ${status}.`);
  if (status >= 300 && status < 400)
    return make("refused", "The site has moved: connect it again with the API URL that Ghost shows beside the key.");
  // A token that is too old or too new says nothing against the key.
  if (status === 401 && /expired|not active|maxAge/i.test(said?.message ?? ""))
    return make("passing", "The clock of the site differs from ours, so that it takes no token.");
  if (status === 401) return make("revoked", "Ghost does not accept this Admin API key.");
  if (status === 409) return make("passing", "Somebody is changing the post in Ghost: later.");
  if (status === 403 && !said)
    return make("refused", "Something before Ghost, such as a firewall, answered 403: have it let ContentOS through.");
  return make("refused", words === undefined ? `Ghost answered ${status}.` : `Ghost refused: ${reasonOf(words)}`);
}
