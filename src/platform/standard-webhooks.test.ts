import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { newWebhookSecret, signedHeaders, verifiedMessageId } from "./standard-webhooks";

const at = new Date("2026-11-27T09:00:00Z");
const [secret, other] = [newWebhookSecret(), newWebhookSecret()];
const message = { id: "msg_1", at, body: '{"type":"ping"}' };
const headersOf = (secrets: readonly [string, ...string[]], over: Record<string, string> = {}) =>
  new Headers({ ...signedHeaders(secrets, message), ...over });
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

describe("a message by the standard", () => {
  it("is verified by the reference library", () => {
    const now = new Date();
    const headers = signedHeaders([secret], { ...message, at: now });
    expect(new Webhook(secret).verify(message.body, headers)).toEqual({ type: "ping" });
    const both = signedHeaders([other, secret], { ...message, at: now });
    expect(both["webhook-signature"].split(" ")).toHaveLength(2);
    for (const one of [secret, other]) expect(new Webhook(one).verify(message.body, both)).toEqual({ type: "ping" });
  });

  it("is told by its id, also while a secret takes another's place", () => {
    expect(verifiedMessageId([secret], headersOf([secret]), message.body, later(299))).toBe("msg_1");
    expect(verifiedMessageId([other, secret], headersOf([secret]), message.body, at)).toBe("msg_1");
    expect(verifiedMessageId([secret], headersOf([other, secret]), message.body, at)).toBe("msg_1");
  });

  it.each<[string, () => string | undefined]>([
    ["by another secret", () => verifiedMessageId([other], headersOf([secret]), message.body, at)],
    ["with another body", () => verifiedMessageId([secret], headersOf([secret]), `${message.body} `, at)],
    [
      "with another id",
      () => verifiedMessageId([secret], headersOf([secret], { "webhook-id": "2" }), message.body, at),
    ],
    ["too old", () => verifiedMessageId([secret], headersOf([secret]), message.body, later(301))],
    ["of the future", () => verifiedMessageId([secret], headersOf([secret]), message.body, later(-301))],
    [
      "without a time",
      () => verifiedMessageId([secret], headersOf([secret], { "webhook-timestamp": "now" }), message.body, at),
    ],
    [
      "with an empty signature",
      () => verifiedMessageId([secret], headersOf([secret], { "webhook-signature": "v1," }), message.body, at),
    ],
    ["without headers", () => verifiedMessageId([secret], new Headers(), message.body, at)],
  ])("%s is not trusted", (_, verify) => expect(verify()).toBeUndefined());
});
