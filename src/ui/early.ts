/** What was asked for while the scripts still came, by its path and the workspace it is meant in. */
type Early = Record<string, Promise<Response>>;
declare global {
  var contentosEarly: Early | undefined;
}

/** After so long, in ms since the page was asked for, what was answered early may no longer be so. */
const FRESH_MS = 15_000;

export const earlyKey = (url: string, workspaceId = "") => `${url} ${workspaceId}`;

/** The answer to what was asked early; each is given once, so that what is read again is read anew. */
export function takeEarly(url: string, { method, headers }: RequestInit): Promise<Response> | undefined {
  const early = globalThis.contentosEarly;
  if (!early || method !== "GET") return;
  const key = earlyKey(url, (headers as Record<string, string>)["X-Workspace-Id"]);
  const answer = early[key];
  delete early[key];
  return performance.now() < FRESH_MS ? answer : undefined;
}
