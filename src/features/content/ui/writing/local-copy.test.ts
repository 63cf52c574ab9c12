import { describe, expect, test } from "vitest";
import { forgetSent, type LocalCopy, localCopies } from "./local-copy";

function storage() {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    clear: () => kept.clear(),
  } satisfies Storage;
}
const NOW = new Date("2026-11-28T12:00:00Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString();
const copy = (over: Partial<LocalCopy>): LocalCopy => ({
  title: "Tides",
  body: "They come and go.",
  baseVersion: 1,
  sent: true,
  at: hoursAgo(25),
  ...over,
});

describe("a copy of one's words in this browser", () => {
  test("goes a day after the server had them, whoever wrote them, and never before it has", () => {
    const here = storage();
    const of = (item: string, user = "kim") => localCopies(user, item, here);
    of("sent long ago").write(copy({}));
    of("of somebody else", "ann").write(copy({}));
    of("sent just now").write(copy({ at: hoursAgo(23) }));
    of("never sent").write(copy({ sent: false, at: hoursAgo(9_000) }));
    here.setItem("contentos.words.kim.broken", "{");
    here.setItem("contentos.language", "de");
    forgetSent(here, NOW);
    expect(of("sent long ago").read()).toBeUndefined();
    expect(of("of somebody else", "ann").read()).toBeUndefined();
    expect(of("sent just now").read()).toMatchObject({ body: "They come and go." });
    expect(of("never sent").read()).toMatchObject({ body: "They come and go." });
    expect(here.getItem("contentos.language")).toBe("de");
    expect(here.length).toBe(4);
  });
});
