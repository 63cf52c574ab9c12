"use client";

import { verifyEmail } from "@contentos/sdk";
import { Anchor, Button, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import { CenterCard } from "@/ui/center-card";
import { useLinkToken } from "@/ui/link-token";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

/** By a press, since mail scanners open links. */
export function VerifyEmail() {
  const t = useTranslations("auth.verify");
  const { token, forgetToken } = useLinkToken();
  const verify = useWrite(verifyEmail, { onSuccess: forgetToken });
  if (verify.isSuccess) {
    return (
      <CenterCard title={t("done")}>
        <Text size="sm">{t("doneText")}</Text>
        <Anchor href="/">{t("go")}</Anchor>
      </CenterCard>
    );
  }
  const confirm = () => verify.mutate({ body: { token: token || "-" } });
  return (
    <CenterCard title={t("title")} lead={t("lead")}>
      <ProblemAlert error={verify.error} />
      <Button loading={verify.isPending} onClick={confirm}>
        {t("confirm")}
      </Button>
    </CenterCard>
  );
}
