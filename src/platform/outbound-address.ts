import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError, StartError } from "./errors";

export type ResolvedAddress = { address: string; family: 4 | 6 };
export type Lookup = (hostname: string) => Promise<ResolvedAddress[]>;

export const lookupAll: Lookup = async (hostname) =>
  (await systemLookup(hostname, { all: true, verbatim: true })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }));

/** Only 2000::/3 is routed; ipaddr.js takes the rest, such as ::127.0.0.1 (IPv4-compatible), for plain unicast. */
const ROUTED_V6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** Azure's host agent serves metadata from an address that looks public. */
const AZURE_HOST = "168.63.129.16";

/** Whether an address is on the public internet; what can't be read as an address is not. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv6 ? address.match(ROUTED_V6) : address.toString() !== AZURE_HOST;
}

/** The host of a URL as it is compared and connected to: without brackets and without the root's dot. */
export const bareHostname = (hostname: string) => hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");

const portOf = (url: URL) => url.port || (url.protocol === "https:" ? "443" : "80");

/**
 * Reads `OUTBOUND_ALLOW`: each entry is `host:port`, or `host` for all its ports; an IPv6 address stands in brackets.
 * @throws {StartError} for an entry that is neither.
 */
export function createAllowList(entries: readonly string[]): (url: URL) => boolean {
  const allowed = new Set(entries.map(normalise));
  return (url) => {
    const host = bareHostname(url.hostname);
    return allowed.has(host) || allowed.has(`${host} ${portOf(url)}`);
  };
}

function normalise(entry: string): string {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[^:/?#@\s]+)(?::(\d{1,5}))?$/i.exec(entry.trim()) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}`))
    throw new StartError(`OUTBOUND_ALLOW: "${entry}" is not a host or host:port, such as pds.example.org:2583.`);
  const hostname = bareHostname(new URL(`http://${host}`).hostname);
  return port === undefined ? hostname : `${hostname} ${Number(port)}`;
}

/** Resolves once. An address that is written out is taken as it stands. */
export async function resolveHost(hostname: string, lookup: Lookup): Promise<ResolvedAddress[]> {
  const bare = bareHostname(hostname);
  const family = isIP(bare);
  return family === 0 ? lookup(bare) : [{ address: bare, family: family === 6 ? 6 : 4 }];
}

/** Which private hosts may be reached, by the operator's word. */
export type Reachable = (url: URL) => boolean;

/**
 * What can be told of an address before anything is sent; names are looked up with each try.
 * @param path of the field that has it
 * @throws {AppError} `invalid_request`
 */
export function requireReachable(text: string, isAllowed: Reachable, path = "url") {
  const url = new URL(text);
  const refuse = (message: string) => {
    throw new AppError("invalid_request", message, { issues: [{ path, message, rule: "public_address" }] });
  };
  if (url.username || url.password) refuse("Give the address without a user name or password.");
  if (isAllowed(url)) return;
  const host = bareHostname(url.hostname);
  if (url.protocol !== "https:")
    refuse("Give an address with https; http is for hosts that OUTBOUND_ALLOW of this deployment names.");
  const isAddress = /^[\d.]+$/.test(host) || host.includes(":");
  if (host === "localhost" || (isAddress && !isPublicAddress(host)))
    refuse("This address is not on the public internet, and OUTBOUND_ALLOW of this deployment does not name it.");
}
