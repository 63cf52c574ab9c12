"use client";

import { useTranslations } from "use-intl";
import { Page } from "@/ui/page";

export function Files() {
  const t = useTranslations("assets");
  return <Page title={t("title")}>{null}</Page>;
}
