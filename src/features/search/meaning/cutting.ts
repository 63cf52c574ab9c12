import { plainText } from "@/platform/markdown";

const MAX_CHARS = 1_200;
const MAX_PASSAGES = 200;

/** A text's passages in their order; the same text always has the same ones, so that a number says which. */
export const passagesOf = (body: string): string[] =>
  plainText(body)
    .split(/\n{2,}/)
    .filter((one) => one.trim() !== "")
    .slice(0, MAX_PASSAGES)
    .map((one) => one.slice(0, MAX_CHARS));
