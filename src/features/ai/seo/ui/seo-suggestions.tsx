"use client";

import {
  analyzeSeo,
  type ContentItemWithBody,
  getAiSettings,
  giveFeedback,
  type SeoSuggestion,
  updateContent,
} from "@contentos/sdk";
import { Alert, Badge, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { Section } from "@/ui/section";
import { Retold } from "@/ui/text/retold";
import { useTold } from "@/ui/told";
import { CreditsLeft } from "../../ui/credits-left";
import { SuggestionCard } from "../../ui/suggestion-card";

type Props = { item: ContentItemWithBody; words: { title: string; body: string } | undefined };

/** What only a reader can tell of how a text will be found; it changes no check and no score. */
export function SeoSuggestions({ item, words }: Props) {
  const t = useTranslations("assist.seo");
  const settings = useRead(getAiSettings);
  const suggest = useWrite(analyzeSeo, { meta: { quiet: true }, onSettled: () => void settings.refetch() });
  if (!settings.data) return null;
  if (!settings.data.usable) {
    return (
      <Section title={t("title")}>
        <Alert variant="light" color="gray">
          <Retold>{settings.data.missing ?? ""}</Retold>
        </Alert>
      </Section>
    );
  }
  const ask = () =>
    suggest.mutate({
      body: {
        contentItemId: item.id,
        useModel: true,
        ...(words && { text: words.body }),
        ...(words?.title.trim() && { title: words.title }),
      },
    });
  const { suggestions, asked } = suggest.data ?? {};
  return (
    <Section title={t("title")}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("lead")}
        </Text>
        <Group>
          <Button
            variant="light"
            leftSection={<IconSparkles size={18} aria-hidden />}
            onClick={ask}
            loading={suggest.isPending}
          >
            {t(suggest.data ? "again" : "ask")}
          </Button>
        </Group>
        <ProblemAlert error={suggest.error} />
        {suggestions && asked && !suggest.isPending && (
          <Suggestions
            key={asked.generationId}
            item={item}
            suggestions={suggestions}
            generationId={asked.generationId}
            onDrop={suggest.reset}
          />
        )}
        <CreditsLeft credits={settings.data.credits} own={settings.data.keyHint !== null} />
      </Stack>
    </Section>
  );
}

type SuggestionsProps = {
  item: ContentItemWithBody;
  suggestions: SeoSuggestion[];
  generationId: string;
  onDrop: () => void;
};

function Suggestions({ item, suggestions, generationId, onDrop }: SuggestionsProps) {
  const t = useTranslations("assist.seo");
  const told = useTold();
  const judge = useWrite(giveFeedback, { meta: { quiet: true } });
  const update = useWrite(updateContent);
  const of = (kind: SeoSuggestion["kind"]) => suggestions.filter((one) => one.kind === kind);
  const { metadata } = item.currentVersion;
  const take = ({ field, text }: SeoSuggestion) =>
    update.mutate(
      { id: item.id, body: field === "title" ? { title: text } : { metadata: { ...metadata, description: text } } },
      {
        onSuccess: () => {
          judge.mutate({ id: generationId, body: { feedback: "Used" } });
          told(t(field === "title" ? "titleTaken" : "descriptionTaken"));
        },
      },
    );
  const drop = () => {
    judge.mutate({ id: generationId, body: { feedback: "Dropped" } });
    onDrop();
  };
  // A new title or description would undo an approval.
  const open = item.status === "Draft";
  return (
    <Stack gap="sm" role="group" aria-label={t("title")}>
      {of("SearchIntent").map(({ text, intent }) => (
        <Text key={text} size="sm">
          {intent && (
            <Badge variant="light" color="gray" c="var(--mantine-color-text)" mr="xs">
              {t(`intents.${intent}`)}
            </Badge>
          )}
          {text}
        </Text>
      ))}
      {of("MissingQuestion").length > 0 && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t("questions")}
          </Text>
          <List size="sm">
            {of("MissingQuestion").map(({ text }) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
        </Stack>
      )}
      {of("Rewrite").map((one) => (
        <SuggestionCard
          key={`${one.field} ${one.text}`}
          text={one.text}
          title={one.field === "title"}
          about={
            <Text size="xs" c="dimmed">
              {t(one.field === "title" ? "asTitle" : "asDescription", { pixels: one.widthPx ?? 0 })}
            </Text>
          }
          {...(open && {
            use: {
              label: t("use"),
              full: t("useThis", { text: one.text }),
              disabled: update.isPending,
              onClick: () => take(one),
            },
          })}
        />
      ))}
      <ProblemAlert error={update.error} />
      <Group justify="flex-end">
        <Button size="compact-sm" variant="subtle" color="gray" c="var(--mantine-color-text)" onClick={drop}>
          {t("drop")}
        </Button>
      </Group>
    </Stack>
  );
}
