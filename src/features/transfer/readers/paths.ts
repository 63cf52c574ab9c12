/** What begins with a scheme or with `//` leads out of the source. */
export const isExternal = (address: string) => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address);

/** An address without its query and fragment, percent-decoded where that is possible. */
export function pathPart(address: string): string {
  const [path = ""] = address.split(/[?#]/, 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The path that an address in `from` means; undefined where it leads out of the source. */
export function resolveWithin(from: string, address: string): string | undefined {
  const path = pathPart(address);
  const parts = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

const EXTENSION = /\.(md|markdown|mdx|html?)$/i;
export const withoutExtension = (path: string) => path.replace(EXTENSION, "");

/** The folders that generators serve at the root: Jekyll and Astro, Hugo, and others. */
const ROOTS = ["", "static/", "public/", "assets/", "src/assets/"];

/** Where a picture may lie; what begins at the root is looked for in the folders that are served there. */
export function imageCandidates(from: string, address: string): string[] {
  const path = resolveWithin(from, address);
  if (path === undefined || path === "") return [];
  return address.startsWith("/") ? ROOTS.map((root) => root + path) : [path];
}

/** How another file may be called: with and without its extension, and a folder by its index. */
export function linkCandidates(from: string, address: string): string[] {
  const path = resolveWithin(from, address);
  if (path === undefined || pathPart(address) === "") return [];
  const bare = withoutExtension(path);
  return [...new Set([path, bare, bare.replace(/\/index$/, "")])];
}

/** An absolute URL as sources call it: without scheme, fragment and closing slash. */
export function urlAlias(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, pathname, search } = new URL(url);
  return `//${host}${pathname.replace(/\/+$/, "")}${search}`;
}
