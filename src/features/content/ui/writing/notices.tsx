import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconGitMerge, IconHistory, IconWindow } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import type { Start } from "./start";

type RestoredProps = { start: Start; newest: number; onDiscard: () => void; onOther: () => void; onClose: () => void };

/** What was found again when the page was opened. */
export function RestoredNotice({ start, newest, onDiscard, onOther, onClose }: RestoredProps) {
  const t = useTranslations("editor.restored");
  const common = useTranslations("common");
  const format = useFormatter();
  const at = (when: string) => format.dateTime(new Date(when), "moment");
  return (
    <Alert
      color="blue"
      variant="light"
      role="status"
      icon={<IconHistory size={18} aria-hidden />}
      title={t("title", { at: at(start.restoredFrom!) })}
      withCloseButton
      closeButtonLabel={common("close")}
      onClose={onClose}
    >
      <Stack gap="xs">
        <Text size="sm">{start.baseVersion < newest ? t("stale", { versionNumber: newest }) : t("text")}</Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onDiscard}>
            {t("discard")}
          </Button>
          {start.other && (
            <Button size="xs" variant="default" onClick={onOther}>
              {t("other", { at: at(start.other.at) })}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Two windows of one person, and neither overwrites the other. */
export function ElsewhereNotice({ onTake, onKeep }: { onTake: () => void; onKeep: () => void }) {
  const t = useTranslations("editor.elsewhere");
  return (
    <Alert color="orange" variant="light" icon={<IconWindow size={18} aria-hidden />} title={t("title")} role="alert">
      <Stack gap="xs">
        <Text size="sm">{t("text")}</Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onTake}>
            {t("take")}
          </Button>
          <Button size="xs" variant="default" onClick={onKeep}>
            {t("keep")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

type NewerProps = { name: string; versionNumber: number; pending: boolean; onMerge: () => void };

export function NewerNotice({ name, versionNumber, pending, onMerge }: NewerProps) {
  const t = useTranslations("editor.newer");
  return (
    <Alert
      color="orange"
      variant="light"
      role="status"
      icon={<IconGitMerge size={18} aria-hidden />}
      title={t("title", { name, versionNumber })}
    >
      <Stack gap="xs">
        <Text size="sm">{t("text")}</Text>
        <Group>
          <Button size="xs" variant="default" loading={pending} onClick={onMerge}>
            {t("merge")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
