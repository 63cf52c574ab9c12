import {
  type Comment,
  type CommentThread,
  editComment,
  listThreads,
  type Member,
  removeComment,
  reopenThread,
  replyToThread,
  resolveThread,
} from "@contentos/sdk";
import { ActionIcon, Badge, Button, Group, Menu, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconDots, IconRotate } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useReplaceIn, useWrite } from "@/ui/query";
import { CommentForm } from "./comment-form";
import classes from "./comments.module.css";
import { useReplies } from "./hooks";

export type Rights = {
  userId: string;
  members: readonly Member[];
  nameOf: (userId: string | null) => string;
  mayRemoveAll: boolean;
  mayResolveAll: boolean;
  archived: boolean;
};
type Props = Rights & {
  itemId: string;
  thread: CommentThread;
  active: boolean;
  onReveal: (threadId: string) => void;
};

/** What was said about one passage, or about the whole. */
export function ThreadCard({ itemId, thread, active, onReveal, ...rights }: Props) {
  const t = useTranslations("comments");
  const { anchor, resolvedAt } = thread;
  const more = useReplies(itemId, thread.id, thread.comments.nextCursor !== null);
  const comments = more.data ?? thread.comments.items;
  const settle = useSettle(itemId, thread);
  const maySettle = !rights.archived && (rights.mayResolveAll || thread.authorId === rights.userId);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) card.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <Paper
      ref={card}
      withBorder
      p="sm"
      component="section"
      aria-label={t("thread")}
      className={classes.thread ?? ""}
      data-active={active || undefined}
    >
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
          {anchor ? (
            <Quote thread={thread} onReveal={onReveal} />
          ) : (
            <Text size="xs" c="dimmed">
              {t("onWhole")}
            </Text>
          )}
          {maySettle && <SettleButton settle={settle} thread={thread} />}
        </Group>
        <ProblemAlert error={settle.error} />
        {thread.visibility === "Client" && (
          <Badge size="sm" color="orange" variant="light" tt="none">
            {t("client")}
          </Badge>
        )}
        {comments.map((comment) => (
          <Words key={comment.id} comment={comment} {...rights} />
        ))}
        <ProblemAlert error={more.error} />
        {!resolvedAt && !rights.archived && <ReplyForm itemId={itemId} thread={thread} members={rights.members} />}
      </Stack>
    </Paper>
  );
}

function Quote({
  thread: { id, anchor, resolvedAt },
  onReveal,
}: {
  thread: CommentThread;
  onReveal: (id: string) => void;
}) {
  const t = useTranslations("comments");
  if (!anchor) return null;
  const gone = anchor.state === "Orphaned";
  const quote = anchor.quote.length > 160 ? `${anchor.quote.slice(0, 160)}…` : anchor.quote;
  return (
    <div className={classes.quote}>
      {gone || resolvedAt || anchor.field === "title" ? (
        <Text size="sm">{quote}</Text>
      ) : (
        <UnstyledButton onClick={() => onReveal(id)} aria-label={t("showPassage", { quote })}>
          <Text size="sm">{quote}</Text>
        </UnstyledButton>
      )}
      {gone && (
        <Text size="xs" c="dimmed">
          {t("gone", { versionNumber: anchor.versionNumber })}
        </Text>
      )}
      {anchor.state === "Changed" && (
        <Text size="xs" c="dimmed">
          {t("changed")}
        </Text>
      )}
    </div>
  );
}

/** Resolves an open thread, and opens a resolved one again. */
function useSettle(itemId: string, { id: threadId, resolvedAt }: CommentThread) {
  const replaceIn = useReplaceIn();
  const onSuccess = (settled: CommentThread) => replaceIn(listThreads, settled);
  const resolve = useWrite(resolveThread, { onSuccess });
  const reopen = useWrite(reopenThread, { onSuccess });
  const { mutate, isPending, error } = resolvedAt ? reopen : resolve;
  return { run: () => mutate({ id: itemId, threadId }), isPending, error };
}

function SettleButton({ settle, thread }: { settle: ReturnType<typeof useSettle>; thread: CommentThread }) {
  const t = useTranslations("comments");
  const Icon = thread.resolvedAt ? IconRotate : IconCheck;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      loading={settle.isPending}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={settle.run}
      style={{ flexShrink: 0 }}
    >
      {thread.resolvedAt ? t("reopen") : t("resolve")}
    </Button>
  );
}

function Words({ comment, userId, nameOf, members, mayRemoveAll, archived }: Rights & { comment: Comment }) {
  const t = useTranslations("comments");
  const common = useTranslations("common");
  const format = useFormatter();
  const [editing, setEditing] = useState(false);
  const edit = useWrite(editComment);
  const remove = useWrite(removeComment);
  const own = comment.authorId === userId;
  const name = comment.authorId ? nameOf(comment.authorId) : (comment.guestName ?? t("guest"));
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={600} truncate>
          {name}
          {comment.guestId && (
            <Text span size="xs" c="dimmed" fw={400}>
              {" "}
              {t("asClient")}
            </Text>
          )}
        </Text>
        <Group gap={2} wrap="nowrap">
          <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
            {format.dateTime(new Date(comment.createdAt), "dayAndTime")}
          </Text>
          {comment.body !== null && (own || mayRemoveAll) && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("more", { name })}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {own && !archived && <Menu.Item onClick={() => setEditing(true)}>{common("edit")}</Menu.Item>}
                <Menu.Item color="red" onClick={() => remove.mutate({ id: comment.id })}>
                  {common("delete")}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Group>
      {editing ? (
        <CommentForm
          label={t("edit")}
          submit={common("save")}
          initial={comment.body ?? ""}
          members={members}
          pending={edit.isPending}
          error={edit.error}
          autoFocus
          onCancel={() => setEditing(false)}
          onSubmit={(said) => edit.mutateAsync({ id: comment.id, body: said }).then(() => setEditing(false))}
        />
      ) : (
        <Text size="sm" className={classes.words ?? ""} {...(comment.body === null && { c: "dimmed", fs: "italic" })}>
          {comment.body ?? t("removed")}
          {comment.editedAt && comment.body !== null && (
            <Text span size="xs" c="dimmed">
              {" "}
              {t("edited")}
            </Text>
          )}
        </Text>
      )}
      <ProblemAlert error={remove.error} />
    </Stack>
  );
}

function ReplyForm({ itemId, thread, members }: { itemId: string; thread: CommentThread; members: readonly Member[] }) {
  const t = useTranslations("comments");
  const [open, setOpen] = useState(false);
  const reply = useWrite(replyToThread);
  if (!open)
    return (
      <UnstyledButton className={classes.reply ?? ""} onClick={() => setOpen(true)}>
        {t("reply")}
      </UnstyledButton>
    );
  return (
    <CommentForm
      label={t("reply")}
      placeholder={t("placeholder")}
      submit={t("reply")}
      members={members}
      pending={reply.isPending}
      error={reply.error}
      autoFocus
      onCancel={() => setOpen(false)}
      onSubmit={(said) => reply.mutateAsync({ id: itemId, threadId: thread.id, body: said }).then(() => setOpen(false))}
    />
  );
}
