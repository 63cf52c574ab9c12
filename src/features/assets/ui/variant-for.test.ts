import { describe, expect, it } from "vitest";
import { variantFor } from "./asset-image";

const variants = ["1280.webp", "320.webp", "640.webp", "thumbnail.webp", "1200.jpg"].map((name) => ({
  name,
  contentType: "image/webp",
  width: Number.parseInt(name, 10) || 256,
  height: 100,
  sizeBytes: 1,
}));

describe("which size of a picture is shown", () => {
  it("is the smallest that is wide enough, or the widest there is", () => {
    expect(variantFor({ variants }, 320)).toBe("320.webp");
    expect(variantFor({ variants }, 321)).toBe("640.webp");
    expect(variantFor({ variants }, 5_000)).toBe("1280.webp");
  });

  it("is the square one for a thumbnail, and the file itself where there is none", () => {
    expect(variantFor({ variants }, "thumbnail")).toBe("thumbnail.webp");
    expect(variantFor({ variants: [] }, "thumbnail")).toBeUndefined();
  });
});
