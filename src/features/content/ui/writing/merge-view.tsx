import type { VersionMerge } from "@contentos/sdk";
import { Button, Group, Modal, Paper, Radio, SimpleGrid, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { around, type Choice, chosenText, isUndecided, settle } from "./merging";
import classes from "./writing.module.css";

type Conflict = VersionMerge["conflicts"][number];
type Props = {
  merge: VersionMerge;
  /** Who saved meanwhile. */
  name: string;
  pending: boolean;
  error: Error | null;
  onSave: (words: { title: string; body: string }) => void;
  onClose: () => void;
};

/** What two people changed in the same place, passage by passage; all else is together already. */
export function MergeView({ merge, name, pending, error, onSave, onClose }: Props) {
  const t = useTranslations("editor.merge");
  const common = useTranslations("common");
  const [choices, setChoices] = useState<(Choice | undefined)[]>(() => merge.conflicts.map(() => undefined));
  const left = isUndecided(choices);
  const count = merge.conflicts.length;
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(960px, 96vw)"
      title={t("title")}
      closeButtonProps={{ "aria-label": common("close") }}
      closeOnClickOutside={false}
    >
      <Stack gap="lg">
        <Text size="sm">{t("lead", { name, versionNumber: merge.basedOn, count })}</Text>
        {merge.conflicts.map((conflict, place) => (
          <Passage
            // biome-ignore lint/suspicious/noArrayIndexKey: They stay in their order.
            key={place}
            heading={t("passage", { place: place + 1, count })}
            conflict={conflict}
            context={around(merge.body, conflict)}
            choice={choices[place]}
            onChoose={(choice) => setChoices(choices.with(place, choice))}
          />
        ))}
        <ProblemAlert error={error} />
        <Group justify="space-between" className={classes.mergeFoot}>
          <Text size="sm" {...(left === 0 && { c: "dimmed" })} role="status">
            {t("left", { count: left })}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("later")}
            </Button>
            <Button disabled={left > 0} loading={pending} onClick={() => onSave(settle(merge, choices as Choice[]))}>
              {t("save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}

type PassageProps = {
  heading: string;
  conflict: Conflict;
  context: { before: string; after: string } | undefined;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
};

function Passage({ heading, conflict, context, choice, onChoose }: PassageProps) {
  const t = useTranslations("editor.merge");
  const field = conflict.field === "title" ? t("fields.title") : conflict.at ? undefined : t("fields.metadata");
  const label = field ? `${heading}: ${field}` : heading;
  const choose = (kind: string) =>
    onChoose(
      kind === "own"
        ? { kind, text: chosenText(conflict, choice ?? { kind: "both" }) }
        : { kind: kind as "theirs" | "yours" | "both" },
    );
  return (
    <Paper withBorder p="md" component="section" aria-label={label}>
      <Radio.Group label={label} value={choice?.kind ?? ""} onChange={choose}>
        <Stack gap="sm" mt="xs">
          {context && <Context text={context.before} />}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <Side kind="theirs" text={conflict.theirs} chosen={choice?.kind === "theirs"} />
            <Side kind="yours" text={conflict.yours} chosen={choice?.kind === "yours"} />
          </SimpleGrid>
          {context && <Context text={context.after} />}
          <Group gap="lg">
            <Radio value="both" label={t("both")} />
            <Radio value="own" label={t("own")} />
          </Group>
        </Stack>
      </Radio.Group>
      {(choice?.kind === "own" || choice?.kind === "both") && (
        <Textarea
          mt="sm"
          label={t("result")}
          value={chosenText(conflict, choice)}
          autosize
          minRows={2}
          maxRows={12}
          onChange={(event) => onChoose({ kind: "own", text: event.currentTarget.value })}
        />
      )}
    </Paper>
  );
}

function Context({ text }: { text: string }) {
  if (text.trim() === "") return null;
  return (
    <Text size="sm" c="dimmed" className={classes.passageText ?? ""}>
      {text.trim()}
    </Text>
  );
}

function Side({ kind, text, chosen }: { kind: "theirs" | "yours"; text: string | null; chosen: boolean }) {
  const t = useTranslations("editor.merge");
  return (
    <Radio.Card
      value={kind}
      className={classes.side}
      data-chosen={chosen || undefined}
      aria-label={`${t(kind)}: ${text ?? ""}`}
    >
      <Group gap="xs" mb={6}>
        <Radio.Indicator />
        <Text size="sm" fw={600}>
          {t(kind)}
        </Text>
      </Group>
      <Text size="sm" className={classes.passageText ?? ""} {...(!text?.trim() && { c: "dimmed" })}>
        {text?.trim() ? text.trim() : t("nothing")}
      </Text>
    </Radio.Card>
  );
}
