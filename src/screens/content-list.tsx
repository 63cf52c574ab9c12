"use client";

import { Button, Group, Stack, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { ContentTable } from "@/features/content/ui/content-table";
import { NewItem } from "@/features/content/ui/new-item";
import { useWorkspace } from "./workspace-context";

export function ContentList() {
  const workspace = useWorkspace();
  const router = useRouter();
  const [writing, { open, close }] = useDisclosure(false);
  const mayWrite = workspace.role !== "Viewer";
  const openItem = (id: string) => router.push(`/w/${workspace.slug}/content/${id}`);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">
          Content
        </Title>
        {mayWrite && <Button onClick={open}>New item</Button>}
      </Group>
      <ContentTable workspace={workspace} onNew={mayWrite ? open : undefined} />
      <NewItem workspaceId={workspace.id} opened={writing} onClose={close} onDone={openItem} />
    </Stack>
  );
}
