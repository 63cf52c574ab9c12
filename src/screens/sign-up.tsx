"use client";

import { Anchor, Text } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { CredentialsForm } from "@/features/auth/ui/credentials-form";
import { ChoicesLink } from "@/features/privacy/ui/choices-link";
import { AgreementNote, useAgreement } from "@/features/privacy/ui/consent";
import { homeAt, useHostBrand } from "@/features/site/domains/ui/use-host-site";
import { CenterCard } from "@/ui/center-card";
import { useNext, withNext } from "@/ui/next-address";

export function SignUp() {
  const t = useTranslations("auth");
  const router = useRouter();
  const next = useNext();
  const site = useHostBrand();
  const agree = useAgreement();
  const on = () => router.push(next === "/" ? homeAt(site) : next);
  return (
    <CenterCard title={t("signUp")} {...(site === null && { lead: t("signUpLead") })} owner={site}>
      <CredentialsForm operation="signup" onDone={() => agree().finally(on)} />
      <AgreementNote />
      <Text size="sm">
        {t("haveAccount")}{" "}
        <Anchor component={Link} size="sm" href={withNext("/sign-in", next)} underline="always">
          {t("signIn")}
        </Anchor>
      </Text>
      <ChoicesLink />
    </CenterCard>
  );
}
