import type { VersionMerge } from "@contentos/sdk";

type Conflict = VersionMerge["conflicts"][number];
/** What becomes of a passage that both changed; `own` are words in place of either. */
export type Choice = { kind: "theirs" | "yours" | "both" } | { kind: "own"; text: string };

export const isUndecided = (choices: readonly (Choice | undefined)[]) => choices.filter((choice) => !choice).length;

/** What a decided passage says. Both: theirs first, on lines of their own where the passages are whole lines. */
export function chosenText({ theirs, yours, field }: Conflict, choice: Choice): string {
  if (choice.kind === "own") return choice.text;
  const [other, own] = [theirs ?? "", yours ?? ""];
  if (choice.kind === "theirs") return other;
  if (choice.kind === "yours") return own;
  if (other === "" || own === "") return other + own;
  if (field !== "body") return `${other} ${own}`;
  const lines = other.includes("\n") || own.includes("\n");
  if (!lines) return /\s$/.test(other) || /^\s/.test(own) ? other + own : `${other} ${own}`;
  // A line's end alone would make one paragraph of two.
  return `${other.replace(/\s+$/, "")}\n\n${own.replace(/^\n+/, "")}`;
}

/** The merged title and body, with what was decided in the place of each conflict. */
export function settle(merge: VersionMerge, choices: readonly Choice[]): { title: string; body: string } {
  let { title, body } = merge;
  const decided = merge.conflicts.map((conflict, place) => ({ conflict, text: chosenText(conflict, choices[place]!) }));
  for (const { conflict, text } of decided.toSorted((one, other) => startOf(other) - startOf(one))) {
    if (conflict.field === "title") title = text;
    else if (conflict.at) body = body.slice(0, conflict.at.start) + text + body.slice(conflict.at.end);
  }
  return { title, body };
}

const startOf = ({ conflict }: { conflict: Conflict }) => conflict.at?.start ?? -1;

/** The words around a passage, so that one knows where it stands. */
export function around(body: string, { at }: Conflict, length = 140): { before: string; after: string } | undefined {
  if (!at) return undefined;
  const [from, to] = [Math.max(0, at.start - length), Math.min(body.length, at.end + length)];
  const before = body.slice(from, at.start);
  const after = body.slice(at.end, to);
  return {
    before: from > 0 ? `…${before.slice(before.search(/\s|$/))}` : before,
    after: to < body.length ? after.replace(/\S*$/, "…") : after,
  };
}
