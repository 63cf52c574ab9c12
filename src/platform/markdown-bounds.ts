import { WorkTooLongError, withinTime } from "./bounded-work";
import { AppError } from "./errors";

/** Longer text is refused. An article of 3,000 words has about 20,000 characters. */
export const MAX_MARKDOWN_CHARS = 400_000;
/** Per block without a blank line: what the parser compares with one another, in quadratic time. */
const MAX_MARKS = 10_000;
const MAX_DEPTH = 100;

/** At least twice what ordinary text takes, in milliseconds; measured at 7 ms per 1,000 characters, and less for short ones. */
const budgetFor = (markdown: string) => 500 + markdown.length * 0.015;

/**
 * Works on a Markdown text for a bounded time: at most half a second and 15 ms per 1,000 characters. Shapes known to take
 * long are refused at once, the rest is stopped when its time is over.
 * @throws {AppError} `too_large` beyond MAX_MARKDOWN_CHARS; `invalid_request` for what would take too long.
 */
export function bounded<T>(markdown: string, work: () => T): T {
  refuseIntricate(markdown);
  try {
    return withinTime(budgetFor(markdown), work);
  } catch (cause) {
    throw cause instanceof WorkTooLongError || isFullStack(cause) ? tooIntricate(cause) : cause;
  }
}

/**
 * What can be told from its shape, in microseconds for an article: called where a text is saved, so that it is refused
 * to who wrote it and not met when it goes out.
 * @throws {AppError} `too_large` or `invalid_request`, as `bounded`
 */
export function refuseIntricate(markdown: string): void {
  if (markdown.length > MAX_MARKDOWN_CHARS)
    throw new AppError("too_large", `The text is longer than ${MAX_MARKDOWN_CHARS} characters. Divide it.`);
  if (isIntricate(markdown)) throw tooIntricate();
}

const tooIntricate = (cause?: unknown) =>
  new AppError(
    "invalid_request",
    "This Markdown is nested too deeply or has too many brackets or stars in one block.",
    {
      cause,
    },
  );

const isFullStack = (error: unknown) => error instanceof RangeError && error.message.includes("call stack");

const isIntricate = (markdown: string) =>
  DEEP_QUOTE.test(markdown) ||
  markdown
    .split(/\n[ \t]*\n/)
    .some(
      (block) =>
        count(block, /[*_~]+/g) > MAX_MARKS || count(block, /[[\]]/g) > MAX_MARKS || depthOf(block) > MAX_DEPTH,
    );

const DEEP_QUOTE = new RegExp(`^(?:[ \\t]*>){${MAX_DEPTH}}`, "m");

function count(text: string, pattern: RegExp): number {
  let marks = 0;
  for (const _ of text.matchAll(pattern)) marks++;
  return marks;
}

/** How deep closed brackets stand within one another; brackets that stay open, as in a terminal's log, don't count. */
function depthOf(block: string): number {
  const open: number[] = [];
  let deepest = 0;
  for (const [bracket] of block.matchAll(/[[\]]/g)) {
    if (bracket === "[") {
      open.push(0);
      continue;
    }
    const depth = (open.pop() ?? -1) + 1;
    deepest = Math.max(deepest, depth);
    const outer = open.length - 1;
    if (outer >= 0) open[outer] = Math.max(open[outer] ?? 0, depth);
  }
  return deepest;
}
