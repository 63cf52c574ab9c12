"use client";

import { Button, Group, Paper, Stack, Text, Textarea, Timeline, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/ui/api";
import { formatTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/problem-alert";
import { StatusBadge } from "@/ui/status-badge";
import { type ApprovalView, useApprovals } from "./hooks";

const RANKS = ["Viewer", "Writer", "Editor", "Admin"];

type Props = {
  workspace: { id: string; role: string; timeZone: string };
  item: { id: string; status: string };
  mayEdit: boolean;
  userId: string | undefined;
  nameOf: (userId: string | null) => string;
};

export function ReviewCard({ workspace, item, mayEdit, userId, nameOf }: Props) {
  const client = useQueryClient();
  const approvals = useApprovals(workspace.id, item.id);
  const act = useMutation({
    mutationFn: ({ path, body }: { path: string; body: object }) =>
      api("POST", path, { workspaceId: workspace.id, body, idempotencyKey: crypto.randomUUID() }),
    onSettled: () =>
      Promise.all(
        [
          ["item", workspace.id, item.id],
          ["approvals", workspace.id, item.id],
          ["content", workspace.id],
          ["inbox", workspace.id],
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
  const history = approvals.data?.items ?? [];
  const open = history.find(({ status }) => status === "Pending");
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          Review
        </Title>
        {item.status === "Draft" && mayEdit && (
          <Button onClick={() => act.mutate({ path: `/content/${item.id}/submit`, body: {} })} loading={act.isPending}>
            Submit for review
          </Button>
        )}
        {open && (
          <Decision
            approval={open}
            role={workspace.role}
            userId={userId}
            pending={act.isPending}
            onDecide={(path, body) => act.mutate({ path, body })}
          />
        )}
        <ProblemAlert error={act.error ?? approvals.error} />
        {history.length > 0 ? (
          <History history={history} timeZone={workspace.timeZone} nameOf={nameOf} />
        ) : (
          <Text size="sm" c="dimmed">
            Not submitted yet.
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

type DecisionProps = {
  approval: ApprovalView;
  role: string;
  userId: string | undefined;
  pending: boolean;
  onDecide: (path: string, body: object) => void;
};

function Decision({ approval, role, userId, pending, onDecide }: DecisionProps) {
  const [comment, setComment] = useState("");
  const step = `Step ${approval.step} of ${approval.steps}`;
  if (approval.writtenBy === userId || approval.submittedBy === userId) {
    return <Text size="sm">{step} waits for somebody else: nobody decides on their own words.</Text>;
  }
  if (approval.role === "Client")
    return <Text size="sm">{step} waits for the client, who decides behind a review link.</Text>;
  if (RANKS.indexOf(role) < RANKS.indexOf(approval.role ?? "Admin"))
    return <Text size="sm">{`${step} waits for an ${approval.role}.`}</Text>;
  const words = comment.trim();
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {step} is yours to decide
      </Text>
      <Textarea
        label="Comment"
        description="Needed to reject"
        autosize
        minRows={2}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Group grow>
        <Button
          loading={pending}
          onClick={() => onDecide(`/approval/${approval.id}/approve`, words ? { comment: words } : {})}
        >
          Approve
        </Button>
        <Button
          color="red"
          variant="light"
          disabled={!words}
          loading={pending}
          onClick={() => onDecide(`/approval/${approval.id}/reject`, { reason: words })}
        >
          Reject
        </Button>
      </Group>
    </Stack>
  );
}

function History({
  history,
  timeZone,
  nameOf,
}: {
  history: ApprovalView[];
  timeZone: string;
  nameOf: Props["nameOf"];
}) {
  return (
    <Timeline bulletSize={12} lineWidth={2}>
      {history.map((approval) => (
        <Timeline.Item key={approval.id} title={<StatusBadge status={approval.status} />}>
          <Text size="sm">
            Version {approval.versionNumber},{" "}
            {approval.step === 0 ? "no steps asked for" : `step ${approval.step} of ${approval.steps}`}
          </Text>
          <Text size="xs" c="dimmed">
            {approval.decidedBy ? `${nameOf(approval.decidedBy)}, ` : ""}
            {approval.decidedByGuest ? `${approval.decidedByGuest.name} (client), ` : ""}
            {formatTime(approval.decidedAt ?? approval.submittedAt, timeZone)}
          </Text>
          {approval.comment && <Text size="sm">“{approval.comment}”</Text>}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
