"use client";

import { type Channel, createAdaptation, getVersion, updateAdaptation } from "@contentos/sdk";
import { Alert, Button, Group, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { textsOf } from "@/channels/default-parts";
import { CHANNEL_RULES } from "@/channels/rules";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { useFindings } from "./findings";
import { NetworkPreview } from "./network-preview";
import { PartsEditor } from "./parts-editor";
import { imagesOf, publicationOf, type TextPart } from "./publication";
import { useKeptParts } from "./use-kept-parts";
import type { ChannelText } from "./use-texts";

type Props = {
  itemId: string;
  channel: Channel;
  text: ChannelText;
  /** Where the item's own page is or will be. */
  pageUrl: string;
  /** Whether words are to be written, not only looked at. */
  writing: boolean;
  /** Whether a change takes an approval away. */
  isApproved: boolean;
  onClose: () => void;
};

/** What goes out on one channel: to look at, or to write. */
export function TextDialog({ itemId, channel, text, writing, onClose, ...rest }: Props) {
  const t = useTranslations("distribution.texts");
  const isPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const version = useRead(getVersion, { id: itemId, versionNumber: text.versionNumber });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(writing ? "writeTitle" : "previewTitle", { channel: channel.name, versionNumber: text.versionNumber })}
      size={writing ? "xl" : "lg"}
      fullScreen={isPhone}
      closeButtonProps={{ "aria-label": t("close") }}
      // A slip beside the dialog would close what is being written.
      closeOnClickOutside={!writing}
    >
      <ProblemAlert error={version.error} onRetry={() => version.refetch()} />
      {version.isPending && <LoadingRows rows={3} />}
      {version.data && !writing && (
        <Stack>
          {text.kind === "rule" && <Text size="sm">{t("byRule")}</Text>}
          <NetworkPreview channel={channel} publication={publicationOf(version.data, text.parts, rest.pageUrl)} />
        </Stack>
      )}
      {version.data && writing && <Writing {...{ itemId, channel, text, onClose }} {...rest} version={version.data} />}
    </Modal>
  );
}

type WritingProps = Omit<Props, "writing"> & { version: Parameters<typeof publicationOf>[0] };

function Writing({ itemId, channel, text, version, pageUrl, isApproved, onClose }: WritingProps) {
  const t = useTranslations("distribution.texts");
  const { limits } = CHANNEL_RULES[channel.network];
  const saved = text.parts.length > 0 ? text.parts : startOf(version, pageUrl, limits);
  const kept = useKeptParts(`${itemId} ${channel.id} ${version.versionNumber}`, saved);
  const [refused, setRefused] = useState(false);
  const publication = publicationOf(version, kept.parts, pageUrl);
  const findings = useFindings()(channel, publication);
  const errors = findings.filter(({ severity }) => severity === "Error");
  const done = {
    onSuccess: () => {
      kept.forget();
      onClose();
    },
  };
  const create = useWrite(createAdaptation, done);
  const update = useWrite(updateAdaptation, done);
  const save = () => {
    setRefused(errors.length > 0);
    if (errors.length > 0) return;
    const parts = kept.parts.map(toGiven);
    if (text.adaptationId) update.mutate({ id: itemId, adaptationId: text.adaptationId, body: { parts } });
    else create.mutate({ id: itemId, body: { channelId: channel.id, parts } });
  };
  return (
    <Stack>
      {isApproved && <Alert color="orange">{t("takesApproval")}</Alert>}
      {kept.isRestored && (
        <Alert>
          <Group justify="space-between">
            <Text size="sm">{t("restored")}</Text>
            <Button size="compact-sm" variant="default" onClick={kept.forget}>
              {t("startAgain")}
            </Button>
          </Group>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <PartsEditor parts={kept.parts} onChange={kept.put} {...{ limits, findings }} images={imagesOf(version)} />
        <Stack gap="xs">
          <Text size="sm" fw={500}>
            {t("preview")}
          </Text>
          <NetworkPreview channel={channel} publication={publication} />
        </Stack>
      </SimpleGrid>
      {refused && errors.length > 0 && (
        <Alert color="red" role="alert" title={t("refused", { channel: channel.label })}>
          <Sentences>{errors.map(({ words }) => words)}</Sentences>
        </Alert>
      )}
      <ProblemAlert error={create.error ?? update.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("later")}
        </Button>
        <Button onClick={save} loading={create.isPending || update.isPending}>
          {t("save")}
        </Button>
      </Group>
    </Stack>
  );
}

const Sentences = ({ children }: { children: string[] }): ReactNode =>
  children.map((sentence) => (
    <Text key={sentence} size="sm">
      {sentence}
    </Text>
  ));

/** Nobody begins with an empty page: title, excerpt and link are what would go out by rule. */
const startOf = (
  version: WritingProps["version"],
  pageUrl: string,
  limits: Parameters<typeof textsOf>[1],
): TextPart[] => {
  const parts = textsOf(publicationOf(version, [], pageUrl), limits).map((words) => ({ text: words }));
  return parts.length > 0 ? parts : [{ text: "" }];
};

/** Its hash is the server's to tell. */
const toGiven = ({ text, images }: TextPart) => ({
  text,
  ...(images && images.length > 0 && { images: images.map(({ assetId, altText }) => ({ assetId, altText })) }),
});
