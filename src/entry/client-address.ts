import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { hostNameOf, hostNameOfHeader } from "@/platform/host";

/** The address of whoever asks. A forwarded one is believed only from a proxy that is configured as trusted. */
export function clientAddressBy(trustedProxies: string[]) {
  const isTrusted = trustOf(trustedProxies);
  return (request: Request, env: unknown): string => {
    const peer = (env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket.remoteAddress ?? "unknown";
    if (!isTrusted(peer)) return peer;
    // From the right: the first that none of ours wrote down is the client's.
    const hops = (request.headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
    return hops.reverse().find((hop) => ipaddr.isValid(hop) && !isTrusted(hop)) ?? peer;
  };
}

type Asked = { peer: string | undefined; header: (name: string) => string | undefined };

/**
 * The host that was asked, where it may be a workspace's own: a public name that is not the deployment's. What a proxy
 * says that it was asked for counts only from one that is trusted; of several, what the nearest wrote down.
 */
export function siteHostBy({ trustedProxies, publicUrl }: { trustedProxies: string[]; publicUrl: string }) {
  const isTrusted = trustOf(trustedProxies);
  const ours = hostNameOf(new URL(publicUrl).hostname);
  return ({ peer, header }: Asked): string | undefined => {
    const told =
      peer !== undefined && isTrusted(peer) ? header("x-forwarded-host")?.split(",").at(-1)?.trim() : undefined;
    const host = hostNameOfHeader(told || header("host"));
    return host === ours ? undefined : host;
  };
}

/** The same of a request as Node has it, before it is anybody's. */
export const askedOf = ({ socket, headers }: IncomingMessage): Asked => ({
  peer: socket.remoteAddress,
  header: (name) => (headers[name] === undefined ? undefined : String(headers[name])),
});

function trustOf(trustedProxies: string[]) {
  const trusted = trustedProxies.map((entry) => (entry.includes("/") ? ipaddr.parseCIDR(entry) : withFullMask(entry)));
  return (address: string) => {
    if (trusted.length === 0 || !ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return trusted.some((range) => parsed.kind() === range[0].kind() && parsed.match(range as never));
  };
}

function withFullMask(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.process(entry);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}
