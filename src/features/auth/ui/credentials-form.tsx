"use client";

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { ProblemAlert } from "@/ui/problem-alert";
import { useSignIn } from "./hooks";

type Props = { operation: "login" | "signup"; onDone: () => void };

export function CredentialsForm({ operation, onDone }: Props) {
  const signIn = useSignIn(operation);
  const signup = operation === "signup";
  const form = useForm({
    initialValues: { name: "", email: "", password: "" },
    validate: {
      name: (name) => (signup && !name.trim() ? "Say what colleagues call you." : null),
      email: (email) => (/\S@\S/.test(email) ? null : "Give your e-mail address."),
      password: (password) =>
        signup && password.length < 10 ? "At least 10 characters." : password ? null : "Give your password.",
    },
  });
  const submit = form.onSubmit(({ name, email, password }) =>
    signIn.mutate({ email, password, ...(signup && { name }) }, { onSuccess: onDone }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {signup && <TextInput label="Your name" autoComplete="name" {...form.getInputProps("name")} />}
        <TextInput label="E-mail" type="email" autoComplete="email" {...form.getInputProps("email")} />
        <PasswordInput
          label="Password"
          autoComplete={signup ? "new-password" : "current-password"}
          {...(signup && { description: "At least 10 characters; a few words make a good one." })}
          {...form.getInputProps("password")}
        />
        <ProblemAlert error={signIn.error} />
        <Button type="submit" loading={signIn.isPending} mt="xs">
          {signup ? "Sign up" : "Sign in"}
        </Button>
      </Stack>
    </form>
  );
}
