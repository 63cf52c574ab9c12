import { diffVersion, labelVersion, restoreVersion, type VersionDiff } from "@contentos/sdk";
import { Button, Group, Modal, SegmentedControl, Stack, TagsInput, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { notices } from "@/ui/notices";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { DiffText } from "./diff-text";

type Props = {
  itemId: string;
  versionNumber: number;
  labels: string[];
  current: number;
  mayEdit: boolean;
  lead: string;
  onClose: () => void;
};

/** One version: what it changed, or what was changed since; its labels, and the way back to it. */
export function VersionView({ itemId, versionNumber, labels, current, mayEdit, lead, onClose }: Props) {
  const t = useTranslations("versions");
  const common = useTranslations("common");
  const [since, setSince] = useState(false);
  const isCurrent = versionNumber === current;
  const asked = since ? { versionNumber: current, against: versionNumber } : { versionNumber };
  const diff = useRead(diffVersion, { id: itemId, ...asked }, { staleTime: Number.POSITIVE_INFINITY });
  const restore = useWrite(restoreVersion, {
    onSuccess: (made) => {
      notices.show({ message: t("restored", { versionNumber, made: made.versionNumber }) });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(860px, 96vw)"
      title={t("version", { versionNumber })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Stack>
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
          {mayEdit && !isCurrent && (
            <Button
              size="xs"
              variant="default"
              loading={restore.isPending}
              onClick={() => restore.mutate({ id: itemId, versionNumber, body: { baseVersion: current } })}
            >
              {t("restore")}
            </Button>
          )}
        </Group>
        <ProblemAlert error={restore.error} />
        {mayEdit && <Labels itemId={itemId} versionNumber={versionNumber} labels={labels} />}
        {!isCurrent && (
          <SegmentedControl
            size="xs"
            aria-label={t("compare")}
            value={since ? "since" : "before"}
            onChange={(chosen) => setSince(chosen === "since")}
            data={[
              { value: "before", label: t("changedHere") },
              { value: "since", label: t("changedSince", { versionNumber: current }) },
            ]}
          />
        )}
        {diff.isPending && <LoadingRows rows={4} />}
        <ProblemAlert error={diff.error} onRetry={() => void diff.refetch()} />
        {diff.data && <Difference diff={diff.data} />}
      </Stack>
    </Modal>
  );
}

function Difference({ diff }: { diff: VersionDiff }) {
  const t = useTranslations("versions");
  const { wordsAdded, wordsRemoved, against } = diff;
  const nothing = wordsAdded === 0 && wordsRemoved === 0 && diff.metadata.length === 0 && !diff.assetsChanged;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {against === null
          ? t("first")
          : nothing
            ? t("same")
            : t("counts", { added: wordsAdded, removed: wordsRemoved })}
      </Text>
      <Text component="div" fw={700} size="lg">
        <DiffText operations={diff.title.operations} plain={against === null} />
      </Text>
      <Text component="div" size="sm">
        <DiffText operations={diff.body.operations} plain={against === null} />
      </Text>
      {diff.metadata.map(({ key, operations }) => (
        <Text key={key} component="div" size="sm">
          <Text span fw={600} size="sm">
            {key}:{" "}
          </Text>
          <DiffText operations={operations} plain={against === null} />
        </Text>
      ))}
      {diff.assetsChanged && against !== null && (
        <Text size="sm" c="dimmed">
          {t("assets")}
        </Text>
      )}
    </Stack>
  );
}

function Labels({ itemId, versionNumber, labels }: { itemId: string; versionNumber: number; labels: string[] }) {
  const t = useTranslations("versions");
  const label = useWrite(labelVersion);
  return (
    <TagsInput
      label={t("labels")}
      description={t("labelsHint")}
      value={label.variables && label.isPending ? label.variables.body.labels : labels}
      maxTags={10}
      error={label.error?.message}
      onChange={(next) => label.mutate({ id: itemId, versionNumber, body: { labels: next } })}
    />
  );
}
