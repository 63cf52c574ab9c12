import fc from "fast-check";
import { expect, it } from "vitest";
import { aPublication } from "#tests/peers/adapter-contract";
import { ADAPTABLE } from "@/channels/network-names";
import { ADAPTABLE_RULES } from "@/channels/networks";
import { CHANNEL_RULES } from "@/channels/rules";
import { fits } from "@/channels/text";
import { AppError } from "@/platform/errors";
import { adaptChecks, refit, withLink } from "./check";
import { plainParts, readable, sentencesOf } from "./plain";

const { limits } = CHANNEL_RULES.bluesky;
const link = "https://content.example/s/acme/1";

it("is within the limits whatever the text is, and says nothing that it doesn't say", () => {
  const body = fc.array(fc.oneof(fc.lorem({ maxCount: 40 }), fc.string({ unit: "grapheme", maxLength: 400 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), body, (title, blocks) => {
      const source = { title, excerpt: "", body: blocks.join("\n\n"), link, language: "en" };
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
  const parts = plainParts({ title: "A title", excerpt: "", body, link, language: "en" }, limits);
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

const anything = fc
  .array(
    fc.oneof(
      fc.lorem({ maxCount: 60 }),
      fc.string({ unit: "grapheme", maxLength: 500 }),
      fc.constantFrom(
        "## A heading",
        "- one\n- two",
        "![A rose](asset:1)",
        "[the guide](https://example.com/a_(b)?c=d.e)",
      ),
      fc.nat(60).map((count) => "#tag @you ".repeat(count)),
      fc.nat(3).map((count) => "word ".repeat(2_500 * count)),
      fc.constantFrom("計画を立てる。".repeat(80), "👩‍👩‍👧".repeat(300), `https://example.com/${"a".repeat(400)}`),
    ),
    { maxLength: 12 },
  )
  .map((blocks) => blocks.join("\n\n"));

/** A text that takes the reader of Markdown too long is refused before anything is made of it. */
function plainOrRefused(...asked: Parameters<typeof plainParts>): string[] {
  try {
    return plainParts(...asked);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_request") return [];
    throw error;
  }
}

it.each(ADAPTABLE)("passes the check of %s whatever the text is, and keeps to its words", (network) => {
  const rules = ADAPTABLE_RULES[network];
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), anything, (title, body) => {
      const excerpt = body.slice(0, 200);
      const parts = plainOrRefused({ title, excerpt, body, link, language: "en" }, rules.limits);
      if (parts.length === 0) return;
      const findings = rules
        .validate(aPublication({ title, body, parts }))
        .filter(({ severity }) => severity === "Error");
      expect(findings).toEqual([]);
      for (const part of parts) expect([part.length <= 10_000, part.trim() !== ""]).toEqual([true, true]);
      const fitted = refit(parts, rules.limits, "en");
      expect(
        rules
          .validate(aPublication({ parts: withLink(fitted, link, rules.limits) }))
          .filter(({ severity }) => severity === "Error"),
      ).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

const ARTICLE = {
  title: "Pruning roses",
  excerpt: "Three cuts are enough.",
  body: "# Pruning roses\n\nSpring is the time, says @mina. Three cuts are *enough*.\n\n## Tools\n\nRead [the guide](https://example.com/roses).\n\n![A rose](https://example.com/rose.png)",
  link,
  language: "en",
};
const plainFor = (network: keyof typeof ADAPTABLE_RULES, over: Partial<typeof ARTICLE> = {}) =>
  plainParts({ ...ARTICLE, ...over }, ADAPTABLE_RULES[network].limits);

it("keeps a list a list where there are no marks", () => {
  const body = "Bring:\n\n- shears\n- *gloves*\n\n* * *\n\nAnd time - an hour.";
  expect(plainFor("linkedin", { body })).toEqual([
    `Pruning roses\n\nBring:\n\n• shears\n• gloves\n\nAnd time - an hour.\n\n${link}`,
  ]);
});

it("makes one post of paragraphs for LinkedIn, and of what fits for Instagram", () => {
  const [post, ...more] = plainFor("linkedin", { body: ARTICLE.body.replace("# Pruning roses\n\n", "") });
  expect(more).toEqual([]);
  expect(post).toBe(
    `Pruning roses\n\nSpring is the time, says @mina. Three cuts are enough.\n\nTools\n\nRead the guide (https://example.com/roses).\n\n${link}`,
  );
  const long = "One sentence of it. ".repeat(200).trim();
  const [caption] = plainFor("instagram", { body: long });
  expect(caption!.length).toBeGreaterThan(2_100);
  expect(caption!.endsWith(`of it.\n\n${link}`)).toBe(true);
});

it("takes a quote that a cut excerpt leaves open for none that goes on in the body", () => {
  const body = 'She said "prune in spring, and only then" to us.\n\nThe guide is called "Roses".';
  const parts = plainFor("wordpress", { body, excerpt: 'She said "prune in…' });
  const checks = (limits: object) =>
    adaptChecks(parts, { source: `${ARTICLE.title}\n${body}`, language: "en", limits }, []);
  const names = (limits: object) => checks(limits).find(({ id }) => id === "names")!.status;
  expect([names(ADAPTABLE_RULES.wordpress.limits), names({})]).toEqual(["Pass", "Fail"]);
});

it("makes a newsletter of subject, preheader and body, and a whole post for WordPress", () => {
  const body = ARTICLE.body.replace("# Pruning roses\n\n", "");
  expect(plainFor("newsletter")).toEqual(["Pruning roses", "Three cuts are enough.", `${body}\n\n${link}`]);
  expect(plainFor("wordpress")).toEqual(["Pruning roses", "Three cuts are enough.", body]);
  const large = Array.from({ length: 60 }, (_, index) => `## ${index}\n\n${"Words of it. ".repeat(300).trim()}`).join(
    "\n\n",
  );
  expect(plainFor("wordpress", { body: large }).slice(2).join("\n\n")).toBe(large);
  const letter = plainFor("newsletter", { body: large });
  expect(letter.at(-1)!.endsWith(link)).toBe(true);
  expect(letter.slice(2).join("").length).toBeLessThan(80_000);
});
