"use client";

import { getRetention, type RetentionRule, setRetentionHold } from "@contentos/sdk";
import { Alert, Button, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ConfirmModal } from "@/ui/confirm-modal";
import { FormModal } from "@/ui/form-modal";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { Section } from "@/ui/section";
import { useTold } from "@/ui/told";
import { RuleForm } from "./rule-form";

/** For how long what is kept, and the hold that stops that anything goes. */
export function Retention() {
  const t = useTranslations("retention");
  const format = useFormatter();
  const found = useRead(getRetention, {});
  const [asked, setAsked] = useState<RetentionRule | "begin" | "end">();
  const close = () => setAsked(undefined);
  const { hold = null, rules = [] } = found.data ?? {};
  return (
    <Section
      title={t("title")}
      lead={t("lead")}
      actions={
        found.data && (
          <Button
            variant="default"
            leftSection={<IconLock size={16} aria-hidden />}
            onClick={() => setAsked(hold ? "end" : "begin")}
          >
            {hold ? t("holdEnd") : t("holdBegin")}
          </Button>
        )
      }
    >
      <ProblemAlert error={found.error} onRetry={() => found.refetch()} />
      {found.isPending && <LoadingRows rows={9} height={64} />}
      {hold && (
        <Alert color="orange" icon={<IconLock aria-hidden />} title={t("hold")}>
          {[t("holdSince", { at: format.dateTime(new Date(hold.since), "moment") }), hold.reason]
            .filter(Boolean)
            .join(" ")}
        </Alert>
      )}
      <Rows label={t("title")}>
        {rules.map((rule) => (
          <RuleRow key={rule.what} rule={rule} onChange={() => setAsked(rule)} />
        ))}
      </Rows>
      {asked === "begin" && <BeginHold onClose={close} />}
      {asked === "end" && <EndHold onClose={close} />}
      {typeof asked === "object" && <RuleForm rule={asked} held={hold !== null} onClose={close} />}
    </Section>
  );
}

function RuleRow({ rule, onChange }: { rule: RetentionRule; onChange: () => void }) {
  const t = useTranslations("retention");
  const { what, days, defaultDays } = rule;
  const said = (count: number | null) => (count === null ? t("forEver") : t("days", { count }));
  return (
    <Row
      main={
        <Stack gap={2}>
          <Text fw={600}>{t(`kinds.${what}`)}</Text>
          <Text size="sm">{t(`about.${what}`)}</Text>
          <Text size="sm" c="dimmed">
            {days === null ? t("byDefault", { days: said(defaultDays) }) : said(days)}
          </Text>
        </Stack>
      }
      aside={
        <Button
          variant="default"
          size="xs"
          aria-label={t("changeFor", { kind: t(`kinds.${what}`) })}
          onClick={onChange}
        >
          {t("change")}
        </Button>
      }
    />
  );
}

function BeginHold({ onClose }: { onClose: () => void }) {
  const t = useTranslations("retention");
  const told = useTold();
  const form = useForm({ initialValues: { reason: "" } });
  const begin = useWrite(setRetentionHold, {
    onSuccess: () => {
      onClose();
      told();
    },
  });
  return (
    <FormModal
      title={t("hold")}
      action={t("holdBegin")}
      busy={begin.isPending}
      error={begin.error}
      dirty={form.isDirty()}
      onClose={onClose}
      onSubmit={form.onSubmit(({ reason }) =>
        begin.mutate({ body: { held: true, ...(reason.trim() && { reason: reason.trim() }) } }),
      )}
    >
      <Text size="sm">{t("holdText")}</Text>
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        maxLength={500}
        autosize
        data-autofocus
        {...form.getInputProps("reason")}
      />
    </FormModal>
  );
}

function EndHold({ onClose }: { onClose: () => void }) {
  const t = useTranslations("retention");
  const told = useTold();
  const end = useWrite(setRetentionHold, {
    onSuccess: () => {
      onClose();
      told();
    },
  });
  return (
    <ConfirmModal
      opened
      title={t("holdEndTitle")}
      text={t("holdEndText")}
      action={t("holdEnd")}
      busy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate({ body: { held: false } })}
      onClose={onClose}
    />
  );
}
