"use client";

import { listMembers, updateWorkspace, type Workspace } from "@contentos/sdk";
import { ActionIcon, Alert, Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconGripVertical, IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useRead, useWrite } from "@/ui/query";
import { SaveBar } from "@/ui/save-bar";
import { useTold } from "@/ui/told";
import classes from "./approval-form.module.css";
import { findStuck, type Step } from "./deciders";
import { ROLES } from "./roles";

type Props = { workspace: Workspace; canWrite: boolean };
/** A step that keeps its row while others move around it. */
type Row = Step & { key: number };

const MAX_STEPS = 5;
const CHOICES = [...ROLES, "Client"] as const;
let lastKey = 0;
const rowsOf = (steps: Step[]): Row[] =>
  steps.map((step) => {
    lastKey += 1;
    return { ...step, key: lastKey };
  });
const moved = <T,>(list: T[], from: number, to: number): T[] => {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
};

export function ApprovalForm({ workspace, canWrite }: Props) {
  const t = useTranslations("settings.approval");
  const told = useTold();
  const [rows, setRows] = useState<Row[]>();
  const saved = JSON.stringify(workspace.approvalSteps);
  const given = useMemo(() => rowsOf(JSON.parse(saved)), [saved]);
  const shown = rows ?? given;
  const steps = shown.map(({ role }) => ({ role }));
  const dirty = rows !== undefined && JSON.stringify(steps) !== saved;
  const save = useWrite(updateWorkspace, {
    onSuccess: () => told(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id: workspace.id, body: { approvalSteps: steps } });
      }}
    >
      <Stack>
        <Steps rows={shown} onChange={setRows} canWrite={canWrite} />
        {canWrite && shown.length < MAX_STEPS && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => setRows([...shown, ...rowsOf([{ role: shown.length === 0 ? "Editor" : "Admin" }])])}
            w="fit-content"
          >
            {t("add")}
          </Button>
        )}
        <Meaning steps={steps} />
        <Warning workspaceId={workspace.id} steps={steps} />
        {canWrite && (
          <SaveBar dirty={dirty} saving={save.isPending} error={save.error} onReset={() => setRows(undefined)} />
        )}
      </Stack>
    </form>
  );
}

type StepsProps = { rows: Row[]; onChange: (rows: Row[]) => void; canWrite: boolean };

function Steps({ rows, onChange, canWrite }: StepsProps) {
  const t = useTranslations("settings.approval");
  const roles = useTranslations("roles");
  const [dragged, setDragged] = useState<number>();
  const over = (to: number) => {
    const from = rows.findIndex(({ key }) => key === dragged);
    if (from >= 0 && from !== to) onChange(moved(rows, from, to));
  };
  return (
    <ol className={classes.steps} aria-label={t("title")}>
      {rows.map(({ key, role }, at) => (
        <li
          key={key}
          className={classes.step}
          data-dragged={key === dragged || undefined}
          draggable={canWrite}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = "move";
            setDragged(key);
          }}
          onDragOver={(event) => {
            event.preventDefault();
            over(at);
          }}
          onDragEnd={() => setDragged(undefined)}
        >
          {canWrite && <IconGripVertical size={16} className={classes.grip} aria-hidden />}
          <span className={classes.number} aria-hidden>
            {at + 1}
          </span>
          <Select
            aria-label={t("stepRole", { step: at + 1 })}
            data={CHOICES.map((value) => ({ value, label: roles(value) }))}
            value={role}
            readOnly={!canWrite}
            allowDeselect={false}
            onChange={(value) =>
              onChange(rows.map((row) => (row.key === key ? { ...row, role: value as Row["role"] } : row)))
            }
            flex="1 1 120px"
            maw={240}
          />
          {canWrite && (
            <Group gap={4} wrap="nowrap" ml="auto">
              <Move
                label={t("up", { step: at + 1 })}
                disabled={at === 0}
                onClick={() => onChange(moved(rows, at, at - 1))}
              >
                <IconArrowUp size={16} />
              </Move>
              <Move
                label={t("down", { step: at + 1 })}
                disabled={at === rows.length - 1}
                onClick={() => onChange(moved(rows, at, at + 1))}
              >
                <IconArrowDown size={16} />
              </Move>
              <Move label={t("drop", { step: at + 1 })} onClick={() => onChange(rows.filter((row) => row.key !== key))}>
                <IconX size={16} />
              </Move>
            </Group>
          )}
        </li>
      ))}
    </ol>
  );
}

type MoveProps = { label: string; disabled?: boolean; onClick: () => void; children: ReactNode };
const Move = ({ label, disabled = false, onClick, children }: MoveProps) => (
  <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} disabled={disabled} onClick={onClick}>
    {children}
  </ActionIcon>
);

/** The policy as one would say it. */
function Meaning({ steps }: { steps: Step[] }) {
  const t = useTranslations("settings.approval");
  const who = steps.map(({ role }) => t(`who.${role}`)).join(`${t("then")} `);
  return (
    <Text role="status" fw={500}>
      {steps.length === 0 ? t("nobody") : t("sentence", { who })}
    </Text>
  );
}

function Warning({ workspaceId, steps }: { workspaceId: string; steps: Step[] }) {
  const t = useTranslations("settings.approval");
  const roles = useTranslations("roles");
  const members = useRead(listMembers, { id: workspaceId, limit: 100 });
  // With more people than were read, nothing can be said for sure.
  if (!members.data || members.data.nextCursor) return null;
  const { nobodys, stuck } = findStuck(steps, members.data.items);
  if (!nobodys && stuck.length === 0) return null;
  const names = stuck.map(({ name }) => name).join(", ");
  return (
    <Alert color="orange" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} title={t("stuckTitle")}>
      {nobodys ? t("stuckForAll", { role: roles(nobodys) }) : t("stuckForSome", { names })}
    </Alert>
  );
}
