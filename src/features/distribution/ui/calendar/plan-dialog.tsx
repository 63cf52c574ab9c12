"use client";

import { type Channel, type ContentItem, createSchedule, listContent } from "@contentos/sdk";
import { Alert, Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Problem } from "@/ui/api";
import { notices } from "@/ui/notices";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { usePlanWarnings } from "../use-plan-warnings";
import { WhenField } from "../when-field";
import { type Wall, wallOf } from "./days";

type Props = {
  /** What the clocks of the workspace show at the place that was chosen; empty where none was. */
  at: Wall | "";
  channels: Channel[];
  timeZone: string;
  onClose: () => void;
};

/** Plans something approved at the place of the calendar that was chosen. */
export function PlanDialog({ at, channels, timeZone, onClose }: Props) {
  const t = useTranslations("distribution.plan");
  const format = useFormatter();
  const warn = usePlanWarnings();
  const [wall, setWall] = useState<Wall | "">(at);
  const [item, setItem] = useState<ContentItem | null>(null);
  const [channelId, setChannelId] = useState<string | null>(channels[0]?.id ?? null);
  const plan = useWrite(createSchedule, {
    onSuccess: ({ scheduledTime, resolution, warnings }) => {
      const time = format.dateTime(new Date(scheduledTime), "dayAndTime");
      const message = resolution === "first_of_two" ? t("twice", { time }) : time;
      notices.show({ title: t("done", { title: item?.title ?? "" }), message });
      warn(warnings);
      onClose();
    },
  });
  const issue = (path: string) =>
    plan.error instanceof Problem ? plan.error.issues.find((one) => one.path === path)?.message : undefined;
  const now = wallOf(Date.now(), timeZone);
  const past = wall !== "" && wall < now;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!item || !channelId || !wall || past) return;
    plan.mutate({ body: { contentItemId: item.id, channelId, scheduledTime: wall, timeZone } });
  };
  return (
    <Modal opened onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": t("close") }}>
      <form onSubmit={submit}>
        <Stack>
          <ItemSelect value={item} onChange={setItem} />
          <Select
            label={t("channel")}
            data={channels.map(({ id, name, label }) => ({
              value: id,
              label: name === label ? name : `${name} (${label})`,
            }))}
            value={channelId}
            onChange={setChannelId}
            allowDeselect={false}
            required
          />
          <WhenField
            value={wall}
            onChange={setWall}
            timeZone={timeZone}
            now={now}
            error={issue("scheduledTime") ?? (past ? t("past") : undefined)}
          />
          {!issue("scheduledTime") && <ProblemAlert error={plan.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={plan.isPending} disabled={!item || !channelId || !wall || past}>
              {t("do")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type ItemProps = { value: ContentItem | null; onChange: (item: ContentItem | null) => void };

/** What may go out: what is approved, and what is out already and may go out elsewhere. */
function ItemSelect({ value, onChange }: ItemProps) {
  const t = useTranslations("distribution.plan");
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words.trim(), 200);
  // The title of what was chosen stands in the field, and is no search.
  const given = q && q !== value?.title ? { q } : {};
  const options = { placeholderData: keepPreviousData };
  const approved = useRead(listContent, { ...given, status: "Approved", sort: "-updatedAt", limit: 50 }, options);
  const published = useRead(listContent, { ...given, status: "Published", sort: "-updatedAt", limit: 20 }, options);
  const found = [...(approved.data?.items ?? []), ...(published.data?.items ?? [])];
  const known = value && !found.some(({ id }) => id === value.id) ? [value, ...found] : found;
  const group = (label: string, status: string) => ({
    group: label,
    items: known.filter((item) => item.status === status).map(({ id, title }) => ({ value: id, label: title })),
  });
  if (approved.data && published.data && found.length === 0 && !q && !value)
    return (
      <Alert color="gray">
        <Text size="sm">{t("nothingApproved")}</Text>
      </Alert>
    );
  return (
    <>
      <Select
        label={t("item")}
        placeholder={t("itemPlaceholder")}
        searchable
        filter={({ options: all }) => all}
        data={[group(t("approved"), "Approved"), group(t("published"), "Published")].filter(
          ({ items }) => items.length > 0,
        )}
        value={value?.id ?? null}
        onChange={(id) => onChange(known.find((item) => item.id === id) ?? null)}
        searchValue={words}
        onSearchChange={setWords}
        nothingFoundMessage={t("nothingFound")}
        maxDropdownHeight={280}
        required
        data-autofocus
      />
      <ProblemAlert error={approved.error ?? published.error} />
    </>
  );
}
