"use client";

import { createContent, giveFeedback, listPersonas, type ProposedPlan, proposePlan, saveBrief } from "@contentos/sdk";
import { Anchor, Badge, Button, Card, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";

type Props = { addressOf: (contentItemId: string) => string };

/** What could be written in a week, and when; each is taken by a person, and is then a draft with a date and a brief. */
export function PlanPanel({ addressOf }: Props) {
  const t = useTranslations("assist.plan");
  const personas = useRead(listPersonas, { limit: 100 }, { staleTime: 60_000 });
  const [count, setCount] = useState<number>(5);
  const [week, setWeek] = useState("");
  const [personaId, setPersonaId] = useState<string | null>(null);
  const propose = useWrite(proposePlan, { meta: { quiet: true } });
  const readers = (personas.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <TextInput
          type="date"
          label={t("week")}
          value={week}
          onChange={(event) => setWeek(event.currentTarget.value)}
          flex="1 1 150px"
        />
        <NumberInput
          label={t("count")}
          min={1}
          max={7}
          allowDecimal={false}
          value={count}
          onChange={(value) => setCount(Math.min(7, Math.max(1, Number(value) || 1)))}
          w={110}
        />
        {readers.length > 0 && (
          <Select
            label={t("reader")}
            placeholder={t("anybody")}
            data={readers}
            value={personaId}
            onChange={setPersonaId}
            clearable
            flex="1 1 150px"
          />
        )}
        <Button
          variant="light"
          leftSection={<IconCalendarPlus size={18} aria-hidden />}
          loading={propose.isPending}
          onClick={() => propose.mutate({ body: { count, ...(week && { week }), ...(personaId && { personaId }) } })}
        >
          {t("propose")}
        </Button>
      </Group>
      <ProblemAlert error={propose.error} />
      {propose.data && !propose.isPending && (
        <Proposed key={propose.data.generationId ?? propose.data.from} plan={propose.data} addressOf={addressOf} />
      )}
    </Stack>
  );
}

function Proposed({ plan, addressOf }: Props & { plan: ProposedPlan }) {
  const t = useTranslations("assist.plan");
  const titleOf = (id: string) => plan.best.find(({ contentItemId }) => contentItemId === id)?.title ?? "";
  return (
    <Stack gap="sm" role="group" aria-label={t("proposals")}>
      {!plan.model && (
        <Text size="sm" c="dimmed">
          {t("timesAlone")}
        </Text>
      )}
      {plan.slots.length === 0 && <Text size="sm">{t("full")}</Text>}
      {plan.slots.map((slot) => (
        <SlotCard
          key={slot.dueAt}
          slot={slot}
          generationId={plan.generationId}
          addressOf={addressOf}
          basedOn={(slot.idea?.basedOn ?? []).map(titleOf)}
        />
      ))}
    </Stack>
  );
}

type SlotProps = Props & {
  slot: ProposedPlan["slots"][number];
  generationId: string | null;
  basedOn: string[];
};

function SlotCard({ slot: { dueAt, why, campaign, idea }, generationId, basedOn, addressOf }: SlotProps) {
  const t = useTranslations("assist.plan");
  const format = useFormatter();
  const [title, setTitle] = useState(idea?.title ?? "");
  const create = useWrite(createContent);
  const brief = useWrite(saveBrief);
  const judge = useWrite(giveFeedback, { meta: { quiet: true } });
  const [made, setMade] = useState<string>();
  const take = async () => {
    const campaignId = campaign?.id;
    const item = await create.mutateAsync({ body: { title, body: "", dueAt, ...(campaignId && { campaignId }) } });
    setMade(item.id);
    if (!idea) return;
    await brief.mutateAsync({ id: item.id, body: { goal: idea.goal, keyword: idea.keyword, baseVersion: 0 } });
    if (generationId) judge.mutate({ id: generationId, body: { feedback: title === idea.title ? "Used" : "Edited" } });
  };
  return (
    <Card withBorder padding="sm" radius="md">
      <Stack gap="xs">
        <Group gap="xs">
          <Text fw={600} size="sm">
            {format.dateTime(new Date(dueAt), "dayAndTime")}
          </Text>
          <Badge variant="light" color="gray" c="var(--mantine-color-text)">
            {t(`why.${why}`)}
          </Badge>
          {campaign && (
            <Badge variant="light" c="var(--mantine-color-text)">
              {campaign.name}
            </Badge>
          )}
        </Group>
        <TextInput
          label={t("title")}
          value={title}
          maxLength={300}
          readOnly={made !== undefined}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        {idea && (
          <Text size="sm" c="dimmed">
            {idea.goal} {t("grows", { titles: basedOn.join(", ") })}
          </Text>
        )}
        <ProblemAlert error={create.error ?? brief.error} />
        <Group justify="flex-end">
          {made ? (
            <Anchor component={Link} href={addressOf(made)} size="sm">
              {t("open")}
            </Anchor>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              loading={create.isPending}
              disabled={title.trim() === ""}
              onClick={() => void take().catch(() => {})}
            >
              {t("take")}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}
