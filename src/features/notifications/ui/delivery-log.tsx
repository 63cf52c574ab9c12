"use client";

import { listDeliveries, type NotificationDelivery } from "@contentos/sdk";
import { Badge, Button, NativeSelect, Stack, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { Retold } from "@/ui/text/retold";
import { DELIVERY_STATUSES } from "../contract";
import { KINDS, type Kind, type Topic } from "../kinds";

type Status = NotificationDelivery["status"];
const COLORS: Record<Status, string> = {
  Queued: "gray",
  Sending: "blue",
  Sent: "teal",
  Failed: "red",
  Bounced: "red",
  Skipped: "gray",
};

/** What went out by mail and to Slack, and what became of it. */
export function DeliveryLog() {
  const t = useTranslations("notifications.settings");
  const common = useTranslations("common");
  const [status, setStatus] = useState<Status | "">("");
  const list = usePages(listDeliveries, { limit: 25, ...(status && { status }) });
  const shown = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack>
      <NativeSelect
        label={t("status")}
        maw={240}
        value={status}
        onChange={(event) => setStatus(event.currentTarget.value as Status | "")}
        data={[
          { value: "", label: t("any") },
          ...DELIVERY_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
        ]}
      />
      <ProblemAlert error={list.error} onRetry={() => list.refetch()} />
      {list.isPending && <LoadingRows rows={5} />}
      {list.data && shown.length === 0 && (
        <EmptyState icon={IconSend} title={t("emptyLog.title")} text={t("emptyLog.text")} />
      )}
      {shown.length > 0 && (
        <Rows label={t("log")}>
          {shown.map((one) => (
            <Entry key={one.id} one={one} />
          ))}
        </Rows>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {common("showMore")}
        </Button>
      )}
    </Stack>
  );
}

function Entry({ one }: { one: NotificationDelivery }) {
  const t = useTranslations("notifications.settings");
  const topics = useTranslations("notifications.topics");
  const format = useFormatter();
  const topic = one.kind ? KINDS[one.kind as Kind] : undefined;
  const what = topic && topic !== ("Mail" as Topic) ? topics(`${topic as Topic}.label`) : t("ways.Digest");
  return (
    <Row
      main={
        <>
          <Text size="sm" fw={500}>
            {t(`ways.${one.way}`)} · {what}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {[
              one.userName,
              one.address,
              format.dateTime(new Date(one.sentAt ?? one.dueAt), "moment"),
              ...(one.attempts > 1 ? [t("tries", { count: one.attempts })] : []),
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
          {one.message && (
            <Text size="xs">
              <Retold>{one.message}</Retold>
            </Text>
          )}
        </>
      }
      aside={
        <Badge color={COLORS[one.status]} variant="light" tt="none">
          {t(`statuses.${one.status}`)}
        </Badge>
      }
    />
  );
}
