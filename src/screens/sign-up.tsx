"use client";

import { Anchor, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { CredentialsForm } from "@/features/auth/ui/credentials-form";
import { CenterCard } from "@/ui/center-card";
import { useNext, withNext } from "@/ui/next-address";

export function SignUp() {
  const router = useRouter();
  const next = useNext();
  return (
    <CenterCard title="Sign up" lead="A workspace of your own, in a minute.">
      <CredentialsForm operation="signup" onDone={() => router.push(next)} />
      <Text size="sm">
        You have an account?{" "}
        <Anchor size="sm" href={withNext("/sign-in", next)} underline="always">
          Sign in
        </Anchor>
      </Text>
    </CenterCard>
  );
}
