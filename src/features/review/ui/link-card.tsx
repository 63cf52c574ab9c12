"use client";

import { listReviewLinks, type ReviewLink, revokeReviewLink } from "@contentos/sdk";
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { NewLink } from "./new-link";

type Props = { items: { id: string; title: string }[] };

/** The live links by which clients see an item, and a new one. */
export function LinkCard({ items }: Props) {
  const t = useTranslations("client.links");
  const [making, setMaking] = useState(false);
  const links = useRead(listReviewLinks, { contentItemId: items[0]!.id, status: "Live" });
  const revoke = useWrite(revokeReviewLink);
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t("title")}
        </Title>
        {links.data?.items.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("nothing")}
          </Text>
        )}
        {links.data?.items.map((link) => (
          <Group key={link.id} justify="space-between" wrap="nowrap">
            <Told link={link} />
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              loading={revoke.isPending}
              onClick={() => revoke.mutate({ id: link.id })}
            >
              {t("revoke")}
            </Button>
          </Group>
        ))}
        <Button variant="default" onClick={() => setMaking(true)}>
          {t("make")}
        </Button>
        {making && <NewLink items={items} onClose={() => setMaking(false)} />}
        <ProblemAlert error={links.error ?? revoke.error} />
      </Stack>
    </Paper>
  );
}

function Told({ link: { name, hasPasscode, canDecide, expiresAt } }: { link: ReviewLink }) {
  const t = useTranslations("client.links");
  const format = useFormatter();
  const traits = [
    canDecide ? t("decides") : t("reads"),
    hasPasscode && t("withPasscode"),
    expiresAt && t("until", { day: format.dateTime(new Date(expiresAt), "day") }),
  ];
  return (
    <div style={{ minWidth: 0 }}>
      <Text size="sm" truncate>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {traits.filter(Boolean).join(" · ")}
      </Text>
    </div>
  );
}
