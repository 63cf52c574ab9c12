import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type SlackMessage = { text: string; blocks: { type: string; text?: { type: string; text: string } }[] };

/**
 * An imitation of Slack's incoming webhooks, written from its documentation (read 2026-11-27): `ok` with 200; 429 with
 * `Retry-After` in seconds for more than one message a second; 400 `invalid_payload`, 404 `no_service` for a webhook that is gone.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and https://docs.slack.dev/apis/web-api/rate-limits
 */
export async function startSlack() {
  const got: { at: number; message: SlackMessage }[] = [];
  const told: { answer: { status: number; body: string; retryAfter?: number } | undefined } = { answer: undefined };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const say = (status: number, text: string, headers = {}) => response.writeHead(status, headers).end(text);
    if (told.answer) {
      const { status, body, retryAfter } = told.answer;
      return say(status, body, retryAfter === undefined ? {} : { "retry-after": String(retryAfter) });
    }
    if (!request.url?.startsWith("/services/")) return say(404, "no_service");
    const last = got.at(-1);
    if (last && Date.now() - last.at < 1_000) return say(429, "rate_limited", { "retry-after": "1" });
    const message = JSON.parse(Buffer.concat(chunks).toString()) as SlackMessage;
    if (!message.text) return say(400, "invalid_payload");
    got.push({ at: Date.now(), message });
    return say(200, "ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/secret`,
    got,
    told,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
