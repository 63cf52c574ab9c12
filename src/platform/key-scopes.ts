/**
 * What an API key may be given: a room's word, and whether it reads or also writes. The database holds the same list
 * (`app.key_scopes()`), and what is not in it is closed to every key.
 */
export const KEY_SCOPES = [
  "ai:read",
  "ai:write",
  "analytics:read",
  "approval:read",
  "approval:write",
  "assets:read",
  "assets:write",
  "audit:read",
  "channels:read",
  "channels:write",
  "comments:read",
  "comments:write",
  "content:read",
  "content:write",
  "distribution:read",
  "distribution:write",
  "events:read",
  "personas:read",
  "personas:write",
  "planning:read",
  "planning:write",
  "review:read",
  "search:read",
  "site:read",
  "webhooks:read",
  "webhooks:write",
] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

const KNOWN = new Set<string>(KEY_SCOPES);
export const isKeyScope = (scope: string): scope is KeyScope => KNOWN.has(scope);
