"use client";

import { getPrivacyNotice, listDocuments } from "@contentos/sdk";
import { Text, Title, Typography } from "@mantine/core";
import { useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { useLanguage } from "@/ui/text/text-provider";
import { useTitle } from "@/ui/use-title";
import classes from "./legal-text.module.css";

/** A text of the operator's, to which people agree. */
export function LegalText({ document }: { document: "Terms" | "Privacy" }) {
  const { language } = useLanguage();
  const texts = useRead(listDocuments, { language });
  if (texts.isPending) return <LoadingRows rows={8} />;
  const shown = texts.data?.items.find((one) => one.document === document);
  if (!shown) return <ProblemAlert error={texts.error} onRetry={() => texts.refetch()} />;
  return <Shown {...shown} />;
}

/** The notice at collection. */
export function NoticeText() {
  const { language } = useLanguage();
  const notice = useRead(getPrivacyNotice, { language });
  if (notice.isPending) return <LoadingRows rows={8} />;
  if (!notice.data) return <ProblemAlert error={notice.error} onRetry={() => notice.refetch()} />;
  return <Shown {...notice.data} />;
}

/** As the server made it safe. */
function Shown({ title, html, version }: { title: string; html: string; version: string }) {
  const t = useTranslations("privacy");
  useTitle(title);
  return (
    <>
      <Title order={1} mb="md">
        {title}
      </Title>
      <Typography className={classes.text}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the server made and sanitised it */}
        <div dangerouslySetInnerHTML={{ __html: html }} />
      </Typography>
      <Text size="xs" c="dimmed" mt="xl">
        {t("version", { version })}
      </Text>
    </>
  );
}
