import type { Context } from "hono";
import type { SiteClaim } from "@/db/entries";
import type { Env } from "@/http/router";
import { APPLICATION_PATHS, OWN_SITE } from "@/platform/host";
import type { SiteAddress } from "./ui/facts";

/** What a visitor asks for. What stands in for a host is a host that nobody has, where the deployment's own is asked. */
export function claimOfVisitor(c: Context<Env>): SiteClaim {
  const slug = c.req.param("site")!;
  return slug === OWN_SITE ? { host: c.var.siteHost ?? "" } : { slug };
}

export const isOnOwnHost = (c: Context<Env>) => c.req.param("site") === OWN_SITE;

/** Paths within the site, under which it was asked: they name no host, so that they hold under any that leads here. */
export function pathsOf(c: Context<Env>, { slug }: SiteAddress) {
  const base = isOnOwnHost(c) ? "" : `/s/${slug}`;
  const addressOf = (pageSlug: string) =>
    `${APPLICATION_PATHS.has(pageSlug) ? `/s/${slug}` : base}/${encodeURIComponent(pageSlug)}`;
  return { base, addressOf };
}
