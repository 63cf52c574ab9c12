import { Button, Group, Image, Modal, Progress, Stack, Text, Textarea } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useBringIn } from "@/ui/bring-in";
import { ProblemAlert } from "@/ui/problem-alert";

type Props = {
  /** A file to be put in, or the image whose alt text is to be changed. */
  file?: File | undefined;
  alt?: string;
  onDone: (alt: string, assetId?: string) => void;
  onClose: () => void;
};

/** Asks what an image shows as soon as it is there, and brings it into the library. */
export function ImageDialog({ file, alt = "", onDone, onClose }: Props) {
  const t = useTranslations("editor.images");
  const common = useTranslations("common");
  const [said, setSaid] = useState(alt);
  const { progress, error, begin } = useUpload();
  const preview = useMemo(() => file && URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(preview ?? ""), [preview]);
  const submit = async () => {
    const altText = said.trim();
    if (!file) return onDone(altText);
    const assetId = await begin(file, altText);
    if (assetId) onDone(altText, assetId);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={file ? t("add") : t("edit")}
      closeButtonProps={{ "aria-label": common("close") }}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          {preview && <Image src={preview} alt="" mah={220} fit="contain" radius="md" />}
          <Textarea
            label={t("alt")}
            description={t("altHint")}
            value={said}
            maxLength={1_000}
            autosize
            minRows={2}
            maxRows={5}
            data-autofocus
            onChange={(event) => setSaid(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
          {progress !== undefined && <Progress value={progress * 100} animated aria-label={t("uploading")} />}
          <ProblemAlert error={error} />
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              {said.trim() === "" && t("withoutAlt")}
            </Text>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {common("cancel")}
              </Button>
              <Button type="submit" loading={progress !== undefined}>
                {file ? t("insert") : common("save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** One upload at a time; closing what asked for it gives it up. */
function useUpload() {
  const bringIn = useBringIn();
  const [progress, setProgress] = useState<number>();
  const [error, setError] = useState<Error>();
  const going = useRef<AbortController>(undefined);
  useEffect(() => () => going.current?.abort(), []);
  const begin = async (file: File, altText: string) => {
    going.current = new AbortController();
    const { signal } = going.current;
    setError(undefined);
    setProgress(0.05);
    try {
      return await bringIn(file, { altText, signal, onProgress: setProgress });
    } catch (problem) {
      if (!signal.aborted) setError(problem as Error);
      return undefined;
    } finally {
      if (!signal.aborted) setProgress(undefined);
    }
  };
  return { progress, error, begin };
}
