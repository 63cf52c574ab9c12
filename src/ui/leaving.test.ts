import { describe, expect, it } from "vitest";
import { beforeLeaving, forgetPerson, unsentWords } from "./leaving";

function storage(entries: Record<string, unknown>): Storage {
  const kept = new Map(Object.entries(entries).map(([name, value]) => [name, JSON.stringify(value)]));
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  };
}
const names = (kept: Storage) => Array.from({ length: kept.length }, (_, index) => kept.key(index));

describe("signing out", () => {
  const browser = () => ({
    local: storage({
      "contentos.words.me.one": { body: "x", sent: true },
      "contentos.words.me.two": { body: "y", sent: false },
      "contentos.words.other.one": { body: "z", sent: false },
      "contentos.language": "de",
    }),
    session: storage({ "contentos.parts item channel": [{ text: "x" }], "contentos.import.file": {}, other: 1 }),
  });

  it("counts what the server does not have, after whoever is open has sent theirs", async () => {
    const kept = browser();
    expect(await unsentWords("me", kept)).toBe(2);
    const stop = beforeLeaving(async () => {
      await new Promise((done) => setTimeout(done, 5));
      kept.local.setItem("contentos.words.me.two", JSON.stringify({ body: "y", sent: true }));
    });
    expect(await unsentWords("me", kept)).toBe(1);
    stop();
  });

  it("waits for no server that does not answer, and takes what can't be read for unsent", async () => {
    const kept = browser();
    kept.local.setItem("contentos.words.me.one", "{");
    const stops = [beforeLeaving(() => new Promise(() => {})), beforeLeaving(() => Promise.reject(new Error("away")))];
    expect(await unsentWords("me", kept, 10)).toBe(3);
    for (const stop of stops) stop();
  });

  it("leaves nothing of the person, and all that is another's or nobody's", () => {
    const kept = browser();
    forgetPerson("me", kept);
    expect(names(kept.local)).toEqual(["contentos.words.other.one", "contentos.language"]);
    expect(names(kept.session)).toEqual(["other"]);
  });
});
