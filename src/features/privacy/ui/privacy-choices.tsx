"use client";

import { getPrivacyChoice, type PrivacyChoice, setPrivacyChoice } from "@contentos/sdk";
import { Anchor, Stack, Switch, Text } from "@mantine/core";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";

/** The opt-out of sale and sharing. @param more whether the notice is elsewhere, and linked */
export function PrivacyChoices({ more = false }: { more?: boolean }) {
  const t = useTranslations("privacy.choices");
  const told = useTold();
  const choice = useRead(getPrivacyChoice);
  const set = useWrite(setPrivacyChoice, { onSuccess: () => told() });
  if (choice.isPending) return <LoadingRows rows={1} />;
  if (choice.error) return <ProblemAlert error={choice.error} onRetry={() => choice.refetch()} />;
  const { optedOut, signal } = choice.data;
  return (
    <Stack gap="sm" align="flex-start">
      <Switch
        label={t("optOut")}
        description={<Why choice={choice.data} />}
        checked={optedOut}
        // What the browser says by itself is taken back there.
        disabled={signal || set.isPending}
        onChange={(event) => set.mutate({ body: { optedOut: event.currentTarget.checked } })}
      />
      <ProblemAlert error={set.error} />
      {more && (
        <Text size="sm">
          {t.rich("more", {
            link: (words) => (
              <Anchor component={Link} href="/privacy-choices" inherit underline="always">
                {words}
              </Anchor>
            ),
          })}
        </Text>
      )}
    </Stack>
  );
}

function Why({ choice: { signal, cookie, account, optedOut } }: { choice: PrivacyChoice }) {
  const t = useTranslations("privacy.choices");
  const format = useFormatter();
  if (signal) return t("signal");
  const when = account && format.dateTime(new Date(account.madeAt), "moment");
  if (account?.optedOut) return t(account.madeBy === "Signal" ? "keptBySignal" : "kept", { when: when ?? "" });
  if (cookie) return t("cookie");
  return account && !optedOut ? t("takenBack", { when: when ?? "" }) : t("none");
}
