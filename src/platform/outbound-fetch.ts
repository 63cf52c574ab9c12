import type { LookupFunction } from "node:net";
import { Agent, buildConnector, type Dispatcher, fetch as undiciFetch } from "undici";
import {
  createAllowList,
  isPublicAddress,
  type Lookup,
  lookupAll,
  type ResolvedAddress,
  resolveHost,
} from "./outbound-address";

type OutboundInit = RequestInit & {
  timeoutMs?: number;
  maxBytes?: number;
  /** For what carries a password: http is refused but for hosts that the operator allowed. */
  encrypted?: boolean;
};

/**
 * The only way to reach an address that a user gave. Takes what `fetch` takes, so that libraries can be given it.
 * Refusals and failures are an `OutboundError`, also where the body is read; the caller's own abort is thrown as it is.
 */
export type OutboundFetch = (input: string | URL | Request, init?: OutboundInit) => Promise<Response>;

/**
 * `forbidden`: an address or URL that may not be reached. `unreachable`: no connection came about, so nothing was sent.
 * `lost`: a connection stood, and no whole answer came back. `too_large`, `redirects`: an answer came and was given up.
 */
export type OutboundErrorKind = "forbidden" | "unreachable" | "lost" | "too_large" | "redirects";

export class OutboundError extends Error {
  override name = "OutboundError";
  constructor(
    readonly kind: OutboundErrorKind,
    message: string,
    /** Whether a server may have acted on the request; after a redirect, `forbidden` too can follow a request that was sent. */
    readonly sent: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

type Options = {
  /** `host:port` or `host` entries that may be reached although their addresses are private. */
  allow: readonly string[];
  /** For name, connection, headers and body together, over all redirects. */
  timeoutMs?: number;
  /** Of the body, after decompression. */
  maxBytes?: number;
  lookup?: Lookup;
};

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const WITHOUT_BODY = new Set([204, 205, 304]);
/** The Fetch standard drops Authorization when the origin changes; the rest are credentials just as well. */
const OF_ONE_ORIGIN = ["authorization", "proxy-authorization", "cookie"];
const OF_THE_BODY = ["content-encoding", "content-language", "content-length", "content-location", "content-type"];

type Hop = { url: URL; method: string; headers: Headers; body: Uint8Array<ArrayBuffer> | undefined };
/** What one call knows about itself; `settle` stops its clock and closes its connections. */
type Call = {
  signal: AbortSignal;
  timedOut: () => boolean;
  maxBytes: number;
  connected: boolean;
  agent: Agent | undefined;
  settle: () => void;
};

export function createOutboundFetch(options: Options): OutboundFetch {
  const { allow, timeoutMs = 15_000, maxBytes = 10 * 1024 * 1024, lookup = lookupAll } = options;
  const isAllowed = createAllowList(allow);

  return async (input, init = {}) => {
    assertWebUrl(input instanceof Request ? input.url : String(input), false);
    const request = new Request(input, init);
    const call = startCall(request.signal, init.timeoutMs ?? timeoutMs, init.maxBytes ?? maxBytes);
    try {
      const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
      const hop = { url: new URL(request.url), method: request.method, headers: new Headers(request.headers), body };
      if (!hop.headers.has("user-agent")) hop.headers.set("user-agent", "ContentOS");
      return await follow(hop, request.redirect, call, (url) => {
        if (init.encrypted && url.protocol !== "https:" && !isAllowed(url)) throw notEncrypted(call);
        return connectorFor(url, isAllowed(url), lookup, call);
      });
    } catch (error) {
      call.settle();
      throw error;
    }
  };
}

const notEncrypted = (call: Call) =>
  new OutboundError(
    "forbidden",
    "Give an address with https; http is for hosts that OUTBOUND_ALLOW of this deployment names.",
    call.connected,
  );

function startCall(outer: AbortSignal, timeoutMs: number, maxBytes: number): Call {
  const controller = new AbortController();
  let timedOut = false;
  // Settles by itself, since an answer's body may never be read.
  const stop = (reason: unknown) => {
    controller.abort(reason);
    call.settle();
  };
  const timer = setTimeout(() => {
    timedOut = true;
    stop(new DOMException(`No whole answer within ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);
  const onAbort = () => stop(outer.reason);
  const call: Call = {
    signal: controller.signal,
    timedOut: () => timedOut,
    maxBytes,
    connected: false,
    agent: undefined,
    settle: () => {
      clearTimeout(timer);
      outer.removeEventListener("abort", onAbort);
      drop(call.agent);
    },
  };
  if (outer.aborted) onAbort();
  else outer.addEventListener("abort", onAbort, { once: true });
  return call;
}

const drop = (agent: Agent | undefined) => void agent?.destroy().catch(() => undefined);

async function follow(
  first: Hop,
  mode: RequestRedirect,
  call: Call,
  connector: (url: URL) => buildConnector.connector,
): Promise<Response> {
  let hop = first;
  for (let redirects = 0; ; redirects++) {
    const { response, location } = await send(hop, call, connector(hop.url));
    if (location === undefined || mode === "manual") return deliver(response, hop.url, redirects > 0, call);
    if (mode === "error" || redirects === MAX_REDIRECTS)
      throw new OutboundError("redirects", `${hop.url.host} redirects, and no more redirects are followed.`, true);
    if (!URL.canParse(location, hop.url))
      throw new OutboundError("redirects", `${hop.url.host} redirects to what is no address.`, true);
    hop = nextHop(hop, response.status, assertWebUrl(new URL(location, hop.url).href, true));
  }
}

type Answer = Awaited<ReturnType<typeof undiciFetch>>;

/** Each hop has an agent of its own, so that what is known about its connection belongs to this request alone. */
async function send(hop: Hop, call: Call, connect: buildConnector.connector) {
  drop(call.agent);
  const agent = new Agent({ connect, pipelining: 0 });
  call.agent = agent;
  try {
    const response = await undiciFetch(hop.url, {
      method: hop.method,
      headers: [...hop.headers],
      body: hop.body ?? null,
      redirect: "manual",
      signal: call.signal,
      dispatcher: agent satisfies Dispatcher,
    });
    const location = REDIRECTS.has(response.status) ? (response.headers.get("location") ?? undefined) : undefined;
    return { response, location };
  } catch (error) {
    throw explain(error, hop.url, call);
  }
}

/** The Fetch standard's rules for the next request (HTTP-redirect fetch, steps 11 to 14). */
function nextHop(hop: Hop, status: number, url: URL): Hop {
  const headers = new Headers(hop.headers);
  if (url.origin !== hop.url.origin) for (const name of OF_ONE_ORIGIN) headers.delete(name);
  const becomesGet = status === 303 ? !["GET", "HEAD"].includes(hop.method) : status < 303 && hop.method === "POST";
  if (!becomesGet) return { ...hop, url, headers };
  for (const name of OF_THE_BODY) headers.delete(name);
  return { url, method: "GET", headers, body: undefined };
}

function assertWebUrl(text: string, sent: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    throw new OutboundError("forbidden", "Only http and https addresses are fetched.", sent);
  if (url.username !== "" || url.password !== "")
    throw new OutboundError("forbidden", "An address must not contain a user name or password.", sent);
  return url;
}

/** Resolves the name once and lets the socket have the addresses that may be reached, and no others. */
function connectorFor(url: URL, allowed: boolean, lookup: Lookup, call: Call): buildConnector.connector {
  return (options, callback) => {
    reachable(url, allowed, lookup, call)
      .then((addresses) => {
        const connect = buildConnector({ lookup: pinned(addresses), autoSelectFamily: true, timeout: 0 });
        connect(options, (...result) => {
          if (result[0] === null) call.connected = true;
          callback(...result);
        });
      })
      .catch((error: Error) => callback(error, null));
  };
}

async function reachable(url: URL, allowed: boolean, lookup: Lookup, call: Call): Promise<ResolvedAddress[]> {
  const found = await resolveHost(url.hostname, lookup).catch((cause: unknown) => {
    throw new OutboundError("unreachable", `${url.hostname} could not be resolved.`, call.connected, { cause });
  });
  if (call.signal.aborted) throw new OutboundError("unreachable", `${url.host} took too long.`, call.connected);
  if (found.length === 0) throw new OutboundError("unreachable", `${url.hostname} has no address.`, call.connected);
  const usable = allowed ? found : found.filter(({ address }) => isPublicAddress(address));
  if (usable.length === 0)
    throw new OutboundError("forbidden", `${url.host} is not on the public internet.`, call.connected);
  return usable;
}

/** A lookup for `net.connect` that knows the checked addresses and never asks again. */
const pinned =
  (addresses: ResolvedAddress[]): LookupFunction =>
  (_hostname, options, callback) => {
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? "", first?.family);
  };

/** Says what a failure means: refused by us, aborted by the caller, not sent, or sent without a whole answer. */
function explain(error: unknown, url: URL, call: Call): unknown {
  call.settle();
  if (error instanceof OutboundError) return error;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof OutboundError) return withHistory(cause, call);
  if (call.signal.aborted && !call.timedOut()) return call.signal.reason;
  const why = call.timedOut() ? "took too long" : call.connected ? "gave no whole answer" : "can't be reached";
  return new OutboundError(call.connected ? "lost" : "unreachable", `${url.host} ${why}.`, call.connected, { cause });
}

/** Behind a redirect "unreachable" would claim that nothing was sent, though the first request was. */
const withHistory = (error: OutboundError, call: Call) =>
  error.kind === "unreachable" && call.connected
    ? new OutboundError("lost", error.message, true, { cause: error })
    : error;

/** Copies the answer into a global `Response` whose body counts what it lets through. */
function deliver(answer: Answer, url: URL, redirected: boolean, call: Call): Response {
  const announced = Number(answer.headers.get("content-length") ?? 0);
  const bodyless = answer.body === null || WITHOUT_BODY.has(answer.status);
  if (!bodyless && announced > call.maxBytes) throw tooLarge(url, call);
  if (bodyless) call.settle();
  const response = new Response(bodyless ? null : bounded(answer, url, call), {
    // Some servers answer 999, which a Response can't carry.
    status: Math.min(answer.status, 599),
    statusText: answer.statusText,
    headers: [...answer.headers],
  });
  Object.defineProperties(response, { url: { value: url.href }, redirected: { value: redirected } });
  return response;
}

function bounded(answer: Answer, url: URL, call: Call): ReadableStream<Uint8Array> {
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          call.settle();
          return controller.close();
        }
        bytes += value.byteLength;
        if (bytes > call.maxBytes) throw tooLarge(url, call);
        controller.enqueue(value);
      } catch (error) {
        controller.error(explain(error, url, call));
      }
    },
    async cancel() {
      call.settle();
      await reader.cancel().catch(() => undefined);
    },
  });
}

const tooLarge = (url: URL, call: Call) =>
  new OutboundError("too_large", `${url.host} answered with more than ${call.maxBytes} bytes.`, true);
