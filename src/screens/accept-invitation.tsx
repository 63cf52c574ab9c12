"use client";

import { Anchor, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMe } from "@/features/auth/ui/hooks";
import { api } from "@/ui/api";
import { CenterCard } from "@/ui/center-card";
import { withNext } from "@/ui/next-address";
import { ProblemAlert } from "@/ui/problem-alert";

export function AcceptInvitation() {
  const router = useRouter();
  const me = useMe();
  const accept = useMutation({
    mutationFn: () => {
      const token = new URLSearchParams(window.location.search).get("token") ?? "";
      return api<{ workspaceId: string }>("POST", "/invitations/accept", { body: { token } });
    },
    onSuccess: () => router.push("/"),
  });
  if (me.isPending) return <CenterCard title="Invitation">{<Loader />}</CenterCard>;
  if (!me.data) {
    const here = `${window.location.pathname}${window.location.search}`;
    return (
      <CenterCard title="You are invited" lead="Sign in, or sign up with the address that the invitation came to.">
        <Group>
          <Button component="a" href={withNext("/sign-up", here)}>
            Sign up
          </Button>
          <Button component="a" variant="default" href={withNext("/sign-in", here)}>
            Sign in
          </Button>
        </Group>
      </CenterCard>
    );
  }
  return (
    <CenterCard title="You are invited" lead={`You are signed in as ${me.data.user.email}.`}>
      <Stack>
        <ProblemAlert error={accept.error} />
        <Button onClick={() => accept.mutate()} loading={accept.isPending}>
          Join the workspace
        </Button>
        <Text size="sm">
          <Anchor href="/">Not now</Anchor>
        </Text>
      </Stack>
    </CenterCard>
  );
}
