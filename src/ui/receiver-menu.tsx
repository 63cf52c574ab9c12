"use client";

import { Menu, Stack } from "@mantine/core";
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "./problem-alert";
import { RowMenu } from "./row-menu";

type Props = {
  /** Says whose menu it is. */
  label: string;
  words: { test: string; pause: string; resume: string };
  isEnabled: boolean;
  onTest: () => void;
  onTurn: (enabled: boolean) => void;
  onEdit: () => void;
  onRemove: () => void;
  /** Of the last that was done. */
  error: Error | null;
  /** What can be done with its kind alone. */
  children?: ReactNode;
};

/** What can be done with a place that things are sent to: an endpoint of webhooks, a destination of the log. */
export function ReceiverMenu({ label, words, isEnabled, onTest, onTurn, onEdit, onRemove, error, children }: Props) {
  const common = useTranslations("common");
  return (
    <Stack align="flex-end">
      <RowMenu label={label}>
        <Menu.Item leftSection={<IconSend size={16} />} onClick={onTest}>
          {words.test}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {common("edit")}
        </Menu.Item>
        <Menu.Item
          leftSection={isEnabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
          onClick={() => onTurn(!isEnabled)}
        >
          {isEnabled ? words.pause : words.resume}
        </Menu.Item>
        {children}
        <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={onRemove}>
          {common("remove")}
        </Menu.Item>
      </RowMenu>
      <ProblemAlert error={error} />
    </Stack>
  );
}
