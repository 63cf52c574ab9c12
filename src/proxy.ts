import { type NextRequest, NextResponse } from "next/server";
import { pageHeaders } from "./http/page-headers";
import { hostNameOf, hostNameOfHeader, pathOnHost } from "./platform/host";

/** Gives each page a nonce of its own, by which Next marks its scripts, and the headers that go with it. */
export function proxy(request: NextRequest) {
  const site = siteOf(request);
  if (site) return NextResponse.rewrite(site);
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const headers = pageHeaders(nonce, process.env);
  const asked = new Headers(request.headers);
  asked.set("x-nonce", nonce);
  asked.set("Content-Security-Policy", headers["Content-Security-Policy"] ?? "");
  const answer = NextResponse.next({ request: { headers: asked } });
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

/**
 * Where Next serves all there is, the site of a workspace's own host, which the mount at `/s` answers. A server that has
 * Next behind itself has looked at the host before.
 */
function siteOf({ headers, nextUrl }: NextRequest): URL | undefined {
  const { PUBLIC_URL, VERCEL_URL, VERCEL_BRANCH_URL } = process.env;
  if (!PUBLIC_URL || "contentosRoutesHosts" in globalThis) return;
  const host = hostNameOfHeader(headers.get("host"));
  // Previews have addresses of their own, at which they show the application.
  const ours = [new URL(PUBLIC_URL).hostname, VERCEL_URL ?? "", VERCEL_BRANCH_URL ?? ""].map(hostNameOf);
  if (host === undefined || ours.includes(host)) return;
  const site = nextUrl.clone();
  site.pathname = pathOnHost(host, nextUrl.pathname);
  return site.pathname === nextUrl.pathname ? undefined : site;
}

export const config = { matcher: ["/((?!api/|_next/static/|_next/image|s/|icon\\.svg|favicon\\.ico).*)"] };
