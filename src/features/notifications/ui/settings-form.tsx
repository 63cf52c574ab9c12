"use client";

import {
  getNotificationSettings,
  type NotificationSettings,
  type SlackTopic,
  setNotificationSettings,
} from "@contentos/sdk";
import { Alert, Badge, Button, Checkbox, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconMailOff } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { SaveBar } from "@/ui/save-bar";
import { Section } from "@/ui/section";
import { useTold } from "@/ui/told";
import { SLACK_TOPICS } from "../kinds";

const HOURS = [4, 8, 12, 24, 48, 72, 120, 168];
type Values = { remind: string; escalate: string; topics: string[]; url: string };

const valuesOf = ({ remindAfterHours, escalateAfterHours, slackTopics }: NotificationSettings): Values => ({
  remind: String(remindAfterHours ?? ""),
  escalate: String(escalateAfterHours ?? ""),
  topics: slackTopics,
  url: "",
});

/** Reminders and Slack of a workspace. */
export function NotificationSettingsForm() {
  const settings = useRead(getNotificationSettings);
  if (settings.data) return <Form kept={settings.data} />;
  return settings.isPending ? (
    <LoadingRows rows={6} />
  ) : (
    <ProblemAlert error={settings.error} onRetry={() => settings.refetch()} />
  );
}

function Form({ kept }: { kept: NotificationSettings }) {
  const t = useTranslations("notifications.settings");
  const told = useTold();
  const form = useForm<Values>({ initialValues: valuesOf(kept) });
  const save = useWrite(setNotificationSettings, {
    onSuccess: (saved) => {
      form.setInitialValues(valuesOf(saved));
      form.setValues(valuesOf(saved));
      told();
    },
    onError: (error) => form.setErrors({ url: issuesOf(error).slackWebhookUrl }),
  });
  const submit = ({ remind, escalate, topics, url }: Values, disconnect = false) =>
    save.mutate({
      body: {
        remindAfterHours: remind ? Number(remind) : null,
        escalateAfterHours: escalate ? Number(escalate) : null,
        slackTopics: topics as SlackTopic[],
        ...(disconnect ? { slackWebhookUrl: null } : url.trim() ? { slackWebhookUrl: url.trim() } : {}),
      },
    });
  return (
    <form onSubmit={form.onSubmit((values) => submit(values))}>
      <Stack gap="lg">
        {!kept.emailConfigured && (
          <Alert color="orange" variant="light" icon={<IconMailOff size={18} aria-hidden />}>
            {t("noMail")}
          </Alert>
        )}
        <Reminders form={form} />
        <Slack form={form} host={kept.slackHost} onDisconnect={() => submit(form.getValues(), true)} />
        <SaveBar dirty={form.isDirty()} saving={save.isPending} error={save.error} onReset={form.reset} />
      </Stack>
    </form>
  );
}

type FormOf = ReturnType<typeof useForm<Values>>;

function Reminders({ form }: { form: FormOf }) {
  const t = useTranslations("notifications.settings");
  const { remind, escalate } = form.getValues();
  const hours = (current: string) =>
    [...new Set([...HOURS, ...(current ? [Number(current)] : [])])]
      .sort((one, other) => one - other)
      .map((count) => ({ value: String(count), label: t("hours", { count }) }));
  return (
    <Section title={t("reminders")} lead={t("remindersLead")}>
      <Group grow maw={520} align="flex-end">
        <NativeSelect
          label={t("remind")}
          data={[{ value: "", label: t("never") }, ...hours(remind)]}
          {...form.getInputProps("remind")}
        />
        <NativeSelect
          label={t("escalate")}
          data={[{ value: "", label: t("never") }, ...hours(escalate)]}
          {...form.getInputProps("escalate")}
        />
      </Group>
    </Section>
  );
}

function Slack({ form, host, onDisconnect }: { form: FormOf; host: string | null; onDisconnect: () => void }) {
  const t = useTranslations("notifications.settings");
  const topics = useTranslations("notifications.topics");
  return (
    <Section
      title={t("slack")}
      lead={t("slackLead")}
      actions={
        host && (
          <Group gap="xs">
            <Badge color="teal" variant="light" tt="none">
              {t("connected", { host })}
            </Badge>
            <Button size="xs" variant="default" onClick={onDisconnect}>
              {t("disconnect")}
            </Button>
          </Group>
        )
      }
    >
      <Stack maw={520}>
        <TextInput
          label={t("url")}
          placeholder="https://hooks.slack.com/services/…"
          {...(host && { description: t("replace") })}
          autoComplete="off"
          {...form.getInputProps("url")}
        />
        <Checkbox.Group label={t("topics")} {...form.getInputProps("topics")}>
          <Stack gap="xs" mt="xs">
            {SLACK_TOPICS.map((topic) => (
              <Checkbox
                key={topic}
                value={topic}
                label={topic === "Reviews" ? t("reviewsOfTeam") : topics(`${topic}.label`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </Section>
  );
}
