"use client";

import {
  Alert,
  Anchor,
  AppShell,
  Burger,
  Button,
  Container,
  Group,
  Loader,
  NavLink,
  Select,
  Text,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useParams, usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { useMe, useSignOut } from "@/features/auth/ui/hooks";
import { Problem } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import { CurrentWorkspace, useWorkspaces, type WorkspaceView } from "./workspace-context";

const PAGES = [
  { path: "content", label: "Content" },
  { path: "inbox", label: "Inbox" },
  { path: "members", label: "Members" },
];

export function WorkspaceShell({ children }: { children: ReactNode }) {
  const { slug } = useParams<{ slug: string }>();
  const router = useRouter();
  const pathname = usePathname();
  const workspaces = useWorkspaces();
  const workspace = workspaces.data?.find((candidate) => candidate.slug === slug);
  const signedOut = workspaces.error instanceof Problem && workspaces.error.status === 401;
  useEffect(() => {
    if (signedOut) router.replace(`/sign-in?next=${encodeURIComponent(pathname)}`);
  }, [signedOut, router, pathname]);

  if (workspace && workspaces.data) {
    return (
      <Shell workspace={workspace} workspaces={workspaces.data}>
        {children}
      </Shell>
    );
  }
  return (
    <Container size="sm" pt="20vh" component="main">
      {workspaces.isPending || signedOut ? (
        <Group justify="center">
          <Loader aria-label="Loading" />
        </Group>
      ) : workspaces.error ? (
        <ProblemAlert error={workspaces.error} />
      ) : (
        <Alert color="gray" title="There is no such workspace">
          It may have another address now, or you are no member. <Anchor href="/">See your workspaces</Anchor>
        </Alert>
      )}
    </Container>
  );
}

type Props = { workspace: WorkspaceView; workspaces: WorkspaceView[]; children: ReactNode };

function Shell({ workspace, workspaces, children }: Props) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const router = useRouter();
  const pathname = usePathname();
  const base = `/w/${workspace.slug}`;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
          <Anchor href="/" fw={700} c="inherit" underline="never" visibleFrom="sm">
            ContentOS
          </Anchor>
          <Select
            aria-label="Workspace"
            data={workspaces.map(({ slug, name }) => ({ value: slug, label: name }))}
            value={workspace.slug}
            onChange={(slug) => slug && router.push(`/w/${slug}/content`)}
            allowDeselect={false}
            size="sm"
            w={{ base: 180, sm: 220 }}
          />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <AppShell.Section grow>
          {PAGES.map(({ path, label }) => (
            <NavLink
              key={path}
              component="a"
              href={`${base}/${path}`}
              label={label}
              active={pathname.startsWith(`${base}/${path}`)}
              onClick={close}
            />
          ))}
          <NavLink component="a" href={`/s/${workspace.slug}`} target="_blank" label="Public site" />
        </AppShell.Section>
        <AppShell.Section>
          <SignedInAs role={workspace.role} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main>
        <Container size="lg" px={0}>
          <CurrentWorkspace workspace={workspace}>{children}</CurrentWorkspace>
        </Container>
      </AppShell.Main>
    </AppShell>
  );
}

function SignedInAs({ role }: { role: string }) {
  const router = useRouter();
  const me = useMe();
  const signOut = useSignOut();
  return (
    <>
      <Text size="sm" fw={600} truncate>
        {me.data?.user.name}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {role}
      </Text>
      <Button
        variant="default"
        size="xs"
        fullWidth
        onClick={() => signOut.mutate(undefined, { onSettled: () => router.push("/sign-in") })}
      >
        Sign out
      </Button>
    </>
  );
}
