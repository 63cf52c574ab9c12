"use client";

import { type ReviewComment, sayInReview } from "@contentos/sdk";
import { Badge, Button, Group, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { useReviewComments } from "./hooks";
import classes from "./review-item.module.css";

type Props = { id: string; mayComment: boolean };

/** What the team and the client say to each other, thread by thread. */
export function ClientComments({ id, mayComment }: Props) {
  const t = useTranslations("client.comments");
  const comments = useReviewComments(id);
  const threads = new Map<string, ReviewComment[]>();
  for (const comment of comments.data?.items ?? [])
    threads.set(comment.threadId, [...(threads.get(comment.threadId) ?? []), comment]);
  return (
    <Stack gap="sm" component="section">
      <Title order={3} size="h4">
        {t("title")}
      </Title>
      {comments.isPending && <LoadingRows rows={2} />}
      {[...threads].map(([threadId, said]) => (
        <Thread key={threadId} id={id} threadId={threadId} said={said} mayComment={mayComment} />
      ))}
      {comments.data && threads.size === 0 && (
        <Text size="sm" c="dimmed">
          {t("nothing")}
        </Text>
      )}
      {mayComment && <Say id={id} label={t("label")} button={t("say")} />}
      <ProblemAlert error={comments.error} onRetry={() => comments.refetch()} />
    </Stack>
  );
}

type ThreadProps = Props & { threadId: string; said: ReviewComment[] };

function Thread({ id, threadId, said, mayComment }: ThreadProps) {
  const t = useTranslations("client.comments");
  const format = useFormatter();
  const [answering, setAnswering] = useState(false);
  const [first] = said;
  return (
    <Paper withBorder p="md" radius="lg">
      <Stack gap="sm">
        {first?.anchor && (
          <Text size="sm" c="dimmed" component="blockquote" className={classes.part} m={0}>
            “{first.anchor.quote}”
          </Text>
        )}
        {said.map(({ id: commentId, author, body, createdAt }) => (
          <div key={commentId}>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {author.you ? t("you") : author.name}
              </Text>
              <Text size="xs" c="dimmed">
                {format.dateTime(new Date(createdAt), "moment")}
              </Text>
            </Group>
            <Text size="sm" className={classes.part}>
              {body}
            </Text>
          </div>
        ))}
        {first?.resolved ? (
          <Badge color="gray" variant="light" tt="none">
            {t("resolved")}
          </Badge>
        ) : answering ? (
          <Say
            id={id}
            threadId={threadId}
            label={t("answer")}
            button={t("answer")}
            onSaid={() => setAnswering(false)}
            autoFocus
          />
        ) : (
          mayComment && (
            <Group>
              <Button size="compact-sm" variant="subtle" onClick={() => setAnswering(true)}>
                {t("answer")}
              </Button>
            </Group>
          )
        )}
      </Stack>
    </Paper>
  );
}

type SayProps = {
  id: string;
  threadId?: string;
  label: string;
  button: string;
  autoFocus?: boolean;
  onSaid?: () => void;
};

function Say({ id, threadId, label, button, autoFocus = false, onSaid }: SayProps) {
  const t = useTranslations("client.comments");
  const [body, setBody] = useState("");
  const say = useWrite(sayInReview, {
    onSuccess: () => {
      setBody("");
      onSaid?.();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        say.mutate({ id, body: { body, ...(threadId && { threadId }) } });
      }}
    >
      <Stack gap="xs">
        <Textarea
          aria-label={label}
          placeholder={t("placeholder")}
          autosize
          minRows={2}
          autoFocus={autoFocus}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" variant="default" disabled={!body.trim()} loading={say.isPending}>
            {button}
          </Button>
        </Group>
        <ProblemAlert error={say.error} />
      </Stack>
    </form>
  );
}
