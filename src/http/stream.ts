import type { Readable } from "node:stream";

/**
 * What a source yields, as the body of an answer; where a client hangs up, the source is ended. Not by `Readable.toWeb`: where
 * bytes are on their way at that moment, it throws outside of any request (Node 20), which ends the process.
 */
export function streamOf(source: Readable): ReadableStream<Uint8Array> {
  const parts = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      source.destroy();
    },
  });
}
