/*
 * Google's result pages set a title in Arial at 20 px and a description at 14 px (measured in a desktop browser by many,
 * and what other tools count by). Arial's advance widths are those of Helvetica, which Adobe publishes as font metrics
 * (Core 14 AFM, in thousandths of the font's size): these are that table's numbers.
 */
const NARROW = "ijl‘’‚";
const BY_WIDTH: Record<number, string> = {
  191: "'",
  222: NARROW,
  260: "|",
  278: " !,./:;I[\\]ft·ı",
  333: "()-r`“”„¡‹›",
  334: "{}",
  350: "•",
  355: '"',
  389: "*",
  400: "°",
  469: "^",
  500: "Jcksvxyz",
  556: "#$0123456789?L_abdeghnopqu–«»€£§¥",
  584: "+<=>~±×÷",
  611: "FTZßø¿",
  667: "&ABEKPSVXY",
  722: "CDHNRUw",
  737: "©®",
  778: "GOQØ",
  833: "Mm",
  889: "%æ",
  944: "Wœ",
  1000: "Æ—…™Œ",
  1015: "@",
};
const WIDTHS = new Map(Object.entries(BY_WIDTH).flatMap(([width, all]) => [...all].map((one) => [one, Number(width)])));
const ORDINARY = 556;
const FULL = 1_000;
const FULL_WIDTH =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u;
const UNSEEN = /[\p{M}\p{Cf}\p{Cc}]/u;

/** In CSS pixels, rounded. `sizePx` is the font's size. */
export function widthOf(text: string, sizePx: number): number {
  let thousandths = 0;
  // An accent stands over its letter and takes no room.
  for (const one of text.normalize("NFD")) {
    if (UNSEEN.test(one)) continue;
    thousandths += WIDTHS.get(one) ?? (FULL_WIDTH.test(one) ? FULL : ORDINARY);
  }
  return Math.round((thousandths * sizePx) / 1_000);
}
