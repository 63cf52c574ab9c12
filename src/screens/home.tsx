"use client";

import type { Workspace } from "@contentos/sdk";
import { Anchor, Button, Container, Group, Loader, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { Suspense, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { FoundWorkspace } from "@/features/workspaces/ui/found-workspace";
import { Problem } from "@/ui/api";
import { CenterCard } from "@/ui/center-card";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { AllPlanned, AllWaiting } from "./home/across";
import { WorkspaceCard } from "./home/workspace-card";
import { useLeaving } from "./use-leaving";
import { useWorkspaces } from "./workspace-context";

/** The page is made before anybody asks for it, and its address is known only then. */
export const Home = () => (
  <Suspense>
    <Place />
  </Suspense>
);

/** Signed out: to the door. No workspace: found one. One: into it. Several: what is going on in each. */
function Place() {
  const t = useTranslations("common");
  const router = useRouter();
  // Whoever asks for all of them sees all of them, also where that is one.
  const all = useSearchParams().has("all");
  const workspaces = useWorkspaces();
  const signedOut = workspaces.error instanceof Problem && workspaces.error.status === 401;
  // Whoever began to found their first goes on with it, also once it is there.
  const [founding, setFounding] = useState(false);
  const none = workspaces.data?.length === 0;
  const only = !all && !founding && workspaces.data?.length === 1 ? workspaces.data[0] : undefined;

  useEffect(() => {
    if (none) setFounding(true);
  }, [none]);
  useEffect(() => {
    if (signedOut) router.replace("/sign-in");
    if (only) router.replace(`/w/${only.slug}/content`);
  }, [signedOut, only, router]);

  if (workspaces.isPending || signedOut || only) {
    return (
      <Group justify="center" pt="30vh" component="main">
        <Loader aria-label={t("loading")} />
      </Group>
    );
  }
  if (workspaces.error) {
    return (
      <CenterCard title={t("problem")}>
        <ProblemAlert error={workspaces.error} onRetry={() => workspaces.refetch()} />
      </CenterCard>
    );
  }
  return none || founding ? <First /> : <Overview workspaces={workspaces.data} />;
}

function First() {
  const t = useTranslations("workspaces.none");
  const router = useRouter();
  return (
    <CenterCard title={t("title")} lead={t("lead")}>
      <FoundWorkspace onDone={({ slug }) => router.push(`/w/${slug}/welcome`)} />
      <Text size="xs" c="dimmed">
        {t("invited")}
      </Text>
    </CenterCard>
  );
}

const VIEWS = ["overview", "inbox", "calendar"] as const;

function Overview({ workspaces }: { workspaces: Workspace[] }) {
  const t = useTranslations("workspaces.home");
  const asked = useSearchParams().get("view");
  const view = VIEWS.find((one) => one === asked) ?? "overview";
  const router = useRouter();
  const { leave, asking } = useLeaving();
  return (
    <Container size="lg" py="xl" component="main">
      <Stack gap="xl">
        <Anchor href="/" underline="never" c="inherit" fw={700} size="lg" w="fit-content">
          ContentOS
        </Anchor>
        <Page
          title={t("title")}
          lead={t("lead")}
          actions={
            <>
              <Button component={Link} href="/new-workspace" leftSection={<IconPlus size={16} />}>
                {t("new")}
              </Button>
              {asking}
              <Button variant="default" onClick={leave}>
                {t("signOut")}
              </Button>
            </>
          }
        >
          <SegmentedControl
            aria-label={t("view")}
            data={VIEWS.map((value) => ({ value, label: t(value) }))}
            value={view}
            onChange={(next) => router.replace(`/?all&view=${next}`)}
            style={{ alignSelf: "flex-start" }}
          />
          {view === "inbox" && <AllWaiting workspaces={workspaces} />}
          {view === "calendar" && <AllPlanned workspaces={workspaces} />}
          {view === "overview" && (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {workspaces.map((workspace) => (
                <WorkspaceCard key={workspace.id} workspace={workspace} />
              ))}
            </SimpleGrid>
          )}
        </Page>
      </Stack>
    </Container>
  );
}
