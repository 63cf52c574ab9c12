"use client";

import { Anchor, Text } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { CredentialsForm } from "@/features/auth/ui/credentials-form";
import { CenterCard } from "@/ui/center-card";
import { useNext, withNext } from "@/ui/next-address";

export function SignUp() {
  const t = useTranslations("auth");
  const router = useRouter();
  const next = useNext();
  return (
    <CenterCard title={t("signUp")} lead={t("signUpLead")}>
      <CredentialsForm operation="signup" onDone={() => router.push(next)} />
      <Text size="sm">
        {t("haveAccount")}{" "}
        <Anchor component={Link} size="sm" href={withNext("/sign-in", next)} underline="always">
          {t("signIn")}
        </Anchor>
      </Text>
    </CenterCard>
  );
}
