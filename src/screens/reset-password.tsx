"use client";

import { Anchor, Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/ui/api";
import { CenterCard } from "@/ui/center-card";
import { ProblemAlert } from "@/ui/problem-alert";

export function ResetPassword() {
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () => {
      const token = new URLSearchParams(window.location.search).get("token") ?? "";
      return api("POST", "/auth/password/reset", { body: { token, password } });
    },
  });
  if (reset.isSuccess) {
    return (
      <CenterCard title="Your password is set">
        <Text size="sm">
          You are signed out everywhere. <Anchor href="/sign-in">Sign in</Anchor> with the new one.
        </Text>
      </CenterCard>
    );
  }
  return (
    <CenterCard title="Set a new password">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          reset.mutate();
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label="New password"
            description="At least 10 characters; a few words make a good one."
            autoComplete="new-password"
            required
            minLength={10}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert error={reset.error} />
          <Button type="submit" loading={reset.isPending}>
            Set it
          </Button>
        </Stack>
      </form>
    </CenterCard>
  );
}
