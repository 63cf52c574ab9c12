"use client";

import {
  approveTrial,
  type ContentItemWithBody,
  listSitePages,
  listTrials,
  proposeTrial,
  type SiteTrial,
  stopTrial,
  updateContent,
} from "@contentos/sdk";
import { Alert, Badge, Button, Card, Group, Progress, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useRefresh, useWrite } from "@/ui/query";
import { Section } from "@/ui/section";
import { useTold } from "@/ui/told";

type Props = { item: ContentItemWithBody; userId: string; mayPropose: boolean };

/** Headlines of an item that is out, tried on the site's list; what does best is proposed, and changed by nobody here. */
export function TrialCard({ item, userId, mayPropose }: Props) {
  const t = useTranslations("assist.trial");
  const pages = useRead(listSitePages, { contentItemId: item.id, limit: 1 });
  const trials = useRead(listTrials, { contentItemId: item.id, limit: 1 });
  const [latest] = trials.data?.items ?? [];
  if (!pages.data?.items.length && !latest) return null;
  const open = latest?.status === "Waiting" || latest?.status === "Running";
  return (
    <Section title={t("title")}>
      <Stack gap="sm">
        <ProblemAlert error={trials.error} onRetry={() => trials.refetch()} />
        {latest && <Shown trial={latest} item={item} userId={userId} mayPropose={mayPropose} />}
        {trials.data && !open && mayPropose && <Propose itemId={item.id} />}
      </Stack>
    </Section>
  );
}

function Propose({ itemId }: { itemId: string }) {
  const t = useTranslations("assist.trial");
  const refresh = useRefresh();
  const [typed, setTyped] = useState("");
  const propose = useWrite(proposeTrial, {
    onSuccess: () => {
      setTyped("");
      void refresh(listTrials);
    },
  });
  const headlines = typed
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t("lead")}
      </Text>
      <Textarea
        label={t("headlines")}
        description={t("headlinesHint")}
        autosize
        minRows={2}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ProblemAlert error={propose.error} />
      <Group>
        <Button
          variant="light"
          loading={propose.isPending}
          disabled={headlines.length < 2 || headlines.length > 5}
          onClick={() => propose.mutate({ body: { contentItemId: itemId, headlines } })}
        >
          {t("propose")}
        </Button>
      </Group>
    </Stack>
  );
}

function Shown({ trial, item, userId, mayPropose }: Props & { trial: SiteTrial }) {
  const t = useTranslations("assist.trial");
  const format = useFormatter();
  const told = useTold();
  const refresh = useRefresh();
  const again = { onSuccess: () => void refresh(listTrials) };
  const approve = useWrite(approveTrial, again);
  const stop = useWrite(stopTrial, again);
  const rename = useWrite(updateContent);
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 1 });
  const winner = trial.variants.find(({ number }) => number === trial.winner);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Badge variant="light" c="var(--mantine-color-text)">
          {t(`status.${trial.status}`)}
        </Badge>
        {trial.status === "Running" && trial.endsAt && (
          <Text size="xs" c="dimmed">
            {t("until", { day: format.dateTime(new Date(trial.endsAt), { dateStyle: "medium" }) })}
          </Text>
        )}
        {trial.reason && (
          <Text size="xs" c="dimmed">
            {t(`reason.${trial.reason}`, { confidence: trial.confidence })}
          </Text>
        )}
      </Group>
      {trial.variants.map((variant) => (
        <Card key={variant.number} withBorder padding="sm" radius="md">
          <Stack gap={4}>
            <Text fw={600} size="sm">
              {variant.headline}
            </Text>
            <Progress value={variant.best * 100} aria-label={t("bestLabel", { headline: variant.headline })} />
            <Text size="xs" c="dimmed">
              {[
                variant.number === 0 && t("now"),
                t("best", { share: percent(variant.best) }),
                t("counts", { views: variant.views, clicks: variant.clicks }),
                t("loss", { loss: percent(variant.loss) }),
                trial.status === "Running" && t("share", { share: percent(variant.share) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </Text>
          </Stack>
        </Card>
      ))}
      {winner && winner.number > 0 && winner.headline !== item.title && (
        <Alert variant="light" color="teal" title={t("proposed")}>
          <Stack gap="xs">
            <Text size="sm">{t("proposedText")}</Text>
            {mayPropose && (
              <Group>
                <Button
                  size="xs"
                  loading={rename.isPending}
                  onClick={() =>
                    rename.mutate(
                      { id: item.id, body: { title: winner.headline } },
                      { onSuccess: () => told(t("taken")) },
                    )
                  }
                >
                  {t("take")}
                </Button>
              </Group>
            )}
          </Stack>
        </Alert>
      )}
      <ProblemAlert error={approve.error ?? stop.error ?? rename.error} />
      {mayPropose && (trial.status === "Waiting" || trial.status === "Running") && (
        <Group gap="sm">
          {trial.status === "Waiting" && trial.createdBy !== userId && (
            <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate({ id: trial.id })}>
              {t("approve")}
            </Button>
          )}
          {trial.status === "Waiting" && trial.createdBy === userId && <Text size="sm">{t("waits")}</Text>}
          <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate({ id: trial.id })}>
            {t("stop")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
