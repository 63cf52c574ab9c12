"use client";

import { ActionIcon, Button, Group, Progress, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import type { Limits, PublicationImage } from "@/channels/adapter";
import { countGraphemes } from "@/channels/text";
import { AssetImage } from "./asset-image";
import type { SaidFinding } from "./findings";
import type { TextPart } from "./publication";
import classes from "./texts.module.css";

type Props = {
  parts: TextPart[];
  onChange: (parts: TextPart[]) => void;
  limits: Limits;
  findings: SaidFinding[];
  /** Those of the version, to go with a part. */
  images: PublicationImage[];
};

/** The words for one channel, part by part, counted as its network counts. */
export function PartsEditor({ parts, onChange, limits, findings, images }: Props) {
  const t = useTranslations("distribution.texts");
  const put = (index: number, part: TextPart) => onChange(parts.map((one, at) => (at === index ? part : one)));
  const swap = (index: number, other: number) =>
    onChange(parts.map((one, at) => (at === index ? parts[other]! : at === other ? parts[index]! : one)));
  return (
    <Stack gap="md">
      {parts.map((part, index) => (
        <Part
          // biome-ignore lint/suspicious/noArrayIndexKey: A part is its place in the thread.
          key={index}
          {...{ part, index, limits, images }}
          count={parts.length}
          findings={findings.filter(({ position }) => position === index)}
          onChange={(changed) => put(index, changed)}
          onSwap={(other) => swap(index, other)}
          onRemove={() => onChange(parts.filter((_, at) => at !== index))}
        />
      ))}
      {parts.length < limits.maxParts && (
        <Group>
          <Button
            variant="light"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange([...parts, { text: "" }])}
          >
            {t("addPart")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

type PartProps = {
  part: TextPart;
  index: number;
  count: number;
  limits: Limits;
  findings: SaidFinding[];
  images: PublicationImage[];
  onChange: (part: TextPart) => void;
  onSwap: (other: number) => void;
  onRemove: () => void;
};

function Part({ part, index, count, limits, findings, images, onChange, onSwap, onRemove }: PartProps) {
  const t = useTranslations("distribution.texts");
  const length = countGraphemes(part.text);
  const errors = findings.filter(({ severity }) => severity === "Error").map(({ words }) => words);
  const warnings = findings.filter(({ severity }) => severity === "Warning").map(({ words }) => words);
  const most = limits.maxGraphemes;
  return (
    <div>
      <Textarea
        label={t("part", { number: index + 1, count })}
        value={part.text}
        onChange={(event) => onChange({ ...part, text: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={14}
        error={errors.length > 0 ? errors.join(" ") : undefined}
        // What is too long is still to be read.
        styles={{ input: { color: "var(--mantine-color-text)" } }}
      />
      <Group justify="space-between" mt={4} gap="xs">
        <Group gap={4}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("up", { number: index + 1 })}
            disabled={index === 0}
            onClick={() => onSwap(index - 1)}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("down", { number: index + 1 })}
            disabled={index === count - 1}
            onClick={() => onSwap(index + 1)}
          >
            <IconArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("removePart", { number: index + 1 })}
            disabled={count === 1}
            onClick={onRemove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
        {most !== undefined && (
          <Group gap="xs">
            <Progress
              w={72}
              size="sm"
              value={Math.min(100, (length / most) * 100)}
              color={length > most ? "red" : "brand"}
              aria-hidden
            />
            <Text size="xs" fw={600} c={length > most ? "var(--mantine-color-error)" : "dimmed"}>
              {length > most ? t("over", { over: length - most, limit: most }) : t("left", { length, limit: most })}
            </Text>
          </Group>
        )}
      </Group>
      {limits.maxImages > 0 && images.length > 0 && <PartImages {...{ part, images, onChange, index }} />}
      {warnings.map((words) => (
        <Text key={words} size="xs" c="dimmed">
          {words}
        </Text>
      ))}
    </div>
  );
}

type ImagesProps = Pick<PartProps, "part" | "images" | "onChange" | "index">;

/** Which of the version's images go with this part. */
function PartImages({ part, images, onChange, index }: ImagesProps) {
  const t = useTranslations("distribution.texts");
  const { images: chosen = [] } = part;
  const toggle = (image: PublicationImage) => {
    const without = chosen.filter(({ assetId }) => assetId !== image.assetId);
    const next = without.length < chosen.length ? without : [...chosen, image];
    onChange({ text: part.text, ...(next.length > 0 && { images: next }) });
  };
  return (
    <Group gap={6} mt={4} role="group" aria-label={t("images", { number: index + 1 })}>
      {images.map((image) => (
        <button
          key={image.assetId}
          type="button"
          className={classes.thumb}
          aria-pressed={chosen.some(({ assetId }) => assetId === image.assetId)}
          onClick={() => toggle(image)}
        >
          <AssetImage id={image.assetId} alt={image.altText} />
        </button>
      ))}
    </Group>
  );
}
