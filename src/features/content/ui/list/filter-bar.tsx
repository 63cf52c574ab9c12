"use client";

import { Group } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconLayoutKanban, IconList, IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { CountMark } from "@/ui/count-mark";
import { Later } from "@/ui/later";
import { Segments } from "@/ui/segments";
import type { Choices } from "./choices";
import { ConditionsButton } from "./conditions-button";
import { type Filter, hiddenConditions, STATUSES } from "./filter";
import classes from "./filter-bar.module.css";

const loadConditions = () => import("./conditions").then((module) => module.Conditions);

type Props = {
  filter: Filter;
  choices: Choices;
  onChange: (filter: Filter) => void /** Of the room that keeps views. */;
  views: ReactNode;
};

/** The list follows once somebody has stopped typing for so long, in ms. */
const PAUSE_MS = 150;

export function FilterBar({ filter, choices, onChange, views }: Props) {
  const t = useTranslations("content.list");
  const status = useTranslations("status");
  const conditions = hiddenConditions(filter);
  return (
    <Group gap="sm">
      <SearchField filter={filter} onChange={onChange} />
      {filter.view === "list" && (
        <Segments
          label={t("status")}
          options={[{ value: "", label: t("all") }, ...STATUSES.map((value) => ({ value, label: status(value) }))]}
          value={filter.status ?? ""}
          onChange={(value) => onChange({ ...filter, status: value || null })}
        />
      )}
      <Group gap="xs" ml={{ sm: "auto" }}>
        {views}
        <CountMark count={conditions}>
          <Later popup="dialog" button={<ConditionsButton />} load={loadConditions}>
            {(Conditions) => <Conditions filter={filter} choices={choices} onChange={onChange} />}
          </Later>
        </CountMark>
        <Segments
          label={t("view")}
          options={[
            { value: "list", label: t("asList"), picture: <IconList size={18} stroke={1.6} aria-hidden /> },
            { value: "board", label: t("asBoard"), picture: <IconLayoutKanban size={18} stroke={1.6} aria-hidden /> },
          ]}
          value={filter.view}
          onChange={(view) => onChange({ ...filter, view, status: null })}
        />
      </Group>
    </Group>
  );
}

/** As Mantine's field looks, which brings all that a field of a form may have around it. */
function SearchField({ filter, onChange }: Pick<Props, "filter" | "onChange">) {
  const t = useTranslations("content.list");
  const [words, setWords] = useState(filter.q);
  const search = useDebouncedCallback((q: string) => onChange({ ...filter, q }), PAUSE_MS);
  useEffect(() => setWords(filter.q), [filter.q]);
  return (
    <div className={classes.search}>
      <IconSearch size={16} aria-hidden />
      <input
        type="search"
        aria-label={t("searchTitles")}
        placeholder={t("searchTitles")}
        value={words}
        maxLength={200}
        onChange={({ currentTarget: { value } }) => {
          setWords(value);
          search(value);
        }}
      />
    </div>
  );
}
