"use client";

import { previewRetention, type RetentionRule, setRetention } from "@contentos/sdk";
import { NumberInput, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslations } from "use-intl";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { useRead, useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";

type Props = { rule: RetentionRule; held: boolean; onClose: () => void };

/** Says how much would go before it is saved. */
export function RuleForm({ rule, held, onClose }: Props) {
  const t = useTranslations("retention");
  const common = useTranslations("common");
  const told = useTold();
  const { what, minimumDays, maximumDays } = rule;
  const form = useForm<{ days: number | string }>({ initialValues: { days: rule.days ?? "" } });
  const save = useWrite(setRetention, {
    onError: (error) => form.setErrors(issuesOf(error)),
    onSuccess: () => {
      onClose();
      told();
    },
  });
  const days = typeof form.values.days === "number" ? form.values.days : rule.defaultDays;
  return (
    <FormModal
      title={t("changeFor", { kind: t(`kinds.${what}`) })}
      action={common("save")}
      busy={save.isPending}
      error={save.error}
      dirty={form.isDirty()}
      onClose={onClose}
      onSubmit={form.onSubmit((values) =>
        save.mutate({ body: { what, days: typeof values.days === "number" ? values.days : null } }),
      )}
    >
      <NumberInput
        label={t("label")}
        description={t("hint", { minimum: minimumDays, maximum: maximumDays })}
        min={minimumDays}
        max={maximumDays}
        allowDecimal={false}
        data-autofocus
        {...form.getInputProps("days")}
      />
      <div role="status">
        {held ? (
          <Text size="sm">{t("heldNow")}</Text>
        ) : (
          days !== null && days >= minimumDays && days <= maximumDays && <WouldGo what={what} days={days} />
        )}
      </div>
    </FormModal>
  );
}

function WouldGo({ what, days }: { what: RetentionRule["what"]; days: number }) {
  const t = useTranslations("retention");
  const [sought] = useDebouncedValue(days, 300);
  const preview = useRead(previewRetention, { what, days: sought });
  if (!preview.data) return null;
  return <Text size="sm">{t("wouldGo", { count: preview.data.rows })}</Text>;
}
