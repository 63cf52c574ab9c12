"use client";

import { Button, Popover, Select, Stack, Switch } from "@mantine/core";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useArrival } from "@/ui/later";
import type { Choices } from "./choices";
import { ConditionsButton } from "./conditions-button";
import { EVERYTHING, type Filter, hiddenConditions, SORTS } from "./filter";

type Props = { filter: Filter; choices: Choices; onChange: (filter: Filter) => void };

const SORT_WORDS = { "-updatedAt": "byChange", "-createdAt": "byAge", dueAt: "byDueDate", title: "byTitle" } as const;

/** All by which a list is narrowed and ordered that is not in sight. */
export function Conditions({ filter, choices, onChange }: Props) {
  const t = useTranslations("content.list");
  const { need } = choices;
  useEffect(() => need(), [need]);
  const set = (change: Partial<Filter>) => onChange({ ...filter, ...change });
  const count = hiddenConditions(filter);
  const { button, opened, setOpened } = useArrival();
  const named = (some: { id: string; name: string }[]) => some.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ConditionsButton ref={button} onClick={() => setOpened(!opened)} />
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Select
            label={t("sort")}
            data={SORTS.map((value) => ({ value, label: t(SORT_WORDS[value]) }))}
            value={filter.sort}
            onChange={(value) => set({ sort: SORTS.find((one) => one === value) ?? EVERYTHING.sort })}
            allowDeselect={false}
            comboboxProps={WITHIN}
          />
          <Choice
            label={t("assignee")}
            data={[
              { value: "me", label: t("me") },
              { value: "none", label: t("nobody") },
              ...choices.members.map(({ userId, name }) => ({ value: userId, label: name })),
            ]}
            value={filter.assignee}
            onChange={(assignee) => set({ assignee })}
          />
          <Choice label={t("tag")} data={named(choices.tags)} value={filter.tag} onChange={(tag) => set({ tag })} />
          <Choice
            label={t("campaign")}
            data={named(choices.campaigns)}
            value={filter.campaign}
            onChange={(campaign) => set({ campaign })}
          />
          <Choice
            label={t("persona")}
            data={named(choices.personas)}
            value={filter.persona}
            onChange={(persona) => set({ persona })}
          />
          <Switch
            label={t("overdue")}
            checked={filter.overdue}
            onChange={(event) => set({ overdue: event.currentTarget.checked })}
          />
          <Switch
            label={t("archived")}
            checked={filter.archived}
            onChange={(event) => set({ archived: event.currentTarget.checked })}
          />
          <Button
            variant="subtle"
            disabled={count === 0}
            onClick={() => onChange({ ...EVERYTHING, view: filter.view, q: filter.q, status: filter.status })}
          >
            {t("clear")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What opens within the popover must not count as a click outside it. */
const WITHIN = { withinPortal: false };

type ChoiceProps = {
  label: string;
  data: { value: string; label: string }[];
  value: string | null;
  onChange: (value: string | null) => void;
};

function Choice(props: ChoiceProps) {
  const t = useTranslations("content.list");
  if (props.data.length === 0) return null;
  return (
    <Select
      {...props}
      placeholder={t("any")}
      clearable
      searchable
      nothingFoundMessage={t("nothingFits")}
      comboboxProps={WITHIN}
    />
  );
}
