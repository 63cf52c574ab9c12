"use client";

import {
  archiveContent,
  type ContentItem,
  Problem,
  restoreContent,
  submitContent,
  type UpdateContent,
  updateContent,
} from "@contentos/sdk";
import { ActionIcon, Alert, Button, Group, List, Menu, Paper, ScrollArea, Text, Transition } from "@mantine/core";
import { IconArchive, IconChevronDown, IconSend, IconTag, IconTarget, IconUser, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { useWorkspaceId } from "@/ui/workspace-scope";
import { eachAtOnce } from "./at-once";
import classes from "./bulk-bar.module.css";
import type { Choices } from "./choices";

type Props = { items: ContentItem[]; choices: Choices; archived: boolean; onClear: () => void };
type Refused = { title: string; why: string };
type Act = (item: ContentItem) => Promise<unknown>;

/** What can be done with all that is selected. Each item is asked for by itself: what is refused is told, and the rest is done. */
export function BulkBar({ items, choices, archived, onClear }: Props) {
  const t = useTranslations("content.bulk");
  const { need } = choices;
  useEffect(() => need(), [need]);
  const scoped = client.in(useWorkspaceId() ?? undefined);
  const run = useMutation({
    mutationFn: async (act: Act): Promise<Refused[]> => {
      const refused: Refused[] = [];
      await eachAtOnce(items, 4, (item) =>
        act(item).catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error;
          refused.push({ title: item.title, why: error.message });
        }),
      );
      return refused;
    },
    onSuccess: (refused) => {
      if (refused.length === 0) onClear();
    },
  });
  const change = (of: (item: ContentItem) => UpdateContent) =>
    run.mutate((item) => scoped.call(updateContent, { id: item.id, body: of(item) }));
  const withTag = (id: string) => change(({ tags }) => ({ tagIds: [...new Set([...tags.map((tag) => tag.id), id])] }));
  return (
    <Transition mounted={items.length > 0} transition="slide-up">
      {(style) => (
        <Paper
          shadow="lg"
          withBorder
          p="sm"
          className={classes.bar}
          style={style}
          role="region"
          aria-label={t("label")}
        >
          {run.data && run.data.length > 0 && <Refusals refused={run.data} />}
          <Group gap="xs">
            <Text size="sm" fw={600} mr="xs" role="status">
              {t("selected", { count: items.length })}
            </Text>
            <Choose icon={<IconUser size={16} />} label={t("assign")} loading={run.isPending}>
              <Menu.Item onClick={() => change(() => ({ assigneeId: null }))}>{t("nobody")}</Menu.Item>
              {choices.members.map(({ userId, name }) => (
                <Menu.Item key={userId} onClick={() => change(() => ({ assigneeId: userId }))}>
                  {name}
                </Menu.Item>
              ))}
            </Choose>
            {choices.tags.length > 0 && (
              <Choose icon={<IconTag size={16} />} label={t("tag")} loading={run.isPending}>
                {choices.tags.map(({ id, name }) => (
                  <Menu.Item key={id} onClick={() => withTag(id)}>
                    {name}
                  </Menu.Item>
                ))}
              </Choose>
            )}
            {choices.campaigns.length > 0 && (
              <Choose icon={<IconTarget size={16} />} label={t("campaign")} loading={run.isPending}>
                <Menu.Item onClick={() => change(() => ({ campaignId: null }))}>{t("noCampaign")}</Menu.Item>
                {choices.campaigns.map(({ id, name }) => (
                  <Menu.Item key={id} onClick={() => change(() => ({ campaignId: id }))}>
                    {name}
                  </Menu.Item>
                ))}
              </Choose>
            )}
            <Button
              variant="default"
              size="xs"
              leftSection={<IconSend size={16} />}
              loading={run.isPending}
              onClick={() => run.mutate(({ id }) => scoped.call(submitContent, { id, body: {} }))}
            >
              {t("submit")}
            </Button>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconArchive size={16} />}
              loading={run.isPending}
              onClick={() => run.mutate(({ id }) => scoped.call(archived ? restoreContent : archiveContent, { id }))}
            >
              {archived ? t("restore") : t("archive")}
            </Button>
            <ActionIcon variant="subtle" color="gray" aria-label={t("clear")} onClick={onClear} ml="auto">
              <IconX size={18} />
            </ActionIcon>
          </Group>
        </Paper>
      )}
    </Transition>
  );
}

type ChooseProps = { icon: ReactNode; label: string; loading: boolean; children: ReactNode };

const Choose = ({ icon, label, loading, children }: ChooseProps) => (
  <Menu position="top-start" shadow="md">
    <Menu.Target>
      <Button
        variant="default"
        size="xs"
        leftSection={icon}
        rightSection={<IconChevronDown size={14} />}
        loading={loading}
      >
        {label}
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      <ScrollArea.Autosize mah={280}>{children}</ScrollArea.Autosize>
    </Menu.Dropdown>
  </Menu>
);

function Refusals({ refused }: { refused: Refused[] }) {
  const t = useTranslations("content.bulk");
  return (
    <Alert color="orange" variant="light" role="alert" mb="sm" title={t("refused", { count: refused.length })}>
      <ScrollArea.Autosize mah={140}>
        <List size="sm">
          {refused.map(({ title, why }) => (
            <List.Item key={title + why}>
              {title}: {why}
            </List.Item>
          ))}
        </List>
      </ScrollArea.Autosize>
    </Alert>
  );
}
