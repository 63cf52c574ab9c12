"use client";

import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import { useShortcuts } from "./shortcuts";

type Props = { opened: boolean; onClose: () => void };

/** What keys do on this page. */
export function ShortcutsHelp({ opened, onClose }: Props) {
  const t = useTranslations("shell");
  const common = useTranslations("common");
  const shortcuts = useShortcuts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("shortcuts")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Stack gap="sm">
        {shortcuts.map(({ keys, label }) => (
          <Group key={keys} justify="space-between" wrap="nowrap">
            <Text size="sm">{label}</Text>
            <Keys keys={keys} then={t("keys.then")} />
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}

function Keys({ keys, then }: { keys: string; then: string }) {
  const apple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <Group gap={6} wrap="nowrap">
      {keys.split(" ").map((part, place) => (
        <Group key={part} gap={6} wrap="nowrap">
          {place > 0 && (
            <Text size="xs" c="dimmed">
              {then}
            </Text>
          )}
          {part.split("+").map((key) => (
            <Kbd key={key}>{key === "mod" ? (apple ? "⌘" : "Ctrl") : key.toUpperCase()}</Kbd>
          ))}
        </Group>
      ))}
    </Group>
  );
}
