"use client";

import { Anchor, Text } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "use-intl";

/** At the foot of pages that collect something. */
export function ChoicesLink() {
  const t = useTranslations("privacy");
  return (
    <Text size="sm">
      <Anchor component={Link} href="/privacy-choices" inherit underline="always">
        {t("choicesLink")}
      </Anchor>
    </Text>
  );
}
