"use client";

import { startSso } from "@contentos/sdk";
import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { IconBuilding } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";

/** One of our own words, and nothing that a link could put there. */
const WORD = /^[a-z_]{1,30}$/;

/** By the address, which tells whose identity provider is meant. */
export function SsoSignIn({ next }: { next: string }) {
  const t = useTranslations("auth.sso");
  const words = useTranslations("auth");
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState<{ reason: string | null }>();
  const [email, setEmail] = useState("");
  useEffect(() => {
    const query = new URLSearchParams(window.location.search);
    if (query.has("refused")) setRefused({ reason: query.get("reason") });
  }, []);
  const start = useMutation({
    mutationFn: () => client.call(startSso, { body: { email, next } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <Stack gap="sm">
      {refused && (
        <Alert color="red" variant="light" role="alert">
          {t(refused.reason === "log_out" ? "stillSignedIn" : "refused")}{" "}
          {refused.reason && WORD.test(refused.reason) && t("reason", { reason: refused.reason })}
        </Alert>
      )}
      {open ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate();
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t("email")}
              type="email"
              autoComplete="email"
              required
              withAsterisk={false}
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <ProblemAlert error={start.error} />
            <Button type="submit" variant="default" loading={start.isPending || start.isSuccess}>
              {words("signIn")}
            </Button>
          </Stack>
        </form>
      ) : (
        <Button variant="default" leftSection={<IconBuilding size={18} aria-hidden />} onClick={() => setOpen(true)}>
          {t("open")}
        </Button>
      )}
    </Stack>
  );
}
