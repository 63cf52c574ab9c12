import type { Reading } from "../reading";
import { type Checks, places, type Subject } from "../subject";

type Shown = { start: number; end: number; alt: string | undefined };

/** The images of the text, with the words that will stand for them; undefined where nobody knows them yet. */
export const inText = ({ altOf }: Subject, { images }: Reading): Shown[] =>
  images.map(({ start, end, url, alt }) => {
    const [, id] = /^asset:(.*)$/i.exec(url) ?? [];
    return { start, end, alt: alt || (id === undefined ? "" : altOf(id.toLowerCase())) };
  });

/** The same, with the one that stands for the whole, which has no place in the text. */
export const imagesOf = (subject: Subject, reading: Reading): Shown[] => [
  ...inText(subject, reading),
  ...(subject.hasCover ? [{ start: 0, end: 0, alt: undefined }] : []),
];

export const imageChecks: Checks = {
  images: ({ subject, reading }) => {
    const count = imagesOf(subject, reading).length;
    return count > 0 ? { status: "Pass", reason: "good", params: { count } } : { status: "Warn", reason: "none" };
  },
  "image-alt": ({ subject, reading }) => {
    const images = inText(subject, reading).filter(({ alt }) => alt !== undefined);
    if (images.length === 0) return { because: "NoImages" };
    const silent = images.filter(({ alt }) => alt === "");
    const params = { count: silent.length, total: images.length };
    const shown = places(reading.source, silent);
    if (silent.length === 0) return { status: "Pass", reason: "good", params };
    return silent.length < images.length
      ? { status: "Warn", reason: "some", params, ...shown }
      : { status: "Fail", reason: "all", params, ...shown };
  },
};
