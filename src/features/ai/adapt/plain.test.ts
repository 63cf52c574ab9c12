import fc from "fast-check";
import { expect, it } from "vitest";
import { CHANNEL_RULES } from "@/channels/rules";
import { fits } from "@/channels/text";
import { refit, withLink } from "./check";
import { plainParts, readable, sentencesOf } from "./plain";

const { limits } = CHANNEL_RULES.bluesky;
const link = "https://content.example/s/acme/1";

it("is within the limits whatever the text is, and says nothing that it doesn't say", () => {
  const body = fc.array(fc.oneof(fc.lorem({ maxCount: 40 }), fc.string({ unit: "grapheme", maxLength: 400 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), body, (title, blocks) => {
      const source = { title, body: blocks.join("\n\n"), link, language: "en" };
      const parts = plainParts(source, limits);
      expect(parts.length).toBeLessThanOrEqual(6);
      for (const part of parts) expect([part, fits(part, limits), part.trim() !== ""]).toEqual([part, true, true]);
      expect(parts.at(-1)).toContain(link);
    }),
    { numRuns: 200 },
  );
});

it("fits what a model wrote, whatever that is", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 2_000 }), { maxLength: 40 }), (parts) => {
      const fitted = withLink(refit(parts, limits, "en"), link, limits);
      expect(fitted.length).toBeLessThanOrEqual(limits.maxParts);
      for (const part of fitted) expect([part, fits(part, limits)]).toEqual([part, true]);
    }),
    { numRuns: 200 },
  );
});

it("keeps links whole and in the order of the text", () => {
  const url = `https://example.com/${"a".repeat(150)}?q=1.5&r=2!x`;
  const body = `First this. Then read [the guide](${url}) and go. ${"More of it. ".repeat(40)}`;
  const parts = plainParts({ title: "A title", body, link, language: "en" }, limits);
  expect(parts.join(" ")).toContain(url);
  expect(readable("See [here](https://a.example/x) and ![a](asset:1).")).toBe("See here (https://a.example/x) and .");
});

it("ends a sentence behind an address, and never within one", () => {
  expect(
    sentencesOf("They are at https://wiki.example/Goals/. Please note that. Go (https://b.example/?x. y) now.", "en"),
  ).toEqual(["They are at https://wiki.example/Goals/.", "Please note that.", "Go (https://b.example/?x. y) now."]);
  expect(sentencesOf("It is at https://c.example/a!b?c.D here. Then.", "en")).toEqual([
    "It is at https://c.example/a!b?c.D here.",
    "Then.",
  ]);
});
