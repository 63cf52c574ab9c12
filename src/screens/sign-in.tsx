"use client";

import { Anchor, Group } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { CredentialsForm } from "@/features/auth/ui/credentials-form";
import { CenterCard } from "@/ui/center-card";
import { useNext, withNext } from "@/ui/next-address";

export function SignIn() {
  const t = useTranslations("auth");
  const router = useRouter();
  const next = useNext();
  return (
    <CenterCard title={t("signIn")}>
      <CredentialsForm operation="login" onDone={() => router.push(next)} />
      <Group justify="space-between">
        <Anchor component={Link} size="sm" href={withNext("/sign-up", next)}>
          {t("signUp")}
        </Anchor>
        <Anchor component={Link} size="sm" href="/forgot-password">
          {t("forgot.title")}
        </Anchor>
      </Group>
    </CenterCard>
  );
}
