import { expect, it } from "vitest";
import { addressesIn } from "@/channels/addresses";
import { countWeight } from "./count";

/** Written after the conformance suite of twitter-text 3 (validate.yml and its weighted counts), with words of our own. */
it.each([
  ["", 0],
  ["This counts plainly.", 20],
  ["é as one and e\u0301 as one", 21],
  ["저찀쯿쿿", 8],
  ["計画は四半期ごと", 16],
  ["“Quotes” – and … dashes", 24],
  ["http://test.com", 23],
  ["https://example.com/a/very/long/path?with=a&query=of-its-own#and-more", 23],
  ["test.com", 23],
  ["foo.co.jp and t.co", 51],
  ["Two: https://test.com and https://test.com.", 57],
  ["(https://en.wikipedia.org/wiki/Rose_(disambiguation))", 25],
  ["http://☃.net/ in snow", 31],
  ["me@example.com", 14],
  ["Node.js is none, e.g. 1.5", 25],
  ["https://contentos.test/s/acme/1", 31],
  ["http://localhost:3000/x", 23],
  ["日本example.com日本", 31],
  ["👩‍👩‍👧", 2],
  ["👍🏽🇩🇪1️⃣", 6],
  ["H🐱☺", 5],
  ["\u{10000}", 2],
])("counts %j as %i", (text, weight) => {
  expect(countWeight(text)).toBe(weight);
});

it("sees where an address ends", () => {
  const told = (text: string) => addressesIn(text).map(({ start, end }) => text.slice(start, end));
  expect(told("See https://example.com/a?b=c. Then test.com, and (https://example.com/b).")).toEqual([
    "https://example.com/a?b=c",
    "test.com",
    "https://example.com/b",
  ]);
  expect(told("@test.com #test.com $test.com nothing.nothing")).toEqual([]);
});
