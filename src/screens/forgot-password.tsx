"use client";

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/ui/api";
import { CenterCard } from "@/ui/center-card";
import { ProblemAlert } from "@/ui/problem-alert";

export function ForgotPassword() {
  const [email, setEmail] = useState("");
  const ask = useMutation({ mutationFn: () => api("POST", "/auth/password/forgot", { body: { email } }) });
  if (ask.isSuccess) {
    return (
      <CenterCard title="Look into your mail">
        <Text size="sm">
          If {email} has an account here, a link to set a new password is on its way. None came? Whoever runs this
          ContentOS can make one.
        </Text>
      </CenterCard>
    );
  }
  return (
    <CenterCard title="Forgot your password?" lead="We send you a link that sets a new one.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <ProblemAlert error={ask.error} />
          <Button type="submit" loading={ask.isPending}>
            Send the link
          </Button>
        </Stack>
      </form>
    </CenterCard>
  );
}
