import { type ContentItemWithBody, listVersions } from "@contentos/sdk";
import { Badge, Button, Group, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages } from "@/ui/query";
import { VersionView } from "./version-view";
import classes from "./versions.module.css";

type Props = { item: ContentItemWithBody; mayEdit: boolean; nameOf: (userId: string | null) => string };

/** Every version, the newest first; each opens with what it changed. */
export function VersionsPanel({ item, mayEdit, nameOf }: Props) {
  const t = useTranslations("versions");
  const common = useTranslations("common");
  const format = useFormatter();
  const [shown, setShown] = useState<number>();
  const versions = usePages(
    listVersions,
    { id: item.id, limit: 30 },
    { select: ({ pages }) => pages.flatMap(({ items }) => items) },
  );
  const current = item.currentVersion.versionNumber;
  const opened = versions.data?.find(({ versionNumber }) => versionNumber === shown);
  if (versions.isPending) return <LoadingRows rows={5} height={56} />;
  return (
    <Stack gap="xs">
      <ProblemAlert error={versions.error} onRetry={() => void versions.refetch()} />
      <Stack gap={6} component="ul" className={classes.list ?? ""}>
        {versions.data?.map(({ id, versionNumber, updatedBy, updatedAt, labels }) => (
          <Paper key={id} withBorder component="li">
            <UnstyledButton className={classes.version ?? ""} onClick={() => setShown(versionNumber)}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" fw={600}>
                  {t("version", { versionNumber })}
                </Text>
                {versionNumber === current && (
                  <Badge size="sm" variant="light" tt="none">
                    {t("current")}
                  </Badge>
                )}
              </Group>
              <Text size="xs" c="dimmed">
                {nameOf(updatedBy)}, {format.dateTime(new Date(updatedAt), "moment")}
              </Text>
              {labels.length > 0 && (
                <Group gap={4} mt={4}>
                  {labels.map((label) => (
                    <Badge key={label} size="sm" variant="outline" color="gray" tt="none" c="var(--mantine-color-text)">
                      {label}
                    </Badge>
                  ))}
                </Group>
              )}
            </UnstyledButton>
          </Paper>
        ))}
      </Stack>
      {versions.hasNextPage && (
        <Button variant="default" loading={versions.isFetchingNextPage} onClick={() => versions.fetchNextPage()}>
          {common("showMore")}
        </Button>
      )}
      {opened && (
        <VersionView
          key={opened.versionNumber}
          itemId={item.id}
          versionNumber={opened.versionNumber}
          labels={opened.labels}
          current={current}
          mayEdit={mayEdit}
          lead={`${nameOf(opened.updatedBy)}, ${format.dateTime(new Date(opened.updatedAt), "moment")}`}
          onClose={() => setShown(undefined)}
        />
      )}
    </Stack>
  );
}
