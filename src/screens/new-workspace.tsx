"use client";

import { Anchor } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { FoundWorkspace } from "@/features/workspaces/ui/found-workspace";
import { CenterCard } from "@/ui/center-card";
import { useWorkspaces } from "./workspace-context";

export function NewWorkspace() {
  const t = useTranslations("workspaces.another");
  const router = useRouter();
  const models = useWorkspaces().data?.filter(({ role }) => role === "Admin") ?? [];
  return (
    <CenterCard title={t("title")} lead={t("lead")}>
      <FoundWorkspace models={models} onDone={({ slug }) => router.push(`/w/${slug}/welcome`)} />
      <Anchor component={Link} size="sm" href="/?all">
        {t("back")}
      </Anchor>
    </CenterCard>
  );
}
