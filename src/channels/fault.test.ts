import { expect, it } from "vitest";
import { retryAfterMs, waiting } from "./fault";

const clock = { now: () => new Date("2026-03-01T12:00:00Z") };

it("waits as long as a server asks for, for a day at most, and where it says so in no way that can be read not at all", () => {
  const asked = (header: string | null) => waiting(retryAfterMs(header, clock));
  expect(asked("120")).toEqual({ retryAfterMs: 120_000 });
  expect(asked("Sun, 01 Mar 2026 12:01:00 GMT")).toEqual({ retryAfterMs: 60_000 });
  for (const far of ["31536000", "99999999999999999999", "Sat, 01 Mar 2036 12:00:00 GMT"])
    expect(asked(far)).toEqual({ retryAfterMs: 24 * 3_600_000 });
  for (const nothing of [null, "", "soon"]) expect(asked(nothing)).toEqual({});
});
