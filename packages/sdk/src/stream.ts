import { Problem, type ProblemCode, unreachable } from "./problem.ts";

/** What there is of an answer so far, or all of it, which comes last. */
export type Piece<A> = { event: "partial"; value: Partial<A> } | { event: "done"; value: A };

/** One server-sent event; `id` is where to go on after it. */
export type Message = { event: string; id: string | undefined; data: string };
const STREAM = "text/event-stream";
export const asStream = (headers: Record<string, string> | undefined) => ({ ...headers, Accept: STREAM });

/**
 * Reads an answer piece by piece; one that comes whole, such as that of a repeated request, is one piece. Who stops reading
 * hangs up, and so does an aborted signal.
 * @throws Problem as it was told, and `unreachable` where the answer is cut; the signal's reason
 */
export async function* readPieces<A>(
  response: Response,
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece<A>, void, undefined> {
  if (!response.headers.get("content-type")?.startsWith(STREAM)) {
    yield { event: "done", value: (await response.json()) as A };
    return;
  }
  try {
    for await (const { event, data } of readMessages(response.body!)) {
      const value = JSON.parse(data);
      if (event === "failed") throw refusal(value);
      if (event === "partial" || event === "done") yield { event, value };
      if (event === "done") return;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof Problem ? error : unreachable(error);
  }
  signal?.throwIfAborted();
  throw unreachable(new Error("The answer ended before it was whole"));
}

function refusal({ code, status, detail, ...members }: Record<string, unknown>) {
  return new Problem(Number(status), code as ProblemCode, String(detail ?? code), [], members);
}

/**
 * Server-sent events as the HTML standard has them, as far as this API says any: named, with data in one or more lines.
 * Who stops reading hangs up.
 * @param patiently waits for what comes next, be it only a sign that the server is there; where it gives up, so does this
 */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  patiently = <T>(reading: Promise<T>): Promise<T> => reading,
): AsyncGenerator<Message, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await patiently(reader.read());
      rest += decoder.decode(value, { stream: !done });
      const blocks = rest.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const message = messageOf(block);
        if (message.data) yield message;
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function messageOf(block: string): Message {
  const fields = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/.exec(line)?.slice(1) ?? []);
  const all = (name: string) => fields.flatMap(([field, value = ""]) => (field === name ? [value] : []));
  return { event: all("event").at(-1) ?? "message", id: all("id").at(-1), data: all("data").join("\n") };
}
