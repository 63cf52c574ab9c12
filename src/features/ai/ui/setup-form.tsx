"use client";

import { type AiSettings, updateAiSettings } from "@contentos/sdk";
import {
  Checkbox,
  Fieldset,
  NumberInput,
  PasswordInput,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { useWrite } from "@/ui/query";
import { SaveBar } from "@/ui/save-bar";
import { useTold } from "@/ui/told";

const LIMITS = ["maxRequestsPerMinute", "maxConcurrent", "maxTokensPerDay", "maxCreditsPerDay"] as const;

const valuesOf = (settings: AiSettings) => ({
  apiKey: "",
  baseUrl: settings.baseUrl ?? "",
  models: settings.models,
  fallbackApiKey: "",
  fallbackBaseUrl: settings.fallbackBaseUrl ?? "",
  fallbackModels: settings.fallbackModels,
  regions: settings.regions,
  zeroRetention: settings.zeroRetention,
  findByMeaning: settings.findByMeaning,
  brandVoice: settings.brandVoice,
  ...(Object.fromEntries(LIMITS.map((name) => [name, settings[name] ?? ""])) as Record<
    (typeof LIMITS)[number],
    number | string
  >),
});

/** What an Admin decides of models, limits and voice. */
export function SetupForm({ settings }: { settings: AiSettings }) {
  const t = useTranslations("ai.setup");
  const told = useTold();
  const form = useForm({ initialValues: valuesOf(settings) });
  const save = useWrite(updateAiSettings, {
    onSuccess: (saved) => {
      form.setInitialValues(valuesOf(saved));
      form.setValues(valuesOf(saved));
      told();
    },
    onError: (error) => form.setErrors(issuesOf(error)),
  });
  const submit = form.onSubmit(({ apiKey, baseUrl, fallbackApiKey, fallbackBaseUrl, ...values }) =>
    save.mutate({
      body: {
        ...values,
        ...Object.fromEntries(LIMITS.map((name) => [name, values[name] === "" ? null : Number(values[name])])),
        ...(apiKey && { apiKey }),
        baseUrl: baseUrl || null,
        ...(fallbackApiKey && { fallbackApiKey }),
        fallbackBaseUrl: fallbackBaseUrl || null,
        ...(settings.updatedAt && { baseUpdatedAt: settings.updatedAt }),
      } as Parameters<typeof save.mutate>[0]["body"],
    }),
  );
  return (
    <form onSubmit={submit}>
      <Stack>
        <Textarea
          label={t("voice")}
          description={t("voiceHint")}
          autosize
          minRows={2}
          maxLength={4_000}
          {...form.getInputProps("brandVoice")}
        />
        <Checkbox label={t("zeroRetention")} {...form.getInputProps("zeroRetention", { type: "checkbox" })} />
        {settings.meaningModel && (
          <Checkbox
            label={t("findByMeaning")}
            description={t("findByMeaningHint", { model: settings.meaningModel })}
            {...form.getInputProps("findByMeaning", { type: "checkbox" })}
          />
        )}
        <TagsInput label={t("regions")} description={t("regionsHint")} {...form.getInputProps("regions")} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {LIMITS.map((name) => (
            <NumberInput
              key={name}
              label={t(`limits.${name}`)}
              placeholder={name === "maxCreditsPerDay" ? t("noLimit") : String(settings.defaults[name])}
              min={1}
              allowDecimal={false}
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        <PasswordInput
          label={t("key")}
          description={settings.keyHint ? t("keyThere", { hint: settings.keyHint }) : t("keyHint")}
          autoComplete="off"
          maxLength={500}
          {...form.getInputProps("apiKey")}
        />
        <TextInput label={t("baseUrl")} description={t("baseUrlHint")} {...form.getInputProps("baseUrl")} />
        <TagsInput label={t("models")} description={t("modelsHint")} {...form.getInputProps("models")} />
        <Fieldset legend={t("fallback.title")}>
          <Stack>
            <Text size="sm" c="dimmed">
              {t("fallback.lead")}
            </Text>
            <PasswordInput
              label={t("fallback.key")}
              description={settings.fallbackKeyHint ? t("keyThere", { hint: settings.fallbackKeyHint }) : t("keyHint")}
              autoComplete="off"
              maxLength={500}
              {...form.getInputProps("fallbackApiKey")}
            />
            <TextInput
              label={t("fallback.baseUrl")}
              description={t("baseUrlHint")}
              {...form.getInputProps("fallbackBaseUrl")}
            />
            <TagsInput
              label={t("fallback.models")}
              description={t("modelsHint")}
              {...form.getInputProps("fallbackModels")}
            />
          </Stack>
        </Fieldset>
        <SaveBar dirty={form.isDirty()} saving={save.isPending} error={save.error} onReset={form.reset} />
      </Stack>
    </form>
  );
}
