import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "hono";
import { type SSEMessage, type SSEStreamingApi, streamSSE } from "hono/streaming";
import { readWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { refusalOf } from "@/http/problem";
import type { Env } from "@/http/router";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { decodeCursor, encodeCursor, type Position } from "./cursor";
import type { Live, Seat } from "./live";
import type { Filter, PresenceRow } from "./queries";
import { readEvents, type Seen, takeUpBefore } from "./service";

/** Events that are read, and then sent, at a time: what a slow client can make us hold, and has to take in time. */
const BATCH = 100;
/** How soon it is looked again for what waits for another transaction, in ms: twice as long each time. */
const PENDING_MS = { first: 20, most: 1_000 };

type Asked = Filter & {
  after: string | undefined;
  /** In seconds. */
  since?: number | undefined;
  workspaceId: string | undefined;
};

/**
 * Answers with a stream of what happens. Each look enters the scope anew, so that whoever was signed out, suspended or
 * removed sees nothing more; between looks no connection of the database is held.
 */
export async function answerStream(
  c: Context<Env>,
  live: Live | null,
  { after, since, workspaceId, ...filter }: Asked,
) {
  const { clock, db, log, requestId } = c.var;
  let claim = claimOf(c, c.req.header("x-workspace-id")?.toLowerCase() || workspaceId?.toLowerCase());
  const presence = !filter.types || filter.types.includes("presence");
  const lookFrom = (position: Position | undefined) =>
    readWorkspace(db, claim, (tx) =>
      readEvents(tx, { ...filter, after: position, limit: BATCH, presence }, clock.now()),
    );

  const from = after ? decodeCursor(after, clock.now()) : undefined;
  const latest = await lookFrom(from);
  if (!live)
    throw new AppError("stream_unavailable", "This deployment holds no streams open: poll GET /events instead.");
  // The only workspace of a person stays the one that is followed.
  claim = { ...claim, workspaceId: latest.workspaceId };
  const earlier = since && !from ? await readWorkspace(db, claim, (tx) => takeUpBefore(tx, since, latest)) : undefined;
  const first = earlier ?? latest;
  if (c.req.method === "HEAD") return c.body(null, 200, { "Content-Type": "text/event-stream" });
  const { outgoing } = (c.env ?? {}) as { outgoing?: ServerResponse };
  const cut = () => void outgoing?.destroy();
  const sessionId = "keyProof" in claim ? claim.keyProof : claim.sessionId;
  const seat = live.seat({ sessionId, workspaceId: first.workspaceId, cut });
  const response = streamSSE(c, async (stream) => {
    stream.onAbort(() => seat.leave());
    const sink = sinkOf(stream, seat, cut);
    try {
      const start = from ?? first.position;
      const code = await follow({
        seat,
        sink,
        start,
        since: earlier && since,
        first,
        lookFrom,
        clock,
        ended: live.ended,
      });
      if (code) await sink.send([{ event: "end", data: JSON.stringify({ code }) }]);
    } catch (error) {
      log.error({ err: error, requestId }, "A stream ended by a defect");
    } finally {
      seat.leave();
    }
  });
  response.headers.set("Cache-Control", "private, no-store, no-transform");
  // Proxies would wait for more before they pass on what there is.
  response.headers.set("X-Accel-Buffering", "no");
  return response;
}

type Sink = {
  /** False once the client is gone, or was cut off since it did not read. */
  open(): boolean;
  send(messages: SSEMessage[]): Promise<void>;
  /** Keeps the connection awake, and moves the place from which the client goes on: what has no data is shown to nobody. */
  beat(cursor: string): Promise<void>;
};

/** A write waits until the client takes it, so that nothing piles up here; who takes too long is cut off, and goes on later. */
function sinkOf(stream: SSEStreamingApi, seat: Seat, cut: () => void): Sink {
  const inTime = async (writing: Promise<unknown>) => {
    const written = new AbortController();
    const late = delay(seat.timing.slowMs, false, { signal: written.signal }).catch(() => false);
    const taken = await Promise.race([writing.then(() => true), late]);
    written.abort();
    if (taken) return;
    stream.abort();
    cut();
  };
  const sendAll = async (messages: SSEMessage[]) => {
    for (const message of messages) await stream.writeSSE(message);
  };
  return {
    open: () => !stream.aborted,
    send: (messages) => inTime(sendAll(messages)),
    beat: (cursor) => inTime(stream.write(`: still here\nid: ${cursor}\n\n`)),
  };
}

type Following = {
  seat: Seat;
  sink: Sink;
  start: Position;
  /** How far back, in seconds, it was taken up. */
  since: number | undefined;
  first: Seen;
  lookFrom: (position: Position) => Promise<Seen>;
  clock: Clock;
  ended: () => boolean;
};

/** Sends what happens until the client is gone, or until there is a reason to end it, which it answers. */
async function follow({
  seat,
  sink,
  start,
  since,
  first,
  lookFrom,
  clock,
  ended,
}: Following): Promise<string | undefined> {
  const cursor = encodeCursor(start);
  await sink.send([{ event: "ready", id: cursor, data: JSON.stringify({ cursor, since }) }]);
  const keepAwake = heart(sink, seat.timing.heartbeatMs, clock);
  const pace = paceOf(seat.timing.pollMs);
  const shown = new Map<string, string>();
  let position = start;
  for (let seen: Seen | "away" = first; ; ) {
    if (seen !== "away") {
      position = seen.position;
      await keepAwake(await tell(sink, seen, shown), position);
    }
    await seat.rest(pace(seen));
    if (!sink.open()) return undefined;
    if (ended()) return "stopping";
    const next = await seat.inTurn(() => lookFrom(position)).catch(reasonOf);
    if (typeof next === "string" && next !== "away") return next;
    seen = next as Seen | "away";
  }
}

const AWAY = new Set(["overloaded", "timeout", "disk_full"]);

/** The code by which a stream is ended. A database that is away is waited for: all clients at once would be of no help. */
function reasonOf(error: unknown): string {
  const refusal = refusalOf(error);
  if (!refusal) throw error;
  return AWAY.has(refusal.code) ? "away" : refusal.code;
}

/** How long to rest before the next look, in ms. */
function paceOf(pollMs: number) {
  let pendingMs = PENDING_MS.first;
  return (seen: Seen | "away"): number => {
    if (seen === "away") return pollMs;
    if (seen.more) return 0;
    pendingMs = seen.pending ? Math.min(pendingMs * 2, PENDING_MS.most) : PENDING_MS.first;
    return seen.pending ? Math.min(pendingMs, pollMs) : pollMs;
  };
}

/** Sends a line when nothing else was sent for so long. */
function heart(sink: Sink, heartbeatMs: number, clock: Clock) {
  let spokeAt = clock.now().getTime();
  return async (spoke: boolean, position: Position) => {
    const now = clock.now().getTime();
    if (!spoke && now - spokeAt < heartbeatMs) return;
    if (!spoke) await sink.beat(encodeCursor(position));
    spokeAt = now;
  };
}

/** Whether there was anything to tell. */
async function tell(sink: Sink, { events, presence }: Seen, shown: Map<string, string>): Promise<boolean> {
  const messages = [
    ...events.map(({ turn, id, ...event }): SSEMessage => {
      const at = new Date(event.at).toISOString();
      return { event: event.type, id: event.cursor, data: JSON.stringify({ ...event, at }) };
    }),
    ...presenceChanges(presence, shown).map((data): SSEMessage => ({ event: "presence", data })),
  ];
  if (messages.length > 0) await sink.send(messages);
  return messages.length > 0;
}

/** Who is there, for each item where that has changed since it was shown. */
function presenceChanges(presence: PresenceRow[], shown: Map<string, string>): string[] {
  const now = new Map<string, object[]>([...shown.keys()].map((subjectId) => [subjectId, []]));
  for (const { subjectId, ...one } of presence) {
    now.set(subjectId, [...(now.get(subjectId) ?? []), { ...one, since: new Date(one.since).toISOString() }]);
  }
  return [...now].flatMap(([subjectId, present]) => {
    const data = JSON.stringify({ type: "presence", subjectId, present });
    if (shown.get(subjectId) === data) return [];
    if (present.length > 0) shown.set(subjectId, data);
    else shown.delete(subjectId);
    return [data];
  });
}
