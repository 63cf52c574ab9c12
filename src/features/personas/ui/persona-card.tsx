"use client";

import { getPersona, listPersonas, type PersonaAttributes } from "@contentos/sdk";
import { Badge, Collapse, Group, List, Paper, Select, Stack, Text, UnstyledButton } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconChevronDown, IconMasksTheater } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useRead } from "@/ui/query";
import classes from "./persona-card.module.css";

type Chosen = { id: string; name: string; removed: boolean };
type Props = {
  chosen: Chosen | null;
  mayChoose: boolean;
  pending: boolean;
  error: Error | null;
  onChoose: (personaId: string | null) => void;
  /** The way to where personas are made, for who has none as yet. */
  toMake: ReactNode;
};

const OPEN = "contentos.persona-open";

/** For whom one writes: the name always in sight, and what these people want at hand. */
export function PersonaCard({ chosen, mayChoose, pending, error, onChoose, toMake }: Props) {
  const t = useTranslations("personas");
  const [open, setOpen] = useLocalStorage({ key: OPEN, defaultValue: false, getInitialValueInEffect: false });
  const panel = useId();
  return (
    <Paper withBorder component="section" aria-label={t("writingFor")}>
      <UnstyledButton
        className={classes.head ?? ""}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      >
        <IconMasksTheater size={18} stroke={1.6} aria-hidden className={classes.mask} />
        <Text span size="sm" c="dimmed" style={{ flexShrink: 0 }}>
          {t("writingFor")}
        </Text>
        <Text span size="sm" fw={600} truncate flex={1} {...(!chosen && { c: "dimmed", fw: 400 })}>
          {chosen?.name ?? t("nobodyYet")}
        </Text>
        <IconChevronDown size={16} aria-hidden className={classes.fold} />
      </UnstyledButton>
      <Collapse expanded={open} id={panel}>
        {open && (
          <Stack gap="sm" p="sm" pt={4}>
            {mayChoose && <Choice chosen={chosen} pending={pending} onChoose={onChoose} toMake={toMake} />}
            <ProblemAlert error={error} />
            {chosen?.removed && (
              <Text size="sm" c="dimmed">
                {t("removed")}
              </Text>
            )}
            {chosen && !chosen.removed && <Traits personaId={chosen.id} />}
          </Stack>
        )}
      </Collapse>
    </Paper>
  );
}

function Choice({ chosen, pending, onChoose, toMake }: Pick<Props, "chosen" | "pending" | "onChoose" | "toMake">) {
  const t = useTranslations("personas");
  const pages = usePages(listPersonas, { limit: 100 });
  const personas = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const data = personas.map(({ id, name }) => ({ value: id, label: name }));
  if (chosen && !data.some(({ value }) => value === chosen.id)) data.push({ value: chosen.id, label: chosen.name });
  if (pages.data && data.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("none")}. {toMake}
      </Text>
    );
  return (
    <>
      <Select
        size="sm"
        aria-label={t("choose")}
        placeholder={t("choose")}
        data={data}
        value={chosen?.id ?? null}
        onChange={onChoose}
        disabled={pending || pages.isPending}
        clearable
        searchable
      />
      <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />
    </>
  );
}

const SENTENCES = ["goals", "pains", "objections"] as const;
const WORDS = ["vocabulary", "jobTitles", "channels"] as const;

function Traits({ personaId }: { personaId: string }) {
  const t = useTranslations("personas");
  const persona = useRead(getPersona, { id: personaId });
  if (persona.isPending) return <LoadingRows rows={3} height={20} />;
  if (!persona.data) return <ProblemAlert error={persona.error} onRetry={() => void persona.refetch()} />;
  const { attributes } = persona.data;
  if (Object.keys(attributes).length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("noTraits")}
      </Text>
    );
  return (
    <Stack gap="sm">
      {attributes.description && <Text size="sm">{attributes.description}</Text>}
      <Trait name="tone" attributes={attributes}>
        {attributes.tone && <Text size="sm">{attributes.tone}</Text>}
      </Trait>
      {SENTENCES.map((name) => (
        <Trait key={name} name={name} attributes={attributes}>
          <List size="sm" spacing={2} withPadding>
            {attributes[name]?.map((each) => (
              <List.Item key={each}>{each}</List.Item>
            ))}
          </List>
        </Trait>
      ))}
      {WORDS.map((name) => (
        <Trait key={name} name={name} attributes={attributes}>
          <Group gap={4}>
            {attributes[name]?.map((each) => (
              <Badge key={each} variant="light" color="gray" tt="none" c="var(--mantine-color-text)">
                {each}
              </Badge>
            ))}
          </Group>
        </Trait>
      ))}
      <Trait name="notes" attributes={attributes}>
        {attributes.notes && (
          <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
            {attributes.notes}
          </Text>
        )}
      </Trait>
    </Stack>
  );
}

type TraitProps = {
  name: "tone" | "notes" | (typeof SENTENCES)[number] | (typeof WORDS)[number];
  attributes: PersonaAttributes;
  children: ReactNode;
};

function Trait({ name, attributes, children }: TraitProps) {
  const t = useTranslations("personas.fields");
  if (!attributes[name]?.length) return null;
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed" mb={2}>
        {t(name)}
      </Text>
      {children}
    </div>
  );
}
