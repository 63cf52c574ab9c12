"use client";

import { type ApiKey, listApiKeys, revokeApiKey } from "@contentos/sdk";
import { Badge, Button, Group, Menu, Stack, Text } from "@mantine/core";
import { IconKey, IconPlus, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ConfirmModal } from "@/ui/confirm-modal";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useWrite } from "@/ui/query";
import { RowMenu } from "@/ui/row-menu";
import { Row, Rows } from "@/ui/rows";
import { StatusBadge } from "@/ui/status-badge";
import { useTold } from "@/ui/told";
import { NewApiKey, RotateKey } from "./new-api-key";

type Asked = { what: "rotate" | "revoke"; apiKey: ApiKey } | { what: "new" };

/** The keys by which programs act here. */
export function ApiKeys() {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages(listApiKeys, { limit: 50 });
  const keys = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const close = () => setAsked(undefined);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: "new" })}>
      {t("new")}
    </Button>
  );
  return (
    <Stack>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={3} height={72} />}
      {pages.data && keys.length === 0 && (
        <EmptyState icon={IconKey} title={t("none")} text={t("noneText")} action={add} />
      )}
      {keys.length > 0 && <div>{add}</div>}
      <Rows label={t("title")}>
        {keys.map((apiKey) => (
          <KeyRow key={apiKey.id} apiKey={apiKey} onAsk={(what) => setAsked({ what, apiKey })} />
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
      {asked?.what === "new" && <NewApiKey onClose={close} />}
      {asked?.what === "rotate" && <RotateKey apiKey={asked.apiKey} onClose={close} />}
      {asked?.what === "revoke" && <Revoke apiKey={asked.apiKey} onClose={close} />}
    </Stack>
  );
}

type RowProps = { apiKey: ApiKey; onAsk: (what: "rotate" | "revoke") => void };

function KeyRow({ apiKey, onAsk }: RowProps) {
  const t = useTranslations("keys");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const { name, role, actingRole, scopes, hint, status, actsFor, lastUsedAt, expiresAt, previousUntil } = apiKey;
  const moment = (at: string) => format.dateTime(new Date(at), "moment");
  const facts = [
    `cos_…${hint}`,
    lastUsedAt ? t("usedAt", { at: moment(lastUsedAt) }) : t("unused"),
    expiresAt && t("until", { at: moment(expiresAt) }),
    t("actsFor", { name: actsFor.name }),
  ];
  return (
    <Row
      main={
        <Stack gap={4}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {name}
            </Text>
            <StatusBadge status={status} />
            <Badge variant="default" size="sm" tt="none">
              {roles(role)}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {facts.filter(Boolean).join(" · ")}
          </Text>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {scopes ? scopes.join(", ") : t("everything")}
          </Text>
          {status === "Stopped" && <Text size="sm">{t("stoppedText", { name: actsFor.name })}</Text>}
          {actingRole && actingRole !== role && (
            <Text size="sm">{t("sunk", { name: actsFor.name, role: roles(actingRole) })}</Text>
          )}
          {status === "Live" && previousUntil && new Date(previousUntil) > new Date() && (
            <Text size="sm">{t("overlaps", { at: moment(previousUntil) })}</Text>
          )}
        </Stack>
      }
      aside={
        status !== "Revoked" && (
          <RowMenu label={t("moreFor", { name })}>
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => onAsk("rotate")}>
              {t("rotate")}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => onAsk("revoke")}>
              {t("revoke")}
            </Menu.Item>
          </RowMenu>
        )
      }
    />
  );
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useTranslations("keys");
  const told = useTold();
  const revoke = useWrite(revokeApiKey, {
    onSuccess: () => {
      onClose();
      told(t("revoked"));
    },
  });
  return (
    <ConfirmModal
      opened
      title={t("revokeTitle", { name: apiKey.name })}
      text={t("revokeText")}
      action={t("revoke")}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ id: apiKey.id })}
      onClose={onClose}
    />
  );
}
