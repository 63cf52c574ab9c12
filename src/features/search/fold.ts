const LETTERS: Record<string, string> = { ı: "i", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ς: "σ" };
const PAIRS: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", þ: "th" };

const withoutAccents = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]+/g, "")
    .normalize("NFC")
    .replace(/[ıøłđðħς]/g, (letter) => LETTERS[letter]!);

const PAIR = /[ßæœþ]/g;
const spelledOut = (text: string) => text.replace(PAIR, (letter) => PAIRS[letter]!);

/** As the index has it: without case and accents, and with one letter for those that people type for one another. */
export const fold = (text: string) => spelledOut(withoutAccents(text));

/** A text as it is compared. `place` says where a place in it is in the text as it was written. */
export type Folded = { text: string; place: (at: number) => number };

export function foldInPlace(text: string): Folded {
  const bare = withoutAccents(text);
  // Letter by letter where accents stand beside their letters, or one letter becomes two.
  if (bare.length !== text.length || /[\p{M}İ]/u.test(text)) return foldByLetters(text);
  const pairs = [...bare.matchAll(PAIR)].map(({ index }, before) => index + before + 1);
  if (pairs.length === 0) return { text: bare, place: (at) => at };
  return {
    text: spelledOut(bare),
    place(at) {
      let before = 0;
      while (before < pairs.length && pairs[before]! < at) before++;
      return at - before;
    },
  };
}

function foldByLetters(text: string): Folded {
  let folded = "";
  const starts: number[] = [];
  for (const { 0: letter, index } of text.matchAll(/.\p{M}*/gsu)) {
    const to = fold(letter);
    for (let n = 0; n < to.length; n++) starts.push(index);
    folded += to;
  }
  starts.push(text.length);
  return { text: folded, place: (at) => starts[at]! };
}
