"use client";

import { getAsset, type Workspace } from "@contentos/sdk";
import { Group, Text } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";
import { useRead } from "@/ui/query";
import classes from "./workspace-button.module.css";

const AssetImage = dynamic(() => import("@/features/assets/ui/asset-image").then((module) => module.AssetImage));

type Props = ComponentProps<"button"> & { current: Workspace };

/** Says which workspace one is in. */
export function WorkspaceButton({ current, ...props }: Props) {
  const t = useTranslations("shell");
  const { logoAssetId } = current.branding;
  return (
    <button type="button" {...props} className={classes.button}>
      <Group gap="xs" wrap="nowrap" miw={0}>
        {logoAssetId ? <Logo id={logoAssetId} /> : <Face workspace={current} />}
        <Text fw={650} truncate>
          {current.name}
        </Text>
        <span className={classes.unseen}>{t("workspace")}</span>
        <IconSelector size={16} aria-hidden style={{ flexShrink: 0 }} />
      </Group>
    </button>
  );
}

/** Of the workspace that one is in; the others' are theirs alone to tell. */
function Logo({ id }: { id: string }) {
  const logo = useRead(getAsset, { id }, { staleTime: 300_000 });
  return logo.data ? <AssetImage asset={logo.data} width={320} alt="" className={classes.logo} /> : null;
}

export function Face({ workspace: { name } }: { workspace: Workspace }) {
  const [one = "", other] = name.trim().split(/\s+/);
  return (
    <span className={classes.face} aria-hidden>
      {other ? one.slice(0, 1) + other.slice(0, 1) : one.slice(0, 2)}
    </span>
  );
}
