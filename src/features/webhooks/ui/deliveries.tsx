"use client";

import {
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhookEndpoints,
  replayWebhookDelivery,
  type WebhookDelivery,
} from "@contentos/sdk";
import { Button, Code, Group, Modal, Select, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconListDetails } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useRead, useWrite } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { StatusBadge } from "@/ui/status-badge";
import { Retold } from "@/ui/text/retold";
import { useTold } from "@/ui/told";

const STATUSES = ["Pending", "Delivered", "Failed", "Skipped"] as const;
/** What is under way changes without anybody's doing here; in ms. */
const LOOK_AGAIN_MS = 3_000;

/** What was sent, and what came of it. */
export function Deliveries() {
  const t = useTranslations("webhooks");
  const common = useTranslations("common");
  const states = useTranslations("status");
  const [endpointId, setEndpointId] = useState<string | null>(null);
  const [status, setStatus] = useState<(typeof STATUSES)[number] | null>(null);
  const [opened, setOpened] = useState<WebhookDelivery>();
  const endpoints = useRead(listWebhookEndpoints, { limit: 100 });
  const pages = usePages(
    listWebhookDeliveries,
    { limit: 25, ...(endpointId && { endpointId }), ...(status && { status }) },
    { refetchInterval: LOOK_AGAIN_MS },
  );
  const deliveries = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack>
      <Group>
        <Select
          label={t("endpoint")}
          placeholder={t("allEndpoints")}
          data={(endpoints.data?.items ?? []).map(({ id, url }) => ({ value: id, label: url }))}
          value={endpointId}
          onChange={setEndpointId}
          clearable
          clearButtonProps={{ "aria-label": t("allEndpoints") }}
        />
        <Select
          label={t("status")}
          placeholder={t("allStatuses")}
          data={STATUSES.map((value) => ({ value, label: states(value) }))}
          value={status}
          onChange={(value) => setStatus(value as typeof status)}
          clearable
          clearButtonProps={{ "aria-label": t("allStatuses") }}
        />
      </Group>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={3} height={48} />}
      {pages.data && deliveries.length === 0 && (
        <EmptyState icon={IconListDetails} title={t("noDeliveries")} text={t("noDeliveriesText")} />
      )}
      <Rows label={t("log")}>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => setOpened(delivery)} />
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
      {opened && <Opened id={opened.id} type={opened.type} onClose={() => setOpened(undefined)} />}
    </Stack>
  );
}

const useTypeName = () => {
  const t = useTranslations("webhooks");
  return (type: string) => (type === "ping" ? t("ping_type") : type);
};

function DeliveryRow({ delivery, onOpen }: { delivery: WebhookDelivery; onOpen: () => void }) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const nameOf = useTypeName();
  const { type, createdAt, status, tries, nextAt } = delivery;
  const moment = (at: string) => format.dateTime(new Date(at), "moment");
  const facts = [
    moment(createdAt),
    t("tries", { count: tries }),
    nextAt && tries > 0 && t("nextAt", { at: moment(nextAt) }),
  ];
  return (
    <Row
      main={
        <UnstyledButton onClick={onOpen} aria-label={t("show", { type: nameOf(type), at: moment(createdAt) })}>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {nameOf(type)}
          </Text>
          <Text size="sm" c="dimmed">
            {facts.filter(Boolean).join(" · ")}
          </Text>
        </UnstyledButton>
      }
      aside={<StatusBadge status={status} />}
    />
  );
}

function Opened({ id, type, onClose }: { id: string; type: string; onClose: () => void }) {
  const t = useTranslations("webhooks");
  const common = useTranslations("common");
  const told = useTold();
  const nameOf = useTypeName();
  const delivery = useRead(getWebhookDelivery, { id }, { refetchInterval: LOOK_AGAIN_MS });
  const replay = useWrite(replayWebhookDelivery, { onSuccess: () => told(t("replayed")) });
  const { data } = delivery;
  return (
    <Modal opened onClose={onClose} size="lg" title={nameOf(type)} closeButtonProps={{ "aria-label": common("close") }}>
      <Stack>
        <ProblemAlert error={delivery.error ?? replay.error} />
        {delivery.isPending && <LoadingRows rows={2} height={48} />}
        {data && (
          <>
            <Group justify="space-between">
              <StatusBadge status={data.status} />
              <Button
                size="xs"
                variant="default"
                disabled={data.status === "Pending"}
                loading={replay.isPending}
                onClick={() => replay.mutate({ id })}
              >
                {t("replay")}
              </Button>
            </Group>
            {data.attempts.toReversed().map((attempt) => (
              <Attempt key={attempt.number} attempt={attempt} />
            ))}
            <Text fw={600} size="sm">
              {t("sent")}
            </Text>
            <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {JSON.stringify(data.body, null, 2)}
            </Code>
          </>
        )}
      </Stack>
    </Modal>
  );
}

type AttemptProps = {
  attempt: {
    number: number;
    startedAt: string;
    outcome: "Delivered" | "Refused" | "Unreachable" | "Lost" | null;
    statusCode: number | null;
    response: string | null;
    error: string | null;
  };
};

function Attempt({ attempt: { number, startedAt, outcome, statusCode, response, error } }: AttemptProps) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const said = t(`outcomes.${outcome ?? "UnderWay"}`);
  return (
    <Stack gap={4}>
      <Text size="sm">
        <b>{t("attempt", { number, at: format.dateTime(new Date(startedAt), "moment") })}</b>{" "}
        {statusCode === null ? said : t("answered", { outcome: said, code: String(statusCode) })}
      </Text>
      {error && (
        <Text size="sm">
          <Retold>{error}</Retold>
        </Text>
      )}
      {response && (
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {response}
        </Code>
      )}
    </Stack>
  );
}
