"use client";

import { type Asset, listAssets } from "@contentos/sdk";
import { Button, Modal, SimpleGrid, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages } from "@/ui/query";
import { AssetImage } from "./asset-image";
import classes from "./image-picker.module.css";

type Props = { onPick: (asset: Asset) => void; onClose: () => void };

/** The images of the library, to choose one from. */
export function ImagePicker({ onPick, onClose }: Props) {
  const t = useTranslations("assets.field");
  const common = useTranslations("common");
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words.trim(), 150);
  const images = usePages(
    listAssets,
    { type: "Image", limit: 24, ...(q && { q }) },
    { placeholderData: keepPreviousData },
  );
  const found = images.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Modal opened onClose={onClose} title={t("choose")} size="lg" closeButtonProps={{ "aria-label": common("close") }}>
      <Stack>
        <TextInput
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          data-autofocus
        />
        <ProblemAlert error={images.error} onRetry={() => images.refetch()} />
        {images.isPending && <LoadingRows rows={2} height={96} />}
        {images.data && found.length === 0 && (
          <Text size="sm" c="dimmed" ta="center" py="lg">
            {t(q ? "nothingFound" : "empty")}
          </Text>
        )}
        <SimpleGrid cols={{ base: 2, xs: 3, sm: 4 }} spacing="sm">
          {found.map((asset) => (
            <UnstyledButton key={asset.id} className={classes.choice} onClick={() => onPick(asset)}>
              <AssetImage asset={asset} width="thumbnail" alt={asset.altText} className={classes.image} />
              <Text size="xs" truncate p={6}>
                {asset.fileName}
              </Text>
            </UnstyledButton>
          ))}
        </SimpleGrid>
        {images.hasNextPage && (
          <Button variant="default" onClick={() => images.fetchNextPage()} loading={images.isFetchingNextPage}>
            {common("showMore")}
          </Button>
        )}
      </Stack>
    </Modal>
  );
}
