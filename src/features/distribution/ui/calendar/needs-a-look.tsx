"use client";

import { Badge, Button, Group, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./calendar.module.css";
import { colorOf, EntryIcon, useEntryWords } from "./chip";
import type { Entry } from "./entries";

type Props = {
  entries: Entry[];
  channelName: (entry: Entry) => string | undefined;
  onOpen: (entry: Entry, at: HTMLElement) => void;
};

/** So many are listed before somebody asks for the rest. */
const SHOWN = 3;

/** What went wrong or is about to, in one place: failed, on hold, unknown, late, in each other's way, after its access, overdue. */
export function NeedsALook({ entries, channelName, onOpen }: Props) {
  const t = useTranslations("distribution.look");
  const format = useFormatter();
  const words = useEntryWords();
  const [all, { toggle }] = useDisclosure(false);
  if (entries.length === 0) return null;
  const shown = all ? entries : entries.slice(0, SHOWN);
  return (
    <Paper withBorder p="sm" component="section" aria-label={t("title")}>
      <Group gap="xs" mb={4}>
        <IconAlertTriangle size={18} aria-hidden color="var(--mantine-color-orange-filled)" />
        <Text fw={650} size="sm">
          {t("title")}
        </Text>
        <Badge variant="light" color="orange" size="sm">
          {entries.length}
        </Badge>
      </Group>
      <Stack gap={0}>
        {shown.map((entry) => (
          <UnstyledButton
            key={entry.id}
            className={classes.look}
            onClick={(event) => onOpen(entry, event.currentTarget)}
          >
            <Text span c={`var(--mantine-color-${colorOf(entry)}-light-color)`} display="inline-flex">
              <EntryIcon entry={entry} size={16} />
            </Text>
            <Text size="sm" fw={600} style={{ flex: "none" }} c={`var(--mantine-color-${colorOf(entry)}-light-color)`}>
              {words(entry)}
            </Text>
            <Text size="sm" truncate flex={1}>
              {entry.title}
            </Text>
            <Text size="sm" c="dimmed" className={classes.lookTime}>
              {[channelName(entry), format.dateTime(new Date(entry.at), "dayAndTime")].filter(Boolean).join(" · ")}
            </Text>
          </UnstyledButton>
        ))}
      </Stack>
      {entries.length > SHOWN && (
        <Button
          size="compact-sm"
          variant="subtle"
          mt={4}
          onClick={toggle}
          aria-expanded={all}
          rightSection={all ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
        >
          {all ? t("fewer") : t("all", { count: entries.length })}
        </Button>
      )}
    </Paper>
  );
}
