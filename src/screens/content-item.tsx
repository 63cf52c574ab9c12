"use client";

import { Anchor, Grid, Group, Loader, Stack, Title } from "@mantine/core";
import { useParams } from "next/navigation";
import { PublicationNumbers } from "@/features/analytics/ui/publication-numbers";
import { ReviewCard } from "@/features/approval/ui/review-card";
import { useMe } from "@/features/auth/ui/hooks";
import { Editor } from "@/features/content/ui/editor";
import { useItem, useRefreshItem } from "@/features/content/ui/hooks";
import { VersionList } from "@/features/content/ui/version-list";
import { PublishCard } from "@/features/distribution/ui/publish-card";
import { useLiveItem } from "@/features/events/ui/hooks";
import { PresentLine } from "@/features/events/ui/present-line";
import { LinkCard } from "@/features/review/ui/link-card";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { ProblemAlert } from "@/ui/problem-alert";
import { StatusBadge } from "@/ui/status-badge";
import { useWorkspace } from "./workspace-context";

export function ContentItemScreen() {
  const { id } = useParams<{ id: string }>();
  const workspace = useWorkspace();
  const me = useMe();
  const item = useItem(workspace.id, id);
  const names = useMembers(workspace.id);
  const refresh = useRefreshItem(workspace.id, id);
  const present = useLiveItem({ workspaceId: workspace.id, itemId: id, refresh });
  if (item.isPending || me.isPending) return <Loader aria-label="Loading" />;
  if (item.error) return <ProblemAlert error={item.error} />;
  const { data } = item;
  const userId = me.data?.user.id;
  const own = data.createdBy === userId || data.assigneeId === userId;
  const mayEdit = workspace.role === "Editor" || workspace.role === "Admin" || (workspace.role === "Writer" && own);
  return (
    <Stack>
      <Anchor href={`/w/${workspace.slug}/content`} size="sm">
        ← Content
      </Anchor>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={1} size="h2" style={{ overflowWrap: "anywhere" }}>
          {data.title}
        </Title>
        <StatusBadge status={data.status} />
      </Group>
      <PresentLine present={present} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack>
            <Editor key={data.id} workspaceId={workspace.id} item={data} mayEdit={mayEdit} />
            <VersionList workspace={workspace} item={data} nameOf={names.nameOf} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            <ReviewCard role={workspace.role} item={data} mayEdit={mayEdit} userId={userId} nameOf={names.nameOf} />
            {(workspace.role === "Editor" || workspace.role === "Admin") && <LinkCard items={[data]} />}
            <PublishCard workspace={workspace} item={data} />
            <PublicationNumbers itemId={data.id} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
