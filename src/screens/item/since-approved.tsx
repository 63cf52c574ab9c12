"use client";

import { type Approval, type ContentItemWithBody, diffVersion } from "@contentos/sdk";
import { Button, Group, Modal, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useApprovals } from "@/features/approval/ui/hooks";
import { DiffText } from "@/features/content/ui/versions/diff-text";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";

/** For whoever decides: what is new against what they, or somebody before them, once said yes to. */
export function SinceApproved({ item }: { item: ContentItemWithBody }) {
  const t = useTranslations("review.since");
  const common = useTranslations("common");
  const [opened, setOpened] = useState(false);
  const approvals = useApprovals(item.id);
  const { versionNumber } = item.currentVersion;
  const history = approvals.data?.items ?? [];
  const approved = history.find((one) => one.versionNumber < versionNumber && wasApproved(one))?.versionNumber;
  if (item.status !== "InReview" || !approvals.data) return null;
  if (!approved)
    return (
      <Text size="sm" c="dimmed">
        {t("never")}
      </Text>
    );
  return (
    <Group>
      <Button variant="default" size="xs" onClick={() => setOpened(true)}>
        {t("show", { version: approved })}
      </Button>
      {opened && (
        <Modal
          opened
          onClose={() => setOpened(false)}
          size="xl"
          title={t("title", { version: approved, now: versionNumber })}
          closeButtonProps={{ "aria-label": common("close") }}
        >
          <Changes id={item.id} from={approved} to={versionNumber} />
        </Modal>
      )}
    </Group>
  );
}

/** By its last step; also where a newer version has taken its place since. */
const wasApproved = ({ status, step, steps, decidedBy, decidedByGuest }: Approval) =>
  step === steps &&
  (status === "Approved" || (status === "Superseded" && (step === 0 || decidedBy !== null || decidedByGuest !== null)));

function Changes({ id, from, to }: { id: string; from: number; to: number }) {
  const t = useTranslations("review.since");
  const diff = useRead(diffVersion, { id, versionNumber: to, against: from });
  if (diff.isPending) return <LoadingRows rows={4} />;
  if (diff.error) return <ProblemAlert error={diff.error} onRetry={() => diff.refetch()} />;
  const { title, body } = diff.data;
  return (
    <Stack>
      {[title, body].map((part, place) => (
        <section key={place === 0 ? "title" : "body"}>
          <Title order={3} size="h5" mb="xs">
            {place === 0 ? t("ofTitle") : t("ofText")}
          </Title>
          <Paper withBorder p="md">
            <DiffText operations={part.operations} />
          </Paper>
        </section>
      ))}
    </Stack>
  );
}
