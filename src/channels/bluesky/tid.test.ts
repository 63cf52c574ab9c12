import { randomInt } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTids } from "@/channels/bluesky/tid";

const clockAt = (ms: number) => ({ now: () => new Date(ms) });
const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;

describe("record keys", () => {
  it("are what the specification says", () => {
    const at = (ms: number, random: (below: number) => number) => createTids(random)(clockAt(ms));
    expect(at(0, () => 0)).toBe("2222222222222");
    // Made with the reference implementation: TID.fromTime(1700000000000007, 7) of @atproto/common-web 0.4.
    expect(at(1_700_000_000_000, () => 7)).toBe("3ke6kg3wk2b2b");
  });

  it("only grow, whatever the clock does", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { maxLength: 50 }), (times) => {
        const next = createTids(randomInt);
        const keys = times.map((ms) => next(clockAt(ms)));
        for (const key of keys) expect(key).toMatch(TID);
        expect(keys).toEqual([...new Set(keys)].sort());
      }),
    );
  });

  it("of many processes in the same millisecond differ", () => {
    const keyOf = (...draws: number[]) => createTids(() => draws.shift()!)(clockAt(1_700_000_000_000));
    const keys = [keyOf(3, 500), keyOf(4, 500), keyOf(3, 501)];
    // The clock id alone, and the drawn microsecond alone, tell two of them apart.
    expect(new Set(keys).size).toBe(3);
  });
});
