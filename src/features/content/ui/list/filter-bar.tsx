"use client";

import { Group, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconLayoutKanban, IconList, IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { Choices } from "./choices";
import { type Filter, STATUSES } from "./filter";

const Conditions = dynamic(() => import("./conditions").then((module) => module.Conditions), { ssr: false });

type Props = { filter: Filter; choices: Choices; onChange: (filter: Filter) => void };

/** The list follows once somebody has stopped typing for so long, in ms. */
const PAUSE_MS = 150;

export function FilterBar({ filter, choices, onChange }: Props) {
  const t = useTranslations("content.list");
  const status = useTranslations("status");
  return (
    <Group gap="sm">
      <SearchField filter={filter} onChange={onChange} />
      {filter.view === "list" && (
        <SegmentedControl
          aria-label={t("status")}
          data={[
            { value: "", label: t("all") },
            ...STATUSES.map((value) => ({ value: value as string, label: status(value) })),
          ]}
          value={filter.status ?? ""}
          onChange={(value) => onChange({ ...filter, status: STATUSES.find((one) => one === value) ?? null })}
          style={{ overflowX: "auto", maxWidth: "100%" }}
        />
      )}
      <Group gap="xs" ml="auto">
        <Conditions filter={filter} choices={choices} onChange={onChange} />
        <SegmentedControl
          aria-label={t("view")}
          data={[
            { value: "list", label: <ViewIcon icon={IconList} label={t("asList")} /> },
            { value: "board", label: <ViewIcon icon={IconLayoutKanban} label={t("asBoard")} /> },
          ]}
          value={filter.view}
          onChange={(view) => onChange({ ...filter, view: view as Filter["view"], status: null })}
        />
      </Group>
    </Group>
  );
}

const ViewIcon = ({ icon: Icon, label }: { icon: typeof IconList; label: string }) => (
  <Icon size={18} stroke={1.6} aria-label={label} role="img" style={{ display: "block" }} />
);

function SearchField({ filter, onChange }: Omit<Props, "choices">) {
  const t = useTranslations("content.list");
  const [words, setWords] = useState(filter.q);
  const search = useDebouncedCallback((q: string) => onChange({ ...filter, q }), PAUSE_MS);
  useEffect(() => setWords(filter.q), [filter.q]);
  return (
    <TextInput
      type="search"
      aria-label={t("searchTitles")}
      placeholder={t("searchTitles")}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={words}
      maxLength={200}
      onChange={({ currentTarget: { value } }) => {
        setWords(value);
        search(value);
      }}
      flex="1 1 200px"
    />
  );
}
