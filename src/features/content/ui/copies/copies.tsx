"use client";

import { type Adaptation, listAdaptations } from "@contentos/sdk";
import { Button, Group, Stack, Text } from "@mantine/core";
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
            <Stack gap={0} miw={0}>
              <Text size="sm">{ADAPTABLE_LABELS[copy.network as Adaptable]}</Text>
              <Text size="xs" c={copy.isCurrent ? "dimmed" : "var(--mantine-color-orange-text)"}>
                {t(copy.isCurrent ? "current" : "older", { versionNumber: copy.versionNumber })}
              </Text>
            </Stack>
            <Button
              size="compact-sm"
              variant="default"
              flex="none"
              aria-label={t("open", { network: ADAPTABLE_LABELS[copy.network as Adaptable] })}
              onClick={() => setShown(copy)}
            >
              {t("view")}
            </Button>
          </Group>
        ))}
      </Stack>
      {shown && <CopyDialog adaptation={shown} onClose={() => setShown(undefined)} />}
    </Stack>
  );
}
