import { readMessages } from "@contentos/sdk";
import { ask, Problem } from "./api";

/** What happened, as docs/events.md lists it. */
export type LiveEvent = {
  type: string;
  subjectId: string;
  payload: Record<string, unknown>;
  actorId: string | null;
  at: string;
  cursor: string;
};

type Following<P> = {
  workspaceId: string;
  subjectId?: string;
  onEvent: (event: LiveEvent) => void;
  /** All who are at an item, whenever that changes. Not told while this client polls. */
  onPresence?: (subjectId: string, present: P[]) => void;
  /** How long ago it was begun to load what is shown, in ms; where that is told, nothing is loaded anew without a reason. */
  loadedFor?: () => number;
  /** Something may have been missed: what is shown is to be loaded anew. */
  onReload: () => void;
  signal: AbortSignal;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
};

/** In ms. */
const RETRY = { first: 1_000, most: 30_000 };
const POLL_MS = 5_000;
const PAGE = 100;
/** How long a transaction may have been under way before it is seen, and how far back a stream can begin, in s. */
const SLOWEST_S = 45;
const LONGEST_AGO_S = 120;
/** The server says at least every 15 s that it is there. */
const SILENT_MS = 45_000;
/** So many tries without a stream, and the client polls; so many polls, and it tries again. */
const TRIES = 3;
const POLLS = 12;

const FINAL = new Set(["unauthenticated", "not_found", "forbidden", "workspace_required", "invalid_request"]);

/**
 * Follows what happens until `signal` aborts, or until this person may not any more: by a stream, which goes on where it
 * was cut, and by polling where none can be had.
 */
export async function followLive<P>(options: Following<P>): Promise<void> {
  const { signal, wait = pause, random = Math.random } = options;
  const place: Place = { cursor: undefined, etag: undefined };
  let failures = 0;
  let polls = 0;

  /** How long to rest after it, in ms. */
  const step = async () => {
    if (polls > 0) {
      polls -= 1;
      return (await poll(options, place)) ? 0 : POLL_MS;
    }
    await stream(options, place, wait, () => {
      failures = 0;
    });
    // It was ended by the server, or cut: all its clients come back, and not at the same moment.
    return RETRY.first * random();
  };
  const afterFailure = ({ code, retryAfterMs }: Problem) => {
    failures += 1;
    if (code === "cursor_expired" || code === "invalid_cursor") place.cursor = undefined;
    else if (code === "stream_unavailable") polls = Number.POSITIVE_INFINITY;
    else {
      if (failures >= TRIES && polls === 0) polls = POLLS;
      const backoff = Math.min(RETRY.first * 2 ** (failures - 1), RETRY.most);
      return Math.max(retryAfterMs, backoff * (0.5 + random() / 2));
    }
    return 0;
  };

  while (!signal.aborted) {
    const rest = await step().catch((error: unknown) => {
      const problem = problemOf(error);
      return FINAL.has(problem.code) ? undefined : afterFailure(problem);
    });
    if (rest === undefined) return;
    if (rest > 0 && !signal.aborted) await wait(rest, signal);
  }
}

type Place = { cursor: string | undefined; etag: string | undefined };

const problemOf = (error: unknown) =>
  error instanceof Problem ? error : new Problem(0, "unreachable", error instanceof Error ? error.message : "");

/** Returns when the stream is over; throws what the server ended it for, if that was this client's. */
async function stream<P>(
  { workspaceId, subjectId, loadedFor, onEvent, onPresence, onReload, signal }: Following<P>,
  place: Place,
  wait: NonNullable<Following<P>["wait"]>,
  onReady: () => void,
) {
  const since = loadedFor && !place.cursor ? Math.ceil(loadedFor() / 1_000) + SLOWEST_S : Number.POSITIVE_INFINITY;
  const back = since <= LONGEST_AGO_S ? String(since) : undefined;
  const response = await ask("GET", `/events/stream${query({ subjectId, since: back })}`, {
    workspaceId,
    signal,
    ...(place.cursor && { headers: { "Last-Event-ID": place.cursor } }),
  });
  let ended: Problem | undefined;
  for await (const { event, id, data } of readMessages(response.body!, (reading) => unlessSilent(reading, wait))) {
    const said = JSON.parse(data);
    if (event === "end") ended = new Problem(0, said.code, "The server ended this stream.");
    else if (event === "presence") onPresence?.(said.subjectId, said.present);
    else if (event === "ready") {
      onReady();
      // Between loading and this moment something may have happened.
      if (!place.cursor && !said.since) onReload();
    } else onEvent(said);
    if (id) place.cursor = id;
  }
  if (ended && (ended.code as string) !== "stopping") throw ended;
}

async function unlessSilent<T>(
  reading: Promise<T>,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<T> {
  const heard = new AbortController();
  const silence = wait(SILENT_MS, heard.signal).then(() => {
    throw new Error("The server fell silent");
  });
  silence.catch(() => {});
  return Promise.race([reading, silence]).finally(() => heard.abort());
}

/** Whether there is more right now. */
async function poll<P>(
  { workspaceId, subjectId, onEvent, onReload, signal }: Following<P>,
  place: Place,
): Promise<boolean> {
  const { cursor, etag } = place;
  const response = await ask("GET", `/events${query({ subjectId, after: cursor, limit: String(PAGE) })}`, {
    workspaceId,
    signal,
    ...(etag && { headers: { "If-None-Match": etag } }),
  });
  if (response.status === 304) return false;
  const page = (await response.json()) as { items: LiveEvent[]; cursor: string };
  if (!cursor) onReload();
  for (const event of page.items) onEvent(event);
  place.cursor = page.cursor;
  // It is that of another question now.
  place.etag = page.cursor === cursor ? (response.headers.get("etag") ?? undefined) : undefined;
  return page.items.length === PAGE;
}

function query(given: Record<string, string | undefined>) {
  const said = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return said.length > 0 ? `?${new URLSearchParams(said)}` : "";
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
