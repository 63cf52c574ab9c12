"use client";

import { adaptContent, getAiSettings, listChannels } from "@contentos/sdk";
import { Alert, Button, Card, Group, List, Select, Stack, Text } from "@mantine/core";
import { IconWand } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ADAPTABLE, ADAPTABLE_LABELS, type Adaptable } from "@/channels/network-names";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { useStreamed } from "@/ui/streamed";
import { useRetold } from "@/ui/text/retold";
import { Asking } from "./asking";
import { CreditsLeft } from "./credits-left";

type Status = "Pass" | "Warn" | "Fail";
const COLORS: Record<Status, string> = { Pass: "teal", Warn: "orange", Fail: "red" };

/** Makes the text of a channel, by a model or by rules; it is then among the item's texts, to be read and changed. */
export function Adapt({ itemId }: { itemId: string }) {
  const t = useTranslations("ai.adapt");
  const settings = useRead(getAiSettings);
  const channels = useRead(listChannels, { limit: 100 }, { staleTime: 60_000 });
  const [chosen, setChosen] = useState<string | null>(null);
  const adapt = useStreamed(adaptContent);
  const listed = channels.data?.items ?? [];
  // What has a channel is adapted for that one; the others are made to be copied.
  const unconnected = ADAPTABLE.filter((network) => !listed.some((channel) => channel.network === network));
  const choices = [
    { group: t("connected"), items: listed.map(({ id, name, label }) => ({ value: id, label: `${name} (${label})` })) },
    { group: t("copied"), items: unconnected.map((value) => ({ value, label: ADAPTABLE_LABELS[value] })) },
  ];
  // The workspace's own site takes the text as it is.
  const target = chosen ?? (listed.find(({ builtIn }) => !builtIn) ?? listed[0])?.id ?? null;
  const network = unconnected.find((one): one is Adaptable => one === target);
  const ask = () =>
    target && adapt.mutate({ body: { contentItemId: itemId, ...(network ? { network } : { channelId: target }) } });
  const retold = useRetold();
  const notable = (adapt.data?.checks ?? []).filter(({ status }) => status !== "Pass");
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <Select
          label={t("channel")}
          placeholder={t("choose")}
          data={choices}
          value={target}
          onChange={setChosen}
          allowDeselect={false}
          flex="1 1 160px"
        />
        <Button
          variant="light"
          leftSection={<IconWand size={18} aria-hidden />}
          disabled={target === null}
          loading={adapt.isPending}
          onClick={ask}
        >
          {t("make")}
        </Button>
      </Group>
      {network && (
        <Text size="xs" c="dimmed">
          {t("byHand", { network: ADAPTABLE_LABELS[network] })}
        </Text>
      )}
      {settings.data && !settings.data.usable && (
        <Text size="xs" c="dimmed">
          {t("byRules")}
        </Text>
      )}
      <ProblemAlert error={channels.error} />
      <Asking asked={adapt} waiting={t("waiting")} onRetry={ask}>
        {adapt.partial?.parts?.map(({ text }) => (
          <Card key={text} withBorder padding="sm" radius="md">
            <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {text}
            </Text>
          </Card>
        ))}
      </Asking>
      {adapt.data && (
        <Alert variant="light" color="teal" title={t(adapt.data.model ? "madeByModel" : "madeByRules")} role="status">
          <Stack gap="xs">
            <Text size="sm">{t("parts", { count: adapt.data.parts.length })}</Text>
            {notable.length > 0 && (
              <List size="sm">
                {notable.map(({ id, status, message, evidence }) => (
                  <List.Item key={id}>
                    <Text span size="sm" fw={600} c={`var(--mantine-color-${COLORS[status]}-text)`}>
                      {t(`checks.${id}`)}
                    </Text>{" "}
                    {id === "model"
                      ? retold(message)
                      : `${t(status === "Fail" ? "invented" : "leftOut")} ${evidence.map(retold).join(", ")}`}
                  </List.Item>
                ))}
              </List>
            )}
          </Stack>
        </Alert>
      )}
      {settings.data?.usable && <CreditsLeft credits={settings.data.credits} own={settings.data.keyHint !== null} />}
    </Stack>
  );
}
