"use client";

import "@mantine/dates/styles.css";
import "dayjs/locale/de";
import { DatesProvider, DateTimePicker } from "@mantine/dates";
import { useLocale, useTranslations } from "use-intl";
import { addDays, addHours, dayOf, mondayOf, type Wall } from "./calendar/days";

type Props = {
  /** What the clocks of the workspace show; empty where nothing was chosen. */
  value: Wall | "";
  onChange: (wall: Wall | "") => void;
  timeZone: string;
  /** What the clocks of the workspace show now. */
  now: Wall;
  error?: string | undefined;
  label?: string;
};

/** A day and a time as the workspace's clocks show them, with those that people choose most. */
export function WhenField({ value, onChange, timeZone, now, error, label }: Props) {
  const t = useTranslations("distribution.when");
  const locale = useLocale();
  const today = dayOf(now);
  const presets = [
    { value: addHours(`${now.slice(0, 13)}:00`, 1), label: t("nextHour") },
    { value: `${addDays(today, 1)}T09:00`, label: t("tomorrow") },
    { value: `${addDays(mondayOf(today), 7)}T09:00`, label: t("nextMonday") },
  ];
  return (
    <DatesProvider settings={{ locale, firstDayOfWeek: 1 }}>
      <DateTimePicker
        label={label ?? t("label")}
        description={t("zone", { timeZone })}
        placeholder={t("placeholder")}
        value={value ? value.replace("T", " ") : null}
        onChange={(given) => onChange(given ? given.slice(0, 16).replace(" ", "T") : "")}
        valueFormat="ddd, D MMM YYYY HH:mm"
        minDate={today}
        presets={presets.map((preset) => ({ ...preset, value: `${preset.value.replace("T", " ")}:00` }))}
        clearable
        clearButtonProps={{ "aria-label": t("clear") }}
        submitButtonProps={{ "aria-label": t("choose") }}
        timePickerProps={{
          withDropdown: true,
          hoursInputLabel: t("hours"),
          minutesInputLabel: t("minutes"),
          popoverProps: { withinPortal: false },
        }}
        ariaLabels={{ previousMonth: t("previousMonth"), nextMonth: t("nextMonth") }}
        error={error}
      />
    </DatesProvider>
  );
}
