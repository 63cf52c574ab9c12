"use client";

import { type Prove, prove } from "@contentos/sdk";
import { Button, Divider, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { issuesOf } from "@/ui/issues";
import { ProblemAlert } from "@/ui/problem-alert";
import type { Way } from "@/ui/proof";
import { askPasskey } from "./hooks";
import { isCanceled } from "./passkey-errors";
import { PasswordAgain } from "./password-again";

/** Over whatever asked for it. */
const OVER_DIALOGS = 300;

type Props = { ways: Way[]; onAnswer: (proved: boolean) => void };

/** Somebody shows that it is still them, by what they have. */
export function ProofDialog({ ways, onAnswer }: Props) {
  const t = useTranslations("settings.account.proof");
  const common = useTranslations("common");
  const [typed, setTyped] = useState("");
  const show = useMutation({
    mutationFn: async (shown: Prove | "passkey") =>
      client.call(prove, { body: shown === "passkey" ? { passkey: await askPasskey() } : shown } as never),
    onSuccess: () => onAnswer(true),
    meta: { quiet: true },
  });
  const byCode = !ways.includes("Password") && ways.includes("Totp");
  const byTyping = byCode || ways.includes("Password");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Not also of a form around the place that it was asked from.
    event.stopPropagation();
    show.mutate(byCode ? { totp: typed } : { password: typed });
  };
  const issue = issuesOf(show.error).totp;
  return (
    <Modal
      opened
      onClose={() => onAnswer(false)}
      zIndex={OVER_DIALOGS}
      title={t("title")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t(ways.length > 0 ? "lead" : "nothing")}</Text>
          {byCode ? <Code value={typed} error={issue} onChange={setTyped} /> : null}
          {byTyping && !byCode && <PasswordAgain value={typed} onChange={setTyped} />}
          <ProblemAlert error={isCanceled(show.error) || issue ? null : show.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => onAnswer(false)}>
              {common("cancel")}
            </Button>
            {byTyping && (
              <Button type="submit" loading={show.isPending}>
                {t("confirm")}
              </Button>
            )}
          </Group>
          {ways.includes("Passkey") && (
            <>
              {byTyping && <Divider label={t("or")} />}
              <Button
                variant="default"
                leftSection={<IconFingerprint size={18} aria-hidden />}
                loading={show.isPending}
                onClick={() => show.mutate("passkey")}
              >
                {t("passkey")}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </Modal>
  );
}

type CodeProps = { value: string; error: string | undefined; onChange: (value: string) => void };

function Code({ value, error, onChange }: CodeProps) {
  const t = useTranslations("settings.account");
  return (
    <TextInput
      label={t("codeOfApp")}
      autoComplete="one-time-code"
      inputMode="numeric"
      required
      withAsterisk={false}
      data-autofocus
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
