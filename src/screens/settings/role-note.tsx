"use client";

import { Alert } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { useMay } from "../workspace-context";

/** Tells who may not change a page that they may read. */
export function RoleNote({ least }: { least: "Editor" | "Admin" }) {
  const t = useTranslations("settings.readOnly");
  const may = useMay();
  if (may(least)) return null;
  return (
    <Alert color="gray" variant="light" icon={<IconLock size={18} aria-hidden />}>
      {t(least)}
    </Alert>
  );
}
