"use client";

import type { Channel } from "@contentos/sdk";
import { ActionIcon, Button, Group, SegmentedControl, Select, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { memo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { addDays, type Day } from "./days";
import { DUE, type Filter, LOOK } from "./entries";
import { dateOf, UTC } from "./month";
import { rangeOf, stepped, VIEWS, type View } from "./use-plan";

type Props = {
  view: View;
  day: Day;
  today: Day;
  onShow: (view: View, day: Day) => void;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  channels: Channel[];
};

const STATES = ["Scheduled", "Publishing", "Published", "Failed", "OnHold", "Unknown", "Canceled"] as const;

/** Which days are shown, how, and what of them. */
export function Toolbar({ view, day, today, onShow, filter, onFilter, channels }: Props) {
  const t = useTranslations("distribution.calendar");
  const range = useRangeWords()(view, day);
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="xs">
        <Button variant="default" size="sm" onClick={() => onShow(view, today)}>
          {t("today")}
        </Button>
        <ActionIcon.Group>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t("before")}
            onClick={() => onShow(view, stepped(view, day, -1))}
          >
            <IconChevronLeft size={18} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t("after")}
            onClick={() => onShow(view, stepped(view, day, 1))}
          >
            <IconChevronRight size={18} />
          </ActionIcon>
        </ActionIcon.Group>
        <Text fw={650} size="lg" aria-live="polite">
          {range}
        </Text>
      </Group>
      <Group gap="xs">
        <Filters filter={filter} onFilter={onFilter} channels={channels} />
        <SegmentedControl
          aria-label={t("view")}
          data={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
          value={view}
          onChange={(chosen) => onShow(chosen as View, day)}
        />
      </Group>
    </Group>
  );
}

/** Drawn anew only where it changes: two fields that choose are most of what a change of view would cost. */
const Filters = memo(function Filters({ filter, onFilter, channels }: Pick<Props, "filter" | "onFilter" | "channels">) {
  const t = useTranslations("distribution.calendar");
  const status = useTranslations("status");
  return (
    <>
      <Select
        aria-label={t("channel")}
        placeholder={t("allChannels")}
        data={channels.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.channelId}
        onChange={(channelId) => onFilter({ ...filter, channelId })}
        clearable
        w={150}
      />
      <Select
        aria-label={t("status")}
        placeholder={t("allStates")}
        data={[
          { value: LOOK, label: t("needsALook") },
          { value: DUE, label: t("dueDates") },
          ...STATES.map((value) => ({ value, label: status(value) })),
        ]}
        value={filter.status}
        onChange={(chosen) => onFilter({ ...filter, status: chosen })}
        clearable
        w={150}
      />
    </>
  );
});

function useRangeWords() {
  const format = useFormatter();
  return (view: View, day: Day): string => {
    if (view === "month") return format.dateTime(dateOf(day), { ...UTC, month: "long", year: "numeric" });
    if (view === "day") return format.dateTime(dateOf(day), { ...UTC, dateStyle: "medium" });
    const [first, end] = rangeOf(view, day);
    const last = addDays(end, -1);
    return format.dateTimeRange(dateOf(first), dateOf(last), { ...UTC, dateStyle: "medium" });
  };
}
