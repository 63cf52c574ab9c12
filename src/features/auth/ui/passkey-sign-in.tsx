"use client";

import { Button, Stack } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePasskeySignIn } from "./hooks";
import { isCanceled } from "./passkey-errors";

export function PasskeySignIn({ onDone }: { onDone: () => void }) {
  const t = useTranslations("auth");
  const signIn = usePasskeySignIn();
  return (
    <Stack gap="sm">
      <Button
        variant="default"
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={signIn.isPending}
        onClick={() => signIn.mutate(undefined, { onSuccess: onDone })}
      >
        {t("signInWithPasskey")}
      </Button>
      <ProblemAlert error={isCanceled(signIn.error) ? null : signIn.error} />
    </Stack>
  );
}
