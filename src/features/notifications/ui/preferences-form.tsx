"use client";

import {
  getNotificationPreferences,
  type NotificationChoice,
  type NotificationPreferences,
  resumeNotificationMail,
  type SetNotificationPreferences,
  setNotificationPreferences,
  type Workspace,
} from "@contentos/sdk";
import {
  Alert,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Select,
  Stack,
  Switch,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconMailOff } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { SaveBar } from "@/ui/save-bar";
import { LANGUAGES } from "@/ui/text/languages";
import { useTold } from "@/ui/told";
import { EMAIL, TOPICS, type Topic } from "../kinds";

type Props = { timeZone: string; others: Workspace[] };

/** How one is told in this workspace, and in one's others where one wants so. */
export function PreferencesForm(props: Props) {
  const preferences = useRead(getNotificationPreferences);
  if (preferences.data) return <Form kept={preferences.data} {...props} />;
  return preferences.isPending ? (
    <LoadingRows rows={6} />
  ) : (
    <ProblemAlert error={preferences.error} onRetry={() => preferences.refetch()} />
  );
}

const clockOf = (minutes: number | null) =>
  minutes === null
    ? ""
    : `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const minutesOf = (clock: string) => {
  const [hours, minutes] = clock.split(":").map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(minutes) ? null : hours * 60 + minutes;
};

type Values = {
  choices: Record<Topic, NotificationChoice>;
  language: string;
  timeZone: string | null;
  quiet: boolean;
  quietFrom: string;
  quietUntil: string;
  digestHour: string;
  digestWeekday: string;
  everywhere: boolean;
};

const valuesOf = (kept: NotificationPreferences): Values => ({
  choices: kept.choices,
  language: kept.language ?? "",
  timeZone: kept.timeZone,
  quiet: kept.quietFrom !== null,
  quietFrom: clockOf(kept.quietFrom ?? 22 * 60),
  quietUntil: clockOf(kept.quietUntil ?? 7 * 60),
  digestHour: String(kept.digestHour),
  digestWeekday: String(kept.digestWeekday),
  everywhere: false,
});

const inputOf = (values: Values): SetNotificationPreferences => ({
  choices: values.choices,
  language: (values.language || null) as SetNotificationPreferences["language"],
  timeZone: values.timeZone,
  quietFrom: values.quiet ? minutesOf(values.quietFrom) : null,
  quietUntil: values.quiet ? minutesOf(values.quietUntil) : null,
  digestHour: Number(values.digestHour),
  digestWeekday: Number(values.digestWeekday),
});

function Form({ kept, timeZone, others }: Props & { kept: NotificationPreferences }) {
  const t = useTranslations("notifications.form");
  const told = useTold();
  const form = useForm<Values>({ initialValues: valuesOf(kept) });
  const save = useWrite(setNotificationPreferences, {
    onSuccess: async (saved, { body }) => {
      if (form.getValues().everywhere)
        await Promise.all(others.map(({ id }) => client.in(id).call(setNotificationPreferences, { body })));
      form.setInitialValues(valuesOf(saved));
      form.setValues(valuesOf(saved));
      told();
    },
  });
  const resume = useWrite(resumeNotificationMail);
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate({ body: inputOf(values) }))}>
      <Stack gap="lg">
        {kept.mailStoppedAt && (
          <Alert color="red" variant="light" icon={<IconMailOff size={18} aria-hidden />}>
            <Stack gap="xs" align="flex-start">
              {t("stopped")}
              <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate({})}>
                {t("resume")}
              </Button>
              <ProblemAlert error={resume.error} />
            </Stack>
          </Alert>
        )}
        {kept.unsubscribedAt && (
          <Alert color="orange" variant="light" icon={<IconMailOff size={18} aria-hidden />}>
            {t("unsubscribed")}
          </Alert>
        )}
        <Topics form={form} />
        <Times form={form} timeZone={timeZone} />
        {others.length > 0 && (
          <Checkbox label={t("everywhere")} {...form.getInputProps("everywhere", { type: "checkbox" })} />
        )}
        <SaveBar
          dirty={form.isDirty() || kept.unsubscribedAt !== null}
          saving={save.isPending}
          error={save.error}
          onReset={form.reset}
        />
      </Stack>
    </form>
  );
}

type FormOf = ReturnType<typeof useForm<Values>>;

function Topics({ form }: { form: FormOf }) {
  const t = useTranslations("notifications.form");
  const topics = useTranslations("notifications.topics");
  return (
    <Table verticalSpacing="xs" horizontalSpacing="xs" aria-label={t("what")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("topic")}</Table.Th>
          <Table.Th>{t("inApp")}</Table.Th>
          <Table.Th>{t("email")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {TOPICS.map((topic) => (
          <Table.Tr key={topic}>
            <Table.Td>
              <Text size="sm" fw={500}>
                {topics(`${topic}.label`)}
              </Text>
              <Text size="xs" c="dimmed" visibleFrom="xs">
                {topics(`${topic}.hint`)}
              </Text>
            </Table.Td>
            <Table.Td>
              <Switch
                aria-label={`${topics(`${topic}.label`)}: ${t("inApp")}`}
                {...form.getInputProps(`choices.${topic}.inApp`, { type: "checkbox" })}
              />
            </Table.Td>
            <Table.Td>
              <NativeSelect
                miw={124}
                aria-label={`${topics(`${topic}.label`)}: ${t("email")}`}
                data={EMAIL.map((value) => ({ value, label: t(`emails.${value}`) }))}
                {...form.getInputProps(`choices.${topic}.email`)}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = ["1", "2", "3", "4", "5", "6", "7"] as const;

function Times({ form, timeZone }: { form: FormOf; timeZone: string }) {
  const t = useTranslations("notifications.form");
  const days = useTranslations("notifications.weekdays");
  const format = useFormatter();
  const hour = (value: number) =>
    format.dateTime(new Date(Date.UTC(2026, 0, 1, value)), { timeStyle: "short", timeZone: "UTC" });
  return (
    <Stack gap="md" maw={520}>
      <Select
        label={t("timeZone")}
        placeholder={t("ofWorkspace", { zone: timeZone })}
        data={Intl.supportedValuesOf("timeZone")}
        searchable
        clearable
        limit={60}
        {...form.getInputProps("timeZone")}
      />
      <NativeSelect
        label={t("language")}
        data={[
          { value: "", label: t("languageOfWorkspace") },
          ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
        ]}
        {...form.getInputProps("language")}
      />
      <Switch label={t("quiet")} description={t("quietHint")} {...form.getInputProps("quiet", { type: "checkbox" })} />
      {form.getValues().quiet && (
        <Group grow>
          <TextInput type="time" required label={t("quietFrom")} {...form.getInputProps("quietFrom")} />
          <TextInput type="time" required label={t("quietUntil")} {...form.getInputProps("quietUntil")} />
        </Group>
      )}
      <Group grow align="flex-end">
        <NativeSelect
          label={t("digestHour")}
          data={HOURS.map((value) => ({ value: String(value), label: hour(value) }))}
          {...form.getInputProps("digestHour")}
        />
        <NativeSelect
          label={t("digestWeekday")}
          data={WEEKDAYS.map((value) => ({ value, label: days(value) }))}
          {...form.getInputProps("digestWeekday")}
        />
      </Group>
    </Stack>
  );
}
