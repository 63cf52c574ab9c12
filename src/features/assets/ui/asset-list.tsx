"use client";

import type { Asset } from "@contentos/sdk";
import { Badge, Box, Group, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconFile, IconFileText, IconMusic, IconVideo } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import { fileSize } from "@/ui/file-size";
import { AssetImage } from "./asset-image";
import classes from "./library.module.css";

type Props = { assets: Asset[]; look: "grid" | "list"; onOpen: (id: string) => void };

const ICONS = {
  Image: IconFile,
  Video: IconVideo,
  Audio: IconMusic,
  Document: IconFileText,
  Text: IconFileText,
  Archive: IconFile,
};

export function KindIcon({ kind, size = 32 }: { kind: Asset["kind"]; size?: number }) {
  const Icon = ICONS[kind];
  return <Icon size={size} stroke={1.3} aria-hidden />;
}

export function AssetList({ assets, look, onOpen }: Props) {
  const t = useTranslations("assets");
  return look === "grid" ? (
    <SimpleGrid
      component="ul"
      cols={{ base: 2, xs: 3, md: 4, lg: 5 }}
      spacing="sm"
      className={classes.bare}
      aria-label={t("title")}
    >
      {assets.map((asset) => (
        <li key={asset.id}>
          <Card asset={asset} onOpen={() => onOpen(asset.id)} />
        </li>
      ))}
    </SimpleGrid>
  ) : (
    <Stack component="ul" gap={0} className={classes.bare} aria-label={t("title")}>
      {assets.map((asset) => (
        <li key={asset.id}>
          <Line asset={asset} onOpen={() => onOpen(asset.id)} />
        </li>
      ))}
    </Stack>
  );
}

function Card({ asset, onOpen }: { asset: Asset; onOpen: () => void }) {
  const t = useTranslations("assets");
  const format = useFormatter();
  const { fileName, kind, sizeBytes, altText } = asset;
  return (
    <UnstyledButton className={classes.card} onClick={onOpen}>
      {kind === "Image" ? (
        <AssetImage asset={asset} width={320} alt="" className={classes.picture} />
      ) : (
        <span className={classes.picture}>
          <KindIcon kind={kind} />
        </span>
      )}
      <Box p="xs" w="100%">
        <Text size="sm" fw={500} truncate title={fileName}>
          {fileName}
        </Text>
        <Group gap={6} justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed" truncate>
            {fileSize(sizeBytes, format)}
          </Text>
          {kind === "Image" && !altText && <NoAlt label={t("noAlt")} />}
        </Group>
      </Box>
    </UnstyledButton>
  );
}

const NoAlt = ({ label }: { label: string }) => (
  <Badge size="xs" color="orange" variant="light" tt="none" style={{ flexShrink: 0 }}>
    {label}
  </Badge>
);

function Line({ asset, onOpen }: { asset: Asset; onOpen: () => void }) {
  const t = useTranslations("assets");
  const format = useFormatter();
  const { fileName, kind, sizeBytes, altText, createdAt } = asset;
  return (
    <UnstyledButton className={classes.line} onClick={onOpen}>
      {kind === "Image" ? (
        <AssetImage asset={asset} width="thumbnail" alt="" className={classes.small} />
      ) : (
        <span className={classes.small}>
          <KindIcon kind={kind} size={22} />
        </span>
      )}
      <Box flex={1} miw={0}>
        <Text size="sm" fw={500} truncate>
          {fileName}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {altText || t(`kinds.${kind}`)}
        </Text>
      </Box>
      {kind === "Image" && !altText && <NoAlt label={t("noAlt")} />}
      <Text size="xs" c="dimmed" w={70} ta="end">
        {fileSize(sizeBytes, format)}
      </Text>
      <Text size="xs" c="dimmed" w={110} ta="end" visibleFrom="sm">
        {format.dateTime(new Date(createdAt), "day")}
      </Text>
    </UnstyledButton>
  );
}
