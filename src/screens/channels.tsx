"use client";

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
      <Channels
        isAdmin={may("Admin")}
        about={(channel) => <PostingTimes channel={channel} mayPlan={may("Editor")} />}
      />
    </Page>
  );
}
