"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import type { FormEventHandler, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "./problem-alert";

type Props = {
  title: string;
  action: string;
  busy: boolean;
  error: Error | null;
  onSubmit: FormEventHandler<HTMLFormElement>;
  onClose: () => void;
  /** Whether something was written that would be lost: a click beside it closes nothing then. */
  dirty: boolean;
  size?: string;
  children: ReactNode;
};

/** A form for one thing, over the list that it stands in. */
export function FormModal({ title, action, busy, error, onSubmit, onClose, dirty, size = "md", children }: Props) {
  const t = useTranslations("common");
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={!dirty}
      closeOnEscape={!dirty}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={onSubmit}>
        <Stack>
          {children}
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
