"use client";

import type { Channel } from "@contentos/sdk";
import { useTranslations } from "use-intl";

/** What a channel takes, as a sentence. */
export function useLimitWords() {
  const t = useTranslations("channels.limits");
  return ({ limits: { form, maxParts, maxGraphemes, maxImages } }: Pick<Channel, "limits">): string => {
    if (form === "article") return t("article");
    return t("thread", { maxParts, maxGraphemes: maxGraphemes ?? 0, maxImages });
  };
}
