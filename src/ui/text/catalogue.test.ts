import { readdirSync, readFileSync } from "node:fs";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "./languages";

const ROOT = "src/ui/text";
type Tree = { [name: string]: string | Tree };

const flat = (tree: Tree, before = ""): [string, string][] =>
  Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "string" ? [[before + name, value] as [string, string]] : flat(value, `${before}${name}.`),
  );

/** All that a language says, by room and name. */
const catalogue = (language: string) =>
  new Map(
    readdirSync(`${ROOT}/${language}`)
      .filter((file) => file.endsWith(".json"))
      .flatMap((file) => {
        const tree = JSON.parse(readFileSync(`${ROOT}/${language}/${file}`, "utf8")) as Tree;
        return flat(tree, `${file.replace(".json", "")}.`);
      }),
  );

/** The values and tags that a message asks for. */
function argumentsOf(elements: MessageFormatElement[]): string[] {
  const found = elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...argumentsOf(element.children)];
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element.value, ...Object.values(element.options).flatMap(({ value }) => argumentsOf(value))];
    return [element.value];
  });
  return [...new Set(found)].sort();
}

const english = catalogue("en");

describe.each(Object.keys(LANGUAGES))("what is said in %s", (language) => {
  const said = catalogue(language);

  it("is all that English says, and nothing else", () => {
    expect(english.size).toBeGreaterThan(60);
    expect([...said.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("can be read, is not empty, and asks for the same values", () => {
    for (const [name, text] of said) {
      expect([name, text.trim()]).toEqual([name, text]);
      expect([name, text === ""]).toEqual([name, false]);
      expect([name, argumentsOf(parse(text))]).toEqual([name, argumentsOf(parse(english.get(name)!))]);
    }
  });
});
