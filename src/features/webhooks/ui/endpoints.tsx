"use client";

import {
  listWebhookEndpoints,
  pingWebhookEndpoint,
  removeWebhookEndpoint,
  replayWebhooks,
  updateWebhookEndpoint,
  type WebhookEndpoint,
} from "@contentos/sdk";
import { Badge, Button, Group, Menu, Stack, Text } from "@mantine/core";
import { IconPlus, IconRefresh, IconRotate2, IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useWrite } from "@/ui/query";
import { ReceiverMenu } from "@/ui/receiver-menu";
import { RemoveModal } from "@/ui/remove-modal";
import { Row, Rows } from "@/ui/rows";
import { StatusBadge } from "@/ui/status-badge";
import { useTold } from "@/ui/told";
import { EndpointForm, NewSecret } from "./endpoint-form";

type Asked = { what: "edit" | "rotate" | "remove"; endpoint: WebhookEndpoint } | { what: "new" };

/** How far back it is looked for what was missed. */
const MISSED_MS = 7 * 86_400_000;

/** Where events are sent. */
export function Endpoints() {
  const t = useTranslations("webhooks");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages(listWebhookEndpoints, { limit: 50 });
  const endpoints = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const close = () => setAsked(undefined);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: "new" })}>
      {t("new")}
    </Button>
  );
  return (
    <Stack>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={2} height={72} />}
      {pages.data && endpoints.length === 0 && (
        <EmptyState icon={IconWebhook} title={t("none")} text={t("noneText")} action={add} />
      )}
      {endpoints.length > 0 && <div>{add}</div>}
      <Rows label={t("title")}>
        {endpoints.map((endpoint) => (
          <EndpointRow key={endpoint.id} endpoint={endpoint} onAsk={(what) => setAsked({ what, endpoint })} />
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
      {asked?.what === "new" && <EndpointForm onClose={close} />}
      {asked?.what === "edit" && <EndpointForm endpoint={asked.endpoint} onClose={close} />}
      {asked?.what === "rotate" && <NewSecret endpoint={asked.endpoint} onClose={close} />}
      {asked?.what === "remove" && (
        <RemoveModal
          operation={removeWebhookEndpoint}
          input={{ id: asked.endpoint.id }}
          title={t("removeTitle", { url: asked.endpoint.url })}
          text={t("removeText")}
          onClose={close}
        />
      )}
    </Stack>
  );
}

type RowProps = { endpoint: WebhookEndpoint; onAsk: (what: "edit" | "rotate" | "remove") => void };

function EndpointRow({ endpoint, onAsk }: RowProps) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const { url, description, eventTypes, status, pauseReason, deliveredAt, failures, failingSince, previousUntil } =
    endpoint;
  const moment = (at: string) => format.dateTime(new Date(at), "moment");
  const facts = [
    eventTypes ? t("eventCount", { count: eventTypes.length }) : t("allEvents"),
    deliveredAt ? t("deliveredAt", { at: moment(deliveredAt) }) : t("never"),
    failingSince && t("failing", { count: failures, at: moment(failingSince) }),
  ];
  return (
    <Row
      main={
        <Stack gap={4}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {url}
            </Text>
            {status === "Paused" && <StatusBadge status="Paused" />}
          </Group>
          {description && <Text size="sm">{description}</Text>}
          <Text size="sm" c="dimmed">
            {facts.filter(Boolean).join(" · ")}
          </Text>
          {eventTypes && (
            <Group gap={4}>
              {eventTypes.slice(0, 4).map((type) => (
                <Badge key={type} variant="default" size="sm" tt="none">
                  {type}
                </Badge>
              ))}
            </Group>
          )}
          {pauseReason && <Text size="sm">{t(`paused.${pauseReason}`)}</Text>}
          {previousUntil && new Date(previousUntil) > new Date() && (
            <Text size="sm">{t("overlaps", { at: moment(previousUntil) })}</Text>
          )}
        </Stack>
      }
      aside={<EndpointMenu endpoint={endpoint} onAsk={onAsk} />}
    />
  );
}

function EndpointMenu({ endpoint: { id, url, status }, onAsk }: RowProps) {
  const t = useTranslations("webhooks");
  const told = useTold();
  const ping = useWrite(pingWebhookEndpoint, { onSuccess: () => told(t("pinged")) });
  const turn = useWrite(updateWebhookEndpoint, { onSuccess: () => told() });
  const replay = useWrite(replayWebhooks, {
    onSuccess: ({ replayed }) => told(t("replayedCount", { count: replayed })),
  });
  const isEnabled = status === "Enabled";
  const missed = () =>
    replay.mutate({
      id,
      body: { from: new Date(Date.now() - MISSED_MS).toISOString(), to: new Date().toISOString() },
    });
  return (
    <ReceiverMenu
      label={t("moreFor", { url })}
      words={{ test: t("ping"), pause: t("pause"), resume: t("resume") }}
      isEnabled={isEnabled}
      onTest={() => ping.mutate({ id })}
      onTurn={(enabled) => turn.mutate({ id, body: { enabled } })}
      onEdit={() => onAsk("edit")}
      onRemove={() => onAsk("remove")}
      error={ping.error ?? turn.error ?? replay.error}
    >
      {isEnabled && (
        <Menu.Item leftSection={<IconRotate2 size={16} />} onClick={missed}>
          {t("replayMissed")}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => onAsk("rotate")}>
        {t("rotate")}
      </Menu.Item>
    </ReceiverMenu>
  );
}
