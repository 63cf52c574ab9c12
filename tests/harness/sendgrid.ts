import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type SentByGrid = {
  authorization: string | undefined;
  body: {
    personalizations: { to: { email: string }[]; custom_args?: Record<string, string> }[];
    content: { type: string; value: string }[];
    headers?: Record<string, string>;
    from: { email: string; name?: string };
    subject: string;
  };
};

/**
 * An imitation of SendGrid, which no test can reach, written from its documentation (read 2026-11-27):
 * - `POST /v3/mail/send`: 202 with `X-Message-Id`; 401 for another key; 400 with `{errors: [{message, field, help}]}` where a
 *   required part is missing, or text/plain is not first; 429 with `X-RateLimit-Reset` in seconds since 1970.
 *   https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 * - the event webhook, signed by ECDSA (P-256) with SHA-256 over the timestamp and the body to the letter.
 *   https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export async function startSendGrid(apiKey = "SG.test") {
  const sent: SentByGrid[] = [];
  const told: { answer: { status: number; headers?: Record<string, string>; errors?: object[] } | undefined } = {
    answer: undefined,
  };
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const say = (status: number, errors: object[] = [], headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(status === 202 ? "" : JSON.stringify({ errors }));
    if (request.method !== "POST" || request.url !== "/v3/mail/send") return say(404, [{ message: "not found" }]);
    if (request.headers.authorization !== `Bearer ${apiKey}`)
      return say(401, [{ message: "The provided authorization grant is invalid, expired, or revoked", field: null }]);
    if (told.answer) return say(told.answer.status, told.answer.errors, told.answer.headers);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as SentByGrid["body"];
    const missing = ["personalizations", "from", "subject", "content"].find((field) => !(field in body));
    if (missing) return say(400, [{ message: `The ${missing} is required`, field: missing, help: null }]);
    if (body.content[0]?.type !== "text/plain")
      return say(400, [{ message: "If present, text/plain must be first", field: "content", help: null }]);
    sent.push({ authorization: request.headers.authorization, body });
    return say(202, [], { "x-message-id": `m${sent.length}` });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    told,
    /** As its settings show it. */
    verificationKey: keys.publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    /** What a webhook carries. */
    sign(events: object[], at = new Date()) {
      const body = JSON.stringify(events);
      const timestamp = String(Math.floor(at.getTime() / 1_000));
      return {
        body,
        headers: {
          "content-type": "application/json",
          "x-twilio-email-event-webhook-timestamp": timestamp,
          "x-twilio-email-event-webhook-signature": createSign("sha256")
            .update(timestamp + body)
            .sign(keys.privateKey, "base64"),
        },
      };
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
