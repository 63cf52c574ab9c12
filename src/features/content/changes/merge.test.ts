import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_BODY_CHARS } from "@/platform/writing";
import { mergeFields } from "./merge";

const version = fc.record({
  title: fc.constantFrom("Spring", "Summer", "Autumn"),
  body: fc.array(fc.constantFrom("One.", "Two.", "Three.", "Four."), { maxLength: 5 }).map((lines) => lines.join("\n")),
  metadata: fc.dictionary(fc.constantFrom("excerpt", "slug", "language"), fc.constantFrom("a", "b", "c")),
});
const stored = fc.record({ base: version, theirs: version, yours: version });
const numbered = <V>(version: V) => ({ ...version, versionNumber: 2 });
const written = <V>(version: V) => ({ ...version, baseVersion: 1 });

describe("a merge of versions", () => {
  test("of what one side left alone is the other's", () => {
    fc.assert(
      fc.property(stored, ({ base, theirs }) => {
        const clean = { clean: true, conflicts: [], basedOn: 2 };
        expect(mergeFields(base, numbered(theirs), written(base))).toEqual({ ...theirs, ...clean });
        expect(mergeFields(base, numbered(base), written(theirs))).toEqual({ ...theirs, ...clean });
        expect(mergeFields(base, numbered(theirs), written(theirs))).toEqual({ ...theirs, ...clean });
      }),
    );
  });

  test("is as clean, and the same, whoever is called theirs, and is never silent about a value", () => {
    fc.assert(
      fc.property(stored, ({ base, theirs, yours }) => {
        const one = mergeFields(base, numbered(theirs), written(yours));
        const other = mergeFields(base, numbered(yours), written(theirs));
        expect(one.clean).toBe(other.clean);
        if (one.clean) expect(one).toEqual(other);
        for (const [field, was, their, result] of [
          ["title", base.title, theirs.title, one.title] as const,
          ...Object.keys(theirs.metadata).map(
            (key) => [`metadata.${key}`, base.metadata[key], theirs.metadata[key], one.metadata[key]] as const,
          ),
        ])
          expect(their === was || their === result || one.conflicts.some((conflict) => conflict.field === field)).toBe(
            true,
          );
      }),
    );
  });

  test("takes what was left out as unchanged", () => {
    const base = { title: "Spring", body: "One.", metadata: { slug: "spring" } };
    const theirs = { title: "Summer", body: "One.", metadata: { slug: "summer", excerpt: "Warm." }, versionNumber: 4 };
    expect(mergeFields(base, theirs, { body: "One. Two.", baseVersion: 1 })).toEqual({
      clean: true,
      title: "Summer",
      body: "One. Two.",
      metadata: { slug: "summer", excerpt: "Warm." },
      conflicts: [],
      basedOn: 4,
    });
  });

  test("tells what was removed here and changed there", () => {
    const base = { title: "Spring", body: "One.", metadata: { slug: "spring", excerpt: "Warm." } };
    const theirs = { ...base, metadata: { slug: "spring", excerpt: "Hot." }, versionNumber: 2 };
    expect(mergeFields(base, theirs, { body: "One.", metadata: { slug: "spring" }, baseVersion: 1 })).toMatchObject({
      clean: false,
      metadata: { slug: "spring" },
      conflicts: [{ field: "metadata.excerpt", base: "Warm.", theirs: "Hot.", yours: null, at: null }],
    });
  });

  test("of two texts that are too long together is a decision", () => {
    const half = (mark: string) => `${mark.repeat(MAX_BODY_CHARS / 2)}\n`;
    const base = { title: "Spring", body: "Middle.\n", metadata: {} };
    const theirs = { ...base, body: `${half("a")}Middle.\n`, versionNumber: 2 };
    const body = `Middle.\n${half("b")}`;
    const merge = mergeFields(base, theirs, { body, baseVersion: 1 });
    expect([merge.clean, merge.body === body]).toEqual([false, true]);
    expect(merge.conflicts).toMatchObject([{ field: "body", at: { start: 0, end: body.length } }]);
  });
});
