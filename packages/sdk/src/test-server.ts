import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "./client.ts";
import type { ClientOptions } from "./options.ts";

export type Asked = { method: string; path: string; headers: IncomingMessage["headers"]; body: string };
type Answering = (asked: Asked, response: ServerResponse) => unknown;

/** A server that notes what it is asked; `waits` is what the client would have waited between its tries, in ms. */
export async function startServer() {
  const asked: Asked[] = [];
  const waits: number[] = [];
  const answers: Answering[] = [];
  let always: Answering | undefined;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body };
    asked.push(one);
    const answer = answers.shift() ?? always;
    if (answer) await answer(one, response);
    else json(500, { code: "internal", detail: "No more answers" })(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  return {
    baseUrl,
    asked,
    waits,
    answer: (...next: Answering[]) => answers.push(...next),
    answerAlways: (answer: Answering) => {
      always = answer;
    },
    client: (options: Partial<ClientOptions> = {}) =>
      createClient({
        baseUrl,
        random: () => 1,
        wait: async (ms) => {
          waits.push(ms);
        },
        ...options,
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answering =>
  (_, response) => {
    const isProblem = status >= 400;
    response.writeHead(status, { "content-type": `application/${isProblem ? "problem+" : ""}json`, ...headers });
    response.end(JSON.stringify(body));
  };

export const problem = (status: number, code: string, headers?: Record<string, string>, more: object = {}) =>
  json(status, { status, code, detail: `It is ${code}.`, requestId: "r-1", ...more }, headers);

/** The request arrived, and what became of it is not told. */
export const cut: Answering = (_, { socket }) => {
  socket?.destroy();
};

/** The answer ends in the middle. */
export const half: Answering = async (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  await new Promise((resolve) => response.write('{"id":', resolve));
  response.socket?.destroy();
};
