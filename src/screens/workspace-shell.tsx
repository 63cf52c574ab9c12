"use client";

import type { Workspace } from "@contentos/sdk";
import { Group } from "@mantine/core";
import dynamic from "next/dynamic";
import { useParams, usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { VerifyBanner } from "@/features/auth/ui/verify-banner";
import { ConsentAgain } from "@/features/privacy/ui/consent-again";
import { FrozenBanner } from "@/features/privacy/ui/frozen-banner";
import { Problem } from "@/ui/api";
import { Later } from "@/ui/later";
import { LoadingRows } from "@/ui/loading-rows";
import { OfflineBar } from "@/ui/offline-bar";
import { ProblemAlert } from "@/ui/problem-alert";
import { SearchButton } from "@/ui/search-button";
import { useShortcut } from "@/ui/shortcuts";
import { useRested } from "@/ui/use-rested";
import { AccountButton } from "./shell/account-button";
import { EntryGate } from "./shell/entry-gate";
import { Navigation } from "./shell/navigation";
import { WorkspaceButton } from "./shell/workspace-button";
import { CurrentWorkspace, useWorkspaces } from "./workspace-context";
import classes from "./workspace-shell.module.css";

// What opens by a press comes after what is read.
const Bell = dynamic(() => import("@/features/notifications/ui/bell").then((module) => module.Bell), { ssr: false });
const Elsewhere = dynamic(() => import("./shell/elsewhere").then((module) => module.Elsewhere));
const ShortcutsHelp = dynamic(() => import("@/ui/shortcuts-help").then((module) => module.ShortcutsHelp));
const Spotlight = dynamic(() => import("./shell/spotlight").then((module) => module.Spotlight));
const loadAccountMenu = () => import("./shell/account-menu").then((module) => module.AccountMenu);
const loadSwitcher = () => import("./shell/workspace-switcher").then((module) => module.WorkspaceSwitcher);

export function WorkspaceShell({ children }: { children: ReactNode }) {
  const { slug } = useParams<{ slug: string }>();
  const router = useRouter();
  const pathname = usePathname();
  const workspaces = useWorkspaces();
  const [found, setFound] = useState<Workspace>();
  const workspace = [...(workspaces.data ?? []), found].find((candidate) => candidate?.slug === slug);
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
    <main className={classes.alone}>
      {workspaces.isPending || signedOut ? (
        <LoadingRows />
      ) : workspaces.error ? (
        <ProblemAlert error={workspaces.error} onRetry={() => workspaces.refetch()} />
      ) : (
        <Elsewhere slug={slug} onFound={setFound} />
      )}
    </main>
  );
}

type Props = { workspace: Workspace; workspaces: Workspace[]; children: ReactNode };

/** Of plain elements and a grid: Mantine's shell weighs as much as the list that it is around. */
function Shell({ workspace, workspaces, children }: Props) {
  const t = useTranslations("shell");
  const [opened, setOpened] = useState(false);
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const rested = useRested();
  const router = useRouter();
  const go = (page: string) => () => router.push(`/w/${workspace.slug}/${page}`);
  useShortcut("mod+k", t("keys.search"), () => setSearching(true));
  useShortcut("?", t("keys.help"), () => setHelping(true));
  useShortcut("g c", t("keys.goContent"), go("content"));
  useShortcut("g k", t("keys.goCalendar"), go("calendar"));
  useShortcut("g i", t("keys.goInbox"), go("inbox"));
  useShortcut("g f", t("keys.goLibrary"), go("files"));
  return (
    <>
      <nav aria-label={t("skip")}>
        <a href="#main" className={classes.skip}>
          {t("skip")}
        </a>
      </nav>
      <div className={classes.shell}>
        <header className={classes.header} data-screen-only>
          <Group gap="sm" wrap="nowrap" miw={0}>
            <button
              type="button"
              className={classes.burger}
              aria-label={t("menu")}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <span className={classes.lines} />
            </button>
            <Later popup="menu" button={<WorkspaceButton current={workspace} />} load={loadSwitcher}>
              {(WorkspaceSwitcher) => <WorkspaceSwitcher current={workspace} workspaces={workspaces} />}
            </Later>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <SearchButton label={t("search")} onClick={() => setSearching(true)} />
            <Bell workspace={workspace} workspaces={workspaces} />
            <Later popup="menu" button={<AccountButton />} load={loadAccountMenu}>
              {(AccountMenu) => <AccountMenu onShortcuts={() => setHelping(true)} />}
            </Later>
          </Group>
        </header>
        <nav className={classes.navbar} data-opened={opened || undefined} data-screen-only aria-label={t("navigation")}>
          <Navigation workspace={workspace} onGo={() => setOpened(false)} />
        </nav>
        <main id="main" tabIndex={-1} className={classes.main}>
          <div className={classes.page}>
            <OfflineBar />
            {rested && (
              <>
                <ConsentAgain />
                <VerifyBanner />
                <FrozenBanner workspaceId={workspace.id} mayUndo={workspace.role === "Admin"} />
              </>
            )}
            <div>
              <EntryGate id={workspace.id} slug={workspace.slug}>
                {children}
              </EntryGate>
            </div>
          </div>
        </main>
      </div>
      {helping && <ShortcutsHelp opened onClose={() => setHelping(false)} />}
      {searching && <Spotlight workspace={workspace} workspaces={workspaces} onClose={() => setSearching(false)} />}
    </>
  );
}
