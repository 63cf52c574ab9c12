"use client";

import { getAiSettings, giveFeedback, suggestAltText } from "@contentos/sdk";
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useLocale, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { Retold } from "@/ui/text/retold";
import { CreditsLeft } from "../../ui/credits-left";

type Props = { assetId: string; onTake: (altText: string) => void };

/** What a model that sees says of an image; it goes into the field, and is saved by a person. */
export function SuggestAlt({ assetId, onTake }: Props) {
  const t = useTranslations("assist.alt");
  const language = useLocale();
  const settings = useRead(getAiSettings);
  const suggest = useWrite(suggestAltText, { meta: { quiet: true }, onSettled: () => void settings.refetch() });
  const judge = useWrite(giveFeedback, { meta: { quiet: true } });
  if (!settings.data) return null;
  if (!settings.data.usable) {
    return (
      <Text size="xs" c="dimmed">
        <Retold>{settings.data.missing ?? ""}</Retold>
      </Text>
    );
  }
  const end = (feedback: "Used" | "Dropped") => {
    if (!suggest.data) return;
    judge.mutate({ id: suggest.data.generationId, body: { feedback } });
    if (feedback === "Used") onTake(suggest.data.altText);
    suggest.reset();
  };
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button
          size="xs"
          variant="light"
          leftSection={<IconEye size={16} aria-hidden />}
          loading={suggest.isPending}
          onClick={() => suggest.mutate({ body: { assetId, language } })}
        >
          {t(suggest.data ? "again" : "ask")}
        </Button>
        <CreditsLeft credits={settings.data.credits} own={settings.data.keyHint !== null} />
      </Group>
      <ProblemAlert error={suggest.error} />
      {suggest.data && !suggest.isPending && (
        <Card withBorder padding="sm" radius="md" role="group" aria-label={t("proposal")}>
          <Stack gap="xs">
            <Text size="sm">{suggest.data.altText}</Text>
            <Group justify="flex-end" gap="xs">
              <Button size="compact-sm" variant="default" onClick={() => end("Dropped")}>
                {t("drop")}
              </Button>
              <Button size="compact-sm" onClick={() => end("Used")}>
                {t("take")}
              </Button>
            </Group>
          </Stack>
        </Card>
      )}
    </Stack>
  );
}
