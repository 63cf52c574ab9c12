import { slug as slugged } from "github-slugger";
import type { Checks, Subject, Verdict } from "../subject";
import { visible } from "../text/words";
import { widthOf } from "../width";
import { imagesOf } from "./images";

/** What a result page shows on a desktop, in px; and where it looks empty. */
export const TITLE_PX = { sizePx: 20, least: 150, most: 600, farTooMuch: 750 };
export const DESCRIPTION_PX = { sizePx: 14, least: 430, most: 920 };
const SLUG = { characters: 60, words: 8 };

export const snippetChecks: Checks = {
  "title-width": ({ subject: { title } }) => {
    if (title === undefined) return { because: "NoTitle" };
    const text = visible(title);
    if (text === "") return { status: "Fail", reason: "missing" };
    const pixels = widthOf(text, TITLE_PX.sizePx);
    const params = { pixels, least: TITLE_PX.least, most: TITLE_PX.most };
    const whole = {
      params,
      passages: [{ field: "title" as const, start: 0, end: title.length, quote: title.slice(0, 200) }],
    };
    if (pixels < TITLE_PX.least) return { status: "Warn", reason: "short", ...whole };
    if (pixels <= TITLE_PX.most) return { status: "Pass", reason: "good", ...whole };
    return { status: pixels <= TITLE_PX.farTooMuch ? "Warn" : "Fail", reason: "long", ...whole };
  },
  "description-width": ({ subject }) => {
    if (subject.title === undefined && subject.description === undefined) return { because: "NoDescription" };
    const text = visible(subject.description ?? "");
    if (text === "") return { status: "Fail", reason: "missing" };
    const pixels = widthOf(text, DESCRIPTION_PX.sizePx);
    const params = { pixels, least: DESCRIPTION_PX.least, most: DESCRIPTION_PX.most };
    if (pixels < DESCRIPTION_PX.least) return { status: "Warn", reason: "short", params };
    return pixels <= DESCRIPTION_PX.most
      ? { status: "Pass", reason: "good", params }
      : { status: "Warn", reason: "long", params };
  },
  slug: ({ subject }) => {
    const slug = slugOf(subject);
    if (slug === undefined) return { because: "NoTitle" };
    if (slug === "") return { status: "Fail", reason: "impossible" };
    const params = { slug, characters: slug.length, words: slug.split("-").length };
    const isLong = params.characters > SLUG.characters || params.words > SLUG.words;
    return { status: isLong ? "Warn" : "Pass", reason: isLong ? "long" : "good", params };
  },
  // What the workspace's site says of an article: title, dates and publisher are always there.
  "structured-data": ({ subject, reading }): Verdict | { because: "NoTitle" } => {
    if (subject.title === undefined) return { because: "NoTitle" };
    const hasImage = imagesOf(subject, reading).length > 0;
    const hasDescription = Boolean(subject.description);
    if (hasImage && hasDescription) return { status: "Pass", reason: "whole" };
    if (!hasImage && !hasDescription) return { status: "Fail", reason: "neither" };
    return { status: "Warn", reason: hasImage ? "noDescription" : "noImage" };
  },
};

const MAX_SLUG_CHARS = 100;

/** As it was chosen, or as the site makes it of the title; empty where it can make none. */
export function slugOf({ slug, title }: Pick<Subject, "slug" | "title">): string | undefined {
  if (slug !== undefined) return slug;
  if (title === undefined) return undefined;
  return [...slugged(title)].slice(0, MAX_SLUG_CHARS).join("").replace(/-{2,}/g, "-").replace(/^-|-$/g, "");
}
