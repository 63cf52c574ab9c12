"use client";

import { Button, Group, Loader, NavLink, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useSignOut } from "@/features/auth/ui/hooks";
import { FoundWorkspace } from "@/features/workspaces/ui/found-workspace";
import { Problem } from "@/ui/api";
import { CenterCard } from "@/ui/center-card";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWorkspaces } from "./workspace-context";

/** Signed out: to the door. No workspace: found one. One: into it. Several: choose. */
export function Home() {
  const router = useRouter();
  const workspaces = useWorkspaces();
  const signOut = useSignOut();
  const signedOut = workspaces.error instanceof Problem && workspaces.error.status === 401;
  const only = workspaces.data?.length === 1 ? workspaces.data[0] : undefined;

  useEffect(() => {
    if (signedOut) router.replace("/sign-in");
    if (only) router.replace(`/w/${only.slug}/content`);
  }, [signedOut, only, router]);

  if (workspaces.isPending || signedOut || only) {
    return (
      <Group justify="center" pt="30vh">
        <Loader aria-label="Loading" />
      </Group>
    );
  }
  if (workspaces.error) {
    return (
      <CenterCard title="That did not work">
        <ProblemAlert error={workspaces.error} />
        <Button onClick={() => workspaces.refetch()}>Try again</Button>
      </CenterCard>
    );
  }
  if (workspaces.data.length === 0) {
    return (
      <CenterCard title="Name your workspace" lead="A workspace is one brand or client. What is in it stays in it.">
        <FoundWorkspace onDone={({ slug }) => router.push(`/w/${slug}/content`)} />
        <Text size="xs" c="dimmed">
          Invited to one? Open the link that you were sent.
        </Text>
      </CenterCard>
    );
  }
  return (
    <CenterCard title="Workspaces">
      <Stack gap={4}>
        {workspaces.data.map(({ id, name, slug, role }) => (
          <NavLink key={id} component="a" href={`/w/${slug}/content`} label={name} description={role} />
        ))}
      </Stack>
      <Group justify="space-between">
        <Button variant="default" component="a" href="/new-workspace">
          New workspace
        </Button>
        <Button variant="subtle" onClick={() => signOut.mutate({}, { onSettled: () => router.push("/sign-in") })}>
          Sign out
        </Button>
      </Group>
    </CenterCard>
  );
}
