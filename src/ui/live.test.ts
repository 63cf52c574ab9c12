import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followLive, type LiveEvent } from "./live";

/** What the server answers, request by request; a stream may be kept open, or end with its last message. */
type Answer = {
  status?: number;
  code?: string;
  headers?: Record<string, string>;
  body?: object;
  stream?: string[];
  open?: boolean;
};

let answers: Answer[];
let asked: { path: string; headers: Record<string, string> }[];
let waits: number[];
let events: string[];
let present: [string, unknown[]][];
let reloads: number;
let stop: AbortController;
/** What a wait does instead of waiting. */
let onWait: (ms: number) => Promise<void> | void;

const message = (event: string, data: object, id?: string) =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n${id ? `id: ${id}\n` : ""}\n`;
const ready = (cursor: string) => message("ready", { cursor }, cursor);
const saved = (name: string, cursor: string) => message("content.version_saved", { subjectId: name, cursor }, cursor);

function respond({ status = 200, code, headers = {}, body, stream, open = false }: Answer) {
  if (stream) {
    const text = new TextEncoder();
    const source = new ReadableStream({
      start(controller) {
        for (const part of stream) controller.enqueue(text.encode(part));
        if (!open) controller.close();
      },
    });
    return new Response(source, { status, headers: { "content-type": "text/event-stream", ...headers } });
  }
  if (status === 304) return new Response(null, { status, headers });
  const said = code ? { code, detail: `It is ${code}.` } : body;
  return new Response(JSON.stringify(said), { status, headers });
}

beforeEach(() => {
  [answers, asked, waits, events, present, reloads] = [[], [], [], [], [], 0];
  stop = new AbortController();
  onWait = () => {};
  vi.stubGlobal("fetch", async (path: string, { headers }: { headers: Record<string, string> }) => {
    asked.push({ path, headers });
    const answer = answers.shift();
    if (!answer) {
      stop.abort();
      throw new TypeError("No more answers");
    }
    if (answer.status === 0) throw new TypeError("Failed to fetch");
    return respond(answer);
  });
});
afterEach(() => vi.unstubAllGlobals());

const follow = (subjectId?: string, loadedFor?: () => number) =>
  followLive<unknown>({
    workspaceId: "w",
    ...(subjectId && { subjectId }),
    ...(loadedFor && { loadedFor }),
    onEvent: ({ subjectId: name }: LiveEvent) => events.push(name),
    onPresence: (...told) => present.push(told),
    onReload: () => {
      reloads += 1;
    },
    signal: stop.signal,
    random: () => 1,
    wait: async (ms, signal) => {
      // Silence is watched all the time.
      if (signal !== stop.signal) return new Promise(() => {});
      waits.push(ms);
      await onWait(ms);
    },
  });
const paths = () => asked.map(({ path }) => path.replace("/api/v1", ""));

describe("following", () => {
  it("loads nothing anew where it is told what happened since that was loaded", async () => {
    answers = [
      { stream: [message("ready", { cursor: "1", since: 48 }, "1"), saved("a", "2")] },
      { stream: [ready("2"), saved("b", "3")] },
    ];
    await follow("item", () => 2_100);
    expect(reloads).toBe(0);
    expect(events).toEqual(["a", "b"]);
    expect(paths().slice(0, 2)).toEqual([
      "/events/stream?subjectId=item&since=48",
      // It goes on at its place.
      "/events/stream?subjectId=item",
    ]);
  });

  it("loads anew where that was too long ago, and where the server can't look so far back", async () => {
    answers = [{ stream: [ready("1")] }];
    await follow("item", () => 90_000);
    expect([paths()[0], reloads]).toEqual(["/events/stream?subjectId=item", 1]);

    [asked, stop, reloads] = [[], new AbortController(), 0];
    answers = [{ stream: [ready("1")] }];
    await follow("item", () => 1_000);
    expect([paths()[0], reloads]).toEqual(["/events/stream?subjectId=item&since=46", 1]);
  });

  it("tells events and who is there, loads anew once it is on, and goes on where it was cut", async () => {
    answers = [
      { stream: [ready("1"), saved("a", "2"), message("presence", { subjectId: "a", present: [1] })] },
      // In the middle of a message, which comes again.
      { stream: [ready("2"), saved("b", "3"), saved("c", "4").slice(0, 30)] },
      { stream: [ready("3"), saved("c", "4")] },
    ];
    await follow("item");
    expect(events).toEqual(["a", "b", "c"]);
    expect(present).toEqual([["a", [1]]]);
    expect(reloads).toBe(1);
    expect(asked.map(({ headers }) => headers["Last-Event-ID"])).toEqual([undefined, "2", "3", "4"]);
    expect(asked[0]).toMatchObject({
      path: "/api/v1/events/stream?subjectId=item",
      headers: { "X-Workspace-Id": "w" },
    });
    expect(waits).toEqual([1_000, 1_000, 1_000]);
  });

  it("takes messages in whatever pieces they come", async () => {
    const text = ready("1") + saved("ä", "2") + saved("b", "3");
    answers = [{ stream: [...text] }];
    await follow();
    expect(events).toEqual(["ä", "b"]);
  });

  it("backs off more and more where it can't be had, as long as the server says at least, and polls then", async () => {
    answers = [
      { status: 0 },
      { status: 503, code: "overloaded", headers: { "retry-after": "30" } },
      { status: 0 },
      { body: { items: [], cursor: "1" } },
      { body: { items: [{ subjectId: "a" }], cursor: "2" } },
      { body: { items: [], cursor: "2" }, headers: { etag: 'W/"x"' } },
      { status: 304 },
      { status: 304 },
    ];
    await follow("item");
    expect(waits).toEqual([1_000, 30_000, 4_000, 5_000, 5_000, 5_000, 5_000, 5_000]);
    expect(paths().slice(3, 6)).toEqual([
      "/events?subjectId=item&limit=100",
      "/events?subjectId=item&after=1&limit=100",
      "/events?subjectId=item&after=2&limit=100",
    ]);
    expect(asked.map(({ headers }) => headers["If-None-Match"])).toEqual([
      ...Array(6).fill(undefined),
      ...Array(3).fill('W/"x"'),
    ]);
    expect([events, reloads]).toEqual([["a"], 1]);
  });

  it("tries for a stream again after a while of polling, and goes on where the polling was", async () => {
    answers = [
      ...Array(3).fill({ status: 0 }),
      { body: { items: [], cursor: "1" } },
      ...Array(11).fill({ body: { items: [], cursor: "1" } }),
      { stream: [ready("1"), saved("a", "2")] },
    ];
    await follow();
    expect(paths().at(-2)).toBe("/events/stream");
    expect(asked.at(-2)!.headers["Last-Event-ID"]).toBe("1");
    expect([events, reloads]).toEqual([["a"], 1]);
  });

  it("only polls where there are no streams, and asks at once where there is more", async () => {
    answers = [
      { status: 409, code: "stream_unavailable" },
      { body: { items: [], cursor: "1" } },
      { body: { items: Array(100).fill({ subjectId: "a" }), cursor: "2" } },
      ...Array(20).fill({ body: { items: [], cursor: "2" } }),
    ];
    await follow();
    expect(paths().filter((path) => path.startsWith("/events/stream"))).toHaveLength(1);
    expect(waits).toHaveLength(21);
    expect(events).toHaveLength(100);
  });

  it("loads anew where its cursor has expired, and goes on without one", async () => {
    answers = [
      { stream: [ready("1")] },
      { status: 410, code: "cursor_expired" },
      { stream: [ready("9"), saved("a", "10")] },
    ];
    await follow();
    expect(asked.map(({ headers }) => headers["Last-Event-ID"])).toEqual([undefined, "1", undefined, "10"]);
    expect([events, reloads]).toEqual([["a"], 2]);
  });

  it.each(["unauthenticated", "not_found"])("is over when the server ends it with %s", async (code) => {
    answers = [{ stream: [ready("1"), message("end", { code })] }];
    await follow();
    expect(asked).toHaveLength(1);
  });

  it("comes back when the server stops", async () => {
    answers = [
      { stream: [ready("1"), message("end", { code: "stopping" })] },
      { stream: [ready("1"), saved("a", "2")] },
    ];
    await follow();
    expect(events).toEqual(["a"]);
  });

  it("has the session renewed where it ran out, and is over where that can't be done", async () => {
    answers = [
      { status: 401, code: "unauthenticated" },
      { body: {} },
      { stream: [ready("1")] },
      { status: 401, code: "unauthenticated" },
      { status: 401, code: "unauthenticated" },
    ];
    await follow();
    expect(paths()).toEqual(["/events/stream", "/auth/refresh", "/events/stream", "/events/stream", "/auth/refresh"]);
  });

  it("connects again when the server falls silent", async () => {
    answers = [{ stream: [ready("1"), saved("a", "2")], open: true }];
    const silence = new Map<AbortSignal, () => void>();
    const following = followLive<unknown>({
      workspaceId: "w",
      onEvent: ({ subjectId }) => {
        events.push(subjectId);
        // What comes now is nothing: the next silence is the last.
        setTimeout(() => {
          for (const [signal, fall] of silence) if (!signal.aborted) fall();
        });
      },
      onReload: () => {},
      signal: stop.signal,
      random: () => 1,
      wait: (_ms, signal) =>
        signal === stop.signal ? Promise.resolve() : new Promise((resolve) => silence.set(signal, resolve)),
    });
    await following;
    expect(asked.map(({ headers }) => headers["Last-Event-ID"])).toEqual([undefined, "2"]);
  });
});
