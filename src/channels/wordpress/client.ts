import type { z } from "zod";
import { type CallContext, ChannelError } from "@/channels/adapter";
import { networkFault, retryAfterMs, waiting } from "@/channels/fault";
import { reasonOf } from "@/channels/told";
import { Refusal } from "@/channels/wordpress/entities";

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 20_000_000;

export type WordPressCredentials = {
  /** The root of the REST API, as the site itself names it: with plain permalinks it is a query. */
  api: string;
  userName: string;
  applicationPassword: string;
};

export type Call = {
  method?: "GET" | "POST" | "DELETE";
  /** Below the root, such as `wp/v2/posts`. */
  path: string;
  query?: Record<string, string>;
  body?: Record<string, unknown> | FormData;
  /** What an answer that does not come means: a `write` may have changed what readers see. */
  kind: "read" | "write";
};

export type Answer<Data> = { data: Data; headers: Headers };

/** The address of a call, for a root such as `https://a.example/wp-json/` or `https://a.example/index.php?rest_route=/`. */
export function endpoint(api: string, path: string, query: Record<string, string> = {}): URL {
  const url = new URL(api);
  const route = url.searchParams.get("rest_route");
  if (route === null) url.pathname = `${url.pathname.replace(/\/$/, "")}/${path}`;
  else url.searchParams.set("rest_route", `${route.replace(/\/$/, "")}/${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/**
 * Asks as the connected person. A redirect is not followed: the password was meant for this address, and a write that is
 * sent on may arrive as a read.
 */
export async function ask<Schema extends z.ZodType>(
  { api, userName, applicationPassword }: WordPressCredentials,
  { method = "GET", path, query, body, kind }: Call,
  schema: Schema,
  context: CallContext,
): Promise<Answer<z.output<Schema>>> {
  const isForm = body instanceof FormData;
  const basic = Buffer.from(`${userName}:${applicationPassword}`).toString("base64");
  const { answer, text } = await answered(kind, async () => {
    const received = await context.fetch(endpoint(api, path, query), {
      method,
      headers: {
        accept: "application/json",
        authorization: `Basic ${basic}`,
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
  const data = parsed(text);
  if (!answer.ok) throw toChannelError(answer, data, kind, context);
  // A page that says that something went wrong, or that asks who somebody is, comes with 200 as well.
  const said = data === undefined ? undefined : schema.safeParse(data);
  if (!said?.success) throw unclear("WordPress answered with something else than its REST API says.", kind);
  return { data: said.data, headers: answer.headers };
}

async function answered<T>(kind: Call["kind"], act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw networkFault(error, kind, "WordPress");
  }
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unclear = (message: string, kind: Call["kind"], wait = {}) =>
  new ChannelError(kind === "write" ? "lost" : "passing", message, wait);

function toChannelError(
  { status, headers }: Response,
  data: unknown,
  kind: Call["kind"],
  { clock }: CallContext,
): ChannelError {
  // The word of a refusal by WordPress itself; others on the way there, such as a firewall, speak HTML.
  const { code = "", message: words } = Refusal.parse(data);
  const message = words && reasonOf(words);
  const wait = waiting(retryAfterMs(headers.get("retry-after"), clock));
  const make = (is: ChannelError["kind"], words: string) => new RefusedCall(is, words, status, code, wait);
  // 503 is what WordPress itself answers while it is being updated: nothing was done.
  if (status === 429 || status === 503) return make("passing", `WordPress answered ${status}: later.`);
  if (status >= 500 && status !== 501)
    return kind === "write"
      ? make("lost", `WordPress answered ${status}; it may have taken the call.`)
      : make("passing", `WordPress answered ${status}.`);
  if (status >= 300 && status < 400)
    return make("refused", "The site has moved: connect it again with the address that it has now.");
  if (status === 401) return make("revoked", passwordRefusal(code));
  if (status === 403) return make("refused", NOT_ALLOWED[code] ?? forbidden(message));
  return make("refused", message === undefined ? `WordPress answered ${status}.` : `WordPress refused: ${message}`);
}

/** A refusal whose status and code say more than its kind. */
export class RefusedCall extends ChannelError {
  constructor(
    kind: ChannelError["kind"],
    message: string,
    readonly status: number,
    readonly code: string,
    options: { retryAfterMs?: number },
  ) {
    super(kind, message, options);
  }
}

const passwordRefusal = (code: string) =>
  code.startsWith("application_passwords_disabled")
    ? "The site takes no application passwords any more: an administrator there has to allow them again."
    : "WordPress does not accept this user name with this application password.";

const MAY_NOT_PUBLISH =
  "This account may write on the site but not publish: ask an administrator there for the role Author or Editor.";
const NOT_ALLOWED: Record<string, string> = {
  rest_cannot_publish: MAY_NOT_PUBLISH,
  rest_cannot_create: MAY_NOT_PUBLISH,
};
export const mayNotPublish = () => new ChannelError("refused", MAY_NOT_PUBLISH);

const forbidden = (message: string | undefined) =>
  message === undefined
    ? "Something before WordPress, such as a firewall, answered 403: have it let ContentOS through."
    : `WordPress does not let this account do that: ${message}`;
