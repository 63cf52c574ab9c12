"use client";

import { sendVerification } from "@contentos/sdk";
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { AllWords } from "@/ui/text/all-words";

type Props = { email: string };

export const VerifyAsking = (props: Props) => (
  <AllWords>
    <Asking {...props} />
  </AllWords>
);

function Asking({ email }: Props) {
  const t = useTranslations("auth.verify");
  const send = useWrite(sendVerification, { meta: { quiet: true } });
  return (
    <Alert color="yellow" variant="light" mb="md" icon={<IconMail size={18} aria-hidden />}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 240px">
          {t("banner", { email })}
        </Text>
        <Button
          size="xs"
          variant="default"
          loading={send.isPending}
          disabled={send.isSuccess}
          onClick={() => send.mutate({})}
        >
          {t(send.isSuccess ? "sent" : "send")}
        </Button>
      </Group>
      <ProblemAlert error={send.error} />
    </Alert>
  );
}
