"use client";

import type { ReviewItem, ReviewSession } from "@contentos/sdk";
import { Group, Paper, Stack, Text, Title, Typography } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { StatusBadge } from "@/ui/status-badge";
import { ClientComments } from "./client-comments";
import { useReviewItem } from "./hooks";
import classes from "./review-item.module.css";
import { SaveReceipt } from "./save-receipt";
import { Verdict } from "./verdict";

type Props = { id: string; link: ReviewSession["link"]; onDecided: () => void };

/** One item as its client reads, discusses and decides it. */
export function ReviewItemView({ id, link, onDecided }: Props) {
  const t = useTranslations("client.item");
  const item = useReviewItem(id);
  if (item.isPending) return <LoadingRows rows={6} height={32} />;
  if (item.error) return <ProblemAlert error={item.error} onRetry={() => item.refetch()} />;
  const { data } = item;
  return (
    <Stack gap="lg">
      <Paper withBorder radius="lg" p={{ base: "md", sm: "xl" }} component="article">
        <Group justify="space-between" align="flex-start" mb="md">
          <Title order={2} size="h1" className={classes.title}>
            {data.title}
          </Title>
          <StatusBadge status={data.decision ?? data.status} />
        </Group>
        {data.metadata?.excerpt && (
          <Text size="lg" c="dimmed" mb="md">
            {data.metadata.excerpt}
          </Text>
        )}
        {data.html === null ? (
          <Text c="dimmed">{t("notBeforeYou")}</Text>
        ) : (
          <Typography className={classes.text}>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the server made and sanitised it */}
            <div dangerouslySetInnerHTML={{ __html: data.html }} />
          </Typography>
        )}
      </Paper>
      {data.adaptations.map((adaptation) => (
        <Elsewhere
          key={`${adaptation.channelId ?? adaptation.network} ${adaptation.parts[0]?.text}`}
          adaptation={adaptation}
        />
      ))}
      <Verdict item={data} link={link} onDecided={onDecided} />
      <Receipts item={data} />
      <ClientComments id={data.id} mayComment={link.canComment && data.html !== null} />
    </Stack>
  );
}

/** What goes out on another network with it. */
function Elsewhere({
  adaptation: { channelId, channelName, network, parts },
}: {
  adaptation: ReviewItem["adaptations"][number];
}) {
  const t = useTranslations("client.item");
  return (
    <Paper withBorder radius="lg" p="md" component="section">
      <Title order={3} size="h5">
        {channelId === null ? t("alsoFor", { network: channelName }) : t("alsoOn", { channel: channelName, network })}
      </Title>
      <Stack gap="xs" mt="sm">
        {parts.map(({ text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: Parts have no other name than their place.
          <Paper key={place} bg="var(--mantine-color-default-hover)" p="sm">
            <Text size="sm" className={classes.part}>
              {text}
            </Text>
          </Paper>
        ))}
      </Stack>
    </Paper>
  );
}

/** Of one's own decisions: signed, so that they prove themselves. */
function Receipts({ item }: { item: ReviewItem }) {
  const t = useTranslations("client.item");
  const format = useFormatter();
  if (item.receipts.length === 0) return null;
  return (
    <Stack gap={4}>
      {item.receipts.map(({ id, decision, at }) => (
        <Text key={id} size="sm" c="dimmed">
          {t(`receipt.${decision}`, { at: format.dateTime(new Date(at), "moment") })} <SaveReceipt id={id} />
        </Text>
      ))}
    </Stack>
  );
}
