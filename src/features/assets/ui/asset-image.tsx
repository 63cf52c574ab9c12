"use client";

import { type Asset, getAssetContent } from "@contentos/sdk";
import { Center, Skeleton } from "@mantine/core";
import { IconPhotoOff } from "@tabler/icons-react";
import { type CSSProperties, useEffect, useState } from "react";
import { client } from "@/ui/api";
import { useWorkspaceId } from "@/ui/workspace-scope";

/** So many pictures are kept at hand; bytes of an asset never change. */
const KEPT = 300;
const addresses = new Map<string, Promise<string>>();

/** An address for as long as the page lives, of the bytes that only a member may read. */
function addressOf(workspaceId: string, id: string, variant: string | undefined): Promise<string> {
  const name = `${workspaceId} ${id} ${variant}`;
  const known = addresses.get(name);
  if (known) return known;
  const made = client
    .in(workspaceId)
    .call(getAssetContent, { id, ...(variant && { variant }) })
    .then((bytes) => URL.createObjectURL(bytes));
  addresses.set(name, made);
  made.catch(() => addresses.delete(name));
  if (addresses.size > KEPT) forgetOldest();
  return made;
}

function forgetOldest() {
  const [name, address] = addresses.entries().next().value!;
  addresses.delete(name);
  address.then(URL.revokeObjectURL, () => {});
}

type Shown = Pick<Asset, "id" | "variants">;

/** The smallest picture that is at least so wide; the square one for a thumbnail. @param width in pixels */
export function variantFor({ variants }: Pick<Asset, "variants">, width: number | "thumbnail"): string | undefined {
  const named = (name: string) => variants.find((variant) => variant.name === name)?.name;
  if (width === "thumbnail") return named("thumbnail.webp") ?? variants[0]?.name;
  const wide = variants.filter(({ name }) => /^\d+\.webp$/.test(name)).sort((one, other) => one.width - other.width);
  return (wide.find((variant) => variant.width >= width) ?? wide.at(-1) ?? variants[0])?.name;
}

type Props = {
  asset: Shown;
  width: number | "thumbnail";
  alt: string;
  className?: string | undefined;
  style?: CSSProperties;
};

/** A picture of the library, in the size that fits; it may take a moment, or fail, and says so by its look. */
export function AssetImage({ asset, width, alt, className, style }: Props) {
  const workspaceId = useWorkspaceId();
  const [shown, setShown] = useState<{ id: string; url: string | null }>();
  const { id } = asset;
  const variant = variantFor(asset, width);
  useEffect(() => {
    if (!workspaceId) return;
    let current = true;
    const show = (url: string | null) => current && setShown({ id, url });
    addressOf(workspaceId, id, variant).then(show, () => show(null));
    return () => {
      current = false;
    };
  }, [workspaceId, id, variant]);
  if (shown?.id !== id) return <Skeleton className={className} style={style} radius={0} />;
  if (!shown.url) {
    return (
      <Center className={className} style={style} c="dimmed" role="img" aria-label={alt}>
        <IconPhotoOff size={24} stroke={1.5} />
      </Center>
    );
  }
  // biome-ignore lint/performance/noImgElement: Next's own can't show what only this browser has.
  return <img src={shown.url} alt={alt} className={className} style={style} />;
}
