import { withTree } from "@/platform/markdown";
import { imageChecks } from "./checks/images";
import { keywordChecks } from "./checks/keyword";
import { linkChecks } from "./checks/links";
import { readabilityChecks, readingEase } from "./checks/readability";
import { snippetChecks } from "./checks/snippet";
import { structureChecks } from "./checks/structure";
import { workspaceChecks } from "./checks/workspace";
import { keywordOf } from "./keyword";
import { messageOf } from "./messages";
import { read } from "./reading";
import type { Check, Given, Status, Subject, Verdict } from "./subject";
import { CATEGORIES, CHECK_IDS, CHECKS, type CheckId } from "./table";

const ALL = {
  ...keywordChecks,
  ...snippetChecks,
  ...structureChecks,
  ...readabilityChecks,
  ...linkChecks,
  ...imageChecks,
  ...workspaceChecks,
} as Record<CheckId, Check>;

const WORTH: Record<Status, number> = { Pass: 1, Warn: 0.5, Fail: 0 };
const MOST_ITEMS = 10;
/** What is judged of a longer text: some 15,000 words, which take at most two seconds. In characters. */
const MOST_JUDGED = 100_000;

/**
 * All checks of a text, in bounded time: of a very long one, its beginning is judged.
 * @param language its two letters
 * @throws AppError as `bounded`, for what is too intricate or takes too long
 */
export function analyze(subject: Subject, language: string) {
  const body = beginningOf(subject.body);
  return withTree(body, (tree) => {
    const reading = read(tree, body, language);
    const keyword = keywordOf(subject.keyword, reading);
    return { ...judged({ subject, reading, keyword }), isWhole: body.length === subject.body.length };
  });
}

/** Up to the last blank line that there is room for. */
function beginningOf(body: string): string {
  if (body.length <= MOST_JUDGED) return body;
  const border = body.lastIndexOf("\n\n", MOST_JUDGED);
  return body.slice(0, border > MOST_JUDGED / 2 ? border : MOST_JUDGED).toWellFormed();
}

function judged(given: Given) {
  const found = CHECK_IDS.map((id) => ({ id, verdict: ALL[id](given) }));
  const skipped = found.flatMap(({ id, verdict }) => ("because" in verdict ? [{ id, because: verdict.because }] : []));
  const checks = found.flatMap(({ id, verdict }) => ("because" in verdict ? [] : [present(id, verdict)]));
  const { reading } = given;
  return {
    score: scoreOf(checks),
    categories: CATEGORIES.flatMap((id) => {
      const own = checks.filter(({ category }) => category === id);
      return own.length > 0 ? [{ id, score: scoreOf(own) }] : [];
    }),
    counts: {
      words: reading.wordCount,
      sentences: reading.prose.length,
      paragraphs: reading.blocks.filter(({ kind }) => kind === "Paragraph").length,
      readingEase: readingEase(reading),
    },
    checks: checks.sort((one, other) => WORTH[one.status] - WORTH[other.status] || other.weight - one.weight),
    skipped,
  };
}

function present(id: CheckId, { status, reason, params = {}, passages = [], items = [], ...more }: Verdict) {
  const [category, weight] = CHECKS[id];
  const message = messageOf(id, reason, params);
  const evidence = {
    params,
    passages,
    passageCount: more.passageCount ?? passages.length,
    items: items.slice(0, MOST_ITEMS),
  };
  return { id, category, weight, status, reason, message, evidence };
}

/** What passed, by what it counts for; what only warns is worth half. */
function scoreOf(checks: readonly { weight: number; status: Status }[]): number {
  const all = checks.reduce((sum, { weight }) => sum + weight, 0);
  const reached = checks.reduce((sum, { weight, status }) => sum + weight * WORTH[status], 0);
  return all === 0 ? 0 : Math.round((reached / all) * 100);
}
