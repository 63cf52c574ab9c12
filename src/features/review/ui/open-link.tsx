"use client";

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, Problem } from "@/ui/api";
import { CenterCard } from "@/ui/center-card";
import { ProblemAlert } from "@/ui/problem-alert";

type Props = { token: string; onOpened: (credential: string) => void };

/** Who are you? And the passcode, once the link has asked for it. */
export function OpenLink({ token, onOpened }: Props) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [passcode, setPasscode] = useState("");
  const open = useMutation({
    mutationFn: () =>
      api<{ credential: string }>("POST", "/review/open", {
        body: { token, name, ...(email && { email }), ...(passcode && { passcode }) },
      }),
    onSuccess: ({ credential }) => onOpened(credential),
  });
  const code = open.error instanceof Problem ? open.error.code : undefined;
  const isAsked = passcode !== "" || code === "passcode_required" || code === "passcode_wrong";
  return (
    <CenterCard
      title="You are asked for a review"
      lead="No account is needed. What you say and decide carries your name."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="Your name"
            required
            maxLength={120}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="E-mail"
            description="For the receipt of what you decide; may be left out"
            type="email"
            autoComplete="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {isAsked && (
            <PasswordInput
              label="Passcode"
              required
              autoComplete="off"
              value={passcode}
              onChange={(event) => setPasscode(event.currentTarget.value)}
            />
          )}
          <ProblemAlert error={open.error} />
          <Button type="submit" loading={open.isPending}>
            Open
          </Button>
        </Stack>
      </form>
    </CenterCard>
  );
}
