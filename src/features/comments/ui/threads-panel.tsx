import { openThread } from "@contentos/sdk";
import { Button, Checkbox, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconMessageCircle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { CommentForm } from "./comment-form";
import classes from "./comments.module.css";
import type { useThreads } from "./hooks";
import { type Rights, ThreadCard } from "./thread-card";

/** What is selected in the text, and is to be spoken of. */
export type NewPassage = { versionNumber: number; start: number; end: number; quote: string };

type Props = Rights & {
  itemId: string;
  threads: ReturnType<typeof useThreads>;
  activeThread: string | null;
  passage: NewPassage | undefined;
  onPassageDone: () => void;
  onReveal: (threadId: string) => void;
};

/** All that is said about an item: open threads in the order of the text, and settled ones. */
export function ThreadsPanel({ itemId, threads, activeThread, passage, onPassageDone, onReveal, ...rights }: Props) {
  const t = useTranslations("comments");
  const common = useTranslations("common");
  const [shown, setShown] = useState<"open" | "resolved">("open");
  const all = threads.data ?? [];
  const listed = all
    .filter(({ resolvedAt }) => (resolvedAt !== null) === (shown === "resolved"))
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  return (
    <Stack gap="sm">
      {!rights.archived && (
        <NewThread
          key={passage ? `${passage.start} ${passage.quote}` : "whole"}
          itemId={itemId}
          members={rights.members}
          passage={passage}
          onDone={onPassageDone}
        />
      )}
      {all.some(({ resolvedAt }) => resolvedAt) && (
        <SegmentedControl
          size="xs"
          aria-label={t("shown")}
          value={shown}
          onChange={(next) => setShown(next as "open" | "resolved")}
          data={[
            { value: "open", label: t("open") },
            { value: "resolved", label: t("resolved") },
          ]}
        />
      )}
      {threads.isPending && <LoadingRows rows={3} height={90} />}
      <ProblemAlert error={threads.error} onRetry={() => void threads.refetch()} />
      {threads.data && listed.length === 0 && (
        <EmptyState icon={IconMessageCircle} title={t("none")} text={shown === "open" ? t("noneText") : undefined} />
      )}
      {listed.map((thread) => (
        <ThreadCard
          key={thread.id}
          itemId={itemId}
          thread={thread}
          active={thread.id === activeThread}
          onReveal={onReveal}
          {...rights}
        />
      ))}
      {threads.hasNextPage && (
        <Button variant="default" loading={threads.isFetchingNextPage} onClick={() => threads.fetchNextPage()}>
          {common("showMore")}
        </Button>
      )}
    </Stack>
  );
}

/** What speaks of the whole comes first. */
const placeOf = ({ anchor }: { anchor: { current: { start: number } | null } | null }) =>
  anchor ? (anchor.current?.start ?? Number.MAX_SAFE_INTEGER) : -1;

type NewThreadProps = Pick<Rights, "members"> & {
  itemId: string;
  passage: NewPassage | undefined;
  onDone: () => void;
};

function NewThread({ itemId, members, passage, onDone }: NewThreadProps) {
  const t = useTranslations("comments");
  const [forClient, setForClient] = useState(false);
  const open = useWrite(openThread);
  const anchor = passage && { ...passage, field: "body" as const };
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        {passage && (
          <div className={classes.quote}>
            <Text size="sm">{passage.quote.length > 160 ? `${passage.quote.slice(0, 160)}…` : passage.quote}</Text>
          </div>
        )}
        <CommentForm
          label={passage ? t("onPassage") : t("new")}
          placeholder={t("placeholder")}
          submit={t("say")}
          members={members}
          pending={open.isPending}
          error={open.error}
          autoFocus={passage !== undefined}
          onCancel={passage && onDone}
          onSubmit={(said) =>
            open
              .mutateAsync({
                id: itemId,
                body: { ...said, visibility: forClient ? "Client" : "Internal", ...(anchor && { anchor }) },
              })
              .then(onDone)
          }
          beside={
            <Checkbox
              size="xs"
              label={t("forClient")}
              checked={forClient}
              onChange={(event) => setForClient(event.currentTarget.checked)}
            />
          }
        />
      </Stack>
    </Paper>
  );
}
