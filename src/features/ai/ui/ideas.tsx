"use client";

import {
  type ContentItemWithBody,
  getAiSettings,
  giveFeedback,
  listPersonas,
  suggestHeadlines,
  updateContent,
} from "@contentos/sdk";
import { Alert, Badge, Button, Group, Select, Stack } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import { type ComponentProps, useState } from "react";
import { useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { useStreamed } from "@/ui/streamed";
import { Retold } from "@/ui/text/retold";
import { useTold } from "@/ui/told";
import { Asking } from "./asking";
import { CreditsLeft } from "./credits-left";
import { SuggestionCard } from "./suggestion-card";

/** Headlines for an item, each with its reason. One that is taken over becomes the title, and makes a new version. */
export function Ideas({ item }: { item: ContentItemWithBody }) {
  const t = useTranslations("ai.ideas");
  const settings = useRead(getAiSettings);
  const personas = useRead(listPersonas, { limit: 100 }, { staleTime: 60_000 });
  const [personaId, setPersonaId] = useState<string | null>(null);
  const suggest = useStreamed(suggestHeadlines, { meta: { quiet: true }, endsWithPage: true });
  if (settings.isPending) return <LoadingRows rows={1} />;
  if (!settings.data) return <ProblemAlert error={settings.error} onRetry={() => settings.refetch()} />;
  if (!settings.data.usable) {
    return (
      <Alert variant="light" color="gray">
        <Retold>{settings.data.missing ?? ""}</Retold>
      </Alert>
    );
  }
  const choices = (personas.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const ask = () =>
    suggest.mutate(
      { body: { contentItemId: item.id, ...(personaId && { personaId }) } },
      { onSettled: () => settings.refetch() },
    );
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        {choices.length > 0 && (
          <Select
            label={t("reader")}
            placeholder={t("anybody")}
            data={choices}
            value={personaId}
            onChange={setPersonaId}
            clearable
            flex="1 1 160px"
          />
        )}
        <Button
          variant="light"
          leftSection={<IconBulb size={18} aria-hidden />}
          onClick={ask}
          loading={suggest.isPending}
        >
          {t(suggest.data ? "again" : "ask")}
        </Button>
      </Group>
      <Asking asked={suggest} waiting={t("waiting")} onRetry={ask}>
        {suggest.partial?.suggestions?.map((suggestion) => (
          <Suggestion key={suggestion.text} {...suggestion} />
        ))}
      </Asking>
      {suggest.data && !suggest.isPending && (
        <Suggestions key={suggest.data.generationId} itemId={item.id} made={suggest.data} onDone={suggest.reset} />
      )}
      <CreditsLeft credits={settings.data.credits} own={settings.data.keyHint !== null} />
    </Stack>
  );
}

type Technique = "HowTo" | "Question" | "Benefit" | "Number" | "Contrast" | "News" | "Curiosity" | "Direct";
type Suggested = { text: string; reason: string; technique: Technique };
type Made = { generationId: string; suggestions: Suggested[] };

/** One of them, with what can be done with it. */
function Suggestion({ text, reason, technique, use }: Suggested & Pick<ComponentProps<typeof SuggestionCard>, "use">) {
  const t = useTranslations("ai.ideas");
  const about = (
    <Badge variant="light" color="gray" c="var(--mantine-color-text)">
      {t(`techniques.${technique}`)}
    </Badge>
  );
  return <SuggestionCard text={text} reason={reason} about={about} {...(use && { use })} />;
}

function Suggestions({ itemId, made, onDone }: { itemId: string; made: Made; onDone: () => void }) {
  const t = useTranslations("ai.ideas");
  const told = useTold();
  const judge = useWrite(giveFeedback, { meta: { quiet: true } });
  const rename = useWrite(updateContent);
  const take = (title: string) =>
    rename.mutate(
      { id: itemId, body: { title } },
      {
        onSuccess: () => {
          judge.mutate({ id: made.generationId, body: { feedback: "Used" } });
          told(t("used"));
          onDone();
        },
      },
    );
  const drop = () => {
    judge.mutate({ id: made.generationId, body: { feedback: "Dropped" } });
    onDone();
  };
  return (
    <Stack gap="xs" role="group" aria-label={t("title")}>
      {made.suggestions.map((suggestion) => (
        <Suggestion
          key={suggestion.text}
          {...suggestion}
          use={{
            label: t("use"),
            full: t("useThis", { text: suggestion.text }),
            disabled: rename.isPending,
            onClick: () => take(suggestion.text),
          }}
        />
      ))}
      <ProblemAlert error={rename.error} />
      <Group justify="flex-end">
        <Button size="compact-sm" variant="subtle" color="gray" c="var(--mantine-color-text)" onClick={drop}>
          {t("drop")}
        </Button>
      </Group>
    </Stack>
  );
}
