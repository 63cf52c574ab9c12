"use client";

import { type Channel, getMe, listChannels, listSchedules } from "@contentos/sdk";
import { Paper, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { ChannelRow } from "./channel-row";
import { PlannedList } from "./planned-list";
import { useTexts } from "./texts/use-texts";

// With them come the rules of all networks and what makes a page of Markdown.
const TextDialog = dynamic(() => import("./texts/text-dialog").then((module) => module.TextDialog));
const PublishForm = dynamic(() => import("./publish-form").then((module) => module.PublishForm), {
  loading: () => <LoadingRows rows={2} />,
});

type Props = {
  workspace: { id: string; role: string; timeZone: string; slug: string };
  item: {
    id: string;
    status: string;
    createdBy: string;
    assigneeId: string | null;
    currentVersion: { versionNumber: number };
  };
};

const MOVING = new Set(["Scheduled", "Publishing", "Unknown"]);
/** Something that moves is looked at more often than something that rests. */
const LOOK_MS = { moving: 2_000, resting: 30_000 };

/** Where an item goes out, with which words and when; and what became of it. */
export function PublishCard({ workspace, item }: Props) {
  const t = useTranslations("distribution.publish");
  const channels = useRead(listChannels, { limit: 100 }, { select: ({ items }) => items });
  const schedules = useSchedules(item.id);
  const texts = useTexts(item);
  const [shown, setShown] = useState<{ channel: Channel; writing: boolean }>();
  const [chosen, setChosen] = useState<string[]>();
  const { mayPublish, mayEdit } = useRights(workspace.role, item);
  const isReady = item.status === "Approved" || item.status === "Published";
  const all = channels.data ?? [];
  // The item's own page first: links on other networks lead there.
  const selected = chosen ?? all.slice(0, 1).map(({ id }) => id);
  const toggle = (id: string) =>
    setChosen(selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id]);
  // Beside what was submitted nothing can be added: that takes another submission.
  const mayWrite = (channel: Channel) =>
    mayEdit && channel.limits.form === "thread" && (item.status === "Draft" || texts.textFor(channel).kind === "own");
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t("title")}
        </Title>
        <Lead isReady={isReady} mayPublish={mayPublish} approval={texts.approval} />
        <ProblemAlert error={channels.error ?? texts.error ?? schedules.error} />
        {(channels.isPending || texts.isPending) && !channels.error && <LoadingRows rows={2} />}
        {channels.data &&
          !texts.isPending &&
          all.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              text={texts.textFor(channel)}
              onToggle={isReady && mayPublish ? () => toggle(channel.id) : undefined}
              isChosen={selected.includes(channel.id)}
              onPreview={() => setShown({ channel, writing: false })}
              onWrite={mayWrite(channel) ? () => setShown({ channel, writing: true }) : undefined}
            />
          ))}
        {isReady && mayPublish && channels.data && !texts.isPending && (
          <PublishForm
            itemId={item.id}
            channels={all.filter(({ id }) => selected.includes(id))}
            timeZone={workspace.timeZone}
          />
        )}
        <PlannedList
          schedules={schedules.data?.items ?? []}
          channels={all}
          mayPublish={mayPublish}
          timeZone={workspace.timeZone}
        />
      </Stack>
      {shown && (
        <TextDialog
          itemId={item.id}
          channel={shown.channel}
          text={texts.textFor(shown.channel)}
          pageUrl={`${window.location.origin}/s/${workspace.slug}/${item.id}`}
          writing={shown.writing}
          isApproved={isReady || item.status === "InReview"}
          onClose={() => setShown(undefined)}
        />
      )}
    </Paper>
  );
}

type LeadProps = {
  isReady: boolean;
  mayPublish: boolean;
  approval: { versionNumber: number; decidedAt: string | null; submittedAt: string } | undefined;
};

/** Which words may go out, or what has to happen before any may. */
function Lead({ isReady, mayPublish, approval }: LeadProps) {
  const t = useTranslations("distribution.publish");
  const format = useFormatter();
  const words =
    isReady && approval
      ? t("approved", {
          versionNumber: approval.versionNumber,
          at: format.dateTime(new Date(approval.decidedAt ?? approval.submittedAt), "moment"),
        })
      : isReady
        ? undefined
        : t("notApproved");
  return (
    <Text size="sm" c="dimmed">
      {[words, isReady && !mayPublish ? t("notYours") : undefined].filter(Boolean).join(" ")}
    </Text>
  );
}

function useRights(role: string, item: Props["item"]) {
  const me = useRead(getMe, {}, { staleTime: 60_000 });
  const userId = me.data?.user.id;
  const own = item.createdBy === userId || item.assigneeId === userId;
  const mayPublish = role === "Editor" || role === "Admin";
  return { mayPublish, mayEdit: mayPublish || (role === "Writer" && own) };
}

/** Going out changes the item itself, and so all that is shown of it. */
function useSchedules(itemId: string) {
  const client = useQueryClient();
  const schedules = useRead(
    listSchedules,
    { contentItemId: itemId, sort: "-scheduledTime", limit: 50 },
    {
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ status }) => MOVING.has(status)) ? LOOK_MS.moving : LOOK_MS.resting,
    },
  );
  const out = schedules.data?.items.filter(({ status }) => status === "Published").length;
  const before = useRef(out);
  useEffect(() => {
    if (before.current !== undefined && before.current !== out)
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== listSchedules.id });
    before.current = out;
  }, [client, out]);
  return schedules;
}
