import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { first } from "./en/first";

const IMPORT = /^(?:import|export) (?!type )[^;]*?from "([^"]+)"|^import "([^"]+)"|import\("([^"]+)"\)/gm;
const ROOM = /useTranslations\(\s*"([^".]+)/g;

function fileOf(from: string, name: string): string | undefined {
  const path = name.startsWith("@/") ? name.replace("@", "src") : name.startsWith(".") && join(dirname(from), name);
  return path
    ? ["", ".tsx", ".ts"].map((end) => path + end).find((file) => /\.tsx?$/.test(file) && existsSync(file))
    : undefined;
}

/** The rooms whose words are asked for by a file and by all that it imports, as far as nothing brings all words. */
function roomsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return new Set();
  seen.add(file);
  const source = readFileSync(file, "utf8");
  if (bringsAll(source)) return new Set();
  const rooms = new Set([...source.matchAll(ROOM)].map(([, room]) => room!));
  for (const [, ...names] of source.matchAll(IMPORT)) {
    const found = fileOf(file, names.find(Boolean)!);
    for (const room of found ? roomsOf(found, seen) : []) rooms.add(room);
  }
  return rooms;
}

const bringsAll = (source: string) => source.includes('from "@/ui/text/all-words"');

/** A page is within the layouts of its folders. */
function isWithinAll(file: string): boolean {
  const folders = dirname(file).split("/");
  const layouts = folders.map((_, depth) => join(...folders.slice(0, depth + 1), "layout.tsx"));
  return [file, ...layouts].some((path) => existsSync(path) && bringsAll(readFileSync(path, "utf8")));
}

const files = readdirSync("src/app", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page|layout)\.tsx$/.test(file))
  .map((file) => `src/app/${file}`);

describe("what is said in the first moments", () => {
  it.each(files.filter((file) => !isWithinAll(file)))("is all that %s says", (file) => {
    expect([...roomsOf(file)].filter((room) => !(room in first))).toEqual([]);
  });

  it("is seen in what is imported, also later", () => {
    const list = roomsOf("src/app/w/[slug]/content/page.tsx");
    expect([...list]).toEqual(expect.arrayContaining(["content", "views", "common", "status"]));
    expect([...roomsOf("src/app/w/[slug]/layout.tsx")]).toEqual(expect.arrayContaining(["shell", "bell", "roles"]));
  });

  it("is little of all that is said", () => {
    const size = (words: unknown) => JSON.stringify(words).length;
    const rooms = readdirSync("src/ui/text/en").filter((file) => file.endsWith(".json"));
    const all = rooms.map((file) => JSON.parse(readFileSync(`src/ui/text/en/${file}`, "utf8")) as unknown);
    expect(size(first)).toBeLessThan(all.reduce((sum: number, room) => sum + size(room), 0) / 5);
  });
});
