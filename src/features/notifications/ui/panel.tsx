"use client";

import { listNotifications, markNotificationsRead, type Notification, type Workspace } from "@contentos/sdk";
import { Anchor, Button, Group, SegmentedControl, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { IconBellCheck } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useWrite } from "@/ui/query";
import type { Messages } from "@/ui/text/languages";
import type { Elsewhere } from "./elsewhere";
import classes from "./panel.module.css";

type Props = { workspace: Workspace; unread: number; elsewhere: Elsewhere[]; onGo: () => void };

/** What one was told, by the item that it is about, and what waits in one's other workspaces. */
export function NotificationsPanel({ workspace, unread, elsewhere, onGo }: Props) {
  const t = useTranslations("notifications");
  const bell = useTranslations("bell");
  const [only, setOnly] = useState<"all" | "unread">("all");
  const asked = only === "unread" ? { unread: true } : {};
  const list = usePages(listNotifications, { ...asked, limit: 20 });
  const markAll = useWrite(markNotificationsRead);
  const shown = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack gap={0}>
      <Group justify="space-between" px="md" pt="sm" gap="xs">
        <Title order={2} size="h5">
          {bell("title")}
        </Title>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={unread === 0}
          loading={markAll.isPending}
          onClick={() => markAll.mutate({ body: { all: true } })}
        >
          {t("markAll")}
        </Button>
      </Group>
      <Group px="md" py="xs" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={bell("title")}
          value={only}
          onChange={(value) => setOnly(value as typeof only)}
          data={[
            { value: "all", label: t("all") },
            { value: "unread", label: t("onlyUnread") },
          ]}
        />
        <Anchor component={Link} size="xs" href={`/w/${workspace.slug}/settings/account`} onClick={onGo}>
          {t("preferences")}
        </Anchor>
      </Group>
      <div className={classes.scroll}>
        <ProblemAlert error={list.error ?? markAll.error} onRetry={() => list.refetch()} />
        {list.isPending && <LoadingRows rows={4} />}
        {list.data && shown.length === 0 && (
          <EmptyState
            icon={IconBellCheck}
            title={t(only === "all" ? "empty.title" : "emptyUnread.title")}
            text={t(only === "all" ? "empty.text" : "emptyUnread.text")}
          />
        )}
        <Groups items={shown} workspace={workspace} onGo={onGo} />
        {list.hasNextPage && (
          <Button fullWidth variant="subtle" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
        {elsewhere.length > 0 && (
          <Stack gap={0} py="xs" style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}>
            <Title order={3} size="h6" px="md" py={4}>
              {t("elsewhere")}
            </Title>
            {elsewhere.map(({ workspace: other, items, more }) => (
              <div key={other.id}>
                <Text size="xs" c="dimmed" fw={600} px="md" pt={4}>
                  {other.name} ·{" "}
                  {more ? bell("many", { count: items.length }) : t("elsewhereCount", { count: items.length })}
                </Text>
                <ul className={classes.list} aria-label={other.name}>
                  {items.map((one) => (
                    <Entry key={one.id} one={one} workspace={other} onGo={onGo} />
                  ))}
                </ul>
              </div>
            ))}
          </Stack>
        )}
      </div>
    </Stack>
  );
}

/** Those of one item together, where its newest is. */
function grouped(items: Notification[]): [string, Notification[]][] {
  const groups = new Map<string, Notification[]>();
  for (const one of items) {
    const key = one.contentItemId ?? one.id;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups];
}

function Groups({ items, workspace, onGo }: { items: Notification[]; workspace: Workspace; onGo: () => void }) {
  return grouped(items).map(([key, together]) => (
    <div key={key} className={classes.group}>
      {together.length > 1 && (
        <Text size="xs" c="dimmed" fw={600} px="md" pt="xs" truncate>
          {together[0]!.title}
        </Text>
      )}
      <ul className={classes.list} {...(together[0]!.title && { "aria-label": together[0]!.title })}>
        {together.map((one) => (
          <Entry key={one.id} one={one} workspace={workspace} onGo={onGo} />
        ))}
      </ul>
    </div>
  ));
}

function Entry({ one, workspace, onGo }: { one: Notification; workspace: Workspace; onGo: () => void }) {
  const t = useTranslations("notifications");
  const format = useFormatter();
  const now = useNow();
  const sentence = useSentence();
  const go = () => {
    // Nobody waits for it, and one goes on meanwhile; it may be another workspace's.
    if (!one.readAt)
      client
        .in(workspace.id)
        .call(markNotificationsRead, { body: { ids: [one.id] } })
        .catch(() => {});
    onGo();
  };
  return (
    <li>
      <Link href={`/w/${workspace.slug}/${one.place}`} className={classes.entry} onClick={go}>
        <span {...(!one.readAt && { className: classes.dot })}>
          {!one.readAt && <VisuallyHidden>{t("unreadMark")}</VisuallyHidden>}
        </span>
        <span>
          <Text size="sm" fw={one.readAt ? 400 : 600} component="span" display="block">
            {sentence(one)}
          </Text>
          <Text size="xs" c="dimmed" component="span">
            {format.relativeTime(new Date(one.createdAt), now)}
          </Text>
        </span>
      </Link>
    </li>
  );
}

type Said = keyof Messages["notifications"]["said"];

/** What a notification says. Of a kind that this page doesn't know yet, the item's title. */
export function useSentence() {
  const t = useTranslations("notifications");
  const format = useFormatter();
  return ({ kind, title, actorName, channelName, role, headline, confidence, endsAt }: Notification) => {
    const key = `said.${kind as Said}` as const;
    const item = title ?? t("anItem");
    if (!t.has(key)) return item;
    return t(key, {
      title: item,
      actor: actorName ?? t("somebody"),
      channel: channelName ?? t("aChannel"),
      role: role ? t(`roles.${role as "Admin"}`) : "",
      headline: headline ?? "",
      confidence: confidence ?? 0,
      day: endsAt ? format.dateTime(new Date(endsAt), { day: "numeric", month: "long" }) : "",
    });
  };
}
