"use client";

import { isProblem, updateWorkspace, type Workspace } from "@contentos/sdk";
import { Alert, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { useWrite } from "@/ui/query";
import { SaveBar } from "@/ui/save-bar";
import { useLanguage } from "@/ui/text/text-provider";
import { useTold } from "@/ui/told";
import { languageChoices, lateChoices, zones } from "./choices";

type Props = { workspace: Workspace; canWrite: boolean };
type Values = Pick<Workspace, "name" | "slug" | "language" | "timeZone"> & { late: string };

const NEVER = "never";
const valuesOf = ({ name, slug, language, timeZone, lateAfterMinutes }: Workspace): Values => ({
  name,
  slug,
  language,
  timeZone,
  late: lateAfterMinutes === null ? NEVER : String(lateAfterMinutes),
});

/** Waits for the browser to be there: a page of the old address has nothing to show any more. */
const leaveFor = (address: string) => {
  window.location.replace(address);
  return new Promise<void>(() => {});
};

export function GeneralForm({ workspace, canWrite }: Props) {
  const told = useTold();
  const form = useForm({ initialValues: valuesOf(workspace) });
  const save = useWrite(updateWorkspace, {
    onSuccess: async (saved) => {
      const values = valuesOf(saved);
      form.setInitialValues(values);
      form.setValues(values);
      if (saved.slug !== workspace.slug) await leaveFor(`/w/${saved.slug}/settings/general`);
      told();
    },
    onError: (error) =>
      form.setErrors({ ...issuesOf(error), ...(isProblem(error, "slug_taken") && { slug: error.message }) }),
  });
  const { updatedAt } = workspace;
  // biome-ignore lint/correctness/useExhaustiveDependencies: What others saved is shown, unless somebody writes here.
  useEffect(() => {
    if (!form.isDirty()) form.initialize(valuesOf(workspace));
  }, [updatedAt]);
  return (
    <form
      onSubmit={form.onSubmit(({ late, ...values }) =>
        save.mutate({
          id: workspace.id,
          body: { ...values, lateAfterMinutes: late === NEVER ? null : Number(late) },
        }),
      )}
    >
      <Stack>
        <fieldset disabled={!canWrite} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
          <Fields form={form} workspace={workspace} />
        </fieldset>
        {canWrite && <SaveBar dirty={form.isDirty()} saving={save.isPending} error={save.error} onReset={form.reset} />}
      </Stack>
    </form>
  );
}

function Fields({ form, workspace }: { form: ReturnType<typeof useForm<Values>>; workspace: Workspace }) {
  const t = useTranslations("settings.general");
  const format = useFormatter();
  const { language } = useLanguage();
  const { slug, timeZone, late } = form.getValues();
  return (
    <Stack gap="lg" maw={520}>
      <TextInput
        label={t("name")}
        description={t("nameHint")}
        required
        maxLength={120}
        {...form.getInputProps("name")}
      />
      <Stack gap="xs">
        <TextInput
          label={t("slug")}
          description={t("slugHint")}
          required
          maxLength={60}
          leftSection={
            <Text size="sm" c="dimmed">
              /s/
            </Text>
          }
          {...form.getInputProps("slug")}
        />
        {slug !== workspace.slug && (
          <Alert color="orange" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t("slugWarning", { old: `/s/${workspace.slug}`, next: `/s/${slug}` })}
          </Alert>
        )}
      </Stack>
      <Select
        label={t("language")}
        description={t("languageHint")}
        data={languageChoices(language, workspace.language)}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t("noSuchLanguage")}
        {...form.getInputProps("language")}
      />
      <Select
        label={t("timeZone")}
        description={t("timeZoneHint", {
          now: format.dateTime(new Date(), { timeStyle: "short", dateStyle: "medium", timeZone }),
        })}
        data={zones(workspace.timeZone)}
        searchable
        allowDeselect={false}
        limit={60}
        nothingFoundMessage={t("noSuchZone")}
        {...form.getInputProps("timeZone")}
      />
      <Select
        label={t("late")}
        description={t("lateHint")}
        data={[
          { value: NEVER, label: t("lateNever") },
          ...lateChoices(late === NEVER ? null : Number(late)).map(({ minutes, unit, count }) => ({
            value: String(minutes),
            label: t(`lateAfter.${unit}`, { count }),
          })),
        ]}
        allowDeselect={false}
        {...form.getInputProps("late")}
      />
    </Stack>
  );
}
