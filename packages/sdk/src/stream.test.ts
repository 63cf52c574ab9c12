import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { adaptContent, type Headlines, isProblem, type Piece, suggestHeadlines } from "./index.ts";
import { json, problem, startServer } from "./test-server.ts";

let server: Awaited<ReturnType<typeof startServer>>;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const asked = { body: { contentItemId: "1" } };
const saying = (event: string, value: unknown) => `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`;
/** Sends these pieces, cut where they are cut, and ends the answer or cuts it. */
const streaming =
  (pieces: string[], end: "end" | "cut" | "open" = "end") =>
  async (_: unknown, response: import("node:http").ServerResponse) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    for (const piece of pieces) await new Promise((resolve) => response.write(piece, resolve));
    if (end === "end") response.end();
    if (end === "cut") response.socket?.destroy();
  };
async function piecesOf(over: { signal?: AbortSignal } = {}) {
  const pieces: Piece<Headlines>[] = [];
  for await (const piece of server.client().stream(suggestHeadlines, asked, over)) pieces.push(piece);
  return pieces;
}
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("It was answered"),
    (error: unknown) => error,
  );

describe("an answer in pieces", () => {
  it("is read as it comes, wherever it is cut", async () => {
    const all =
      saying("partial", { suggestions: [] }) +
      saying("partial", { suggestions: ["ä€"] }) +
      saying("done", { model: "m" });
    server.answer(streaming([all.slice(0, 20), all.slice(20, 75), all.slice(75)]));
    expect(await piecesOf()).toEqual([
      { event: "partial", value: { suggestions: [] } },
      { event: "partial", value: { suggestions: ["ä€"] } },
      { event: "done", value: { model: "m" } },
    ]);
    expect(server.asked[0]!.headers).toMatchObject({ accept: "text/event-stream" });
    expect(server.asked[0]!.headers["idempotency-key"]).toBeDefined();
  });

  it("is one piece where it comes whole, as for a repeated request", async () => {
    server.answer(json(200, { model: "m" }));
    expect(await piecesOf()).toEqual([{ event: "done", value: { model: "m" } }]);
  });

  it("is refused before it begins, or in its middle", async () => {
    server.answer(problem(429, "ai_limit", { "retry-after": "999" }));
    expect(isProblem(await caught(piecesOf()), "ai_limit")).toBe(true);
    const failed = { code: "ai_failed", status: 502, detail: "No model.", requestId: "r" };
    server.answer(streaming([saying("partial", {}), saying("failed", failed)]));
    expect(await caught(piecesOf())).toMatchObject({
      code: "ai_failed",
      status: 502,
      message: "No model.",
      requestId: "r",
    });
  });

  it.each(["end", "cut"] as const)("that isn't whole is none: %s", async (end) => {
    server.answer(streaming([saying("partial", {})], end));
    expect(isProblem(await caught(piecesOf()), "unreachable")).toBe(true);
    // What it cost may have been paid: it isn't asked for twice.
    expect(server.asked).toHaveLength(1);
  });

  it("ends at the server when nobody reads on, or the signal aborts", async () => {
    const hungUp = () => {
      let told = () => {};
      const closed = new Promise<void>((resolve) => {
        told = resolve;
      });
      server.answer(async (question, response) => {
        response.on("close", told);
        await streaming([saying("partial", {})], "open")(question, response);
      });
      return closed;
    };
    let closed = hungUp();
    for await (const { event } of server.client().stream(suggestHeadlines, asked)) {
      expect(event).toBe("partial");
      break;
    }
    await closed;
    closed = hungUp();
    const gone = new AbortController();
    const reading = (async () => {
      for await (const _ of server.client().stream(suggestHeadlines, asked, { signal: gone.signal }))
        gone.abort("enough");
    })();
    expect(await caught(reading)).toBe("enough");
    await closed;
  });

  it("is typed by its operation", () => {
    const pieces = () => server.client().stream(adaptContent, { body: { contentItemId: "1", channelId: "2" } });
    type Read = ReturnType<typeof pieces> extends AsyncGenerator<infer P> ? P : never;
    expectTypeOf<Extract<Read, { event: "done" }>["value"]["parts"]>().toEqualTypeOf<{ text: string }[]>();
    // @ts-expect-error A body is needed.
    void (() => server.client().stream(suggestHeadlines));
  });
});
