"use client";

import { Group, Stack } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./page.module.css";

type Props = {
  title: string;
  lead?: ReactNode;
  /** What can be done here, at the right of the title; not on paper. */
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
      <div className={classes.head}>
        <Group gap="sm" align="center" flex="1 1 140px" miw={0}>
          <h1 className={classes.title}>{title}</h1>
          {beside}
        </Group>
        {actions && (
          <div className={classes.actions} data-screen-only>
            {actions}
          </div>
        )}
        {lead && <div className={classes.lead}>{lead}</div>}
      </div>
      {children}
    </Stack>
  );
}
