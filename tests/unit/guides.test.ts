import { readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ERROR_STATUS } from "@/platform/errors";
import { countWords, linksOf, renderMarkdown } from "@/platform/markdown";
import { forSite, parseGuide, readGuides } from "../../scripts/demo/guides";

const FOLDER = "docs/guides";
const guides = readGuides(FOLDER);
const each = [...guides];

type Schema = { safeParse(value: unknown): { success: boolean; error?: unknown } };
type Operation = {
  operationId: string;
  method: string;
  path: string;
  request?: { body?: { content?: Record<string, { schema: Schema }> }; query?: Schema };
};

/** Every operation of every contract, so that a guide can't name one that does not exist. */
const files = readdirSync("src/features", { recursive: true, encoding: "utf8" }).filter(
  (file) => basename(file) === "contract.ts",
);
const contracts = await Promise.all(files.map((file) => import(/* @vite-ignore */ resolve("src/features", file))));
const operations = contracts
  .flatMap((contract) => Object.values(contract as Record<string, unknown>))
  .filter((value): value is Operation => typeof (value as Operation | undefined)?.operationId === "string");

const WORD = "[^/]+";
const find = (method: string, path: string) =>
  operations.find(
    (operation) =>
      operation.method === method.toLowerCase() &&
      new RegExp(`^${operation.path.replace(/\{\w+\}/g, WORD)}$`).test(path),
  );

const blocksOf = (body: string, language: string) =>
  [...body.matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)]
    .filter(([, , said]) => said === language)
    .map(([, indent = "", , text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""));

const bodySchema = (operation: Operation) => operation.request?.body?.content?.["application/json"]?.schema;

test("there are at least twelve guides, and all operations were found", () => {
  expect(guides.size).toBeGreaterThanOrEqual(12);
  expect(operations.length).toBeGreaterThan(50);
});

describe.each(each)("%s", (name, guide) => {
  test("has front matter that the content room takes, and says enough", async () => {
    const { CreateContent } = await import("@/features/content/contract");
    const { title, body, ...metadata } = guide;
    expect(CreateContent.safeParse({ title, body, metadata }).error).toBeUndefined();
    expect(guide.slug).toBe(name);
    expect(guide.language).toBe("en");
    expect(body.startsWith(`# ${title}\n`)).toBe(true);
    expect(countWords(body)).toBeGreaterThanOrEqual(400);
    expect(countWords(body)).toBeLessThanOrEqual(950);
  });

  test("links to guides that exist, and to some", () => {
    const links = linksOf(guide.body).filter(({ url }) => !/^https?:/.test(url));
    expect(links.length).toBeGreaterThan(0);
    for (const { url } of links) expect(guides.has(url.replace(/\.md$/, "")) && url.endsWith(".md"), url).toBe(true);
  });

  test("renders to a page: tables and code as such, its own heading once", () => {
    const html = renderMarkdown(guide.body, { title: guide.title });
    expect(html).not.toContain(`>${guide.title}</h`);
    const prose = guide.body.replace(/^ *```.*?^ *```$/gms, "");
    expect(html.match(/<table>/g)?.length ?? 0).toBe(prose.match(/^\|[ :|-]+\|$/gm)?.length ?? 0);
    expect(html.match(/<pre>/g)?.length ?? 0).toBe((guide.body.match(/^ *```/gm)?.length ?? 0) / 2);
  });

  test("its requests are ones that the API takes", () => {
    for (const block of blocksOf(guide.body, "http")) {
      const [first = "", ...rest] = block.split("\n");
      const [, method = "", address = ""] = /^([A-Z]+) \/api\/v1(\S+)$/.exec(first) ?? [];
      const url = new URL(address, "http://localhost");
      const operation = find(method, decodeURI(url.pathname));
      expect(operation, first).toBeDefined();
      const body = rest.join("\n").trim();
      if (body) expect(bodySchema(operation!)?.safeParse(JSON.parse(body)), block).toMatchObject({ success: true });
      if (url.search)
        expect(operation!.request?.query?.safeParse(Object.fromEntries(url.searchParams)), first).toMatchObject({
          success: true,
        });
    }
  });

  test("its curl commands call operations that exist", () => {
    for (const block of blocksOf(guide.body, "sh")) {
      for (const command of block.replaceAll("\\\n", " ").split(/^(?=curl )/m)) {
        const path = /(?:\$API|\/api\/v1)(\/[^\s"?]+)/.exec(command)?.[1]?.replace(/\$[A-Z]+/g, "x");
        if (!command.startsWith("curl ") || !path) continue;
        const method = /-X ([A-Z]+)/.exec(command)?.[1] ?? (/ -d /.test(command) ? "POST" : "GET");
        const operation = find(method, path);
        expect(operation, command).toBeDefined();
        const body = / -d '([^']+)'/.exec(command)?.[1];
        if (body) expect(bodySchema(operation!)?.safeParse(JSON.parse(body)), command).toMatchObject({ success: true });
      }
    }
  });

  test("its operations and refusals in the text are real, and have the status that it says", () => {
    for (const [, method = "", path = ""] of guide.body.matchAll(/`(GET|POST|PUT|DELETE) (\/[^`?]+)`/g))
      expect(find(method, path), `${method} ${path}`).toBeDefined();
    for (const [, status, code = ""] of guide.body.matchAll(/\b([45]\d\d) `([a-z_]+)`/g))
      expect(ERROR_STATUS[code as keyof typeof ERROR_STATUS], code).toBe(Number(status));
    for (const block of blocksOf(guide.body, "json")) {
      const said = JSON.parse(block) as { code?: string; status?: number | string };
      if (typeof said.status === "number")
        expect(ERROR_STATUS[said.code as keyof typeof ERROR_STATUS], block).toBe(said.status);
    }
  });
});

test("every guide is reached from another", () => {
  for (const [name] of each)
    expect(
      each.some(([other, { body }]) => other !== name && body.includes(`(${name}.md)`)),
      name,
    ).toBe(true);
});

test("a file without front matter, or with a field missing, is named", () => {
  expect(() => parseGuide("# Hello\n", "hello.md")).toThrow("hello.md has no front matter");
  expect(() => parseGuide("---\ntitle: Hello\n---\n\nText\n", "hello.md")).toThrow("hello.md says no excerpt");
});

test("links lead to pages, and where there is none, words are left", () => {
  const text = readFileSync(`${FOLDER}/roles.md`, "utf8");
  expect(text).toContain("(review-in-steps.md)");
  const body = forSite(text, (slug) => slug === "review-in-steps");
  expect(body).toContain("[Review in steps](review-in-steps)");
  expect(body).not.toContain(".md)");
  expect(body).toContain("see Inviting people and handing over.");
});
