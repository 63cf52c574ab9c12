"use client";

import { IconCloudOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "./notice";

const CHANGES = ["online", "offline"];
function watch(onChange: () => void) {
  for (const change of CHANGES) addEventListener(change, onChange);
  return () => {
    for (const change of CHANGES) removeEventListener(change, onChange);
  };
}

/** Told where it matters: above what one is at. */
export function OfflineBar() {
  const t = useTranslations("common");
  const online = useSyncExternalStore(
    watch,
    () => navigator.onLine,
    () => true,
  );
  if (online) return null;
  return (
    <div style={{ marginBlockEnd: "var(--mantine-spacing-md)" }}>
      <Notice tone="warning" icon={<IconCloudOff size={18} aria-hidden />}>
        {t("offline")}
      </Notice>
    </div>
  );
}
