/** What a link may lead to: pages, mail, and what is in the workspace. */
const ALLOWED = /^(https?:|mailto:|content:|asset:|#|\/(?!\/))/i;

export const isAllowedAddress = (address: string): boolean => ALLOWED.test(address.trim());

/** What was typed as an address, made one: `example.com` is a page and `ada@example.com` is mail. Undefined for what can't be one. */
export function addressOf(typed: string): string | undefined {
  const address = typed.trim();
  if (isAllowedAddress(address)) return address;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) return `mailto:${address}`;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) && !/^[^/]+:\d+(\/|$)/.test(address)) return undefined;
  return /^[^\s/]+\.[^\s/]+(\/\S*)?$/.test(address) ? `https://${address}` : undefined;
}

/** The id in an address of the library. */
export const assetIdOf = (address: string): string | undefined => /^asset:(.+)$/i.exec(address)?.[1]?.toLowerCase();
