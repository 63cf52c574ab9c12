"use client";

import {
  type AiSettings,
  type DescribedVoice,
  describeVoice,
  getTopContent,
  giveFeedback,
  listContent,
  updateAiSettings,
} from "@contentos/sdk";
import { Alert, Button, Group, MultiSelect, Stack, Text, Textarea } from "@mantine/core";
import { IconMicrophone } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { Retold } from "@/ui/text/retold";
import { useTold } from "@/ui/told";

const MOST = 8;
/** So many of those that did best are chosen at first. */
const FIRST = 4;

type Props = { workspaceId: string; settings: AiSettings; onSaved: () => void };

/** How the brand speaks, told from items that sound like it; a person edits it before it is kept. */
export function VoiceFromSamples({ workspaceId, settings, onSaved }: Props) {
  const t = useTranslations("assist.voice");
  const items = useRead(listContent, { sort: "-updatedAt", limit: 100 });
  const top = useRead(getTopContent, { id: workspaceId, limit: FIRST });
  const [chosen, setChosen] = useState<string[]>();
  const describe = useWrite(describeVoice, { meta: { quiet: true } });
  if (!settings.usable) {
    return (
      <Alert variant="light" color="gray">
        <Retold>{settings.missing ?? ""}</Retold>
      </Alert>
    );
  }
  const best = top.data?.items ?? [];
  const listed = new Map([
    ...best.map(({ contentItemId, title }): [string, string] => [contentItemId, title]),
    ...(items.data?.items ?? []).map(({ id, title }): [string, string] => [id, title]),
  ]);
  const samples = chosen ?? best.map(({ contentItemId }) => contentItemId);
  return (
    <Stack gap="sm">
      <MultiSelect
        label={t("samples")}
        description={t("samplesHint")}
        data={[...listed].map(([value, label]) => ({ value, label }))}
        value={samples}
        onChange={setChosen}
        maxValues={MOST}
        searchable
      />
      <ProblemAlert error={items.error ?? top.error ?? describe.error} />
      <Group>
        <Button
          variant="light"
          leftSection={<IconMicrophone size={18} aria-hidden />}
          disabled={samples.length === 0}
          loading={describe.isPending}
          onClick={() => describe.mutate({ body: { contentItemIds: samples } })}
        >
          {t(describe.data ? "again" : "describe")}
        </Button>
      </Group>
      {describe.data && !describe.isPending && (
        <Described
          key={describe.data.generationId}
          described={describe.data}
          settings={settings}
          onDone={() => {
            describe.reset();
            onSaved();
          }}
          onDrop={describe.reset}
        />
      )}
    </Stack>
  );
}

type DescribedProps = { described: DescribedVoice; settings: AiSettings; onDone: () => void; onDrop: () => void };

function Described({ described, settings, onDone, onDrop }: DescribedProps) {
  const t = useTranslations("assist.voice");
  const told = useTold();
  const [voice, setVoice] = useState(described.voice);
  const judge = useWrite(giveFeedback, { meta: { quiet: true } });
  const save = useWrite(updateAiSettings, {
    onSuccess: () => {
      const feedback = voice === described.voice ? "Used" : "Edited";
      judge.mutate({ id: described.generationId, body: { feedback } });
      told();
      onDone();
    },
  });
  const drop = () => {
    judge.mutate({ id: described.generationId, body: { feedback: "Dropped" } });
    onDrop();
  };
  const base = settings.updatedAt && { baseUpdatedAt: settings.updatedAt };
  return (
    <Stack gap="xs">
      <Textarea
        label={t("voice")}
        description={t("voiceHint")}
        autosize
        minRows={4}
        maxLength={4_000}
        value={voice}
        onChange={(event) => setVoice(event.currentTarget.value)}
      />
      {settings.brandVoice && (
        <Text size="sm" c="dimmed">
          {t("replaces")}
        </Text>
      )}
      <ProblemAlert error={save.error} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={drop}>
          {t("drop")}
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate({ body: { brandVoice: voice, ...base } })}>
          {t("keep")}
        </Button>
      </Group>
    </Stack>
  );
}
