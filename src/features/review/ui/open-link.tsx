"use client";

import { openReview } from "@contentos/sdk";
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Problem } from "@/ui/api";
import { CenterCard } from "@/ui/center-card";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

type Props = { token: string; onOpened: (credential: string) => void };

/** Who are you? And the passcode, once the link has asked for it. */
export function OpenLink({ token, onOpened }: Props) {
  const t = useTranslations("client.open");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [passcode, setPasscode] = useState("");
  const open = useWrite(openReview, { onSuccess: ({ credential }) => onOpened(credential) });
  const code = open.error instanceof Problem ? open.error.code : undefined;
  const isAsked = passcode !== "" || code === "passcode_required" || code === "passcode_wrong";
  return (
    <CenterCard title={t("title")} lead={t("lead")} signed={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate({ body: { token, name, ...(email && { email }), ...(passcode && { passcode }) } });
        }}
      >
        <Stack>
          <TextInput
            label={t("name")}
            required
            maxLength={120}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("email")}
            description={t("emailHint")}
            type="email"
            autoComplete="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {isAsked && (
            <PasswordInput
              label={t("passcode")}
              required
              autoComplete="off"
              value={passcode}
              onChange={(event) => setPasscode(event.currentTarget.value)}
            />
          )}
          <ProblemAlert error={open.error} />
          <Button type="submit" loading={open.isPending}>
            {t("open")}
          </Button>
        </Stack>
      </form>
    </CenterCard>
  );
}
