"use client";

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useSignIn } from "./hooks";

type Props = { operation: "login" | "signup"; onDone: () => void };

export function CredentialsForm({ operation, onDone }: Props) {
  const t = useTranslations("auth");
  const signIn = useSignIn(operation);
  const signup = operation === "signup";
  const form = useForm({
    initialValues: { name: "", email: "", password: "" },
    validate: {
      name: (name) => (signup && !name.trim() ? t("nameMissing") : null),
      email: (email) => (/\S@\S/.test(email) ? null : t("emailMissing")),
      password: (password) =>
        signup && password.length < 10 ? t("passwordShort") : password ? null : t("passwordMissing"),
    },
  });
  const submit = form.onSubmit(({ name, email, password }) =>
    signIn.mutate({ email, password, ...(signup && { name }) }, { onSuccess: onDone }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {signup && <TextInput label={t("name")} autoComplete="name" {...form.getInputProps("name")} />}
        <TextInput label={t("email")} type="email" autoComplete="email" {...form.getInputProps("email")} />
        <PasswordInput
          label={t("password")}
          autoComplete={signup ? "new-password" : "current-password"}
          {...(signup && { description: t("passwordHint") })}
          {...form.getInputProps("password")}
        />
        <ProblemAlert error={signIn.error} />
        <Button type="submit" loading={signIn.isPending} mt="xs">
          {signup ? t("signUp") : t("signIn")}
        </Button>
      </Stack>
    </form>
  );
}
