export { removeUnnamedBlobs } from "./files/going";
export { createAssetReader, type ReaderDeps } from "./files/reader";
export { showFile } from "./files/showing";
export type { VaultDeps } from "./files/vault";
export { createFolder, listFolders } from "./folders/service";
export { RefusedFile } from "./ingest/inspect";
export { bringAsset, type InTx, store } from "./ingest/service";
export { ingestTask, sweepTask } from "./jobs";
export { findFile } from "./library";
export { findAsset, findAssetOfContent } from "./queries";
export { listAssets } from "./service";
export { partsReceiver } from "./uploads/parts";
export { findUpload } from "./uploads/queries";
export {
  type AssetFacts,
  findNamed,
  type Naming,
  noteAdaptationUses,
  notePageUses,
  noteVersionUses,
  requireAssets,
  requireBrandingAssets,
  requireImages,
} from "./uses/service";
