import type { WorkspaceTx } from "@/db/client";
import type { Clock } from "@/platform/clock";
import { gather } from "@/platform/sealed-stream";
import { findSealed, type Sealed } from "../queries";
import { createFileLinks } from "./links";
import { servedFile } from "./sending";
import { openSealed, type VaultDeps } from "./vault";

export type ReaderDeps = VaultDeps & { clock: Clock; publicUrl: string };
/** In a transaction of whoever reads; none is open while bytes are. */
type InTx = <T>(work: (tx: WorkspaceTx) => Promise<T>) => Promise<T>;

/** In ms. Whoever is sent an address has a week to fetch the file. */
const SENT_ADDRESS_LIFE_MS = 7 * 24 * 3_600_000;
/** What every image has, whatever it was uploaded as. */
const JPEG = "1280.jpg";

/** The library's files for other rooms' jobs. Undefined for what is not there, or was removed. */
export function createAssetReader(deps: ReaderDeps, inTx: InTx) {
  const links = createFileLinks(deps.keyring, deps.clock);
  const found = (id: string): Promise<Sealed | undefined> => inTx((tx) => findSealed(tx, id));
  return {
    /** The stored JPEG of an image: small enough for every network, and the same bytes each time. */
    async jpegOf(id: string) {
      const sealed = await found(id);
      const variant = sealed?.blob.variants.find(({ name }) => name === JPEG);
      if (!sealed || !variant) return undefined;
      const bytes = await gather(openSealed(deps, servedFile(sealed, JPEG).object));
      return { bytes, width: variant.width, height: variant.height };
    },

    async addressOf(id: string) {
      const sealed = await found(id);
      if (!sealed) return undefined;
      const token = await links.make(servedFile(sealed), new Date(deps.clock.now().getTime() + SENT_ADDRESS_LIFE_MS));
      return { url: fileUrl(deps.publicUrl, token), contentType: sealed.asset.contentType };
    },

    /** All of it as a stream, such as a file to import from. */
    async open(id: string) {
      const sealed = await found(id);
      return (
        sealed && {
          asset: sealed.asset,
          sizeBytes: sealed.blob.sizeBytes,
          bytes: openSealed(deps, servedFile(sealed).object),
        }
      );
    },
  };
}

export const fileUrl = (publicUrl: string, token: string) => `${publicUrl}/api/v1/assets/file?token=${token}`;
