export { createAssetReader, type ReaderDeps } from "./files/reader";
export { showFile } from "./files/showing";
export type { VaultDeps } from "./files/vault";
export { ingestTask, sweepTask } from "./jobs";
export { partsReceiver } from "./uploads/parts";
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
