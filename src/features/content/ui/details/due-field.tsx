import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { atWall, wallOf } from "./wall-clock";

type Props = { value: string | null; disabled: boolean; onChange: (dueAt: string | null) => void };

/** A day and a time, by the clock of the workspace. */
export function DueField({ value, disabled, onChange }: Props) {
  const t = useTranslations("details");
  const timeZone = useTimeZone() ?? "UTC";
  const shown = value ? wallOf(new Date(value), timeZone) : "";
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const leave = () => {
    if (typed === shown) return;
    onChange(typed === "" ? null : atWall(typed, timeZone).toISOString());
  };
  return (
    <TextInput
      type="datetime-local"
      label={t("due")}
      description={timeZone}
      value={typed}
      disabled={disabled}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}
