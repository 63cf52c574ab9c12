import type { ChannelRules, Finding, Limits, Publication, PublicationImage, TextLimits } from "@/channels/adapter";
import { imagesOf, textsOf } from "@/channels/default-parts";
import { countBytes, countMentions, countTags, lengthOf } from "@/channels/text";

/** What any network of short posts would refuse: too many parts, an empty one, one that is too long. */
export function checkParts(publication: Publication, limits: Limits, label: ChannelRules["label"]): Finding[] {
  const texts = textsOf(publication, limits);
  const findings: Finding[] = [];
  if (texts.length === 0) {
    findings.push({ severity: "Error", code: "nothing_to_send", message: `There is no text to send to ${label}.` });
  } else if (publication.parts.length === 0) {
    findings.push({
      severity: "Warning",
      code: "no_adaptation",
      message: `There is no adaptation for ${label}: title, excerpt and link go out.`,
    });
  }
  if (texts.length > limits.maxParts) {
    findings.push({
      severity: "Error",
      code: "too_many_parts",
      message: `A thread has at most ${limits.maxParts} parts; this one has ${texts.length}.`,
    });
  }
  return [
    ...findings,
    ...texts.flatMap((text, position) => checkText(text, position, limits, label)),
    ...checkImages(publication, limits, label),
  ];
}

/** More images than go with a part, or such that not everybody is told of. */
export const checkImages = (publication: Publication, limits: Limits, label: string): Finding[] =>
  imagesOf(publication, limits).flatMap((images, position) => checkImagesOf(images, position, limits, label));

function checkImagesOf(images: PublicationImage[], position: number, { maxImages }: Limits, label: string): Finding[] {
  const findings: Finding[] = [];
  if (images.length > maxImages) {
    const message =
      maxImages === 0
        ? `${label} shows the images that stand in the text, and takes none beside it.`
        : `Part ${position + 1} has ${images.length} images; ${label} takes ${maxImages}.`;
    findings.push({ severity: "Error", code: "too_many_images", message, position });
  }
  if (images.some(({ altText }) => altText.trim() === "")) {
    const message = `An image of part ${position + 1} has no alt text: who can't see it is told nothing.`;
    findings.push({ severity: "Warning", code: "alt_text_missing", message, position });
  }
  return findings;
}

export function checkText(text: string, position: number, limits: TextLimits, label: string): Finding[] {
  const error = (code: string, message: string): Finding => ({ severity: "Error", code, message, position });
  if (text.trim() === "") return [error("part_empty", `Part ${position + 1} has no text.`)];
  const { maxGraphemes, maxBytes, maxTags, maxMentions } = limits;
  const length = maxGraphemes === undefined ? 0 : lengthOf(text, limits);
  const [size, tags, mentions] = [countBytes(text), countTags(text), countMentions(text)];
  return [
    ...(maxGraphemes !== undefined && length > maxGraphemes
      ? [error("part_too_long", `Part ${position + 1} has ${length} characters; ${label} takes ${maxGraphemes}.`)]
      : []),
    ...(maxBytes !== undefined && size > maxBytes
      ? [error("part_too_large", `Part ${position + 1} has ${size} bytes; ${label} takes ${maxBytes}.`)]
      : []),
    ...(maxTags !== undefined && tags > maxTags
      ? [error("too_many_tags", `Part ${position + 1} has ${tags} hashtags; ${label} takes ${maxTags}.`)]
      : []),
    ...(maxMentions !== undefined && mentions > maxMentions
      ? [error("too_many_mentions", `Part ${position + 1} has ${mentions} mentions; ${label} takes ${maxMentions}.`)]
      : []),
  ];
}
