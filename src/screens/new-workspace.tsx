"use client";

import { Anchor } from "@mantine/core";
import { useRouter } from "next/navigation";
import { FoundWorkspace } from "@/features/workspaces/ui/found-workspace";
import { CenterCard } from "@/ui/center-card";

export function NewWorkspace() {
  const router = useRouter();
  return (
    <CenterCard title="New workspace" lead="One brand or client. What is in it stays in it.">
      <FoundWorkspace onDone={({ slug }) => router.push(`/w/${slug}/content`)} />
      <Anchor size="sm" href="/">
        Back to your workspaces
      </Anchor>
    </CenterCard>
  );
}
