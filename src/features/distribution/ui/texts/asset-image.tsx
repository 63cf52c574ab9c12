"use client";

import { getAssetUrl } from "@contentos/sdk";
import { Skeleton, Text } from "@mantine/core";
import { useRead } from "@/ui/query";

/** Addresses are good for a while only: well within it another one is asked for. */
const FRESH_MS = 5 * 60_000;

/** An image of the library; its words where it can't be shown. */
export function AssetImage({ id, alt }: { id: string; alt: string }) {
  const address = useRead(getAssetUrl, { id }, { staleTime: FRESH_MS });
  if (address.isPending) return <Skeleton h={120} />;
  if (!address.data) return <Text size="xs">{alt}</Text>;
  // biome-ignore lint/performance/noImgElement: It stands behind a link that runs out, which Next can't keep.
  return <img src={address.data.url} alt={alt} loading="lazy" />;
}
