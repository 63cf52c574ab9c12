"use client";

import { approveItem, holdItem, type ReviewItem, type ReviewSession, requestChanges } from "@contentos/sdk";
import { Alert, Button, Group, Paper, Stack, Text, Textarea } from "@mantine/core";
import { IconCheck, IconHandStop, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import classes from "./review-item.module.css";

type Props = { item: ReviewItem; link: ReviewSession["link"]; onDecided: () => void };

/** What was decided; or the client's decision, which stays in reach while they read. */
export function Verdict({ item, link, onDecided }: Props) {
  const asked = item.decision === "Pending" && link.canDecide;
  const holdable = item.decision === "Approved" && item.status === "Approved" && link.canDecide;
  return (
    <>
      <Decided item={item} />
      {asked && <Decide key={item.contentHash} item={item} onDecided={onDecided} />}
      {holdable && <Hold item={item} />}
    </>
  );
}

function Decided({ item: { decision, decidedAt, decidedBy, comment } }: { item: ReviewItem }) {
  const t = useTranslations("client.verdict");
  const format = useFormatter();
  if (!decision || decision === "Pending" || !decidedAt) return null;
  const values = { name: decidedBy ?? "", at: format.dateTime(new Date(decidedAt), "moment") };
  return (
    <Alert
      color={decision === "Approved" ? "teal" : "orange"}
      variant="light"
      title={decision === "Approved" ? t("approved", values) : t("changes", values)}
    >
      {comment && `“${comment}”`}
    </Alert>
  );
}

function Decide({ item: { id, contentHash }, onDecided }: Pick<Props, "item" | "onDecided">) {
  const t = useTranslations("client.verdict");
  const [words, setWords] = useState("");
  const [writing, setWriting] = useState(false);
  const approve = useWrite(approveItem, { onSuccess: onDecided });
  const change = useWrite(requestChanges, { onSuccess: onDecided });
  const said = words.trim();
  const pending = approve.isPending || change.isPending;
  return (
    <Paper
      withBorder
      shadow="md"
      radius="lg"
      p="md"
      className={classes.verdict}
      component="section"
      aria-label={t("label")}
    >
      <Stack gap="sm">
        <Text size="sm" fw={600}>
          {t("asked")}
        </Text>
        {writing && (
          <Textarea
            data-autofocus
            autoFocus
            label={t("words")}
            description={t("wordsHint")}
            autosize
            minRows={2}
            maxRows={6}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
        <Group grow preventGrowOverflow={false}>
          <Button
            leftSection={<IconCheck size={18} aria-hidden />}
            loading={pending}
            onClick={() => approve.mutate({ id, body: { contentHash: contentHash!, ...(said && { comment: said }) } })}
          >
            {t("approve")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPencil size={18} aria-hidden />}
            loading={pending}
            disabled={writing && !said}
            onClick={() =>
              writing ? change.mutate({ id, body: { contentHash: contentHash!, reason: said } }) : setWriting(true)
            }
          >
            {writing ? t("sendChanges") : t("ask")}
          </Button>
        </Group>
        <ProblemAlert error={approve.error ?? change.error} />
      </Stack>
    </Paper>
  );
}

function Hold({ item: { id } }: { item: ReviewItem }) {
  const t = useTranslations("client.verdict");
  const [words, setWords] = useState("");
  const [writing, setWriting] = useState(false);
  const hold = useWrite(holdItem);
  const reason = words.trim();
  if (!writing)
    return (
      <Group>
        <Button
          variant="subtle"
          color="orange"
          leftSection={<IconHandStop size={18} aria-hidden />}
          onClick={() => setWriting(true)}
        >
          {t("stop")}
        </Button>
      </Group>
    );
  return (
    <Stack gap="sm">
      <Textarea
        autoFocus
        label={t("stopWhy")}
        description={t("stopHint")}
        autosize
        minRows={2}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Group>
        <Button
          color="orange"
          disabled={!reason}
          loading={hold.isPending}
          onClick={() => hold.mutate({ id, body: { reason } })}
        >
          {t("stop")}
        </Button>
        <Button variant="default" onClick={() => setWriting(false)}>
          {t("letGo")}
        </Button>
      </Group>
      <ProblemAlert error={hold.error} />
    </Stack>
  );
}
