"use client";

import { type Channel, getPostingTimes } from "@contentos/sdk";
import { Stack, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";

/** When it would go out on each of these channels, were it planned now. */
export function NextTimes({ channels }: { channels: Channel[] }) {
  return (
    <Stack gap={2} role="status">
      {channels.map((channel) => (
        <NextTime key={channel.id} channel={channel} />
      ))}
    </Stack>
  );
}

function NextTime({ channel: { id, name } }: { channel: Channel }) {
  const t = useTranslations("distribution.postingTimes");
  const format = useFormatter();
  const posting = useRead(getPostingTimes, { id });
  if (posting.error) return <ProblemAlert error={posting.error} />;
  if (!posting.data) return null;
  const { times, next } = posting.data;
  const free = next.find(({ scheduledTime, scheduleId }) => scheduledTime && !scheduleId);
  const at = free?.scheduledTime && format.dateTime(new Date(free.scheduledTime), "dayAndTime");
  const words = at ? t("nextOf", { channel: name, at }) : t(times.length > 0 ? "laterOf" : "noneOf", { channel: name });
  return (
    <Text size="xs" c="dimmed">
      {words}
    </Text>
  );
}
