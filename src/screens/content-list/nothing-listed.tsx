"use client";

import { Button, Group } from "@mantine/core";
import { IconFilePlus, IconFilterOff } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { IconContent } from "../shell/icons";
import { useMay, useWorkspace } from "../workspace-context";

type Props = { filtered: boolean; onNew: (() => void) | undefined; onClear: () => void };

/** A list without a piece: none that fits, or none at all yet. */
export function NothingListed({ filtered, onNew, onClear }: Props) {
  const t = useTranslations("content.list");
  const { slug } = useWorkspace();
  const mayImport = useMay()("Editor");
  if (filtered)
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t("nothingFits")}
        text={t("nothingFitsText")}
        action={
          <Button variant="default" onClick={onClear}>
            {t("clear")}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={IconContent}
      title={t("nothing")}
      text={t("nothingText")}
      action={
        onNew && (
          <Group justify="center">
            <Button leftSection={<IconFilePlus size={18} />} onClick={onNew}>
              {t("first")}
            </Button>
            {mayImport && (
              <Button variant="default" component={Link} href={`/w/${slug}/settings/transfer`}>
                {t("import")}
              </Button>
            )}
          </Group>
        )
      }
    />
  );
}
