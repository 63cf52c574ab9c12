import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { articleOf } from "#tests/seo/articles";
import { analyze } from "@/features/ai/seo/analysis";
import { detected } from "@/features/ai/seo/text/language";

const folder = fileURLToPath(new URL("./seo-articles", import.meta.url));
const missing = existsSync(folder) ? undefined : "tests/peers/seo-articles not found: run tests/peers/install.sh";
/** What a text of this length may take on a busy machine, in ms. */
const MOST_MS = 6_000;

describe.skipIf(missing)(`documentation in four languages${missing ? ` (skipped: ${missing})` : ""}`, () => {
  it.each(["en", "de", "es", "fr"])("%s: no crash, bounded time, a plausible spread", (language) => {
    const files = readdirSync(join(folder, language), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.html?(\.gz)?$/.test(name))
      .sort()
      .slice(0, 60);
    const found = files.flatMap((name) => {
      const path = join(folder, language, name);
      const html = execFileSync(path.endsWith(".gz") ? "zcat" : "cat", [path], { maxBuffer: 64 << 20 }).toString();
      const article = articleOf(html);
      if (article.body.length < 1_500) return [];
      const before = performance.now();
      const analysis = analyze(
        {
          ...article,
          description: undefined,
          slug: undefined,
          keyword: article.title,
          hasCover: false,
          altOf: () => undefined,
          isOwn: () => false,
          surroundings: undefined,
          now: new Date(),
        },
        language,
      );
      return [{ name, analysis, ms: performance.now() - before, told: detected(article.body) }];
    });
    const scores = found.map(({ analysis }) => analysis.score).sort((one, other) => one - other);
    const eases = found.flatMap(({ analysis }) => analysis.counts.readingEase ?? []).sort((one, other) => one - other);
    const middle = (all: number[]) => all[all.length >> 1];
    const share = (id: string) =>
      found.filter(({ analysis }) => analysis.checks.some((check) => check.id === id && check.status === "Pass"))
        .length / found.length;
    console.info(
      `${language}: ${found.length} articles, scores ${scores[0]}–${middle(scores)}–${scores.at(-1)}, ease ${eases[0]}–${middle(eases)}–${eases.at(-1)},`,
      `slowest ${Math.round(Math.max(...found.map(({ ms }) => ms)))} ms, language told ${found.filter(({ told }) => told === language).length},`,
      `pass: passive ${share("passive-voice").toFixed(2)}, sentences ${share("sentence-length").toFixed(2)}, transitions ${share("transition-words").toFixed(2)}`,
    );
    expect(found.length).toBeGreaterThanOrEqual(5);
    expect(found.filter(({ told }) => told === language).length).toBeGreaterThanOrEqual(found.length * 0.9);
    expect(Math.max(...found.map(({ ms }) => ms))).toBeLessThan(MOST_MS);
    expect(scores.at(-1)! - scores[0]!).toBeGreaterThanOrEqual(10);
    // Manuals are neither nursery rhymes nor statutes.
    expect(middle(eases)).toBeGreaterThan(15);
    expect(middle(eases)).toBeLessThan(85);
  });
});
