import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { pino } from "pino";
import type { Member } from "#tests/factories";
import { type caller, testApp } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { createDatabase } from "@/db/client";
import { createAnnouncer, listenForHints } from "@/db/hints";
import { createLive } from "@/features/events";
import { react } from "@/reactions";

type Options = Parameters<typeof createLive>[0] & {
  overrides?: Parameters<typeof caller>[1];
  /** Whether it hears what other processes say. */
  listens?: boolean;
  /** Whether it says what it does. */
  announces?: boolean;
};
export type LiveServer = Awaited<ReturnType<typeof startLiveServer>>;

/** A process that serves streams, as `npm run server` is one: with a pool, a listening connection and a port of its own. */
export async function startLiveServer(t: TestDatabase, options: Options = {}) {
  const { overrides, listens = true, announces = true, ...timing } = options;
  const opened = createDatabase(t.urls.app, react, { max: 10, applicationName: "live server" });
  const db = { ...opened, ...(announces && { announce: createAnnouncer(opened.pool) }) };
  const live = createLive(timing);
  const log = pino({ level: "silent" });
  let gaps = 0;
  const onGap = () => {
    gaps += 1;
    live.wakeAll();
  };
  const hints = listens
    ? listenForHints({ connectionString: t.urls.worker, onHint: live.wake, onGap, log })
    : { close: async () => {} };
  const app = testApp({ ...t, db }, { ...overrides, live });
  const server = createServer(getRequestListener((request, env) => app.fetch(request, env)));
  let latest: Socket | undefined;
  server.on("connection", (socket) => {
    latest = socket;
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    live,
    db,
    /** How much was given to the newest connection, in bytes. */
    written: () => latest?.bytesWritten ?? 0,
    /** How often it began to listen. */
    gaps: () => gaps,
    async close() {
      await live.close();
      await hints.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await db.pool.end();
    },
  };
}

export type Message = { event: string; id: string | undefined; data: Record<string, unknown> & { type?: string } };
type Who = Pick<Member, "sessionId"> & { workspaceId?: string };
type Asking = { query?: Record<string, string>; after?: string | undefined; headers?: Record<string, string> };

/** One connection of a client that reads what comes. */
export async function openStream(origin: string, who: Who | null, { query = {}, after, headers = {} }: Asking = {}) {
  const closing = new AbortController();
  const response = await fetch(`${origin}/api/v1/events/stream?${new URLSearchParams(query)}`, {
    headers: {
      ...(who && { authorization: `Bearer ${who.sessionId}` }),
      ...(who?.workspaceId && { "x-workspace-id": who.workspaceId }),
      ...(after && { "last-event-id": after }),
      ...headers,
    },
    signal: closing.signal,
  });
  const messages: Message[] = [];
  const waiting = new Set<(message: Message | undefined) => void>();
  const refusal = response.ok ? undefined : ((await response.json()) as { code: string });
  let over = !response.ok;
  const read = async () => {
    const parsed = response.body!.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    for await (const { event = "message", id, data } of parsed) {
      const message = { event, id, data: JSON.parse(data) };
      messages.push(message);
      for (const hear of waiting) hear(message);
    }
  };
  const ended = (over ? Promise.resolve() : read().catch(() => {})).then(() => {
    over = true;
    for (const hear of waiting) hear(undefined);
  });
  /** Answers the first message for which `right` holds, past or to come; throws where the stream ends without it. */
  const until = (right: (message: Message) => boolean): Promise<Message> =>
    new Promise((resolve, reject) => {
      const lost = () => reject(new Error(`The stream ended before it came, after ${messages.length} messages`));
      const past = messages.find(right);
      if (past) return resolve(past);
      if (over) return lost();
      const hear = (message: Message | undefined) => {
        if (message && !right(message)) return;
        waiting.delete(hear);
        if (message) resolve(message);
        else lost();
      };
      waiting.add(hear);
    });
  return {
    status: response.status,
    headers: response.headers,
    code: refusal?.code,
    messages,
    until,
    untilType: (type: string) => until(({ event }) => event === type),
    /** Of the outbox, without what is said beside. */
    events: () => messages.filter(({ event }) => event.includes(".")),
    cursor: () => messages.findLast(({ id }) => id !== undefined)?.id,
    ended,
    async close() {
      closing.abort();
      await ended;
    },
  };
}
