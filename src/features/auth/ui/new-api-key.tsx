"use client";

import { type ApiKey, createApiKey, rotateApiKey } from "@contentos/sdk";
import { Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { ROLES, type Role } from "@/platform/actor";
import { KEY_SCOPES, type KeyScope } from "@/platform/key-scopes";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { useWrite } from "@/ui/query";
import { ShownOnceModal } from "@/ui/shown-once";
import { SubsetSelect } from "@/ui/subset-select";

const LIVES = ["30", "90", "365", "never"] as const;
const OVERLAPS = ["0", "1", "24", "168"] as const;
const DAY_MS = 86_400_000;

export function NewApiKey({ onClose }: { onClose: () => void }) {
  const t = useTranslations("keys");
  const roles = useTranslations("roles");
  const form = useForm({
    initialValues: { name: "", role: "Writer" as Role, scopes: [] as string[], life: "90" as (typeof LIVES)[number] },
  });
  const make = useWrite(createApiKey, { onError: (error) => form.setErrors(issuesOf(error)) });
  if (make.data?.key) return <Shown value={make.data.key} onClose={onClose} />;
  return (
    <FormModal
      title={t("new")}
      action={t("create")}
      busy={make.isPending}
      error={make.error}
      dirty={form.isDirty()}
      onClose={onClose}
      onSubmit={form.onSubmit(({ name, role, scopes, life }) =>
        make.mutate({
          body: {
            name,
            role,
            ...(scopes.length > 0 && { scopes: scopes as KeyScope[] }),
            ...(life !== "never" && { expiresAt: new Date(Date.now() + Number(life) * DAY_MS).toISOString() }),
          },
        }),
      )}
    >
      <TextInput
        label={t("name")}
        description={t("nameHint")}
        required
        maxLength={120}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <Select
        label={t("role")}
        description={t("roleHint")}
        data={ROLES.map((role) => ({ value: role, label: roles(role) }))}
        allowDeselect={false}
        {...form.getInputProps("role")}
      />
      <SubsetSelect
        label={t("scopes")}
        description={t("scopesHint")}
        all={t("everything")}
        data={[...KEY_SCOPES]}
        {...form.getInputProps("scopes")}
      />
      <Select
        label={t("life")}
        data={LIVES.map((life) => ({
          value: life,
          label: life === "never" ? t("never") : t("days", { days: Number(life) }),
        }))}
        allowDeselect={false}
        {...form.getInputProps("life")}
      />
    </FormModal>
  );
}

export function RotateKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useTranslations("keys");
  const form = useForm({ initialValues: { overlap: "24" as (typeof OVERLAPS)[number] } });
  const rotate = useWrite(rotateApiKey);
  if (rotate.data?.key) return <Shown value={rotate.data.key} onClose={onClose} />;
  return (
    <FormModal
      title={t("rotateTitle", { name: apiKey.name })}
      action={t("rotate")}
      busy={rotate.isPending}
      error={rotate.error}
      dirty={false}
      onClose={onClose}
      onSubmit={form.onSubmit(({ overlap }) =>
        rotate.mutate({ id: apiKey.id, body: { overlapHours: Number(overlap) } }),
      )}
    >
      <Select
        label={t("overlap")}
        description={t("overlapHint")}
        data={OVERLAPS.map((hours) => ({
          value: hours,
          label: hours === "0" ? t("atOnce") : t("hours", { hours: Number(hours) }),
        }))}
        allowDeselect={false}
        {...form.getInputProps("overlap")}
      />
    </FormModal>
  );
}

function Shown({ value, onClose }: { value: string; onClose: () => void }) {
  const t = useTranslations("keys");
  return <ShownOnceModal heading={t("made")} title={t("copyNow")} text={t("once")} value={value} onClose={onClose} />;
}
