"use client";

import { type Approval, approveStep, listAdaptations, rejectStep, submitContent } from "@contentos/sdk";
import { Button, Group, Paper, Stack, Text, Textarea, Timeline, Title } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { StatusBadge } from "@/ui/status-badge";
import { useApprovals } from "./hooks";

const RANKS = ["Viewer", "Writer", "Editor", "Admin"];

type Props = {
  role: string;
  item: { id: string; status: string; currentVersion: { versionNumber: number } };
  mayEdit: boolean;
  userId: string | undefined;
  nameOf: (userId: string | null) => string;
};

/** Where a piece stands with those who decide on it: submitting, one's own decision, and all that were made. */
export function ReviewCard({ role, item, mayEdit, userId, nameOf }: Props) {
  const t = useTranslations("review");
  const approvals = useApprovals(item.id);
  const submit = useWrite(submitContent);
  const adaptations = useRead(listAdaptations, { id: item.id });
  // What was written for channels is decided on with the version that it belongs to.
  const adaptationIds = (adaptations.data?.items ?? [])
    .filter(({ versionNumber }) => versionNumber === item.currentVersion.versionNumber)
    .map(({ id }) => id);
  const history = approvals.data?.items ?? [];
  const open = history.find(({ status }) => status === "Pending");
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t("title")}
        </Title>
        {item.status === "Draft" && mayEdit && (
          <Button
            onClick={() => submit.mutate({ id: item.id, body: { adaptationIds } })}
            loading={submit.isPending || adaptations.isPending}
          >
            {t("submit")}
          </Button>
        )}
        {open && <Decision key={open.id} approval={open} role={role} userId={userId} />}
        <ProblemAlert error={submit.error ?? approvals.error} />
        {history.length > 0 ? (
          <History history={history} nameOf={nameOf} />
        ) : (
          <Text size="sm" c="dimmed">
            {t("notSubmitted")}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

type DecisionProps = { approval: Approval; role: string; userId: string | undefined };

/** Approve, or reject with a reason; or why one may not. */
export function Decision({ approval, role, userId }: DecisionProps) {
  const t = useTranslations("review");
  const [comment, setComment] = useState("");
  const approve = useWrite(approveStep);
  const reject = useWrite(rejectStep);
  const { id, step, steps } = approval;
  if (approval.writtenBy === userId || approval.submittedBy === userId)
    return <Text size="sm">{t("ownWords", { step, steps })}</Text>;
  if (approval.role === "Client") return <Text size="sm">{t("waitsForClient", { step, steps })}</Text>;
  const least = approval.role ?? "Admin";
  if (RANKS.indexOf(role) < RANKS.indexOf(least))
    return <Text size="sm">{t("waitsFor", { step, steps, role: least })}</Text>;
  const words = comment.trim();
  const pending = approve.isPending || reject.isPending;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t("yours", { step, steps })}
      </Text>
      <Textarea
        label={t("comment")}
        description={t("neededToReject")}
        autosize
        minRows={2}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Group grow>
        <Button loading={pending} onClick={() => approve.mutate({ id, body: words ? { comment: words } : {} })}>
          {t("approve")}
        </Button>
        <Button
          color="red"
          variant="light"
          disabled={!words}
          loading={pending}
          onClick={() => reject.mutate({ id, body: { reason: words } })}
        >
          {t("reject")}
        </Button>
      </Group>
      <ProblemAlert error={approve.error ?? reject.error} />
    </Stack>
  );
}

function History({ history, nameOf }: { history: Approval[]; nameOf: Props["nameOf"] }) {
  const t = useTranslations("review");
  const format = useFormatter();
  const decided = ({ decidedBy, decidedByGuest }: Approval) =>
    decidedByGuest ? t("client", { name: decidedByGuest.name }) : decidedBy ? nameOf(decidedBy) : undefined;
  return (
    <Timeline bulletSize={12} lineWidth={2}>
      {history.map((approval) => {
        const { id, status, versionNumber, step, steps, comment } = approval;
        const at = format.dateTime(new Date(approval.decidedAt ?? approval.submittedAt), "moment");
        return (
          <Timeline.Item key={id} title={<StatusBadge status={status} />}>
            <Text size="sm">
              {step === 0 ? t("versionWithoutSteps", { versionNumber }) : t("version", { versionNumber, step, steps })}
            </Text>
            <Text size="xs" c="dimmed">
              {[decided(approval), at].filter(Boolean).join(", ")}
            </Text>
            {comment && <Text size="sm">“{comment}”</Text>}
          </Timeline.Item>
        );
      })}
    </Timeline>
  );
}
