import { describe, expect, it } from "vitest";
import { takingTurns, takingTurnsBy } from "./turns";

/** Work that ends when it is told to, and what of it has begun. */
function desk() {
  const begun: string[] = [];
  const ends = new Map<string, { done: () => void; fail: () => void }>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve, reject) =>
      ends.set(name, { done: () => resolve(name), fail: () => reject(new Error(name)) }),
    );
  };
  return { begun, work, end: (name: string) => ends.get(name)!.done(), fail: (name: string) => ends.get(name)!.fail() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("taking turns", () => {
  it("lets so many work at a time, in their order, also after one that failed", async () => {
    const { begun, work, end, fail } = desk();
    const inTurn = takingTurns(2);
    const [one, two, three, four] = ["one", "two", "three", "four"].map((name) => inTurn(work(name)));
    expect(begun).toEqual(["one", "two"]);
    fail("two");
    await expect(two).rejects.toThrow("two");
    await settled();
    expect(begun).toEqual(["one", "two", "three"]);
    end("one");
    expect(await one).toBe("one");
    await settled();
    expect(begun).toEqual(["one", "two", "three", "four"]);
    end("three");
    end("four");
    expect(await Promise.all([three, four])).toEqual(["three", "four"]);
  });

  it("holds nobody up by another key", async () => {
    const { begun, work, end } = desk();
    const inTurn = takingTurnsBy(1);
    const all = [inTurn("a", work("a1")), inTurn("a", work("a2")), inTurn("b", work("b1"))];
    expect(begun).toEqual(["a1", "b1"]);
    end("b1");
    end("a1");
    await settled();
    end("a2");
    expect(await Promise.all(all)).toEqual(["a1", "a2", "b1"]);
    // Anew, as if nobody had been there.
    const again = inTurn("a", work("a3"));
    expect(begun.at(-1)).toBe("a3");
    end("a3");
    await again;
  });
});
