import { describe, expect, it } from "vitest";
import { clientAddressBy } from "./client-address";

const from = (peer: string | undefined) => ({ incoming: { socket: { remoteAddress: peer } } });
const asking = (forwarded?: string, more: Record<string, string> = {}) =>
  new Request("http://contentos.test/", { headers: { ...(forwarded && { "x-forwarded-for": forwarded }), ...more } });

describe("the client's address", () => {
  it.each([
    ["no proxy is trusted", [], "203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["the peer is no trusted proxy", ["10.0.0.1"], "203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["a trusted proxy tells it", ["10.0.0.1"], "10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["a trusted range tells it", ["10.0.0.0/8"], "10.9.8.7", "198.51.100.1", "198.51.100.1"],
    ["the client made up what stands before", ["10.0.0.1"], "10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"],
    ["two of ours passed it on", ["10.0.0.0/8"], "10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"],
    ["what is told is no address", ["10.0.0.1"], "10.0.0.1", "unknown, <script>", "10.0.0.1"],
    ["nothing is told", ["10.0.0.1"], "10.0.0.1", undefined, "10.0.0.1"],
    ["IPv4 comes as IPv6", ["10.0.0.1"], "::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["IPv6 is trusted", ["fd00::/8"], "fd00::1", "2001:db8::7", "2001:db8::7"],
    ["everybody in between is ours", ["10.0.0.0/8"], "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.1"],
  ])("when %s", (_, trusted, peer, forwarded, expected) => {
    expect(clientAddressBy(trusted)(asking(forwarded), from(peer))).toBe(expected);
  });

  it("comes from no other header, and is one for all where there is no socket", () => {
    const claimed = { forwarded: "for=1.2.3.4", "x-real-ip": "1.2.3.4", "cf-connecting-ip": "1.2.3.4" };
    expect(clientAddressBy(["10.0.0.1"])(asking(undefined, claimed), from("10.0.0.1"))).toBe("10.0.0.1");
    expect(clientAddressBy([])(asking("1.2.3.4"), undefined)).toBe("unknown");
  });
});
