import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CATEGORIES } from "@/db/processing";

const read = (path: string) => readFileSync(path, "utf8");
const text = read("docs/security.md");
const section = (name: string) => text.split(`\n## ${name}\n`)[1]?.split("\n## ")[0] ?? "";

/** What does not hold of a table of threats and its list of open points. */
function faultsOf(table: string, open: string, unmet: string[]): string[] {
  const rows = rowsOf(table);
  const ids = rows.map(([id]) => id!);
  const openIds = [...open.matchAll(/^- \*\*(\w+)\*\* \S/gm)].map(([, id]) => id!);
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} is there twice`),
    ...openIds.filter((id) => !ids.includes(id)).map((id) => `${id} is open and no row`),
    ...rows.flatMap(([id, threat, guards, tests, requirements]) => [
      ...(threat ? [] : [`${id} says nothing`]),
      ...faultsOfGuards(guards!).map((fault) => `${id}: ${fault}`),
      ...faultsOfTests(tests!, openIds.includes(id!)).map((fault) => `${id}: ${fault}`),
      ...faultsOfRequirements(requirements!, unmet).map((fault) => `${id}: ${fault}`),
    ]),
  ];
}

const rowsOf = (table: string) =>
  table
    .split("\n")
    .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

const pathsIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path!);

const faultsOfGuards = (cell: string) =>
  pathsIn(cell).length === 0
    ? ["no guard"]
    : pathsIn(cell)
        .filter((path) => !existsSync(path))
        .map((path) => `${path} is not there`);

/** Files with the titles in them, word for word as they stand in the code. */
function faultsOfTests(cell: string, isOpen: boolean): string[] {
  const files = [...cell.matchAll(/`([^`]+)`((?:\s+"[^"]+")+)/g)];
  const rest = files.reduce((left, [found]) => left.replace(found, ""), cell).trim();
  if (rest) return [`can't be read: ${rest}`];
  if (files.length === 0) return isOpen ? [] : ["no test, and not open"];
  return files.flatMap(([, file = "", titles = ""]) => {
    if (!existsSync(file)) return [`${file} is not there`];
    const code = read(file);
    return [...titles.matchAll(/"([^"]+)"/g)]
      .map(([, title]) => title!)
      .filter((title) => !code.includes(`"${title}"`) && !code.includes(`\`${title}\``))
      .map((title) => `${file} has no test "${title}"`);
  });
}

const faultsOfRequirements = (cell: string, unmet: string[]) =>
  cell
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((number) => [
      ...(/^V([1-9]|1[0-7])\.\d+\.\d+$/.test(number) ? [] : [`${number} is no requirement`]),
      ...(unmet.includes(number) ? [`${number} is said not to be met`] : []),
    ]);

const unmet = [...section("ASVS 5.0: what is not met").matchAll(/^\| (V[\d.]+) \| [12] \| \S/gm)].map(
  ([, number]) => number!,
);

describe("docs/security.md", () => {
  test("says a level of protection for each category of data", () => {
    const levels = section("What ASVS asks to be written down").matchAll(/^\| `(\w+)` \| ([1-4]), \S/gm);
    expect([...levels].map(([, category]) => category!).sort()).toEqual(Object.keys(CATEGORIES).sort());
  });

  test("has a guard and a test for each threat, or says that it is open", () => {
    expect(rowsOf(section("Threats, guards and tests")).length).toBeGreaterThanOrEqual(27);
    expect(unmet.length).toBeGreaterThan(10);
    expect(faultsOf(section("Threats, guards and tests"), section("Open points"), unmet)).toEqual([]);
  });

  test("is read by a test that sees what is wrong", () => {
    const row = (tests: string, guard = "`AGENTS.md`", requirements = "V1.2.4") =>
      `| Z1 | Something. | ${guard} | ${tests} | ${requirements} |`;
    const here = '`tests/unit/security.test.ts` "is read by a test that sees what is wrong"';
    const faults = (table: string, open = "") => faultsOf(table, open, ["V3.3.1"]);
    expect(faults(row(here))).toEqual([]);
    expect(faults(row(""))).toEqual(["Z1: no test, and not open"]);
    expect(faults(row(""), "- **Z1** Not yet.")).toEqual([]);
    expect(faults(row(here), "- **Z2** Not yet.")).toEqual(["Z2 is open and no row"]);
    expect(faults(row('`tests/gone.test.ts` "is there"'))).toEqual(["Z1: tests/gone.test.ts is not there"]);
    expect(faults(row('`AGENTS.md` "no such test"'))).toEqual(['Z1: AGENTS.md has no test "no such test"']);
    expect(faults(row("tests that somebody will write"))[0]).toMatch("can't be read");
    expect(faults(row(here, "`src/gone.ts`"))).toEqual(["Z1: src/gone.ts is not there"]);
    expect(faults(row(here, "a promise"))).toEqual(["Z1: no guard"]);
    expect(faults(row(here, "`AGENTS.md`", "V3.3.1 V99.1"))).toEqual([
      "Z1: V3.3.1 is said not to be met",
      "Z1: V99.1 is no requirement",
    ]);
    expect(faults(`${row(here)}\n${row(here)}`)).toEqual(["Z1 is there twice"]);
  });
});

test("what SECURITY.md and docs/security.md link to is there", () => {
  for (const [folder, file] of [
    [".", "SECURITY.md"],
    ["docs", "docs/security.md"],
  ] as const) {
    const links = [...read(file).matchAll(/\]\(([^)#:]+)\)/g)].map(([, to]) => `${folder}/${to}`);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((to) => !existsSync(to))).toEqual([]);
  }
});
