"use client";

import { type ContentImport, listImports } from "@contentos/sdk";
import { Anchor, Badge, Button, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { StatusBadge } from "@/ui/status-badge";

/** While something is under way it is looked at so often, in ms. */
export const LOOK_MS = 1_000;
export const isUnderWay = ({ status }: { status: string }) => status === "Queued" || status === "Running";

/** @param address where the report of an import is */
export function ImportList({ address }: { address: (id: string) => string }) {
  const t = useTranslations("transfer");
  const common = useTranslations("common");
  const pages = usePages(
    listImports,
    { limit: 10 },
    {
      refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? LOOK_MS : false),
    },
  );
  const imports = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={2} height={56} />}
      {pages.data && imports.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noImports")}
        </Text>
      )}
      <Rows label={t("imports")}>
        {imports.map((one) => (
          <Row
            key={one.id}
            main={
              <>
                <Anchor
                  component={Link}
                  href={address(one.id)}
                  fw={600}
                  c="inherit"
                  style={{ overflowWrap: "anywhere" }}
                >
                  {one.fileName}
                </Anchor>
                <Facts of={one} />
              </>
            }
            aside={
              <>
                {one.dryRun && <Badge variant="default">{t("dryRun")}</Badge>}
                <StatusBadge status={one.status} />
              </>
            }
          />
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
    </Stack>
  );
}

function Facts({ of: { createdAt, counts, format: kind } }: { of: ContentImport }) {
  const t = useTranslations("transfer");
  const format = useFormatter();
  const { imported, updated, failed } = counts;
  return (
    <Text size="sm" c="dimmed">
      {[
        format.dateTime(new Date(createdAt), "moment"),
        kind && t(`formats.${kind}`),
        t("summary", { imported, updated, failed }),
      ]
        .filter(Boolean)
        .join(" · ")}
    </Text>
  );
}
