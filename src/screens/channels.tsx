"use client";

import { Alert } from "@mantine/core";
import { useSearchParams } from "next/navigation";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { Channels } from "@/features/channels/ui/channels";
import { PostingTimes } from "@/features/distribution/ui/posting-times/posting-times";
import { Page } from "@/ui/page";
import { useMay } from "./workspace-context";

export function ChannelsScreen() {
  const t = useTranslations("channels");
  const may = useMay();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Suspense>
        <Returned />
      </Suspense>
      <Channels
        isAdmin={may("Admin")}
        about={(channel) => <PostingTimes channel={channel} mayPlan={may("Editor")} />}
      />
    </Page>
  );
}

/** How it went where a network asked on a page of its own. */
function Returned() {
  const t = useTranslations("channels");
  const connecting = useSearchParams().get("connecting");
  if (connecting === "denied") return <Alert color="orange">{t("denied")}</Alert>;
  return connecting === "done" ? <Alert color="teal">{t("justConnected")}</Alert> : null;
}
