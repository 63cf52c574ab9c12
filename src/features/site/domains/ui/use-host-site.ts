"use client";

import { getCurrentHost } from "@contentos/sdk";
import { useEffect } from "react";
import { useBrand } from "@/ui/brand";
import { useRead } from "@/ui/query";

/** Whose host this is: null at the deployment's own, undefined until that is known. */
export function useHostSite() {
  const { data, error } = useRead(getCurrentHost, {}, { staleTime: Number.POSITIVE_INFINITY, retry: 1 });
  return error ? null : data?.site;
}

/** The same for a page before the door, which wears that workspace's colour and name. */
export function useHostBrand() {
  const site = useHostSite();
  const name = site?.name;
  useBrand(site?.primaryColor ?? undefined);
  useEffect(() => {
    if (name) document.title = document.title.replace(/ContentOS$/, () => name);
  }, [name]);
  return site;
}

/** Where one goes after the door, if nothing else was asked for: at a workspace's own host, its site is at the root. */
export const homeAt = (site: { slug: string } | null | undefined) => (site ? `/w/${site.slug}/content` : "/");
