// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Asset,
  CreateFolder,
  CreateUpload,
  Folder,
  UpdateAsset,
  UpdateFolder,
  Upload,
} from "../schemas.ts";

export type CreateUploadInput = {
  body: CreateUpload;
};

/** Begin to upload a file: the answer says where its parts go. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused, storage_missing, too_large, unsupported_media_type. */
export const createUpload = /* @__PURE__ */ operation<CreateUploadInput, Upload>("createUpload", "POST", "/assets/uploads", { scoped: true, keyed: true });

export type AbortUploadInput = {
  id: string;
};

/** Give an open upload up. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, upload_closed. */
export const abortUpload = /* @__PURE__ */ operation<AbortUploadInput, undefined>("abortUpload", "DELETE", "/assets/uploads/{id}", { scoped: true });

export type CompleteUploadInput = {
  id: string;
};

/** Say that all parts were sent: the file is checked and becomes an asset. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, upload_closed, upload_incomplete. */
export const completeUpload = /* @__PURE__ */ operation<CompleteUploadInput, Upload>("completeUpload", "POST", "/assets/uploads/{id}/complete", { scoped: true });

export type CreateFolderInput = {
  body: CreateFolder;
};

/** Make a folder. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createFolder = /* @__PURE__ */ operation<CreateFolderInput, Folder>("createFolder", "POST", "/assets/folders", { scoped: true, keyed: true });

export type UpdateFolderInput = {
  id: string;
  body: UpdateFolder;
};

/** Rename a folder, or move it with all that is in it. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, too_large, unsupported_media_type. */
export const updateFolder = /* @__PURE__ */ operation<UpdateFolderInput, Folder>("updateFolder", "PUT", "/assets/folders/{id}", { scoped: true });

export type RemoveFolderInput = {
  id: string;
};

/** Remove an empty folder. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, in_use. */
export const removeFolder = /* @__PURE__ */ operation<RemoveFolderInput, undefined>("removeFolder", "DELETE", "/assets/folders/{id}", { scoped: true });

export type UpdateAssetInput = {
  id: string;
  body: UpdateAsset;
};

/** Change an asset's name, alt text or folder; its bytes never change. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, version_conflict, too_large, unsupported_media_type. */
export const updateAsset = /* @__PURE__ */ operation<UpdateAssetInput, Asset>("updateAsset", "PUT", "/assets/{id}", { scoped: true });

export type RemoveAssetInput = {
  id: string;
};

/** Remove an asset that nothing uses any more; older versions may still name it. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, in_use. */
export const removeAsset = /* @__PURE__ */ operation<RemoveAssetInput, undefined>("removeAsset", "DELETE", "/assets/{id}", { scoped: true });
