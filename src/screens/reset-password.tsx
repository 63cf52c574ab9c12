"use client";

import { resetPassword } from "@contentos/sdk";
import { Anchor, Button, PasswordInput, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CenterCard } from "@/ui/center-card";
import { useLinkToken } from "@/ui/link-token";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

export function ResetPassword() {
  const t = useTranslations("auth.reset");
  const words = useTranslations("auth");
  const [password, setPassword] = useState("");
  const { token, forgetToken } = useLinkToken();
  const reset = useWrite(resetPassword, { onSuccess: forgetToken });
  if (reset.isSuccess) {
    return (
      <CenterCard title={t("done")}>
        <Text size="sm">{t("doneText")}</Text>
        <Anchor component={Link} href="/sign-in">
          {words("signIn")}
        </Anchor>
      </CenterCard>
    );
  }
  const submit = () => reset.mutate({ body: { token: token || "-", password } });
  return (
    <CenterCard title={t("title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label={t("password")}
            description={words("passwordHint")}
            autoComplete="new-password"
            required
            minLength={10}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert error={reset.error} />
          <Button type="submit" loading={reset.isPending}>
            {t("set")}
          </Button>
        </Stack>
      </form>
    </CenterCard>
  );
}
