import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { articleOf } from "../../tests/seo/articles";

export type Article = { name: string; title: string; body: string };

/** Manuals and guides of Debian packages, as `tests/peers/install.sh` unpacks them. Those that are all tables are left out. */
const FOLDERS = [
  "tests/peers/debian-docs/debian/FAQ",
  "tests/peers/debian-docs/git-doc",
  "tests/peers/seo-articles/en/developers-reference",
];
const LEAST_CHARS = 1_200;

/** Ours, which are dense with facts, and others' from real documentation, in an order that is the same each time. */
export function readArticles({ most, chars }: { most: number; chars: number }): Article[] {
  const own = ours().slice(0, most);
  const others = FOLDERS.map((folder) => documents(folder));
  const spread: Article[] = [];
  for (let turn = 0; own.length + spread.length < most && others.some((names) => names.length > turn); turn++) {
    for (const names of others) {
      const path = names[turn];
      const article = path && fromHtml(path, chars);
      if (article && own.length + spread.length < most) spread.push(article);
    }
  }
  return [...own, ...spread];
}

function ours(): Article[] {
  const text = readFileSync("bench/ai/articles.md", "utf8");
  return text
    .split(/^# /m)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [title = "", ...body] = part.split("\n");
      return { name: `ours: ${title}`, title, body: body.join("\n").trim() };
    });
}

function documents(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.html$/.test(name) && !/index|toc/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

const isProse = (paragraph: string) =>
  /^[\p{L}"“]/u.test(paragraph) && /\.(\s|$)/.test(paragraph) && paragraph.length > 80;

/** Its beginning, in whole paragraphs. */
function fromHtml(path: string, chars: number): Article | undefined {
  const { title, body } = articleOf(readFileSync(path, "utf8"));
  const paragraphs = body.split(/\n{2,}/).filter(isProse);
  let text = "";
  for (const paragraph of paragraphs) {
    if (text !== "" && text.length + paragraph.length > chars) break;
    text += `${text && "\n\n"}${paragraph}`;
  }
  return body.length < LEAST_CHARS || text.length < 200 || text.length > 2 * chars
    ? undefined
    : { name: path, title, body: text };
}
