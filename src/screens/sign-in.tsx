"use client";

import { Anchor, Group } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { CredentialsForm } from "@/features/auth/ui/credentials-form";
import { PasskeySignIn } from "@/features/auth/ui/passkey-sign-in";
import { SsoSignIn } from "@/features/auth/ui/sso-sign-in";
import { homeAt, useHostBrand } from "@/features/site/domains/ui/use-host-site";
import { CenterCard } from "@/ui/center-card";
import { useNext, withNext } from "@/ui/next-address";

export function SignIn() {
  const t = useTranslations("auth");
  const router = useRouter();
  const next = useNext();
  const site = useHostBrand();
  const done = () => router.push(next === "/" ? homeAt(site) : next);
  return (
    <CenterCard title={t("signIn")} owner={site}>
      <CredentialsForm operation="login" onDone={done} />
      <PasskeySignIn onDone={done} />
      <SsoSignIn next={next} />
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
