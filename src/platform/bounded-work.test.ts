import { expect, it, vi } from "vitest";
import { WorkTooLongError, withinTime } from "./bounded-work";

const forever = () => {
  for (;;);
};

it("gives back what the work gave, and what it threw", () => {
  const value = { a: 1 };
  expect(withinTime(100, () => value)).toBe(value);
  const error = new Error("of the work");
  expect(() =>
    withinTime(100, () => {
      throw error;
    }),
  ).toThrow(error);
  expect(withinTime(100, () => withinTime(50, () => 1) + 1)).toBe(2);
});

it("ends work that does not end", () => {
  expect(() => withinTime(50.5, forever)).toThrow(WorkTooLongError);
  expect(withinTime(100, () => "still works")).toBe("still works");
});

it("tries again where the process had no share of the processor", () => {
  const asleep = new Int32Array(new SharedArrayBuffer(4));
  let tries = 0;
  const work = () => {
    tries++;
    if (tries === 1) Atomics.wait(asleep, 0, 0, 300);
    return tries === 1 ? forever() : "done";
  };
  const cpuUsage = vi.spyOn(process, "cpuUsage").mockReturnValue({ user: 0, system: 0 });
  expect(withinTime(100, work)).toBe("done");
  expect(() => withinTime(20, forever)).toThrow(WorkTooLongError);
  cpuUsage.mockRestore();
});
