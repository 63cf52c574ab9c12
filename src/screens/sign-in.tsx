"use client";

import { Anchor, Group } from "@mantine/core";
import { useRouter } from "next/navigation";
import { CredentialsForm } from "@/features/auth/ui/credentials-form";
import { CenterCard } from "@/ui/center-card";
import { useNext, withNext } from "@/ui/next-address";

export function SignIn() {
  const router = useRouter();
  const next = useNext();
  return (
    <CenterCard title="Sign in">
      <CredentialsForm operation="login" onDone={() => router.push(next)} />
      <Group justify="space-between">
        <Anchor size="sm" href={withNext("/sign-up", next)}>
          Sign up
        </Anchor>
        <Anchor size="sm" href="/forgot-password">
          Forgot your password?
        </Anchor>
      </Group>
    </CenterCard>
  );
}
