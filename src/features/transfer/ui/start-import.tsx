"use client";

import { type ContentImport, type ImportOptions, startImport } from "@contentos/sdk";
import { Button, FileButton, Group, Paper, Progress, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { IconFileImport, IconUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { keepOptions } from "./kept-options";

type Uploaded = { id: string; fileName: string };
type Props = {
  /** Sends a file that is to be imported; the library does that. */
  upload: (file: File, onProgress: (share: number) => void, signal: AbortSignal) => Promise<Uploaded>;
  onStarted: (started: ContentImport) => void;
};

const TYPES = ".zip,.xml,.wxr,.md,.markdown,.txt,.json,.rss,.atom";
const TAGS_FROM = ["TagsAndCategories", "Tags", "Categories", "None"] as const;

/** A file, how to read it, and a try that imports nothing before the thing itself. */
export function StartImport({ upload, onStarted }: Props) {
  const t = useTranslations("transfer");
  const common = useTranslations("common");
  const [share, setShare] = useState(0);
  const [stop, setStop] = useState<AbortController>();
  const sending = useMutation({
    mutationFn: (file: File) => {
      const controller = new AbortController();
      setStop(controller);
      setShare(0);
      return upload(file, setShare, controller.signal);
    },
  });
  if (sending.data) return <Options file={sending.data} onStarted={onStarted} onBack={() => sending.reset()} />;
  return (
    <Stack>
      <Group>
        <FileButton accept={TYPES} onChange={(file) => file && sending.mutate(file)}>
          {(props) => (
            <Button {...props} leftSection={<IconUpload size={16} />} loading={sending.isPending}>
              {t("chooseFile")}
            </Button>
          )}
        </FileButton>
        {sending.isPending && (
          <Button variant="default" onClick={() => stop?.abort()}>
            {common("cancel")}
          </Button>
        )}
      </Group>
      {sending.isPending && (
        <Stack gap={4}>
          <Progress value={share * 100} aria-label={t("uploading", { name: sending.variables.name })} />
          <Text size="xs" c="dimmed">
            {t("uploading", { name: sending.variables.name })}
          </Text>
        </Stack>
      )}
      <Retry error={stop?.signal.aborted ? null : sending.error}>
        <Button size="xs" variant="default" onClick={() => sending.variables && sending.mutate(sending.variables)}>
          {common("retry")}
        </Button>
      </Retry>
    </Stack>
  );
}

const Retry = ({ error, children }: { error: Error | null; children: ReactNode }) =>
  error && (
    <Stack gap="xs" align="flex-start">
      <ProblemAlert error={error} />
      {children}
    </Stack>
  );

type OptionsProps = { file: Uploaded; onStarted: Props["onStarted"]; onBack: () => void };

function Options({ file, onStarted, onBack }: OptionsProps) {
  const t = useTranslations("transfer");
  const common = useTranslations("common");
  const [source, setSource] = useState("");
  const [tagsFrom, setTagsFrom] = useState<(typeof TAGS_FROM)[number]>("TagsAndCategories");
  const [comments, setComments] = useState(true);
  const [fetchImages, setFetchImages] = useState(true);
  const start = useWrite(startImport, { onSuccess: onStarted });
  const options: ImportOptions = { tagsFrom, comments, fetchImages, ...(source.trim() && { source: source.trim() }) };
  const begin = (dryRun: boolean) => {
    keepOptions(file.id, options);
    start.mutate({ body: { assetId: file.id, options: { ...options, dryRun } } });
  };
  return (
    <Stack>
      <Paper withBorder p="sm" radius="md">
        <Group gap="sm" wrap="nowrap">
          <IconFileImport size={20} stroke={1.5} aria-hidden />
          <Text fw={600} truncate flex={1}>
            {file.fileName}
          </Text>
          <Button size="xs" variant="subtle" color="gray" onClick={onBack}>
            {t("anotherFile")}
          </Button>
        </Group>
      </Paper>
      <TextInput
        label={t("source")}
        description={t("sourceHint")}
        maxLength={200}
        value={source}
        error={issuesOf(start.error)["options.source"]}
        onChange={(event) => setSource(event.currentTarget.value)}
        maw={460}
      />
      <Select
        label={t("tagsFrom")}
        data={TAGS_FROM.map((value) => ({ value, label: t(`tags.${value}`) }))}
        value={tagsFrom}
        allowDeselect={false}
        onChange={(value) => setTagsFrom(value as typeof tagsFrom)}
        maw={460}
      />
      <Switch label={t("comments")} checked={comments} onChange={(event) => setComments(event.currentTarget.checked)} />
      <Switch
        label={t("fetchImages")}
        checked={fetchImages}
        onChange={(event) => setFetchImages(event.currentTarget.checked)}
      />
      <ProblemAlert error={start.error} />
      <Group gap="sm">
        <Button loading={start.isPending} onClick={() => begin(true)}>
          {t("tryFirst")}
        </Button>
        <Button variant="default" disabled={start.isPending} onClick={() => begin(false)}>
          {t("importNow")}
        </Button>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {common("cancel")}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t("tryHint")}
      </Text>
    </Stack>
  );
}
