"use client";

import { createPersona, type Persona, type PersonaAttributes, updatePersona } from "@contentos/sdk";
import { Group, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { useBase } from "@/ui/base";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";

/** Sentences are written one a line; words are tags. */
const SENTENCES = ["goals", "pains", "objections"] as const;
const WORDS = { jobTitles: 20, vocabulary: 200, channels: 50 };
const LINES = ["industry", "companySize"] as const;

type Values = Required<{
  [K in keyof PersonaAttributes]: K extends keyof typeof WORDS ? string[] : string;
}> & { name: string };

function valuesOf({ name, attributes }: Pick<Persona, "name" | "attributes">): Values {
  const { goals, pains, objections, jobTitles, vocabulary, channels, ...texts } = attributes;
  const { description = "", industry = "", companySize = "", tone = "", notes = "" } = texts;
  const lines = (list: string[] = []) => list.join("\n");
  return {
    name,
    ...{ description, industry, companySize, tone, notes },
    ...{ goals: lines(goals), pains: lines(pains), objections: lines(objections) },
    ...{ jobTitles: jobTitles ?? [], vocabulary: vocabulary ?? [], channels: channels ?? [] },
  };
}

/** Empty fields are left out. */
function attributesOf({ name: _, ...values }: Values): PersonaAttributes {
  const list = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  const { goals, pains, objections, ...rest } = values;
  const all = { ...rest, goals: list(goals), pains: list(pains), objections: list(objections) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0));
}

/** `attributes.goals.3` is a line of the field `goals`. */
const fieldsOf = (error: Error) =>
  Object.fromEntries(
    Object.entries(issuesOf(error)).map(([path, said]) => [path.replace(/^attributes\./, "").split(".")[0]!, said]),
  );

export function PersonaForm({ persona, onClose }: { persona?: Persona; onClose: () => void }) {
  const t = useTranslations("personas");
  const common = useTranslations("common");
  const told = useTold();
  const form = useForm({ initialValues: valuesOf(persona ?? { name: "", attributes: {} }) });
  const { base, refused } = useBase(persona?.updatedAt);
  const done = {
    onSuccess: () => {
      onClose();
      told();
    },
    onError: (error: Error) => {
      refused(error);
      form.setErrors(fieldsOf(error));
    },
  };
  const create = useWrite(createPersona, done);
  const update = useWrite(updatePersona, done);
  const { isPending, error } = persona ? update : create;
  const area = { autosize: true, minRows: 2, maxRows: 8 };
  return (
    <FormModal
      title={persona ? t("edit") : t("new")}
      action={persona ? common("save") : t("create")}
      busy={isPending}
      error={error}
      dirty={form.isDirty()}
      size="lg"
      onClose={onClose}
      onSubmit={form.onSubmit((values) => {
        const body = { name: values.name, attributes: attributesOf(values) };
        if (persona) update.mutate({ id: persona.id, body: { ...body, baseUpdatedAt: base } });
        else create.mutate({ body });
      })}
    >
      <TextInput label={t("fields.name")} required maxLength={120} data-autofocus {...form.getInputProps("name")} />
      <Textarea label={t("fields.description")} maxLength={2_000} {...area} {...form.getInputProps("description")} />
      {SENTENCES.map((field) => (
        <Textarea
          key={field}
          label={t(`fields.${field}`)}
          description={t("onePerLine")}
          {...area}
          {...form.getInputProps(field)}
        />
      ))}
      <Textarea
        label={t("fields.tone")}
        description={t("toneHint")}
        maxLength={500}
        {...area}
        {...form.getInputProps("tone")}
      />
      {(Object.keys(WORDS) as (keyof typeof WORDS)[]).map((field) => (
        <TagsInput
          key={field}
          label={t(`fields.${field}`)}
          description={t("wordsHint")}
          maxTags={WORDS[field]}
          acceptValueOnBlur
          {...form.getInputProps(field)}
        />
      ))}
      <Group grow align="flex-start">
        {LINES.map((field) => (
          <TextInput key={field} label={t(`fields.${field}`)} maxLength={100} {...form.getInputProps(field)} />
        ))}
      </Group>
      <Textarea label={t("fields.notes")} maxLength={10_000} {...area} {...form.getInputProps("notes")} />
    </FormModal>
  );
}
