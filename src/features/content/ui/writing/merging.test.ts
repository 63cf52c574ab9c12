import type { VersionMerge } from "@contentos/sdk";
import { describe, expect, it } from "vitest";
import { around, chosenText, isUndecided, settle } from "./merging";

const conflict = (theirs: string, yours: string, start: number) => ({
  field: "body",
  base: null,
  theirs,
  yours,
  at: { start, end: start + yours.length },
});
const title = { field: "title", base: "T", theirs: "Their title", yours: "Your title", at: null };

const body = "One blue.\n\nTwo red.\n";
const merge: VersionMerge = {
  clean: false,
  title: "Your title",
  body,
  metadata: {},
  conflicts: [
    title,
    conflict("green", "blue", body.indexOf("blue")),
    conflict("pink and more", "red", body.indexOf("red")),
  ],
  basedOn: 2,
};

describe("bringing two versions together", () => {
  it("puts what was decided in the place of each passage", () => {
    expect(settle(merge, [{ kind: "theirs" }, { kind: "yours" }, { kind: "theirs" }])).toEqual({
      title: "Their title",
      body: "One blue.\n\nTwo pink and more.\n",
    });
    expect(settle(merge, [{ kind: "yours" }, { kind: "both" }, { kind: "own", text: "grey" }])).toEqual({
      title: "Your title",
      body: "One green blue.\n\nTwo grey.\n",
    });
    expect(isUndecided([undefined, { kind: "both" }])).toBe(1);
  });

  it("keeps paragraphs apart where both are wanted", () => {
    expect(chosenText(conflict("A line.\n", "Another.\n", 0), { kind: "both" })).toBe("A line.\n\nAnother.\n");
    expect(chosenText(conflict("", "Another.\n", 0), { kind: "both" })).toBe("Another.\n");
  });

  it("shows whole words around a passage", () => {
    expect(around(body, merge.conflicts[1]!, 100)).toEqual({ before: "One ", after: ".\n\nTwo red.\n" });
    expect(around(body, merge.conflicts[2]!, 6)).toEqual({ before: "…\n\nTwo ", after: ".\n" });
    expect(around(body, title)).toBeUndefined();
  });
});
