"use client";

import { getSecurityPolicy, type SecurityPolicy, writeSecurityPolicy } from "@contentos/sdk";
import { Select, Stack, Switch } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { SaveBar } from "@/ui/save-bar";
import { useTold } from "@/ui/told";

/** What a workspace asks of those who enter it. */
export function SecurityForm({ workspaceId }: { workspaceId: string }) {
  const policy = useRead(getSecurityPolicy, { id: workspaceId });
  if (policy.isPending) return <LoadingRows rows={3} />;
  if (!policy.data) return <ProblemAlert error={policy.error} onRetry={() => policy.refetch()} />;
  return <Terms workspaceId={workspaceId} policy={policy.data} />;
}

/** What is offered for each; what is set otherwise is offered as well. */
const OFFERED = {
  sessionHours: [8, 12, 24, 72, 168],
  idleMinutes: [15, 30, 60, 240, 1_440],
  keyDays: [30, 90, 180, 365],
  tokenSeconds: [60, 300, 900],
} as const;
const UNITS = { sessionHours: "hours", idleMinutes: "minutes", keyDays: "days", tokenSeconds: "seconds" } as const;
type Limit = keyof typeof OFFERED;
const LIMITS = Object.keys(OFFERED) as Limit[];
const NEVER = "never";

function Terms({ workspaceId, policy }: { workspaceId: string; policy: SecurityPolicy }) {
  const t = useTranslations("settings.signIn");
  const told = useTold();
  const form = useForm({ initialValues: policy });
  const save = useWrite(writeSecurityPolicy, {
    onSuccess: (saved) => {
      form.setInitialValues(saved);
      form.setValues(saved);
      told();
    },
  });
  return (
    <form onSubmit={form.onSubmit((body) => save.mutate({ id: workspaceId, body }))}>
      <Stack gap="lg">
        <Switch
          label={t("requireSecondFactor")}
          description={t("requireSecondFactorHint")}
          {...form.getInputProps("requireSecondFactor", { type: "checkbox" })}
        />
        <Switch
          label={t("requireSso")}
          description={t("requireSsoHint")}
          {...form.getInputProps("requireSso", { type: "checkbox" })}
        />
        {LIMITS.map((limit) => (
          <LimitSelect
            key={limit}
            limit={limit}
            value={form.values[limit]}
            onChange={(value) => form.setFieldValue(limit, value)}
          />
        ))}
        <SaveBar dirty={form.isDirty()} saving={save.isPending} error={save.error} onReset={form.reset} />
      </Stack>
    </form>
  );
}

type LimitProps = { limit: Limit; value: number | null; onChange: (value: number | null) => void };

function LimitSelect({ limit, value, onChange }: LimitProps) {
  const t = useTranslations("settings.signIn");
  const offered = [...new Set([...OFFERED[limit], ...(value === null ? [] : [value])])].sort((a, b) => a - b);
  return (
    <Select
      label={t(limit)}
      description={t(`${limit}Hint`)}
      maw={420}
      allowDeselect={false}
      data={[
        ...offered.map((count) => ({ value: String(count), label: t(UNITS[limit], { count }) })),
        { value: NEVER, label: t(`${limit}Never`) },
      ]}
      value={value === null ? NEVER : String(value)}
      onChange={(chosen) => onChange(chosen === NEVER ? null : Number(chosen))}
    />
  );
}
