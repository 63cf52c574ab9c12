"use client";

import { completeAuthorization } from "@contentos/sdk";
import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { CenterCard } from "@/ui/center-card";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { WorkspaceScope } from "@/ui/workspace-scope";
import { useWorkspaces } from "./workspace-context";

/** What a network sends a person back with; its state begins with the workspace. */
type Returned = { workspaceId: string; state: string; code: string | undefined };

function returnedIn(search: string): Returned | undefined {
  const given = new URLSearchParams(search);
  const state = given.get("state");
  const [workspaceId, more] = state?.split(".") ?? [];
  if (!state || !workspaceId || !more) return undefined;
  return { workspaceId, state, code: given.get("code") ?? undefined };
}

/** Where networks send people back to, whether they agreed there or not. */
export function ChannelCallback() {
  const t = useTranslations("channels");
  const common = useTranslations("common");
  const workspaces = useWorkspaces();
  const [returned, setReturned] = useState<Returned | null>();
  useEffect(() => {
    setReturned(returnedIn(window.location.search) ?? null);
    // What is good once is not left in the address bar and the browser's history.
    setTimeout(() => window.history.replaceState(null, "", window.location.pathname));
  }, []);
  const workspace = workspaces.data?.find(({ id }) => id === returned?.workspaceId);
  if (returned && workspace)
    return (
      <WorkspaceScope id={workspace.id}>
        <Completing returned={returned} place={`/w/${workspace.slug}/channels`} />
      </WorkspaceScope>
    );
  const isOver = returned === null || workspaces.data || workspaces.error;
  return (
    <CenterCard title={t("title")}>
      {isOver ? (
        <Stack>
          <ProblemAlert error={workspaces.error} />
          <Text>{t("noAttempt")}</Text>
          <Group>
            <Button component={Link} href="/">
              {t("backToChannels")}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Loader aria-label={common("loading")} />
      )}
    </CenterCard>
  );
}

function Completing({ returned: { state, code }, place }: { returned: Returned; place: string }) {
  const t = useTranslations("channels");
  const router = useRouter();
  const begun = useRef(false);
  const complete = useWrite(completeAuthorization, { onSuccess: () => router.replace(`${place}?connecting=done`) });
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    if (code) complete.mutate({ body: { state, code } });
    else router.replace(`${place}?connecting=denied`);
  }, [complete, router, state, code, place]);
  return (
    <CenterCard title={t("title")}>
      <Stack>
        <ProblemAlert error={complete.error} />
        {complete.error ? (
          <Group>
            <Button component={Link} href={place}>
              {t("backToChannels")}
            </Button>
          </Group>
        ) : (
          <Group>
            <Loader size="sm" />
            <Text>{t("connectingNow")}</Text>
          </Group>
        )}
      </Stack>
    </CenterCard>
  );
}
