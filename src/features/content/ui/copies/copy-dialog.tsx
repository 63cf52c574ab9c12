"use client";

import type { Adaptation } from "@contentos/sdk";
import { Alert, Button, CopyButton, Group, Modal, Paper, Stack, Text, Typography } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconCopy, IconDownload } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import type { Preview } from "@/channels/adapter";
import { canConnect, rulesOf } from "@/channels/networks";
import { saveFile } from "@/ui/save-file";
import { useRetold } from "@/ui/text/retold";

type Props = { adaptation: Adaptation; onClose: () => void };

/** As the network will show and count it, to be copied part by part or saved as a file. */
export function CopyDialog({ adaptation, onClose }: Props) {
  const t = useTranslations("content.copies");
  const retold = useRetold();
  const isPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const { network, versionNumber, isCurrent, parts, findings } = adaptation;
  const { label } = rulesOf(network);
  const texts = parts.map(({ text }) => text);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("dialog", { network: label, versionNumber })}
      size="lg"
      fullScreen={isPhone}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <Text size="sm">{t(canConnect(network) ? "byHandHere" : "byHand", { network: label })}</Text>
        {!isCurrent && <Alert color="orange">{t("outdated")}</Alert>}
        {findings.map(({ message }) => (
          <Text key={message} size="xs" c="dimmed">
            {retold(message)}
          </Text>
        ))}
        <Stack gap="sm" role="list" aria-label={t("parts")}>
          {previewOf(network, texts).map((part, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: A part is its place.
            <Part key={position} {...{ part, position }} text={texts[position]!} count={texts.length} />
          ))}
        </Stack>
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => saveFile(`${network}-${versionNumber}.md`, "text/markdown", texts.join("\n\n"))}
          >
            {t("download")}
          </Button>
          {texts.length > 1 && <Copy value={texts.join("\n\n")} label={t("copyAll")} all />}
        </Group>
      </Stack>
    </Modal>
  );
}

type PartProps = { part: Preview["parts"][number]; position: number; text: string; count: number };

function Part({ part: { html, length, limit, field }, position, text, count }: PartProps) {
  const t = useTranslations("content.copies");
  const name = field ? t(`fields.${field}`) : t("part", { number: position + 1, count });
  return (
    <Paper withBorder p="sm" role="listitem" aria-label={name}>
      <Group justify="space-between" mb={6}>
        <Text size="xs" fw={600} c="dimmed">
          {name}
        </Text>
        <Group gap="sm">
          {limit !== undefined && (
            <Text size="xs" fw={600} c={length > limit ? "var(--mantine-color-error)" : "dimmed"}>
              {length > limit ? t("over", { over: length - limit }) : t("left", { left: limit - length, limit })}
            </Text>
          )}
          <Copy value={text} label={t("copyPart", { name })} />
        </Group>
      </Group>
      <Typography style={{ overflowWrap: "anywhere" }}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: The preview escapes or sanitizes all that it is given. */}
        <div dangerouslySetInnerHTML={{ __html: html }} />
      </Typography>
    </Paper>
  );
}

/** What copies all of them says so itself; the others say of what part they are to who can't see where they stand. */
function Copy({ value, label, all = false }: { value: string; label: string; all?: boolean }) {
  const common = useTranslations("common");
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          size={all ? "sm" : "compact-sm"}
          variant="light"
          leftSection={<IconCopy size={14} aria-hidden />}
          onClick={copy}
          aria-label={copied || all ? undefined : label}
        >
          {copied ? common("copied") : all ? label : common("copy")}
        </Button>
      )}
    </CopyButton>
  );
}

/** Of its own texts alone: an adaptation always has some, and nothing is made up for it. */
const previewOf = (network: string, parts: string[]) =>
  rulesOf(network).preview({
    contentItemId: "",
    versionNumber: 0,
    title: "",
    body: "",
    excerpt: "",
    language: "en",
    canonicalUrl: undefined,
    parts,
    partImages: [],
    images: [],
    assets: [],
  }).parts;
