"use client";

import { forgotPassword } from "@contentos/sdk";
import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useHostBrand } from "@/features/site/domains/ui/use-host-site";
import { CenterCard } from "@/ui/center-card";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

export function ForgotPassword() {
  const t = useTranslations("auth.forgot");
  const words = useTranslations("auth");
  const [email, setEmail] = useState("");
  const ask = useWrite(forgotPassword);
  const site = useHostBrand();
  if (ask.isSuccess) {
    return (
      <CenterCard title={t("sent")} owner={site}>
        <Text size="sm">{t("sentText", { email })}</Text>
      </CenterCard>
    );
  }
  return (
    <CenterCard title={t("title")} lead={t("lead")} owner={site}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate({ body: { email } });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={words("email")}
            type="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <ProblemAlert error={ask.error} />
          <Button type="submit" loading={ask.isPending}>
            {t("send")}
          </Button>
          <Anchor component={Link} href="/sign-in" size="sm">
            {words("signIn")}
          </Anchor>
        </Stack>
      </form>
    </CenterCard>
  );
}
