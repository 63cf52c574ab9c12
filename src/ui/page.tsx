"use client";

import { Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./page.module.css";

type Props = {
  title: string;
  lead?: ReactNode;
  /** What can be done here, at the right of the title. */
  actions?: ReactNode;
  /** What belongs to the title itself, such as a status. */
  beside?: ReactNode;
  children: ReactNode;
};

/** A page of a workspace: its one heading, what can be done here, and what it shows. */
export function Page({ title, lead, actions, beside, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ContentOS`;
  }, [title]);
  return (
    <Stack gap="lg">
      <div>
        <Group justify="space-between" align="flex-start" gap="sm">
          <Group gap="sm" align="center" flex="1 1 140px" miw={0}>
            <h1 className={classes.title}>{title}</h1>
            {beside}
          </Group>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {lead && (
          <Text c="dimmed" size="sm" mt={4} maw={640}>
            {lead}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}
