import { XRPCError } from "@atproto/api";
import { describe, expect, it } from "vitest";
import { ChannelError } from "@/channels/adapter";
import { toChannelError } from "@/channels/bluesky/client";
import { OutboundError } from "@/platform/outbound-fetch";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const clock = { now: () => new Date(NOW) };
const answered = (status: number, error?: string, headers?: Record<string, string>) =>
  new XRPCError(status, error, "why", headers);
const failed = (cause: Error) => XRPCError.from(cause);
const outbound = (kind: OutboundError["kind"], sent: boolean) => failed(new OutboundError(kind, "why", sent));
const refused = Object.assign(new TypeError("fetch failed"), {
  cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
});
const inSeconds = (seconds: number) => ({ "ratelimit-reset": String(NOW / 1000 + seconds) });

describe("what Bluesky's answers mean", () => {
  it.each([
    ["no connection", outbound("unreachable", false), "passing", "passing"],
    ["no connection, by another fetch", failed(refused), "passing", "passing"],
    ["a forbidden address", outbound("forbidden", false), "refused", "refused"],
    ["no answer", outbound("lost", true), "lost", "passing"],
    ["an answer that was too large", outbound("too_large", true), "lost", "passing"],
    ["an abort", failed(new DOMException("stop", "AbortError")), "lost", "passing"],
    ["an answer against the lexicon", new XRPCError(2), "lost", "passing"],
    ["500", answered(500), "lost", "passing"],
    ["502", answered(502), "lost", "passing"],
    ["503", answered(503), "lost", "passing"],
    ["429", answered(429), "passing", "passing"],
    ["a bad record", answered(400, "InvalidRequest"), "refused", "refused"],
    ["too large a record", answered(413), "refused", "refused"],
    ["an unknown method", answered(501), "refused", "refused"],
    ["not Bluesky", answered(404), "refused", "refused"],
    ["a fresh session not taken", answered(401, "InvalidToken"), "passing", "passing"],
    ["a closed account", answered(401, "AccountTakedown"), "revoked", "revoked"],
    ["a sleeping account", answered(400, "AccountDeactivated"), "revoked", "revoked"],
  ])("%s", (_what, error, write, read) => {
    expect([toChannelError(error, "write", clock).kind, toChannelError(error, "read", clock).kind]).toEqual([
      write,
      read,
    ]);
  });

  it.each([
    [{ "retry-after": "12" }, 12_000],
    [{ "retry-after": "Sun, 01 Mar 2026 12:01:00 GMT" }, 60_000],
    [{ "retry-after": "Sun, 01 Mar 2026 11:00:00 GMT" }, 0],
    [inSeconds(300), 300_000],
    [{ "retry-after": "5", ...inSeconds(300) }, 5000],
    [{ "retry-after": "soon" }, undefined],
    [{ "ratelimit-reset": "" }, undefined],
    [undefined, undefined],
  ])("waits as %j says", (headers, ms) => {
    expect(toChannelError(answered(429, undefined, headers), "write", clock).retryAfterMs).toBe(ms);
  });

  it("keeps what was known before the library wrapped it", () => {
    const known = new ChannelError("revoked", "The password is gone.");
    expect(toChannelError(failed(known), "write", clock)).toBe(known);
  });
});
