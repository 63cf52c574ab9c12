"use client";

import type { Channel } from "@contentos/sdk";
import { useTranslations } from "use-intl";
import type { Finding, Publication } from "@/channels/adapter";
import { textsOf } from "@/channels/default-parts";
import { CHANNEL_RULES } from "@/channels/rules";
import { countBytes, countGraphemes } from "@/channels/text";
import type { Messages } from "@/ui/text/languages";

type Code = keyof Messages["distribution"]["findings"];

export type SaidFinding = Finding & { words: string };

/** What the channel would refuse or cut, counted as it counts and in the reader's language. */
export function useFindings() {
  const t = useTranslations("distribution.findings");
  return ({ network, label }: Channel, publication: Publication): SaidFinding[] => {
    const { validate, limits } = CHANNEL_RULES[network];
    const texts = textsOf(publication, limits);
    return validate(publication).map((finding) => {
      const { code, position = 0, message } = finding;
      const text = texts[position] ?? "";
      const values = {
        channel: label,
        part: position + 1,
        parts: texts.length,
        maxParts: limits.maxParts,
        maxImages: limits.maxImages,
        length: code === "part_too_large" ? countBytes(text) : countGraphemes(text),
        limit: (code === "part_too_large" ? limits.maxBytes : limits.maxGraphemes) ?? 0,
      };
      return { ...finding, words: t.has(code as Code) ? t(code as Code, values) : message };
    });
  };
}
