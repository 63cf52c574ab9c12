/** Names that lead nowhere on the internet, or to the machine itself (RFC 6761, RFC 6762, RFC 8375, RFC 9476; read 2026-11-27). */
const NOT_PUBLIC = /(^|\.)(localhost|local|internal|invalid|onion|arpa|alt|lan|home|corp)$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** So that a record's name still fits in front of it (RFC 1035: 253 in all). */
const MAX_CHARS = 240;

/**
 * A host name as it is compared: lower-case, in punycode, without the dot at its end. Undefined for what is no public
 * name: an address in numbers, one word alone, `localhost`, or anything with a port, a path or a user in it.
 */
export function hostNameOf(written: string): string | undefined {
  const trimmed = written.trim();
  // What a URL would take for something other than a host's name.
  if (trimmed.length > 2_000 || /[\s/\\@:?#%[\]<>^|]/.test(trimmed) || !URL.canParse(`http://${trimmed}`))
    return undefined;
  const host = new URL(`http://${trimmed}`).hostname.replace(/\.$/, "");
  const labels = host.split(".");
  if (host.length > MAX_CHARS || labels.length < 2 || !labels.every((label) => LABEL.test(label))) return undefined;
  // A last label that begins with a digit is a number in some notation: 127.1, 0x7f.
  if (/^\d/.test(labels.at(-1)!) || NOT_PUBLIC.test(host)) return undefined;
  return host;
}

/** The name in a Host header; undefined where there is none that could be somebody's own. */
export const hostNameOfHeader = (header: string | null | undefined): string | undefined => {
  const [, name] = /^([A-Za-z0-9.-]+)(?::\d{1,5})?$/.exec(header ?? "") ?? [];
  return name === undefined ? undefined : hostNameOf(name);
};

/** The address of a host of ours: reached as the deployment is, by the same protocol and port. Without a slash at the end. */
export function originAt(publicUrl: string, host: string | null): string {
  if (host === null) return publicUrl;
  const { protocol, port } = new URL(publicUrl);
  return `${protocol}//${host}${port && `:${port}`}`;
}

/**
 * The first words of an address that are the application's on every host. A page of a site with such a name has its
 * address at the deployment's own host.
 */
export const APPLICATION_PATHS: ReadonlySet<string> = new Set([
  ".well-known",
  "_next",
  "api",
  "dev",
  "forgot-password",
  "icon.svg",
  "channels",
  "invitations",
  "new-workspace",
  "privacy",
  "privacy-choices",
  "reset-password",
  "review",
  "s",
  "sign-in",
  "sign-up",
  "terms",
  "verify-email",
  "w",
]);

/** Whose pages are asked for: by the path on a host that may be somebody's own. */
export const isApplicationPath = (path: string) => APPLICATION_PATHS.has(path.split(/[/?#]/)[1] ?? "");

/** In the place of a slug: the site of whichever host was asked. */
export const OWN_SITE = "@";

/** Where the app answers a request: on a host that may be a workspace's own, all but the application's paths is its site. */
export const pathOnHost = (host: string | undefined, path: string): string =>
  host === undefined || isApplicationPath(path) ? path : `/s/${OWN_SITE}${path === "/" ? "" : path}`;

/** Where a workspace's site stands. @param site its slug, and its own host where it has chosen one */
export const siteHome = (publicUrl: string, { slug, primaryHost }: { slug: string; primaryHost: string | null }) =>
  primaryHost === null ? `${publicUrl}/s/${slug}` : originAt(publicUrl, primaryHost);
