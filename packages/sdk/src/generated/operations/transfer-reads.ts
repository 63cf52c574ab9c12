// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Blueprint,
  ContentExport,
  ContentExportPage,
  ContentImport,
  ContentImportPage,
  ImportedEntryPage,
} from "../schemas.ts";

export type GetBlueprintInput = {
  id: string;
};

/** Read how a workspace is set up: policy, branding, personas, tags, templates, shared views and networks. Refusals: unauthenticated, forbidden, not_found. */
export const getBlueprint = /* @__PURE__ */ operation<GetBlueprintInput, Blueprint>("getBlueprint", "GET", "/workspaces/{id}/blueprint");

export type ListImportsInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List imports, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listImports = /* @__PURE__ */ operation<ListImportsInput, ContentImportPage>("listImports", "GET", "/content/import", { scoped: true });

export type GetImportInput = {
  id: string;
};

/** See how far an import is, and what has come of it. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getImport = /* @__PURE__ */ operation<GetImportInput, ContentImport>("getImport", "GET", "/content/import/{id}", { scoped: true });

export type ListImportEntriesInput = {
  id: string;
  outcome?: "Imported" | "Updated" | "Unchanged" | "Conflict" | "Skipped" | "Failed" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** Read what became of each entry, and why. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listImportEntries = /* @__PURE__ */ operation<ListImportEntriesInput, ImportedEntryPage>("listImportEntries", "GET", "/content/import/{id}/entries", { scoped: true });

export type ListExportsInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List exports, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listExports = /* @__PURE__ */ operation<ListExportsInput, ContentExportPage>("listExports", "GET", "/content/export", { scoped: true });

export type GetExportInput = {
  id: string;
};

/** See how far an export is. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getExport = /* @__PURE__ */ operation<GetExportInput, ContentExport>("getExport", "GET", "/content/export/{id}", { scoped: true });

export type DownloadExportInput = {
  id: string;
};

/** Download the archive, within seven days. Refusals: workspace_required, unauthenticated, forbidden, not_found, export_not_ready. */
export const downloadExport = /* @__PURE__ */ operation<DownloadExportInput, Blob>("downloadExport", "GET", "/content/export/{id}/download", { scoped: true, answers: "blob" });

export type ExportItemInput = {
  id: string;
};

/** Export one item as Markdown with front matter. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const exportItem = /* @__PURE__ */ operation<ExportItemInput, string>("exportItem", "GET", "/content/{id}/export", { scoped: true, answers: "text" });
