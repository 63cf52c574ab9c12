"use client";

import { type Consents, giveConsents, listDocuments } from "@contentos/sdk";
import { Alert, Anchor, Button, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { AllWords } from "@/ui/text/all-words";
import { useLanguage } from "@/ui/text/text-provider";
import { DAY_MS, PLACES } from "./consent";

type Props = { asked: Consents["changed"] };

export const ConsentAsking = (props: Props) => (
  <AllWords>
    <Asking {...props} />
  </AllWords>
);

function Asking({ asked }: Props) {
  const t = useTranslations("privacy");
  const { language } = useLanguage();
  const texts = useRead(listDocuments, { language }, { staleTime: DAY_MS });
  const give = useWrite(giveConsents);
  const changed = texts.data?.items.filter(({ document }) => asked.includes(document)) ?? [];
  if (changed.length === 0) return null;
  const documents = changed.map(({ document, version }) => ({ document, version }));
  return (
    <Alert color="blue" mb="md" title={t("changed")}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t("changedText")}</Text>
        {changed.map(({ document, title }) => (
          <Anchor key={document} component={Link} href={PLACES[document]} size="sm" underline="always" target="_blank">
            {title}
          </Anchor>
        ))}
        <ProblemAlert error={give.error} />
        <Button size="xs" loading={give.isPending} onClick={() => give.mutate({ body: { documents } })}>
          {t("agree")}
        </Button>
      </Stack>
    </Alert>
  );
}
