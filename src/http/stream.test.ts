import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { streamOf } from "./stream";

/** What would have ended the process. */
const thrown: unknown[] = [];
const hear = (error: unknown) => thrown.push(error);
let others: NodeJS.UncaughtExceptionListener[];
beforeEach(() => {
  others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", hear);
});
afterEach(() => {
  process.off("uncaughtException", hear);
  for (const other of others) process.on("uncaughtException", other);
});

it("ends its source, and throws nothing, wherever a client hangs up", async () => {
  const sources = Array.from({ length: 50 }, () => new PassThrough());
  for (const [at, source] of sources.entries()) {
    const reader = streamOf(source).getReader();
    for (let part = 0; part < 6; part++) source.write(Buffer.alloc(30_000));
    for (let read = 0; read < at % 5; read++) await reader.read();
    void reader.read().catch(() => undefined);
    if (at % 2 === 0) await null;
    void reader.cancel("gone").catch(() => undefined);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(thrown).toEqual([]);
  expect(sources.every(({ destroyed }) => destroyed)).toBe(true);
});

it("gives all that its source gives", async () => {
  const source = new PassThrough();
  source.end(Buffer.from("all of it"));
  expect(await new Response(streamOf(source)).text()).toBe("all of it");
});
