import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { analyze } from "./analysis";
import type { Subject } from "./subject";

type Piece = string | { times: number; text: string };
type Case = {
  id: string;
  title: string;
  description?: string;
  slug?: string;
  keyword?: string;
  body: string | Piece[];
  expect: Record<string, string>;
};

/** Of 100: what has to agree with what people said. */
const LEAST_AGREEMENT = 95;

const bodyOf = (body: Case["body"]) =>
  [body]
    .flat()
    .map((piece) => (typeof piece === "string" ? piece : piece.text.repeat(piece.times)))
    .join("");

const subjectOf = ({ title, description, slug, keyword = "", body }: Case): Subject => ({
  body: bodyOf(body),
  title,
  description,
  slug,
  keyword,
  hasCover: false,
  altOf: () => undefined,
  isOwn: () => false,
  surroundings: undefined,
  now: new Date("2026-06-01T12:00:00Z"),
});

it("agrees with what people said of cases in four languages, before there was code", () => {
  let labels = 0;
  const disagreements: string[] = [];
  for (const language of ["en", "de", "es", "fr"]) {
    const cases: Case[] = JSON.parse(readFileSync(`tests/seo/${language}.json`, "utf8"));
    for (const each of cases) {
      const { checks, skipped } = analyze(subjectOf(each), language);
      for (const [id, status] of Object.entries(each.expect)) {
        labels++;
        const found = checks.find((check) => check.id === id);
        const said = found ? `${found.status} (${found.message})` : skipped.find((check) => check.id === id)?.because;
        if (found?.status !== status) disagreements.push(`${each.id}: ${id} is ${status}, and the code says ${said}`);
      }
    }
  }
  console.info(`${labels - disagreements.length} of ${labels} labels agree\n${disagreements.join("\n")}`);
  expect(labels).toBeGreaterThanOrEqual(200);
  expect(100 * (labels - disagreements.length)).toBeGreaterThanOrEqual(LEAST_AGREEMENT * labels);
});
