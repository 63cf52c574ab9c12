"use client";

import { Button, Group, Loader, Paper, Stack, Text, Textarea, Title, Typography } from "@mantine/core";
import { useState } from "react";
import { formatTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/problem-alert";
import { StatusBadge } from "@/ui/status-badge";
import { type ItemView, type Session, useAct, useReviewComments, useReviewItem } from "./hooks";

type Props = { credential: string; id: string; link: Session["link"] };

/** One item as its client reads, discusses and decides it. */
export function ReviewItemView({ credential, id, link }: Props) {
  const item = useReviewItem(credential, id);
  if (item.isPending) return <Loader aria-label="Loading" />;
  if (item.error) return <ProblemAlert error={item.error} />;
  const { data } = item;
  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="h3" style={{ overflowWrap: "anywhere" }}>
          {data.title}
        </Title>
        <StatusBadge status={data.status} />
      </Group>
      {data.html === null ? (
        <Text c="dimmed">Nothing of this is before you right now. It comes here when it is sent to you.</Text>
      ) : (
        <Paper withBorder p="lg">
          <Typography>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the server made and sanitised it */}
            <div dangerouslySetInnerHTML={{ __html: data.html }} />
          </Typography>
        </Paper>
      )}
      {data.adaptations.map(({ channelId, channelName, network, parts }) => (
        <Paper key={channelId} withBorder p="md">
          <Text size="sm" fw={600}>
            Also on {channelName} ({network})
          </Text>
          {parts.map(({ text }) => (
            <Text key={text} size="sm" mt="xs" style={{ whiteSpace: "pre-wrap" }}>
              {text}
            </Text>
          ))}
        </Paper>
      ))}
      <Verdict credential={credential} item={data} link={link} />
      <Comments credential={credential} item={data} mayComment={link.canComment && data.html !== null} />
    </Stack>
  );
}

function Verdict({ credential, item, link }: { credential: string; item: ItemView; link: Session["link"] }) {
  const [words, setWords] = useState("");
  const act = useAct(credential, item.id);
  const said = words.trim();
  const { contentHash, decision } = item;
  const asked = decision === "Pending" && link.canDecide;
  const held = decision === "Approved" && item.status === "Approved" && link.canDecide;
  return (
    <Stack gap="xs">
      {decision !== null && decision !== "Pending" && item.decidedAt && (
        <Text size="sm">
          {item.decidedBy} {decision === "Approved" ? "approved this" : "asked for changes"},{" "}
          {formatTime(item.decidedAt)}
          {item.comment ? `: “${item.comment}”` : "."}
        </Text>
      )}
      {(asked || held) && (
        <Textarea
          label="Your words"
          description={asked ? "Needed to ask for changes" : "Needed to stop it"}
          autosize
          minRows={2}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {asked && (
        <Group grow>
          <Button
            loading={act.isPending}
            onClick={() => act.mutate({ act: "approve", body: { contentHash, ...(said && { comment: said }) } })}
          >
            Approve
          </Button>
          <Button
            color="red"
            variant="light"
            disabled={!said}
            loading={act.isPending}
            onClick={() => act.mutate({ act: "request-changes", body: { contentHash, reason: said } })}
          >
            Ask for changes
          </Button>
        </Group>
      )}
      {held && (
        <Button
          color="orange"
          variant="light"
          disabled={!said}
          loading={act.isPending}
          onClick={() => act.mutate({ act: "hold", body: { reason: said } })}
        >
          Stop before it goes out
        </Button>
      )}
      <ProblemAlert error={act.error} />
    </Stack>
  );
}

function Comments({ credential, item, mayComment }: { credential: string; item: ItemView; mayComment: boolean }) {
  const [body, setBody] = useState("");
  const comments = useReviewComments(credential, item.id);
  const act = useAct(credential, item.id);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        Comments
      </Title>
      {comments.data?.items.map(({ id, author, body: words, createdAt }) => (
        <Paper key={id} withBorder p="sm">
          <Text size="xs" c="dimmed">
            {author.you ? "You" : author.name}, {formatTime(createdAt)}
          </Text>
          <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {words}
          </Text>
        </Paper>
      ))}
      {mayComment && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            act.mutate({ act: "comments", body: { body } }, { onSuccess: () => setBody("") });
          }}
        >
          <Stack gap="xs">
            <Textarea
              aria-label="Comment"
              placeholder="A comment, which the team reads"
              autosize
              minRows={2}
              value={body}
              onChange={(event) => setBody(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={!body.trim()} loading={act.isPending}>
              Comment
            </Button>
          </Stack>
        </form>
      )}
      <ProblemAlert error={comments.error ?? act.error} />
    </Stack>
  );
}
