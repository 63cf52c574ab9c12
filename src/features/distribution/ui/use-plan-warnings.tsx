"use client";

import type { ScheduleWarning } from "@contentos/sdk";
import { useTranslations } from "use-intl";
import { notices } from "@/ui/notices";
import { Retold } from "@/ui/text/retold";

const SHOWN_MS = 15_000;

/** Says what stands in the way of something that was just planned. */
export function usePlanWarnings() {
  const t = useTranslations("distribution.look");
  return (warnings: ScheduleWarning[]) => {
    for (const { message } of warnings)
      notices.show({
        color: "orange",
        title: t("title"),
        message: <Retold>{message}</Retold>,
        autoClose: SHOWN_MS,
      });
  };
}
