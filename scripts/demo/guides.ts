import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export type Guide = { title: string; excerpt: string; slug: string; language: string; body: string };

const FIELDS = ["title", "excerpt", "slug", "language"] as const;

/** A Markdown file that begins with lines of `name: value` between two `---`. */
export function parseGuide(text: string, name: string): Guide {
  const [, head, body] = /^---\n(.*?)\n---\n+(.*)$/s.exec(text) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${name} has no front matter`);
  const fields = Object.fromEntries(
    head.split("\n").map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2).trim()];
    }),
  );
  const missing = FIELDS.find((field) => !fields[field]);
  if (missing) throw new Error(`${name} says no ${missing}`);
  return { ...(fields as Omit<Guide, "body">), body };
}

/** By slug, which is the file's name. */
export function readGuides(folder: string): Map<string, Guide> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".md"));
  return new Map(
    names.map((name) => [basename(name, ".md"), parseGuide(readFileSync(join(folder, name), "utf8"), name)]),
  );
}

/** Links between files become links between pages; to what has no page, they become plain words. */
export const forSite = (body: string, hasPage: (slug: string) => boolean): string =>
  body.replace(/\[([^\]]+)\]\(([a-z0-9-]+)\.md\)/g, (_, words: string, slug: string) =>
    hasPage(slug) ? `[${words}](${slug})` : words,
  );
