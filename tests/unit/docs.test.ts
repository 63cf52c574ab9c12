import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SETTINGS } from "@/platform/config";
import { recordOfProcessing } from "../../scripts/record-of-processing";

const read = (path: string) => readFileSync(path, "utf8");
const namesIn = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

test("docs/events.md lists every event, and no other", () => {
  const declared = namesIn(read("src/platform/events.ts"), /type: "([a-z]+\.[a-z_]+)"/g);
  expect(declared.length).toBeGreaterThan(10);
  expect(namesIn(read("docs/events.md"), /^\| `([a-z]+\.[a-z_]+)` \|/gm)).toEqual(declared);
});

test("the README's table has every setting, and no other", () => {
  const table = read("README.md").split("## Settings")[1]!.split("\n## ")[0]!;
  const rows = table.split("\n").filter((line) => line.startsWith("| `"));
  expect(namesIn(rows.map((row) => row.split("|")[1]).join("\n"), /`([A-Z][A-Z0-9_]+)`/g)).toEqual(SETTINGS.toSorted());
});

test("the record of processing is what `npm run generate` writes", () => {
  expect(read("docs/record-of-processing.md") === recordOfProcessing(), "run `npm run generate`").toBe(true);
});
