"use client";

import type { ContentItemWithBody } from "@contentos/sdk";
import { Divider, Stack, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import { Adapt } from "@/features/ai/ui/adapt";
import { Ideas } from "@/features/ai/ui/ideas";
import { Copies } from "@/features/content/ui/copies/copies";
import { Section } from "@/ui/section";

/** What a model can do for an item. A new title would undo an approval, so that ideas are for drafts. */
export function AiHelp({ item }: { item: ContentItemWithBody }) {
  const t = useTranslations("ai");
  return (
    <Section title={t("help")}>
      {item.status === "Draft" && (
        <Stack gap="xs">
          <Text fw={600} size="sm">
            {t("ideas.title")}
          </Text>
          <Ideas item={item} />
          <Divider my="xs" />
        </Stack>
      )}
      <Stack gap="xs">
        <Text fw={600} size="sm">
          {t("adapt.title")}
        </Text>
        <Adapt itemId={item.id} />
        <Copies itemId={item.id} />
      </Stack>
    </Section>
  );
}
