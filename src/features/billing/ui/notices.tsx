"use client";

import type { Subscription } from "@contentos/sdk";
import { Alert } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";

/** What somebody should know before anything else: what was not paid, what ends, and what is more than the plan has. */
export function Notices({ subscription }: { subscription: Subscription }) {
  const t = useTranslations("billing.notices");
  const names = useTranslations("billing.limits.names");
  const format = useFormatter();
  const { tier, status, overPlan, limits, graceEndsAt, trialEndsAt, cancelAt } = subscription;
  const day = (at: string) => format.dateTime(new Date(at), "day");
  const over = limits.filter(({ state, name }) => state === "Over" && name !== "workspaces");
  const { remaining, reserved } = subscription.aiCredits;
  const warnings = [
    status === "PastDue" && graceEndsAt && t("pastDue", { day: day(graceEndsAt) }),
    status === "Unpaid" && t("unpaid", { tier }),
    overPlan && t("overPlan", { tier }),
    ...over.map(({ name }) => t(`over.${name as "seats" | "channels" | "storageBytes"}`, { name: names(name), tier })),
    remaining + reserved === 0 && t("creditsGone"),
  ].filter((text) => typeof text === "string");
  const notes = [
    status === "Trialing" && trialEndsAt && t("trial", { day: day(trialEndsAt) }),
    cancelAt && t("ends", { day: day(cancelAt) }),
    status === "Canceled" && t("canceled", { tier }),
  ].filter((text) => typeof text === "string");
  return (
    <>
      {warnings.map((text) => (
        <Alert key={text} color="orange" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {text}
        </Alert>
      ))}
      {notes.map((text) => (
        <Alert key={text} color="blue" icon={<IconInfoCircle size={18} aria-hidden />}>
          {text}
        </Alert>
      ))}
    </>
  );
}
