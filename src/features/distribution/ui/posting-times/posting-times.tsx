"use client";

import { getPostingTimes } from "@contentos/sdk";
import { Button, Group, Text } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useRead } from "@/ui/query";
import { useTimeWords } from "./use-time-words";

// With it come a time's field and its styles.
const PostingTimesDialog = dynamic(() => import("./posting-times-dialog").then((module) => module.PostingTimesDialog));

type Props = { channel: { id: string; name: string }; mayPlan: boolean };

/** When a channel is posted on each week, in one line, and the way to change it. */
export function PostingTimes({ channel, mayPlan }: Props) {
  const t = useTranslations("distribution.postingTimes");
  const posting = useRead(getPostingTimes, { id: channel.id });
  const wordsOf = useTimeWords();
  const [editing, setEditing] = useState(false);
  if (!posting.data) return null;
  const { times } = posting.data;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <IconClock size={16} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
      <Text size="sm" c="dimmed" miw={0}>
        {times.length > 0 ? t("each", { times: times.map(wordsOf).join(" · ") }) : t("none")}
      </Text>
      {mayPlan && (
        <Button
          size="compact-xs"
          variant="subtle"
          flex="none"
          onClick={() => setEditing(true)}
          aria-label={t(times.length > 0 ? "changeOf" : "setOf", { channel: channel.name })}
        >
          {t(times.length > 0 ? "change" : "set")}
        </Button>
      )}
      {editing && <PostingTimesDialog channel={channel} posting={posting.data} onClose={() => setEditing(false)} />}
    </Group>
  );
}
