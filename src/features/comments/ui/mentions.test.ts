import { describe, expect, it } from "vitest";
import { begunMention, mentionedIn, offeredFor } from "./mentions";

const members = [
  { userId: "1", name: "Ada" },
  { userId: "2", name: "Ada Lovelace" },
  { userId: "3", name: "Ben (Desk)" },
];

describe("mentions", () => {
  it("are begun behind an @ that begins a word", () => {
    expect(begunMention("Hello @ad", 9)).toEqual({ from: 6, query: "ad" });
    expect(begunMention("@", 1)).toEqual({ from: 0, query: "" });
    expect(begunMention("ada@example", 11)).toBeUndefined();
  });

  it("are those whose whole name stands there, the longer name first", () => {
    expect(mentionedIn("@Ada Lovelace, see this", members)).toEqual(["2"]);
    expect(mentionedIn("@Ada and @Ada Lovelace", members)).toEqual(["2", "1"]);
    expect(mentionedIn("@Ben (Desk)!", members)).toEqual(["3"]);
    expect(mentionedIn("@Adam is nobody", members)).toEqual([]);
  });

  it("are offered by any part of a name", () => {
    expect(offeredFor("love", members).map(({ userId }) => userId)).toEqual(["2"]);
    expect(offeredFor("", members)).toHaveLength(3);
  });
});
