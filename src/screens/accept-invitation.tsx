"use client";

import { acceptInvitation } from "@contentos/sdk";
import { Anchor, Button, Group, Loader, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useMe } from "@/features/auth/ui/use-me";
import { homeAt, useHostBrand } from "@/features/site/domains/ui/use-host-site";
import { CenterCard } from "@/ui/center-card";
import { useLinkToken } from "@/ui/link-token";
import { withNext } from "@/ui/next-address";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

export function AcceptInvitation() {
  const t = useTranslations("auth.invited");
  const words = useTranslations("auth");
  const common = useTranslations("common");
  const router = useRouter();
  const me = useMe();
  const site = useHostBrand();
  const { token, forgetToken } = useLinkToken();
  const accept = useWrite(acceptInvitation, {
    onSuccess: () => {
      forgetToken();
      router.push(homeAt(site));
    },
  });
  if (me.isPending)
    return (
      <CenterCard title={t("invitation")} owner={site}>
        {<Loader aria-label={common("loading")} />}
      </CenterCard>
    );
  if (!me.data) {
    // The token waits in this tab: the address of the sign-in does not carry it.
    const here = window.location.pathname;
    return (
      <CenterCard title={t("title")} lead={t("lead")} owner={site}>
        <Group>
          <Button component={Link} href={withNext("/sign-up", here)}>
            {words("signUp")}
          </Button>
          <Button component={Link} variant="default" href={withNext("/sign-in", here)}>
            {words("signIn")}
          </Button>
        </Group>
      </CenterCard>
    );
  }
  const join = () => accept.mutate({ body: { token: token || "-" } });
  return (
    <CenterCard title={t("title")} lead={t("signedInAs", { email: me.data.user.email })} owner={site}>
      <Stack>
        <ProblemAlert error={accept.error} />
        <Button onClick={join} loading={accept.isPending}>
          {t("join")}
        </Button>
        <Text size="sm">
          <Anchor component={Link} href="/">
            {t("notNow")}
          </Anchor>
        </Text>
      </Stack>
    </CenterCard>
  );
}
