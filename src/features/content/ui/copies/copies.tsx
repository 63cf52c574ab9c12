"use client";

import { type Adaptation, listAdaptations } from "@contentos/sdk";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ADAPTABLE_LABELS, type Adaptable } from "@/channels/network-names";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";

// With it come the rules of all networks and what makes a page of Markdown.
const CopyDialog = dynamic(() => import("./copy-dialog").then((module) => module.CopyDialog));

/** Texts for networks that nothing here publishes to, each with the version that it was made of. */
export function Copies({ itemId }: { itemId: string }) {
  const t = useTranslations("content.copies");
  const adaptations = useRead(listAdaptations, { id: itemId });
  const [shown, setShown] = useState<Adaptation>();
  // The newest first: what was made anew is what is looked for.
  const copies = (adaptations.data?.items ?? []).filter(({ channelId }) => channelId === null).reverse();
  if (adaptations.error) return <ProblemAlert error={adaptations.error} onRetry={() => adaptations.refetch()} />;
  if (copies.length === 0) return null;
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t("title")}
      </Text>
      <Stack gap={6} role="list" aria-label={t("title")}>
        {copies.map((copy) => (
          <Group key={copy.id} role="listitem" justify="space-between" wrap="nowrap">
            <Group gap="xs" miw={0}>
              <Text size="sm">{ADAPTABLE_LABELS[copy.network as Adaptable]}</Text>
              <Badge size="sm" variant="light" color={copy.isCurrent ? "teal" : "orange"} c="var(--mantine-color-text)">
                {t(copy.isCurrent ? "current" : "older", { versionNumber: copy.versionNumber })}
              </Badge>
            </Group>
            <Button size="compact-sm" variant="default" onClick={() => setShown(copy)}>
              {t("open", { network: ADAPTABLE_LABELS[copy.network as Adaptable] })}
            </Button>
          </Group>
        ))}
      </Stack>
      {shown && <CopyDialog adaptation={shown} onClose={() => setShown(undefined)} />}
    </Stack>
  );
}
