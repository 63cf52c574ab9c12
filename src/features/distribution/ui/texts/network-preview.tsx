"use client";

import type { Channel } from "@contentos/sdk";
import { Avatar, Box, Group, Paper, Stack, Text } from "@mantine/core";
import { IconHeart, IconMessageCircle, IconRepeat } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import type { Preview, Publication } from "@/channels/adapter";
import { CHANNEL_RULES } from "@/channels/rules";
import { AssetImage } from "./asset-image";
import classes from "./texts.module.css";

type Props = { channel: Channel; publication: Publication };

/** What goes out, as its readers will see it: a page, posts in a thread, or what a receiver gets. */
export function NetworkPreview({ channel, publication }: Props) {
  const t = useTranslations("distribution.texts");
  const { parts } = CHANNEL_RULES[channel.network].preview(publication);
  if (parts.length === 0) return <Text size="sm">{t("nothing")}</Text>;
  if (channel.limits.form === "thread") return <Thread channel={channel} parts={parts} />;
  return (
    <Paper withBorder p="lg" className={classes.page} tabIndex={0} role="region" aria-label={t("preview")}>
      <Html html={parts.map(({ html }) => html).join("\n")} />
    </Paper>
  );
}

/** Made safe by the channel's own preview. */
const Html = ({ html, className }: { html: string; className?: string | undefined }) => (
  // biome-ignore lint/security/noDangerouslySetInnerHtml: The preview escapes or sanitizes all that it is given.
  <div className={className} dangerouslySetInnerHTML={{ __html: html }} />
);

function Thread({ channel, parts }: { channel: Channel; parts: Preview["parts"] }) {
  const t = useTranslations("distribution.texts");
  return (
    <Stack gap={0} className={classes.thread} role="list" aria-label={t("preview")}>
      {parts.map(({ html, length, limit, images }, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: A post is its place in the thread.
        <Group key={position} role="listitem" wrap="nowrap" align="flex-start" gap="sm" className={classes.post}>
          <div className={classes.face} data-last={position === parts.length - 1 || undefined}>
            <Avatar radius="xl" size={38} name={channel.name.replace(/^@/, "")} color="initials" aria-hidden />
          </div>
          <Box flex={1} miw={0} pb="md">
            <Text size="sm" fw={700} truncate>
              {channel.name}
            </Text>
            <Html html={html} className={classes.words} />
            {images.length > 0 && (
              <div className={classes.images} data-count={Math.min(images.length, 4)}>
                {images.map((image) => (
                  <AssetImage key={image.assetId} id={image.assetId} alt={image.altText} />
                ))}
              </div>
            )}
            <Group justify="space-between" mt={6} c="dimmed">
              <Group gap="lg" aria-hidden>
                <IconMessageCircle size={16} stroke={1.6} />
                <IconRepeat size={16} stroke={1.6} />
                <IconHeart size={16} stroke={1.6} />
              </Group>
              {limit !== undefined && (
                <Text size="xs" c={length > limit ? "var(--mantine-color-error)" : "dimmed"} fw={600}>
                  {length} / {limit}
                </Text>
              )}
            </Group>
          </Box>
        </Group>
      ))}
    </Stack>
  );
}
