"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "./problem-alert";

type Props = {
  opened: boolean;
  title: string;
  text: ReactNode;
  /** What is done, as a verb. */
  action: string;
  error?: Error | null;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
  /** Red is for what can't be taken back. */
  harmless?: boolean;
  children?: ReactNode;
};

/** Over a drawer, too: those stand at 200. */
const OVER_DRAWERS = 210;

/** Asks before something is done, and says why it was refused. */
export function ConfirmModal({ opened, title, text, action, error, busy, onConfirm, onClose, ...more }: Props) {
  const t = useTranslations("common");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      zIndex={OVER_DRAWERS}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <Text size="sm">{text}</Text>
        {more.children}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("cancel")}
          </Button>
          <Button {...(!more.harmless && { color: "red.8" })} loading={busy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
