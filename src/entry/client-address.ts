import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

/** The address of whoever asks. A forwarded one is believed only from a proxy that is configured as trusted. */
export function clientAddressBy(trustedProxies: string[]) {
  const trusted = trustedProxies.map((entry) => (entry.includes("/") ? ipaddr.parseCIDR(entry) : withFullMask(entry)));
  const isTrusted = (address: string) => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return trusted.some((range) => parsed.kind() === range[0].kind() && parsed.match(range as never));
  };
  return (request: Request, env: unknown): string => {
    const peer = (env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket.remoteAddress ?? "unknown";
    if (trusted.length === 0 || !isTrusted(peer)) return peer;
    // From the right: the first that none of ours wrote down is the client's.
    const hops = (request.headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
    return hops.reverse().find((hop) => ipaddr.isValid(hop) && !isTrusted(hop)) ?? peer;
  };
}

function withFullMask(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.process(entry);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}
