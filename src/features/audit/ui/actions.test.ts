import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import words from "@/ui/text/en/audit.json";

const sources = readdirSync("src/features", { recursive: true, encoding: "utf8" })
  .filter((file) => /^(?!.*(\.test\.|\/ui\/)).*\.ts$/.test(file))
  .map((file) => readFileSync(`src/features/${file}`, "utf8"));
const written = [...new Set(sources.flatMap((text) => [...text.matchAll(/\baction: "([a-z]+\.[a-z_]+)"/g)]))].map(
  ([, action]) => action!,
);

describe("what the audit log tells", () => {
  it("has words for each action that a room writes down", () => {
    const actions = words.actions as Record<string, Record<string, string>>;
    const without = written.filter((action) => {
      const [room, what] = action.split(".") as [string, string];
      return actions[room]?.[what] === undefined;
    });
    expect([...new Set(without)]).toEqual([]);
    expect(written.length).toBeGreaterThan(30);
  });
});
