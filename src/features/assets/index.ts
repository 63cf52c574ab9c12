export { addAsset, type InTx, type Stored, store } from "./ingest";
export { RefusedFile } from "./inspect";
export { ingestTask, sweepTask } from "./jobs";
export { findFile } from "./library";
export { partsReceiver } from "./parts";
export { findAsset, findAssetOfContent, findUpload } from "./queries";
export { listAssets } from "./service";
