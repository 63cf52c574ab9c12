/** The only way to reach an address that a user gave. */
export type OutboundFetch = (url: string | URL, init?: RequestInit & { timeoutMs?: number; maxBytes?: number }) => Promise<Response>;
