import type { ChannelRules, Finding, Limits, Publication } from "@/channels/adapter";
import { textsOf } from "@/channels/default-parts";
import { countBytes, countGraphemes } from "@/channels/text";

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
  return [...findings, ...texts.flatMap((text, position) => checkText(text, position, limits, label))];
}

function checkText(text: string, position: number, limits: Limits, label: string): Finding[] {
  const error = (code: string, message: string): Finding => ({ severity: "Error", code, message, position });
  if (text.trim() === "") return [error("part_empty", `Part ${position + 1} has no text.`)];
  const { maxGraphemes, maxBytes } = limits;
  const [length, size] = [countGraphemes(text), countBytes(text)];
  return [
    ...(maxGraphemes !== undefined && length > maxGraphemes
      ? [error("part_too_long", `Part ${position + 1} has ${length} characters; ${label} takes ${maxGraphemes}.`)]
      : []),
    ...(maxBytes !== undefined && size > maxBytes
      ? [error("part_too_large", `Part ${position + 1} has ${size} bytes; ${label} takes ${maxBytes}.`)]
      : []),
  ];
}
