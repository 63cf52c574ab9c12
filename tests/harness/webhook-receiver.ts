import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Delivery = { headers: IncomingHttpHeaders; body: string; path: string };

/** A receiver of webhooks on this machine, which keeps what it was sent and answers what it is told to. */
export async function startWebhookReceiver() {
  const deliveries: Delivery[] = [];
  const told = { status: 204, before: async () => {} };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    deliveries.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? "" });
    await told.before();
    response.writeHead(told.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    deliveries,
    /** From the next delivery on; `before` runs while the sender waits. */
    answer(status: number, before = async () => {}) {
      Object.assign(told, { status, before });
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
