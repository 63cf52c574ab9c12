"use client";

import type { Workspace } from "@contentos/sdk";
import { Anchor, AppShell, Box, Burger, Container, Group, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useParams, usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Problem } from "@/ui/api";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { OfflineBar } from "@/ui/offline-bar";
import { ProblemAlert } from "@/ui/problem-alert";
import { SearchButton } from "@/ui/search-button";
import { useShortcut } from "@/ui/shortcuts";
import { IconQuestion } from "./shell/icons";
import { Navigation } from "./shell/navigation";
import { CurrentWorkspace, useWorkspaces } from "./workspace-context";
import classes from "./workspace-shell.module.css";

// What opens by a press comes after what is read.
const AccountMenu = dynamic(() => import("./shell/account-menu").then((module) => module.AccountMenu), { ssr: false });
const WorkspaceSwitcher = dynamic(
  () => import("./shell/workspace-switcher").then((module) => module.WorkspaceSwitcher),
  { ssr: false },
);
const ShortcutsHelp = dynamic(() => import("@/ui/shortcuts-help").then((module) => module.ShortcutsHelp));
const Spotlight = dynamic(() => import("./shell/spotlight").then((module) => module.Spotlight));

export function WorkspaceShell({ children }: { children: ReactNode }) {
  const { slug } = useParams<{ slug: string }>();
  const t = useTranslations("shell");
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
      <CurrentWorkspace key={workspace.id} workspace={workspace}>
        <Shell workspace={workspace} workspaces={workspaces.data}>
          {children}
        </Shell>
      </CurrentWorkspace>
    );
  }
  return (
    <Container size="sm" pt="15vh" component="main">
      {workspaces.isPending || signedOut ? (
        <LoadingRows />
      ) : workspaces.error ? (
        <ProblemAlert error={workspaces.error} onRetry={() => workspaces.refetch()} />
      ) : (
        <EmptyState
          icon={IconQuestion}
          title={t("noWorkspace.title")}
          text={t("noWorkspace.text")}
          action={
            <Anchor component={Link} href="/">
              {t("home")}
            </Anchor>
          }
        />
      )}
    </Container>
  );
}

type Props = { workspace: Workspace; workspaces: Workspace[]; children: ReactNode };

function Shell({ workspace, workspaces, children }: Props) {
  const t = useTranslations("shell");
  const [opened, { toggle, close }] = useDisclosure(false);
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const router = useRouter();
  const go = (page: string) => () => router.push(`/w/${workspace.slug}/${page}`);
  useShortcut("mod+k", t("keys.search"), () => setSearching(true));
  useShortcut("?", t("keys.help"), () => setHelping(true));
  useShortcut("g c", t("keys.goContent"), go("content"));
  useShortcut("g k", t("keys.goCalendar"), go("calendar"));
  useShortcut("g i", t("keys.goInbox"), go("inbox"));
  useShortcut("g f", t("keys.goLibrary"), go("files"));
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding="md"
    >
      <UnstyledButton component="a" href="#main" className={classes.skip}>
        {t("skip")}
      </UnstyledButton>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t("menu")} />
            <WorkspaceSwitcher current={workspace} workspaces={workspaces} />
          </Group>
          <Group gap="sm" wrap="nowrap">
            <SearchButton label={t("search")} onClick={() => setSearching(true)} />
            <AccountMenu onShortcuts={() => setHelping(true)} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t("navigation")}>
        <Navigation workspace={workspace} onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <Container size="xl" px={{ base: 0, sm: "sm" }} py="xs">
          <OfflineBar />
          <Box>{children}</Box>
        </Container>
      </AppShell.Main>
      {helping && <ShortcutsHelp opened onClose={() => setHelping(false)} />}
      {searching && <Spotlight workspace={workspace} workspaces={workspaces} onClose={() => setSearching(false)} />}
    </AppShell>
  );
}
