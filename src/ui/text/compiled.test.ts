import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { _createCache as createCache, _createIntlFormatters as createFormatters } from "use-intl/core";
import parsed from "use-intl/format-message";
import precompiled from "use-intl/format-message/format-only";
import { describe, expect, it } from "vitest";
import config from "../../../next.config";
import { FORMATS, LANGUAGES } from "./languages";

type Tree = { [name: string]: Tree | string };
type Compiled = Parameters<typeof precompiled>[1];

type Loader = (this: { async(): (error: Error | null, text: string) => void }, source: string) => void;
const compileMessages = createRequire(import.meta.url)("../../../scripts/compile-messages.cjs") as Loader;
const compile = (source: string) =>
  new Promise<string>((resolve, reject) =>
    compileMessages.call(
      { async: () => (error: Error | null, text: string) => (error ? reject(error) : resolve(text)) },
      source,
    ),
  );

/** Each message with what was made of it. */
function pairs(said: Tree, made: Record<string, unknown>): [string, Compiled][] {
  return Object.entries(said).flatMap(([name, value]): [string, Compiled][] =>
    typeof value === "string" ? [[value, made[name] as Compiled]] : pairs(value, made[name] as Record<string, unknown>),
  );
}

/** Values for all that a message asks for: of a choice the one that is asked for, of a number both one and many. */
function valuesOf(elements: MessageFormatElement[], count: number): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    if (element.type === TYPE.tag) {
      values[element.value] = (words: ReactNode) => createElement("b", { key: element.value }, ...[words].flat());
      Object.assign(values, valuesOf(element.children, count));
    } else if (element.type === TYPE.plural || element.type === TYPE.select) {
      const options = Object.values(element.options);
      values[element.value] =
        element.type === TYPE.plural ? count : Object.keys(element.options)[count % options.length];
      for (const { value } of options) Object.assign(values, valuesOf(value, count));
    } else values[element.value] ??= element.type === TYPE.argument ? "a <name>" : count;
  }
  return values;
}

describe("the files of the catalogue", () => {
  it("are all found by the rule that has them compiled, and no other files are", () => {
    const { condition } = config.turbopack!.rules!["*.json"] as { condition: { path: RegExp } };
    const files = Object.keys(LANGUAGES).flatMap((language) =>
      readdirSync(`src/ui/text/${language}`)
        .filter((file) => file.endsWith(".json"))
        .map((file) => `src/ui/text/${language}/${file}`),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => !condition.path.test(file))).toEqual([]);
    for (const other of ["package.json", "node_modules/src/ui/text/en/ai.json"])
      expect(condition.path.test(other)).toBe(false);
  });
});

describe.each(Object.keys(LANGUAGES))("what is made of the catalogue for browsers in %s", (locale) => {
  const cache = createCache();
  const options = { cache, formatters: createFormatters(cache), globalFormats: FORMATS, locale, timeZone: "UTC" };
  const rooms = readdirSync(`src/ui/text/${locale}`).filter((file) => file.endsWith(".json"));

  it.each(rooms)("says in %s what is written there", async (file) => {
    const source = readFileSync(`src/ui/text/${locale}/${file}`, "utf8");
    const all = pairs(JSON.parse(source), JSON.parse(await compile(source)));
    expect(all.length).toBeGreaterThan(0);
    const shown = (made: ReactNode) => renderToStaticMarkup(createElement("p", null, ...[made].flat()));
    for (const [message, compiled] of all) {
      for (const count of [0, 1, 2, 1234]) {
        const values = valuesOf(parse(message), count) as Parameters<typeof parsed>[2];
        expect(shown(precompiled("", compiled, values, options))).toBe(shown(parsed("", message, values, options)));
      }
    }
  });
});
