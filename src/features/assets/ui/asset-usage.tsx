"use client";

import { type AssetUse, getContent, listAssetUsage } from "@contentos/sdk";
import { Anchor, Button, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useRead } from "@/ui/query";

type Props = { id: string; itemAddress: (id: string) => string; siteAddress: string; brandingAddress: string };

/** The items, pages and the branding that show a file. */
export function AssetUsage({ id, itemAddress, siteAddress, brandingAddress }: Props) {
  const t = useTranslations("assets.usage");
  const common = useTranslations("common");
  const pages = usePages(listAssetUsage, { id, limit: 25 });
  const uses = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const branding = pages.data?.pages[0]?.branding ?? [];
  return (
    <Stack gap={6} component="section" aria-labelledby="asset-usage">
      <Title order={3} size="sm" id="asset-usage">
        {t("title")}
      </Title>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.data && uses.length + branding.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("nowhere")}
        </Text>
      )}
      {branding.map((part) => (
        <Anchor key={part} component={Link} href={brandingAddress} size="sm">
          {t(part)}
        </Anchor>
      ))}
      {uses.map((use) =>
        use.kind === "Item" ? (
          <ItemUse key={use.id} use={use} href={itemAddress(use.id)} />
        ) : (
          <Text key={use.id} size="sm">
            <Anchor href={siteAddress} target="_blank" inherit>
              {t("page")}
            </Anchor>{" "}
            {!use.inForce && t("notLive")}
          </Text>
        ),
      )}
      {pages.hasNextPage && (
        <Button size="xs" variant="default" onClick={() => pages.fetchNextPage()}>
          {common("showMore")}
        </Button>
      )}
    </Stack>
  );
}

function ItemUse({ use, href }: { use: AssetUse; href: string }) {
  const t = useTranslations("assets.usage");
  const title = useRead(getContent, { id: use.id }, { select: (item) => item.title, staleTime: 60_000 });
  return (
    <Text size="sm">
      <Anchor component={Link} href={href} inherit>
        {title.data ?? t("item")}
      </Anchor>{" "}
      {!use.inForce && t("older")}
    </Text>
  );
}
