"use client";

import { changeSupport, changeSupportAccess, getSupport, type SupportAccess } from "@contentos/sdk";
import { Badge, Button, Card, Group, Stack, Switch, Text } from "@mantine/core";
import { IconLifebuoy } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { Section } from "@/ui/section";
import { useTold } from "@/ui/told";

/** Who of the operator's was here, and whether anybody may come. */
export function SupportAccesses({ workspaceId: id }: { workspaceId: string }) {
  const t = useTranslations("workspaces.support");
  const told = useTold();
  const support = useRead(getSupport, { id });
  const rule = useWrite(changeSupport, { onSuccess: () => told() });
  if (support.error) return <ProblemAlert error={support.error} onRetry={() => support.refetch()} />;
  if (!support.data) return <LoadingRows rows={4} />;
  const { forbidden, items } = support.data;
  return (
    <>
      <Section title={t("rule")} lead={t("ruleLead")}>
        <Switch
          label={t("allow")}
          checked={!forbidden}
          disabled={rule.isPending}
          onChange={(event) => rule.mutate({ id, body: { forbidden: !event.currentTarget.checked } })}
        />
        <ProblemAlert error={rule.error} />
      </Section>
      <Section title={t("list")} lead={t("listLead")}>
        {items.length === 0 ? (
          <EmptyState icon={IconLifebuoy} title={t("none")} text={t("noneText")} />
        ) : (
          <Stack gap="sm">
            {items.map((access) => (
              <Access key={access.id} workspaceId={id} access={access} />
            ))}
          </Stack>
        )}
      </Section>
    </>
  );
}

function Access({ workspaceId: id, access }: { workspaceId: string; access: SupportAccess }) {
  const t = useTranslations("workspaces.support");
  const format = useFormatter();
  const told = useTold();
  const change = useWrite(changeSupportAccess, { onSuccess: () => told() });
  const send = (body: { mayWrite?: boolean; end?: true }) => change.mutate({ id, accessId: access.id, body });
  const time = (at: string) => format.dateTime(new Date(at), "moment");
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Text fw={600}>{access.name}</Text>
          <Badge variant="light" color={access.live ? "orange" : "gray"}>
            {t(access.live ? "live" : "over")}
          </Badge>
        </Group>
        <Text size="sm">{access.reason}</Text>
        <Text size="sm" c="dimmed">
          {t("times", { from: time(access.begunAt), to: time(access.endedAt ?? access.endsAt) })}
        </Text>
        {access.live && (
          <Group gap="lg">
            <Switch
              label={t("mayWrite")}
              checked={access.mayWrite}
              disabled={change.isPending}
              onChange={(event) => send({ mayWrite: event.currentTarget.checked })}
            />
            <Button size="xs" variant="default" loading={change.isPending} onClick={() => send({ end: true })}>
              {t("end")}
            </Button>
          </Group>
        )}
        <ProblemAlert error={change.error} />
      </Stack>
    </Card>
  );
}
