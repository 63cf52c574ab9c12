"use client";

import { type AuditCheck, exportAudit, type ListAuditEventsInput, verifyAudit } from "@contentos/sdk";
import { Alert, Button, Group, List, Menu, Stack } from "@mantine/core";
import { IconDownload, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { saveFile } from "@/ui/save-file";
import { useWorkspaceId } from "@/ui/workspace-scope";

type Filter = Pick<ListAuditEventsInput, "actorId" | "action" | "from" | "to" | "text">;
type Wanted = { format: "jsonl" | "csv"; of: "events" | "changes" };

/** Whether the log is as it was written, and the log as a file. */
export function AuditProof({ filter }: { filter: Filter }) {
  const t = useTranslations("audit");
  const workspaceId = useWorkspaceId();
  const check = useWrite(verifyAudit, { meta: { quiet: true } });
  const taken = useMutation({
    mutationFn: async (wanted: Wanted) => {
      const { actorId, from, to } = filter;
      const asked = wanted.of === "events" ? filter : { actorId, from, to };
      const given = Object.fromEntries(
        Object.entries({ ...asked, ...wanted }).filter(([, value]) => value !== undefined),
      );
      const bytes = await client.in(workspaceId ?? undefined).call(exportAudit, given);
      saveFile(`audit-${wanted.of}.${wanted.format}`, bytes.type, bytes);
    },
    meta: { quiet: true },
  });
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={16} aria-hidden />}
          loading={check.isPending}
          onClick={() => check.mutate({ body: {} })}
        >
          {t("verify")}
        </Button>
        <Menu>
          <Menu.Target>
            <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={taken.isPending}>
              {t("exportAs")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => taken.mutate({ format: "jsonl", of: "events" })}>{t("jsonLines")}</Menu.Item>
            <Menu.Item onClick={() => taken.mutate({ format: "csv", of: "events" })}>{t("csv")}</Menu.Item>
            <Menu.Item onClick={() => taken.mutate({ format: "jsonl", of: "changes" })}>{t("changesJson")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <ProblemAlert error={check.error ?? taken.error} />
      <div role="status">{check.data && <Found check={check.data} />}</div>
    </Stack>
  );
}

function Found({ check }: { check: AuditCheck }) {
  const t = useTranslations("audit");
  const { status, checked, sequence, anchors, faultCount, faults, checkpoint } = check;
  if (status === "Intact") {
    return (
      <Alert color="green" icon={<IconShieldCheck aria-hidden />} title={t("intact")}>
        {t("intactText", { checked, sequence, anchors })}
        {checkpoint && !checkpoint.proven && ` ${t("beforeProofs", { sequence: checkpoint.sequence })}`}
      </Alert>
    );
  }
  return (
    <Alert color="red" icon={<IconShieldX aria-hidden />} title={t("broken")}>
      {t("brokenText", { count: faultCount })}
      <List size="sm" mt="xs">
        {faults.slice(0, 10).map(({ kind, sequence: place, rowId }) => {
          const said = t(`faults.${kind}`);
          return (
            <List.Item key={`${kind} ${place} ${rowId}`}>
              {place === null ? t("firstUnsealed", { kind: said }) : t("firstAt", { kind: said, sequence: place })}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}
