"use client";

import { Alert, Button, Group, Paper, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { Problem } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import { type FullItem, useSaveVersion } from "./hooks";

type Props = { workspaceId: string; item: FullItem; mayEdit: boolean };
type Theirs = { versionNumber: number; title: string; body: string };

/** Plain Markdown for now. What is typed stays until it is saved, also when somebody else saved meanwhile. */
export function Editor({ workspaceId, item, mayEdit }: Props) {
  const [title, setTitle] = useState(item.title);
  const [body, setBody] = useState(item.currentVersion.body);
  const [base, setBase] = useState(item.currentVersion);
  const save = useSaveVersion(workspaceId, item.id);
  const changed = title !== item.title || body !== base.body;
  const theirs =
    save.error instanceof Problem && save.error.code === "version_conflict"
      ? (save.error.members.currentVersion as Theirs)
      : undefined;
  useWarnBeforeLeaving(changed && mayEdit);

  const submit = (baseVersion: number) =>
    save.mutate(
      { title, body, baseVersion },
      {
        onSuccess: (version) => {
          setBase({ ...base, versionNumber: version.versionNumber, body: version.body });
          notifications.show({ message: `Version ${version.versionNumber} is saved.` });
        },
      },
    );
  return (
    <Paper withBorder p="md">
      <Stack>
        <TextInput
          label="Title"
          value={title}
          maxLength={300}
          readOnly={!mayEdit}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label="Text"
          description="Markdown"
          value={body}
          readOnly={!mayEdit}
          onChange={(event) => setBody(event.currentTarget.value)}
          autosize
          minRows={12}
          maxRows={40}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", lineHeight: 1.6 } }}
        />
        {theirs ? (
          <Conflict theirs={theirs} onKeepMine={() => submit(theirs.versionNumber)} pending={save.isPending} />
        ) : (
          <ProblemAlert error={save.error} />
        )}
        {mayEdit && (
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {changed ? "Not saved yet" : `Version ${base.versionNumber}`}
            </Text>
            <Button onClick={() => submit(base.versionNumber)} disabled={!changed} loading={save.isPending}>
              Save a version
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function Conflict({ theirs, onKeepMine, pending }: { theirs: Theirs; onKeepMine: () => void; pending: boolean }) {
  return (
    <Alert color="orange" title={`Version ${theirs.versionNumber} was saved meanwhile`}>
      <Stack gap="sm">
        <Text size="sm">Take over from it what you need, then save yours on top. Both stay in the history.</Text>
        <Textarea aria-label="The text that was saved meanwhile" value={theirs.body} readOnly autosize maxRows={10} />
        <Group>
          <Button size="xs" onClick={onKeepMine} loading={pending}>
            Save mine on top
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function useWarnBeforeLeaving(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
