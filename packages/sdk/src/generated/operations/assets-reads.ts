// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Asset,
  AssetAddress,
  AssetPage,
  AssetUsage,
  FolderPage,
  Upload,
} from "../schemas.ts";

export type GetUploadInput = {
  id: string;
};

/** Read an upload of one's own: what has arrived, where the rest goes, and what came of it. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getUpload = /* @__PURE__ */ operation<GetUploadInput, Upload>("getUpload", "GET", "/assets/uploads/{id}", { scoped: true });

export type ListFoldersInput = {
  /** A folder's id, or `root` for the outermost; all without it. */
  parent?: string | "root" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the library's folders by name. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listFolders = /* @__PURE__ */ operation<ListFoldersInput, FolderPage>("listFolders", "GET", "/assets/folders", { scoped: true });

export type GetFileInput = {
  /** As `GET assets/:id/url` gave it. */
  token: string;
};

/** Read the bytes that an address was made for. Refusals: not_found, range_not_satisfiable. */
export const getFile = /* @__PURE__ */ operation<GetFileInput, Blob>("getFile", "GET", "/assets/file", { open: true, answers: "blob" });

export type ListAssetsInput = {
  /** A folder's id, or `root` for what is in none. */
  folder?: string | "root" | undefined;
  /** Part of the name or of the alt text. */
  q?: string | undefined;
  type?: "Image" | "Video" | "Audio" | "Document" | "Text" | "Archive" | undefined;
  /** `"Asset"` where it is left out. */
  purpose?: "Asset" | "Import" | undefined;
  /** `"-createdAt"` where it is left out. */
  sort?: "-createdAt" | "createdAt" | "fileName" | "-fileName" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the library. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listAssets = /* @__PURE__ */ operation<ListAssetsInput, AssetPage>("listAssets", "GET", "/assets", { scoped: true });

export type GetAssetInput = {
  id: string;
};

/** Read what is known of an asset. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getAsset = /* @__PURE__ */ operation<GetAssetInput, Asset>("getAsset", "GET", "/assets/{id}", { scoped: true });

export type ListAssetUsageInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the items and pages that use an asset. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listAssetUsage = /* @__PURE__ */ operation<ListAssetUsageInput, AssetUsage>("listAssetUsage", "GET", "/assets/{id}/usage", { scoped: true });

export type GetAssetContentInput = {
  id: string;
  /** One of the asset's variants; the file as it was uploaded without it. */
  variant?: string | undefined;
};

/** Read an asset's bytes, or a range of them. Refusals: workspace_required, unauthenticated, forbidden, not_found, range_not_satisfiable. */
export const getAssetContent = /* @__PURE__ */ operation<GetAssetContentInput, Blob>("getAssetContent", "GET", "/assets/{id}/content", { scoped: true, answers: "blob" });

export type GetAssetUrlInput = {
  id: string;
  /** One of the asset's variants; the file as it was uploaded without it. */
  variant?: string | undefined;
};

/** Make an address that shows an asset to whoever has it, for an hour. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getAssetUrl = /* @__PURE__ */ operation<GetAssetUrlInput, AssetAddress>("getAssetUrl", "GET", "/assets/{id}/url", { scoped: true });
