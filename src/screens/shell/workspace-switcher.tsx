"use client";

import type { Workspace } from "@contentos/sdk";
import { Menu, ScrollArea, TextInput } from "@mantine/core";
import { IconCheck, IconLayoutGrid, IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useHostSite } from "@/features/site/domains/ui/use-host-site";
import { useArrival } from "@/ui/later";
import { Face, WorkspaceButton } from "./workspace-button";

type Props = { current: Workspace; workspaces: Workspace[] };

/** With so many, looking for one by its name is quicker. */
const MANY = 8;

export function WorkspaceSwitcher({ current, workspaces }: Props) {
  const t = useTranslations("shell");
  const [words, setWords] = useState("");
  const { button, opened, setOpened } = useArrival();
  const shown = workspaces.filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Menu opened={opened} onChange={setOpened} width={280} position="bottom-start" onClose={() => setWords("")}>
      <Menu.Target>
        <WorkspaceButton ref={button} current={current} />
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.length > MANY && (
          <TextInput
            aria-label={t("search")}
            placeholder={t("search")}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            size="xs"
            mb={4}
            data-autofocus
          />
        )}
        <ScrollArea.Autosize mah={320}>
          {shown.map((workspace) => (
            <Menu.Item
              key={workspace.id}
              component={Link}
              href={`/w/${workspace.slug}/content`}
              leftSection={<Face workspace={workspace} />}
              rightSection={workspace.id === current.id ? <IconCheck size={16} /> : undefined}
            >
              {workspace.name}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
        <Beyond />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Whoever came by a workspace's own host has that one alone. */
function Beyond() {
  const t = useTranslations("shell");
  if (useHostSite() !== null) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Item component={Link} href="/?all" leftSection={<IconLayoutGrid size={16} />}>
        {t("home")}
      </Menu.Item>
      <Menu.Item component={Link} href="/new-workspace" leftSection={<IconPlus size={16} />}>
        {t("newWorkspace")}
      </Menu.Item>
    </>
  );
}
