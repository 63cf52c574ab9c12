import { getAssetUrl } from "@contentos/sdk";
import { useMemo } from "react";
import { client } from "@/ui/api";
import { useWorkspaceId } from "@/ui/workspace-scope";
import { assetIdOf } from "../markdown/addresses";

/** An address is good for an hour; before that, another is asked for. In ms. */
const FRESH_MS = 50 * 60_000;

/** Where images are loaded from: those of the library by an address that is made for it, others as they say. */
export function useAssetAddresses(): (src: string) => Promise<string> {
  const workspaceId = useWorkspaceId();
  return useMemo(() => {
    const known = new Map<string, { at: number; address: Promise<string> }>();
    return (src) => {
      const id = assetIdOf(src);
      if (!id) return Promise.resolve(src);
      const before = known.get(id);
      if (before && Date.now() - before.at < FRESH_MS) return before.address;
      const address = client
        .in(workspaceId ?? undefined)
        .call(getAssetUrl, { id })
        .then(({ url }) => new URL(url).pathname + new URL(url).search);
      known.set(id, { at: Date.now(), address });
      address.catch(() => known.delete(id));
      return address;
    };
  }, [workspaceId]);
}
