"use client";

import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "use-intl";

/** The shape of what is about to come, so that nothing jumps when it does. */
export function LoadingRows({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  const t = useTranslations("common");
  return (
    <Stack gap="xs" role="status" aria-busy>
      <VisuallyHidden>{t("loading")}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: They are all the same.
        <Skeleton key={row} height={height} radius="md" style={{ opacity: 1 - row / (rows + 2) }} />
      ))}
    </Stack>
  );
}
