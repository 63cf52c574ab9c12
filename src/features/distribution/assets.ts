import { type AssetPort, ChannelError } from "@/channels/adapter";
import type { WorkspaceTx } from "@/db/client";
import { createAssetReader, type ReaderDeps } from "@/features/assets";

/** The library as a channel gets at it: whatever goes wrong here went wrong before anything was sent. */
export function createAssetPort(deps: ReaderDeps, inTx: <T>(work: (tx: WorkspaceTx) => Promise<T>) => Promise<T>) {
  const reader = createAssetReader(deps, inTx);
  const port: AssetPort = {
    async jpegOf(id) {
      const image = await reader.jpegOf(id).catch(asPassing);
      if (!image) throw new ChannelError("refused", "An image of this is no longer in the library.");
      return image;
    },
    addressOf: (id) => reader.addressOf(id).catch(asPassing),
  };
  return port;
}

function asPassing(cause: unknown): never {
  throw new ChannelError("passing", "The storage of files can't be read at this moment.", { cause });
}
