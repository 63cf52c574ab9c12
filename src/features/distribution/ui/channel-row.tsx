"use client";

import type { Channel } from "@contentos/sdk";
import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import { NetworkIcon } from "@/ui/network-icon";
import type { ChannelText } from "./texts/use-texts";

type Props = {
  channel: Channel;
  text: ChannelText;
  isChosen: boolean;
  /** None where nothing can be published now. */
  onToggle: (() => void) | undefined;
  onPreview: () => void;
  onWrite: (() => void) | undefined;
};

/** One channel, and what goes out there. */
export function ChannelRow({ channel, text, isChosen, onToggle, onPreview, onWrite }: Props) {
  const t = useTranslations("distribution.publish");
  const isOff = channel.status === "Revoked" || channel.status === "Disconnected";
  const words = isOff
    ? t("reconnect")
    : t(`texts.${text.kind}`, { parts: text.parts.length, versionNumber: text.versionNumber });
  const name = (
    <Group gap={6} wrap="nowrap">
      <NetworkIcon network={channel.network} />
      <Text size="sm" fw={600} truncate>
        {channel.name}
      </Text>
    </Group>
  );
  return (
    <Stack gap={4}>
      {onToggle ? (
        <Checkbox
          label={name}
          checked={isChosen && text.kind !== "unseen" && !isOff}
          disabled={text.kind === "unseen" || isOff}
          onChange={onToggle}
        />
      ) : (
        name
      )}
      <Group gap="xs" pl={onToggle ? 32 : 22} justify="space-between">
        <Text size="xs" c="dimmed" flex="1 1 120px">
          {words}
        </Text>
        <Group gap={4}>
          {text.kind !== "unseen" && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={onPreview}
              aria-label={t("previewOf", { channel: channel.name })}
            >
              {t("preview")}
            </Button>
          )}
          {onWrite && (
            <Button
              size="compact-xs"
              variant="light"
              onClick={onWrite}
              aria-label={t("writeFor", { channel: channel.name })}
            >
              {text.kind === "own" ? t("edit") : t("write")}
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}
