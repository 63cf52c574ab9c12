import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { OutboundFetch } from "@/platform/outbound-fetch";

/** Sends every call to the origin that `route` names at that moment, whatever host it was meant for. */
export const routedFetch =
  (fetch: OutboundFetch, route: () => string): OutboundFetch =>
  (input, init) => {
    const url = new URL(String(input));
    return fetch(new URL(url.pathname + url.search, route()), init);
  };

/** An origin of this machine where nobody listens. */
export async function deadOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/**
 * Stands before a real server on this machine. While armed, it lets the request through, waits for the whole answer,
 * and then cuts the line instead of passing it on: the server did it, and the caller can't know. Or it cuts both lines
 * within the request's body: the server can't do it, and the caller can't know either.
 */
export async function startCuttingProxy(upstream: string) {
  const target = new URL(upstream);
  let cuts: ((method: string, path: string) => boolean) | undefined;
  let halves: ((method: string, path: string) => boolean) | undefined;
  let cut = 0;

  const server = createServer((incoming, outgoing) => {
    const method = incoming.method ?? "GET";
    const path = incoming.url ?? "/";
    const headers = { ...incoming.headers, host: target.host };
    const onward = request(
      // A connection of its own: one that was kept may be closed by the server at this very moment.
      { host: "127.0.0.1", port: target.port, method, path, headers, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () => {
          if (cuts?.(method, path)) {
            cut += 1;
            return outgoing.socket?.destroy();
          }
          outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
          outgoing.end(Buffer.concat(chunks));
        });
      },
    );
    onward.on("error", () => outgoing.socket?.destroy());
    if (!halves?.(method, path)) return incoming.pipe(onward);
    cut += 1;
    return incoming.once("data", (chunk: Buffer) => {
      onward.write(chunk.subarray(0, chunk.length / 2), () => onward.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Cuts the answers to requests that `matches` picks, until `pass`. */
    cut(matches: (method: string, path: string) => boolean) {
      cuts = matches;
    },
    /** Cuts the requests that `matches` picks half-way through their bodies, until `pass`. */
    cutRequests(matches: (method: string, path: string) => boolean) {
      halves = matches;
    },
    pass() {
      cuts = undefined;
      halves = undefined;
    },
    /** How many answers and requests were cut so far. */
    cutCount: () => cut,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
