"use client";

import { getAsset, type Workspace } from "@contentos/sdk";
import { Avatar, Group, Menu, ScrollArea, Text, TextInput, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconLayoutGrid, IconPlus, IconSelector } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AssetImage } from "@/features/assets/ui/asset-image";
import { useRead } from "@/ui/query";
import classes from "./workspace-switcher.module.css";

type Props = { current: Workspace; workspaces: Workspace[] };

/** With so many, looking for one by its name is quicker. */
const MANY = 8;

export function WorkspaceSwitcher({ current, workspaces }: Props) {
  const t = useTranslations("shell");
  const [words, setWords] = useState("");
  const shown = workspaces.filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Menu width={280} position="bottom-start" onClose={() => setWords("")}>
      <Menu.Target>
        <UnstyledButton px={6} py={4} miw={0}>
          <Group gap="xs" wrap="nowrap" miw={0}>
            {current.branding.logoAssetId ? <Logo id={current.branding.logoAssetId} /> : <Face workspace={current} />}
            <Text fw={650} truncate>
              {current.name}
            </Text>
            <VisuallyHidden>{t("workspace")}</VisuallyHidden>
            <IconSelector size={16} aria-hidden style={{ flexShrink: 0 }} />
          </Group>
        </UnstyledButton>
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
        <Menu.Divider />
        <Menu.Item component={Link} href="/?all" leftSection={<IconLayoutGrid size={16} />}>
          {t("home")}
        </Menu.Item>
        <Menu.Item component={Link} href="/new-workspace" leftSection={<IconPlus size={16} />}>
          {t("newWorkspace")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Of the workspace that one is in; the others' are theirs alone to tell. */
function Logo({ id }: { id: string }) {
  const logo = useRead(getAsset, { id }, { staleTime: 300_000 });
  return logo.data ? <AssetImage asset={logo.data} width={320} alt="" className={classes.logo} /> : null;
}

const Face = ({ workspace }: { workspace: Workspace }) => (
  <Avatar size={26} radius="sm" color="brand" variant="filled" name={workspace.name} aria-hidden />
);
