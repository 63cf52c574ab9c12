"use client";

import { isProblem } from "@contentos/sdk";
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { ProblemAlert } from "@/ui/problem-alert";
import { useSignIn } from "./hooks";

type Props = { operation: "login" | "signup"; onDone: () => void };

export function CredentialsForm({ operation, onDone }: Props) {
  const t = useTranslations("auth");
  const signIn = useSignIn(operation);
  const signup = operation === "signup";
  const [asked, setAsked] = useState(false);
  const [lost, setLost] = useState(false);
  const form = useForm({
    initialValues: { name: "", email: "", password: "", code: "" },
    validate: {
      name: (name) => (signup && !name.trim() ? t("nameMissing") : null),
      email: (email) => (/\S@\S/.test(email) ? null : t("emailMissing")),
      password: (password) =>
        signup && password.length < 10 ? t("passwordShort") : password ? null : t("passwordMissing"),
    },
  });
  const submit = form.onSubmit(({ name, email, password, code }) => {
    const shown = asked ? { [lost ? "recoveryCode" : "totp"]: code.trim() } : {};
    signIn.mutate(
      { email, password, ...(signup && { name }), ...shown },
      {
        onSuccess: onDone,
        onError: (error) => {
          if (isProblem(error, "totp_required")) setAsked(true);
          form.setErrors(issuesOf(error));
        },
      },
    );
  });
  const shownError = isProblem(signIn.error, "totp_required") ? null : signIn.error;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {signup && <TextInput label={t("name")} autoComplete="name" {...form.getInputProps("name")} />}
        <TextInput
          label={t("email")}
          type="email"
          autoComplete="email"
          readOnly={asked}
          {...form.getInputProps("email")}
        />
        {/* Kept where it is, so that a password manager sees one form. */}
        <PasswordInput
          label={t("password")}
          autoComplete={signup ? "new-password" : "current-password"}
          display={asked ? "none" : undefined}
          {...(signup && { description: t("passwordHint") })}
          {...form.getInputProps("password")}
        />
        {asked && (
          <>
            <TextInput
              key={String(lost)}
              label={t(lost ? "recoveryCode" : "totp")}
              description={t(lost ? "recoveryCodeHint" : "totpHint")}
              autoComplete="one-time-code"
              inputMode={lost ? "text" : "numeric"}
              data-autofocus
              autoFocus
              {...form.getInputProps("code")}
            />
            <Text size="sm">
              <Anchor component="button" type="button" size="sm" onClick={() => setLost(!lost)}>
                {t(lost ? "useTotp" : "useRecoveryCode")}
              </Anchor>
            </Text>
          </>
        )}
        <ProblemAlert error={shownError} />
        <Button type="submit" loading={signIn.isPending} mt="xs">
          {signup ? t("signUp") : t("signIn")}
        </Button>
      </Stack>
    </form>
  );
}
