import { describe, expect, it } from "vitest";
import { csv } from "./csv";

describe("a table as CSV", () => {
  it("quotes what would break it, tells unknown from zero, and holds formulas to be text", () => {
    expect(
      csv([
        ["a,b", 'say "no"', "two\nlines", null, 0, -1.5],
        ["=HYPERLINK(1)", "@now", "-cmd", "plain"],
      ]),
    ).toBe('"a,b","say ""no""","two\nlines",,0,-1.5\r\n\'=HYPERLINK(1),\'@now,\'-cmd,plain\r\n');
  });
});
