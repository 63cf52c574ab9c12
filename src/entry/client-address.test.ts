import { describe, expect, it } from "vitest";
import { clientAddressBy, siteHostBy } from "./client-address";

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

describe("the host that was asked", () => {
  const proxies = { trustedProxies: ["10.0.0.0/8"], publicUrl: "https://content.example.com" };
  it.each([
    ["it is a public name", "203.0.113.7", { host: "Client.Example:443" }, "client.example"],
    ["it is the deployment's own", "203.0.113.7", { host: "content.example.com" }, undefined],
    ["it is the deployment's own with a dot", "203.0.113.7", { host: "Content.example.com.:443" }, undefined],
    ["it is a number", "203.0.113.7", { host: "203.0.113.1" }, undefined],
    ["it is nothing", "203.0.113.7", {}, undefined],
    ["anybody tells another", "203.0.113.7", { host: "a.example", "x-forwarded-host": "b.example" }, "a.example"],
    ["nobody knows who tells another", undefined, { host: "a.example", "x-forwarded-host": "b.example" }, "a.example"],
    [
      "a trusted proxy tells another",
      "10.0.0.1",
      { host: "inner.example", "x-forwarded-host": "b.example" },
      "b.example",
    ],
    ["a trusted proxy tells nothing", "10.0.0.1", { host: "a.example", "x-forwarded-host": "" }, "a.example"],
    ["the client wrote before the proxy", "10.0.0.1", { "x-forwarded-host": "b.example, a.example" }, "a.example"],
    ["a proxy tells what is no host", "10.0.0.1", { host: "a.example", "x-forwarded-host": "b.example/x" }, undefined],
  ])("when %s", (_, peer, headers: Record<string, string>, host) => {
    expect(siteHostBy(proxies)({ peer, header: (name) => headers[name] })).toBe(host);
  });
});
