"use client";

import {
  type ForwardingDestination,
  listForwardingDestinations,
  removeForwardingDestination,
  testForwardingDestination,
  updateForwardingDestination,
} from "@contentos/sdk";
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconDatabaseExport, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { ReceiverMenu } from "@/ui/receiver-menu";
import { RemoveModal } from "@/ui/remove-modal";
import { Row, Rows } from "@/ui/rows";
import { Section } from "@/ui/section";
import { StatusBadge } from "@/ui/status-badge";
import { useTold } from "@/ui/told";
import { DestinationForm } from "./destination-form";

type Asked = { what: "edit" | "remove"; destination: ForwardingDestination } | { what: "new" };

/** What is under way changes without anybody's doing here; in ms. */
const LOOK_AGAIN_MS = 5_000;

/** Where the log is sent on to, and how far each has come. */
export function Destinations() {
  const t = useTranslations("forwarding");
  const [asked, setAsked] = useState<Asked>();
  const found = useRead(listForwardingDestinations, {}, { refetchInterval: LOOK_AGAIN_MS });
  const destinations = found.data?.items ?? [];
  const close = () => setAsked(undefined);
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setAsked({ what: "new" })}
    >
      {t("new")}
    </Button>
  );
  return (
    <Section title={t("title")} lead={t("lead")} actions={destinations.length > 0 && add}>
      <ProblemAlert error={found.error} onRetry={() => found.refetch()} />
      {found.isPending && <LoadingRows rows={1} height={72} />}
      {found.data && destinations.length === 0 && (
        <EmptyState icon={IconDatabaseExport} title={t("none")} text={t("noneText")} action={add} />
      )}
      <Rows label={t("title")}>
        {destinations.map((destination) => (
          <DestinationRow
            key={destination.id}
            destination={destination}
            onAsk={(what) => setAsked({ what, destination })}
          />
        ))}
      </Rows>
      {asked?.what === "new" && <DestinationForm onClose={close} />}
      {asked?.what === "edit" && <DestinationForm destination={asked.destination} onClose={close} />}
      {asked?.what === "remove" && (
        <RemoveModal
          operation={removeForwardingDestination}
          input={{ id: asked.destination.id }}
          title={t("removeTitle", { name: asked.destination.name })}
          text={t("removeText")}
          onClose={close}
        />
      )}
    </Section>
  );
}

type RowProps = { destination: ForwardingDestination; onAsk: (what: "edit" | "remove") => void };

function DestinationRow({ destination, onAsk }: RowProps) {
  const t = useTranslations("forwarding");
  const format = useFormatter();
  const { name, kind, url, bucket, prefix, hint, status, pauseReason } = destination;
  const { sentAt, behind, failures, failingSince, nextAt, lastError, test } = destination;
  const moment = (at: string) => format.dateTime(new Date(at), "moment");
  const place = kind === "Bucket" ? [bucket, prefix].filter(Boolean).join("/") : url;
  const facts = [
    sentAt ? t("sentAt", { at: moment(sentAt) }) : t("never"),
    t("behind", { count: behind }),
    failingSince && t("failing", { count: failures, at: moment(failingSince) }),
    nextAt && t("nextAt", { at: moment(nextAt) }),
  ];
  return (
    <Row
      main={
        <Stack gap={4}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {name}
            </Text>
            {status === "Paused" && <StatusBadge status="Paused" />}
          </Group>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {[t(`kinds.${kind}`), place, hint].join(" · ")}
          </Text>
          <Text size="sm" c="dimmed">
            {facts.filter(Boolean).join(" · ")}
          </Text>
          {pauseReason && <Text size="sm">{t(`paused.${pauseReason}`)}</Text>}
          {lastError && (
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              {t("lastError", { error: lastError })}
            </Text>
          )}
          <div role="status">
            <TestFound {...test} />
          </div>
        </Stack>
      }
      aside={<DestinationMenu destination={destination} onAsk={onAsk} />}
    />
  );
}

function TestFound({ askedAt, testedAt, error }: ForwardingDestination["test"]) {
  const t = useTranslations("forwarding");
  const format = useFormatter();
  if (!askedAt) return null;
  if (!testedAt) return <Text size="sm">{t("testUnderWay")}</Text>;
  const at = format.dateTime(new Date(testedAt), "moment");
  return (
    <Text size="sm" style={{ overflowWrap: "anywhere" }}>
      {error ? t("testFailed", { at, error }) : t("testTaken", { at })}
    </Text>
  );
}

function DestinationMenu({ destination: { id, name, status }, onAsk }: RowProps) {
  const t = useTranslations("forwarding");
  const told = useTold();
  const test = useWrite(testForwardingDestination, { onSuccess: () => told(t("testSent")) });
  const turn = useWrite(updateForwardingDestination, { onSuccess: () => told() });
  return (
    <ReceiverMenu
      label={t("moreFor", { name })}
      words={{ test: t("test"), pause: t("pause"), resume: t("resume") }}
      isEnabled={status === "Enabled"}
      onTest={() => test.mutate({ id })}
      onTurn={(enabled) => turn.mutate({ id, body: { enabled } })}
      onEdit={() => onAsk("edit")}
      onRemove={() => onAsk("remove")}
      error={test.error ?? turn.error}
    />
  );
}
