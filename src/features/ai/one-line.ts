/** A model's words as one line of plain text: no marks, no list's sign, no quotation marks around the whole. */
export const oneLine = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, " ")
    .replace(/^\s*(?:[-*•]|#+|\d+[.)])\s+/, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^["“„«'](.*)["”“»']$/u, "$1")
    .replace(/\*\*|__|`/g, "")
    .trim();
