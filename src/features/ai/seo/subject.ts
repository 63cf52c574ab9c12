import type { Keyword } from "./keyword";
import type { Reading } from "./reading";
import type { CheckId, SkippedBecause } from "./table";

export type Neighbour = { id: string; title: string };

/** What the workspace knows of an item; nothing of a text that is none. */
export type Surroundings = {
  publishedAt: Date | null;
  sameTitle: Neighbour[];
  sameKeyword: Neighbour[];
  /** Items that the text leads to and that can't be read: none such, or archived. In lower case. */
  deadLinks: ReadonlySet<string>;
};

/** What is judged. */
export type Subject = {
  body: string;
  /** Undefined for a bare text, which is no page. */
  title: string | undefined;
  description: string | undefined;
  /** As it was chosen. */
  slug: string | undefined;
  keyword: string;
  /** Whether an image stands for the whole. */
  hasCover: boolean;
  /** What the library says of images, by their ids; undefined for one that isn't known yet. */
  altOf: (assetId: string) => string | undefined;
  /** Whether an absolute address is of this deployment. */
  isOwn: (url: string) => boolean;
  surroundings: Surroundings | undefined;
  now: Date;
};

export type Field = "title" | "description" | "slug" | "body";
export type Passage = { field: Field; start: number; end: number; quote: string };
export type Status = "Pass" | "Warn" | "Fail";
export type Verdict = {
  status: Status;
  reason: string;
  params?: Record<string, number | string>;
  passages?: Passage[];
  /** Where there are more than are shown. */
  passageCount?: number;
  items?: Neighbour[];
};
export type Skipped = { because: SkippedBecause };
export type Given = { subject: Subject; reading: Reading; keyword: Keyword | undefined };
export type Check = (given: Given) => Verdict | Skipped;
export type Checks = Partial<Record<CheckId, Check>>;

/** A check that needs a keyword. */
export const withKeyword =
  (check: (given: Given & { keyword: Keyword }) => Verdict | Skipped): Check =>
  (given) =>
    given.keyword ? check({ ...given, keyword: given.keyword }) : { because: "NoKeyword" };

const MOST_PASSAGES = 20;
const LONGEST_QUOTE = 200;

/** The first places, and how many there are. */
export function places(text: string, spans: readonly { start: number; end: number }[], field: Field = "body") {
  const passages = spans.slice(0, MOST_PASSAGES).map(({ start, end }) => ({
    field,
    start,
    end,
    quote: text.slice(start, Math.min(end, start + LONGEST_QUOTE)).toWellFormed(),
  }));
  return { passages, passageCount: spans.length };
}

/** Of 100, rounded. */
export const percentOf = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 100));
