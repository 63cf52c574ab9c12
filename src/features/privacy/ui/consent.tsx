"use client";

import { giveConsents, listDocuments } from "@contentos/sdk";
import { Anchor, Text } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useRead, useWrite } from "@/ui/query";
import { useLanguage } from "@/ui/text/text-provider";

export const PLACES = { Terms: "/terms", Privacy: "/privacy" } as const;
export const DAY_MS = 86_400_000;

/** What whoever signs up agrees to, and the way to write that down once they have an account. */
export function useAgreement() {
  const { language } = useLanguage();
  const texts = useRead(listDocuments, { language }, { staleTime: DAY_MS });
  const give = useWrite(giveConsents, { meta: { quiet: true } });
  const documents = texts.data?.items.map(({ document, version }) => ({ document, version })) ?? [];
  return async () => {
    if (documents.length > 0) await give.mutateAsync({ body: { documents } }).catch(() => {});
  };
}

/** Under the button with which somebody signs up. */
export function AgreementNote() {
  const t = useTranslations("privacy");
  return (
    <Text size="xs" c="dimmed">
      {t.rich("agreement", {
        terms: (words) => (
          <Anchor component={Link} href={PLACES.Terms} inherit underline="always" target="_blank">
            {words}
          </Anchor>
        ),
        privacy: (words) => (
          <Anchor component={Link} href={PLACES.Privacy} inherit underline="always" target="_blank">
            {words}
          </Anchor>
        ),
      })}
    </Text>
  );
}
