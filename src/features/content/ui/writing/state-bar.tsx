import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { KeptState } from "./keeper";
import classes from "./writing.module.css";

export type Mode = "rich" | "source";
type Props = {
  state: KeptState["at"];
  versionNumber: number;
  words: number;
  mode: Mode;
  onMode: (mode: Mode) => void;
  mayEdit: boolean;
  canSave: boolean;
  pending: boolean;
  onSave: () => void;
  /** What saving brings with it. */
  hint?: string | undefined;
};

/** In a minute one reads so many words. */
const WORDS_PER_MINUTE = 230;

/** Where the words are kept, how many they are, and the way to a version. */
export function StateBar({
  state,
  versionNumber,
  words,
  mode,
  onMode,
  mayEdit,
  canSave,
  pending,
  onSave,
  hint,
}: Props) {
  const t = useTranslations("editor");
  const told = state === "elsewhere" ? "kept" : state;
  return (
    <div className={classes.bar}>
      {hint && (
        <Text size="xs" c="dimmed" mb={6}>
          {hint}
        </Text>
      )}
      <Group justify="space-between" gap="xs">
        <Group gap="sm" miw={0}>
          <Text size="sm" role="status" {...(state !== "offline" && state !== "refused" && { c: "dimmed" })}>
            {t(`state.${told}`, { versionNumber })}
          </Text>
          <Text size="sm" c="dimmed" visibleFrom="sm">
            {words > 0 &&
              `${t("words", { words })} · ${t("minutes", { minutes: Math.max(1, Math.round(words / WORDS_PER_MINUTE)) })}`}
          </Text>
        </Group>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t("mode")}
            value={mode}
            onChange={(chosen) => onMode(chosen as Mode)}
            data={[
              { value: "rich", label: t("modes.rich") },
              { value: "source", label: t("modes.source") },
            ]}
          />
          {mayEdit && (
            <Button size="sm" onClick={onSave} disabled={!canSave} loading={pending}>
              {t("saveVersion")}
            </Button>
          )}
        </Group>
      </Group>
    </div>
  );
}
