import { expect, it, vi } from "vitest";
import { z } from "zod";
import { growing } from "./growing";

it("checks what is whole, once for each new element", () => {
  const check = vi.fn((whole: string[]) => whole.filter((one) => one !== "no").map((one) => one.toUpperCase()));
  const sofar = growing("parts", z.string().min(2), check);
  const steps = [undefined, {}, { parts: "many" }, { parts: ["ab"] }, { parts: ["abc", ""] }, { parts: ["abc", "no"] }];
  expect(steps.map(sofar)).toEqual([[], [], [], [], ["ABC"], ["ABC"]]);
  expect(check).toHaveBeenCalledTimes(1);
  expect(sofar({ parts: ["abc", "no", "x", "yes", "…"] })).toEqual(["ABC", "YES"]);
  // A second answer begins anew, and what was shown stays until there is more of it.
  expect(sofar({ parts: ["other"] })).toEqual(["ABC", "YES"]);
  expect(check).toHaveBeenCalledTimes(2);
});
