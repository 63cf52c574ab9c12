const WORDS = 30_000;
const CONSONANTS = "bcdfghklmnprstvz";
const VOWELS = "aeiou";
const ENDINGS = ["s", "ing", "ed", "er", "ion"];

/** Made-up words, as frequent as those of a language: the nth about 1/n as often as the first. The same each time. */
export function createVocabulary() {
  let state = 42;
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = (from: ArrayLike<string>) => from[Math.floor(random() * from.length)]!;
  const words = new Set<string>();
  while (words.size < WORDS) {
    const syllables = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(CONSONANTS) + pick(VOWELS));
    words.add(syllables.join("") + (random() < 0.4 ? pick(ENDINGS) : ""));
  }
  const list = [...words];
  let total = 0;
  const upTo = list.map((_, n) => {
    total += 1 / (n + 5);
    return total;
  });
  const word = () => {
    const sought = random() * total;
    let [low, high] = [0, WORDS - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! < sought) low = middle + 1;
      else high = middle;
    }
    return list[low]!;
  };
  return { text: (length: number) => Array.from({ length }, word).join(" ") };
}
