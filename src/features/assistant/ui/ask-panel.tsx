"use client";

import { askWorkspace, giveFeedback, type WorkspaceAnswer } from "@contentos/sdk";
import { Anchor, Button, Card, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconMessageQuestion } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

type Props = { addressOf: (contentItemId: string) => string };

/** A question about what was written; each sentence says where it stands. */
export function AskPanel({ addressOf }: Props) {
  const t = useTranslations("assist.ask");
  const [question, setQuestion] = useState("");
  const ask = useWrite(askWorkspace, { meta: { quiet: true } });
  return (
    <Stack gap="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate({ body: { question } });
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t("question")}
            placeholder={t("example")}
            minLength={3}
            maxLength={500}
            required
            value={question}
            onChange={(event) => setQuestion(event.currentTarget.value)}
            flex="1 1 260px"
          />
          <Button type="submit" leftSection={<IconMessageQuestion size={18} aria-hidden />} loading={ask.isPending}>
            {t("ask")}
          </Button>
        </Group>
      </form>
      <ProblemAlert error={ask.error} />
      {ask.data && !ask.isPending && <Answer answer={ask.data} addressOf={addressOf} />}
    </Stack>
  );
}

function Answer({ answer, addressOf }: Props & { answer: WorkspaceAnswer }) {
  const t = useTranslations("assist.ask");
  const [judged, setJudged] = useState(false);
  const judge = useWrite(giveFeedback, { meta: { quiet: true } });
  const { sentences, passages, why, generationId } = answer;
  const numberOf = (id: string) => passages.findIndex((passage) => passage.id === id) + 1;
  const say = (feedback: "Used" | "Dropped") => {
    if (generationId) judge.mutate({ id: generationId, body: { feedback } });
    setJudged(true);
  };
  return (
    <Stack gap="sm">
      {why && <Text role="status">{t(`why.${why}`)}</Text>}
      {sentences.length > 0 && (
        <Card withBorder padding="md" radius="md" role="status">
          <Text>
            {sentences.map(({ text, passages: cited }) => (
              <span key={text}>
                {text}{" "}
                {cited.map((id) => (
                  <Anchor key={id} href={`#passage-${id}`} size="sm" aria-label={t("source", { number: numberOf(id) })}>
                    [{numberOf(id)}]
                  </Anchor>
                ))}{" "}
              </span>
            ))}
          </Text>
          {!judged && (
            <Group gap="xs" mt="sm" justify="flex-end">
              <Button size="compact-sm" variant="default" onClick={() => say("Used")}>
                {t("helped")}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => say("Dropped")}>
                {t("wrong")}
              </Button>
            </Group>
          )}
        </Card>
      )}
      {passages.map(({ id, contentItemId, versionNumber, title, text }) => (
        <Stack key={id} id={`passage-${id}`} gap={2}>
          <Anchor component={Link} href={addressOf(contentItemId)} fw={600} size="sm">
            [{numberOf(id)}] {title}
          </Anchor>
          <Text size="xs" c="dimmed">
            {t("version", { versionNumber })}
          </Text>
          <Text size="sm" lineClamp={4}>
            {text}
          </Text>
        </Stack>
      ))}
    </Stack>
  );
}
