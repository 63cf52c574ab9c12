import { createFormatter } from "use-intl";
import { describe, expect, it } from "vitest";
import { fileSize } from "./file-size";

const said = (bytes: number, locale = "en") => fileSize(bytes, createFormatter({ locale: locale as "en" }));

describe("the size of a file", () => {
  it("is told in the unit that fits", () => {
    expect([0, 29, 999, 1_000, 48_211, 1_500_000, 2_147_483_648].map((bytes) => said(bytes))).toEqual([
      "0 bytes",
      "29 bytes",
      "999 bytes",
      "1 kB",
      "48 kB",
      "1.5 MB",
      "2.1 GB",
    ]);
  });

  it("is told in the reader's language", () => {
    expect(said(1_500_000, "de")).toBe("1,5 MB");
  });
});
