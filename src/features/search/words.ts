/** One part of a query, and how it is meant. */
export type Part = { text: string; kind: "Word" | "Prefix" | "Phrase" | "Without" };

/** More than anybody types; the rest of a longer query is left out. */
const MOST_PARTS = 32;

const PART = /(-?)(?:"([^"]*)"?|([^\s"]+))/g;

/** Any text is a query. What is typed last may still be under way, so it is taken for the beginning of a word. */
export function partsOf(query: string): Part[] {
  const parts: Part[] = [];
  for (const [, minus, phrase, word] of query.matchAll(PART)) {
    const text = phrase ?? word ?? "";
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    parts.push({ text, kind: minus ? "Without" : phrase === undefined ? "Word" : "Phrase" });
  }
  const last = parts.at(-1);
  if (last?.kind === "Word") last.kind = "Prefix";
  return parts.slice(0, MOST_PARTS);
}
