import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Stands before a model and keeps what it said, so that it can be told what a model does by itself and what is left of it
 * after it was checked. Passes everything on as it comes.
 */
export async function startRecorder(baseUrl: string) {
  const said: string[] = [];
  const server = createServer(async (request, response) => {
    const gone = new AbortController();
    response.on("close", () => response.writableFinished || gone.abort());
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const answer = await fetch(`${baseUrl.replace(/\/$/, "")}${request.url?.replace(/^\/v1/, "")}`, {
        method: request.method ?? "POST",
        headers: {
          "content-type": "application/json",
          ...(request.headers.authorization && { authorization: request.headers.authorization }),
        },
        body: Buffer.concat(chunks),
        signal: gone.signal,
      });
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" });
      let text = "";
      const decoder = new TextDecoder();
      for await (const chunk of answer.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        response.write(chunk);
      }
      response.end();
      said.push(contentOf(text));
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** The answers since it was last asked, each as a whole. */
    take: () => said.splice(0),
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What a model wrote, out of a stream of its pieces. */
const contentOf = (stream: string): string =>
  stream
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)).choices?.[0]?.delta?.content ?? "")
    .join("");
