import crawlers from "crawler-user-agents";
import { isOptedOut } from "@/platform/privacy-signal";
import type { MetricType } from "./queries";

/**
 * Crawlers by their own word. Libraries and browsers under automation stay in: a program that posts to the beacon
 * does so on purpose, and a page under test is looked at.
 */
const COUNTED_ANYWAY = new Set(["http-library", "browser-automation"]);

/** The package's types for imports leave the tags out. */
const known: { pattern: string; tags?: string[] }[] = crawlers;
let pattern: RegExp | undefined;

function isCrawler(userAgent: string | undefined): boolean {
  pattern ??= new RegExp(
    known
      .filter(({ tags = [] }) => !tags.some((tag) => COUNTED_ANYWAY.has(tag)))
      .map((crawler) => `(?:${crawler.pattern})`)
      .join("|"),
  );
  // Longer than any that is real, so that matching takes its bounded time.
  return userAgent !== undefined && pattern.test(userAgent.slice(0, 512));
}

/** What the page's own script says in the body or the address; a bare POST is a view. */
export function metricOf(said: string): MetricType {
  if (said === "read") return "reads";
  return said === "click" ? "clicks" : "views";
}

/**
 * Whether somebody looked who lets it be counted: not a crawler, not a page that a browser fetched ahead, not another
 * site's page, and nobody who has opted out.
 * Headers as of Fetch Metadata and Speculation Rules (W3C and WHATWG; read 2026-11-22).
 */
export function isVisit(header: (name: string) => string | undefined): boolean {
  const ahead = [header("sec-purpose"), header("purpose"), header("x-moz")].join(" ");
  const from = header("sec-fetch-site");
  return (
    !/prefetch|prerender|preview/.test(ahead) &&
    (from === undefined || from === "same-origin" || from === "none") &&
    !isCrawler(header("user-agent")) &&
    !isOptedOut(header)
  );
}
